import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { issuerFault } from '../codes.js';

const BUNDLE = '@counterfoil/verifier/host-bundle';

/** The source of the host command that came with the verifier, or of another file; throws `host-bundle-missing`. */
export function readHostBundle(path?: string): string {
  try {
    return readFileSync(path ?? createRequire(import.meta.url).resolve(BUNDLE), 'utf8');
  } catch (cause) {
    throw issuerFault('host-bundle-missing', { where: path ?? BUNDLE, cause });
  }
}
