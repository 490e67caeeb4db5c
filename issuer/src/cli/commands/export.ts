import { resolve } from 'node:path';
import { show } from '@counterfoil/schemas';
import { issuerFault } from '../../codes.js';
import { findLicense } from '../../domain/find-license.js';
import { buildKit, buildTrustFile } from '../../domain/kit/product-kit.js';
import { requireWritable, writeOutput } from '../../register/write-output.js';
import type { CommandIo, Report } from '../command-io.js';
import { readProduct, readTestRoots } from '../read-document.js';
import { withVendor, type GlobalOptions } from '../session.js';

export interface ExportOptions extends GlobalOptions {
  readonly out: string;
  readonly force?: boolean;
}

/** Writes a text where it was asked for; on standard output it is the data itself. */
async function deliver(text: string, what: string, data: object, options: ExportOptions): Promise<Report> {
  const { out, force = false } = options;
  if (out === '-') return { exit: 0, lines: [], data: { ...data, text }, raw: text };
  await writeOutput(out, text, { force });
  const notes = [`${what} written to ${out}`];
  return { exit: 0, lines: [], data: { ...data, file: resolve(out) }, notes };
}

function revisionOf(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  if (!/^[1-9][0-9]{0,6}$/.test(typed)) {
    throw issuerFault('option-invalid', { where: '--revision', expected: '1 or more', actual: show(typed) });
  }
  return Number(typed);
}

/** `export license ID`: a filed license, as it was handed out. */
export async function exportLicense(
  id: string,
  options: ExportOptions & { readonly revision?: string },
  io: CommandIo,
): Promise<Report> {
  const revision = revisionOf(options.revision);
  const file = await withVendor(options, io, ({ register }) => findLicense(register, id, revision));
  const data = { license: file.license, revision: file.revision, digest: file.digest };
  return deliver(file.text, `${file.license}, revision ${String(file.revision)},`, data, options);
}

/** `export trust`: the chain of trust roots. */
export async function exportTrust(options: ExportOptions, io: CommandIo): Promise<Report> {
  const { roots, version } = await withVendor(options, io, (vendor) =>
    Promise.resolve({ roots: vendor.roots, version: vendor.trust.root.version }),
  );
  return deliver(buildTrustFile(roots), `trust roots to version ${String(version)}`, { version }, options);
}

export interface KitOptions extends ExportOptions {
  readonly productFile: string;
  readonly testTrust?: string;
  readonly acknowledgeClock?: boolean;
}

/** `export kit`: what the vendor builds into the product. */
export async function exportKit(options: KitOptions, io: CommandIo): Promise<Report> {
  const product = readProduct(options.productFile, io);
  const { out, force = false, testTrust, acknowledgeClock = false } = options;
  const testRoots = readTestRoots(testTrust);
  if (out !== '-') await requireWritable(out, { force });
  const kit = await withVendor(options, io, (vendor) =>
    buildKit(vendor, { product, testRoots, acknowledgeClock }),
  );
  return deliver(kit, `kit of ${product.id}`, { product: product.id, catalog: product.catalog }, options);
}
