import { decodeUtf8, limits, type Order, type Product } from '@counterfoil/schemas';
import { readFileWithin } from '@counterfoil/verifier/node';
import { checkProductDocument, requireCatalog, type CatalogDocument } from '../catalog/product-document.js';
import { warningText } from '../catalog/product-warnings.js';
import type { IdentityText } from '../domain/order/allowed-identities.js';
import { parseTrustFile } from '../domain/kit/product-kit.js';
import { dirname, resolve } from 'node:path';
import type { CommandIo } from './command-io.js';
import { printLines } from './print.js';

/** The largest YAML document, and the largest list of identities: two million of 100 bytes. */
const DOCUMENT = 8 * 1024 * 1024;
const IDENTITIES = 256 * 1024 * 1024;

/** The text of a document that staff wrote; throws the codes of reading files. */
export function readDocument(path: string): string {
  return decodeUtf8(readFileWithin(path, DOCUMENT), path);
}

/** Product and offers of a document that `catalog check` finds no error in; its warnings go to people. */
export function readCatalog(path: string, { err }: Pick<CommandIo, 'err'>): CatalogDocument {
  const check = checkProductDocument({ text: readDocument(path), file: path });
  const catalog = requireCatalog(check);
  err(printLines(check.warnings.map((warning) => `warning: ${warningText(warning)}`)));
  return catalog;
}

/** What of it is signed. */
export function readProduct(path: string, io: Pick<CommandIo, 'err'>): Product {
  return readCatalog(path, io).product;
}

/** The trust roots of the test vendor for a kit, if any; throws `file-blocks` and the codes of reading files. */
export function readTestRoots(path: string | undefined): readonly string[] {
  return path === undefined ? [] : parseTrustFile(decodeUtf8(readFileWithin(path, limits.file), path));
}

/** The lists of identities that an order names, by kind; their paths start at the order's folder. */
export function readIdentities(
  order: Pick<Order, 'allowed'>,
  folder: string,
): ReadonlyMap<string, IdentityText> {
  return new Map(
    Object.entries(order.allowed ?? {}).flatMap(([kind, { file }]) => {
      if (file === undefined) return [];
      const path = resolve(folder, file);
      return [[kind, { name: file, text: decodeUtf8(readFileWithin(path, IDENTITIES), path) }] as const];
    }),
  );
}

/** The folder in which an order's other files are looked for. */
export function folderOfOrder(orderFile: string | undefined): string {
  return orderFile === undefined ? '.' : dirname(orderFile);
}
