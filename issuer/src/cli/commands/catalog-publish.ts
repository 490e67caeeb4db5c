import { checkProductDocument, requireCatalog } from '../../catalog/product-document.js';
import { warningText } from '../../catalog/product-warnings.js';
import type { CommandIo, Report } from '../command-io.js';
import { readDocument } from '../read-document.js';
import { withVendor, type GlobalOptions } from '../session.js';

/** `catalog publish FILE`: the portal sells by this product document from now on; it must go on from the last one. */
export async function catalogPublish(file: string, options: GlobalOptions, io: CommandIo): Promise<Report> {
  const text = readDocument(file);
  // What is wrong with the document alone is told before the register is opened.
  const { id } = requireCatalog(checkProductDocument({ text, file })).product;
  const { version, warnings, isNew } = await withVendor(options, io, async ({ register, now, actor }) => {
    const last = await register.findCatalog(id);
    const against =
      last === undefined
        ? undefined
        : { text: last.text, file: `${id} ${String(last.version)} as published` };
    const check = checkProductDocument({ text, file }, against);
    const { catalog } = requireCatalog(check).product;
    const isNew = last?.version !== catalog;
    // The number stays where at most remarks changed: nothing that anybody sells by.
    if (isNew) await register.saveCatalog({ id, version: catalog, text, at: now }, { at: now, actor });
    return { version: catalog, warnings: check.warnings, isNew };
  });
  return {
    exit: 0,
    lines: [`${id} ${String(version)}`],
    data: { product: id, catalog: version, published: isNew },
    notes: [
      ...warnings.map((warning) => `warning: ${warningText(warning)}`),
      isNew ? `the portal sells by ${file} from now on` : 'published already; nothing was changed',
    ],
  };
}
