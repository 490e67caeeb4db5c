import { resolve } from 'node:path';
import { show } from '@counterfoil/schemas';
import { rootFingerprint } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { issuerFault } from '../../codes.js';
import { buildKitFolder } from '../../domain/kit/kit-folder.js';
import { isCommandName } from '../../domain/kit/kit-names.js';
import { buildKit } from '../../domain/kit/product-kit.js';
import { issueTrial } from '../../domain/kit/trial-license.js';
import { requireFolderWritable, writeKitFolder } from '../../register/write-folder.js';
import type { CommandIo, Report } from '../command-io.js';
import { readHostBundle } from '../host-bundle.js';
import { readProduct, readTestRoots } from '../read-document.js';
import { withVendor, type GlobalOptions } from '../session.js';
import { VERSION } from '../version.js';

export interface CatalogKitOptions extends GlobalOptions {
  readonly out: string;
  readonly force?: boolean;
  readonly testTrust?: string;
  /** False with `--no-trial`. */
  readonly trial: boolean;
  readonly command?: string;
  readonly acknowledgeClock?: boolean;
}

function requireOptions({ out, command }: CatalogKitOptions): void {
  if (out === '-')
    throw issuerFault('option-invalid', { where: '--out', expected: 'a folder', actual: show(out) });
  if (command !== undefined && !isCommandName(command)) {
    throw issuerFault('option-invalid', {
      where: '--command',
      expected: 'lower case letters, digits and dashes, such as acme-license',
      actual: show(command),
    });
  }
}

/** `catalog kit FILE`: the folder that the vendor's developers build into the product. */
export async function catalogKit(file: string, options: CatalogKitOptions, io: CommandIo): Promise<Report> {
  requireOptions(options);
  const { out, force = false, command, acknowledgeClock = false } = options;
  const product = readProduct(file, io);
  const testRoots = readTestRoots(options.testTrust);
  const hostBundle = readHostBundle(io.hostBundle);
  await requireFolderWritable(out, { force });
  return withVendor(options, io, async (vendor) => {
    const kit = await buildKit(vendor, { product, testRoots, acknowledgeClock });
    const trial = options.trial ? await issueTrial(vendor, product, acknowledgeClock) : undefined;
    const root = vendor.trust.root.version;
    const fingerprint = rootFingerprint(nodeEngine, vendor.trust);
    const folder = buildKitFolder({
      vendor: vendor.id,
      product,
      kit,
      ...(trial === undefined ? {} : { trial: trial.issued.file.text }),
      hostBundle,
      version: VERSION,
      root,
      fingerprint,
      ...(command === undefined ? {} : { command }),
    });
    await writeKitFolder(out, folder.files, { force });
    const files = folder.files.map(({ name }) => name);
    const { packageName } = folder;
    return {
      exit: 0,
      lines: [
        `kit of ${product.id}, catalog ${String(product.catalog)}: ${out}`,
        ...files.map((name) => `  ${name}`),
      ],
      data: {
        product: product.id,
        catalog: product.catalog,
        folder: resolve(out),
        files,
        package: packageName,
        command: folder.command,
        root,
        fingerprint,
        ...(trial === undefined
          ? {}
          : {
              trial: {
                license: trial.issued.file.license,
                days: trial.days,
                activateBy: trial.activateBy,
              },
            }),
      },
      notes: [
        `root ${String(root)}, fingerprint ${fingerprint}`,
        ...(trial === undefined
          ? []
          : [
              `trial ${trial.issued.file.license}: ${String(trial.days)} days from activation, which is possible until ${trial.activateBy} (UTC); make the kit again before`,
            ]),
      ],
    };
  });
}
