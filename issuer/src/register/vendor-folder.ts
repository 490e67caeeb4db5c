import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject, parseJson, type JsonValue, type TrustRoot } from '@counterfoil/schemas';
import { issuerFault } from '../codes.js';

/** What stands in `vendor.json`. */
export interface VendorFacts {
  readonly id: string;
  readonly name: string;
  readonly environment: TrustRoot['environment'];
}

/** The names inside a vendor folder; keys and roots lie beside them, in the keyring's own folders. */
export const VENDOR_FILE = 'vendor.json';
export const REGISTER_FILE = 'register.db';

/** The text of `vendor.json`. */
export function formatVendor({ id, name, environment }: VendorFacts): string {
  return `${JSON.stringify({ counterfoil: 'vendor', version: 1, id, name, environment }, undefined, 2)}\n`;
}

/** Reads `vendor.json`; throws `vendor-missing`, `vendor-broken`. */
export async function readVendor(folder: string): Promise<VendorFacts> {
  const path = join(folder, VENDOR_FILE);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const code = String((cause as NodeJS.ErrnoException).code);
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    throw issuerFault(isMissing ? 'vendor-missing' : 'vendor-broken', {
      where: folder,
      expected: VENDOR_FILE,
      actual: isMissing ? 'none' : code,
      cause,
    });
  }
  const value = tryJson(text, path);
  const { counterfoil, version, id, name, environment } = isJsonObject(value) ? value : {};
  if (
    counterfoil !== 'vendor' ||
    version !== 1 ||
    typeof id !== 'string' ||
    typeof name !== 'string' ||
    (environment !== 'production' && environment !== 'test')
  ) {
    throw issuerFault('vendor-broken', { where: path, expected: 'id, name and environment of a vendor' });
  }
  return { id, name, environment };
}

function tryJson(text: string, path: string): JsonValue {
  try {
    return parseJson(text, path);
  } catch (cause) {
    throw issuerFault('vendor-broken', { where: path, expected: 'JSON', cause });
  }
}
