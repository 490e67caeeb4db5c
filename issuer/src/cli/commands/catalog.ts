import { describeProduct } from '../../catalog/describe/describe-product.js';
import { issueText } from '../../catalog/document-issue.js';
import { checkProductDocument, parseCatalogDocument } from '../../catalog/product-document.js';
import { warningText } from '../../catalog/product-warnings.js';
import type { Report } from '../command-io.js';
import { readDocument } from '../read-document.js';
import type { GlobalOptions } from '../session.js';

export interface CatalogCheckOptions extends GlobalOptions {
  readonly against?: string;
}

const counted = (count: number, word: string): string =>
  `${count === 0 ? 'no' : String(count)} ${word}${count === 1 ? '' : 's'}`;

/** `catalog check FILE`: every error and warning of a product document, perhaps against the last one in use. */
export function catalogCheck(file: string, { against }: CatalogCheckOptions): Report {
  const last = against === undefined ? undefined : { text: readDocument(against), file: against };
  const { product, errors, warnings } = checkProductDocument({ text: readDocument(file), file }, last);
  return {
    exit: errors.length === 0 ? 0 : 1,
    lines: [
      ...errors.map((error) => `error: ${issueText(error)}`),
      ...warnings.map((warning) => `warning: ${warningText(warning)}`),
      `${file}: ${counted(errors.length, 'error')}, ${counted(warnings.length, 'warning')}`,
    ],
    data: {
      file,
      ...(against === undefined ? {} : { against }),
      ...(product === undefined ? {} : { product: product.id, catalog: product.catalog }),
      errors,
      warnings,
    },
  };
}

/** `catalog show FILE`: a product in words for people who sell it. */
export function catalogShow(file: string): Report {
  const { product, sales } = parseCatalogDocument(readDocument(file), file);
  const lines = describeProduct(product, sales);
  return { exit: 0, lines, data: { product, ...sales, lines } };
}
