import type { Instant } from '@counterfoil/verifier';
import { keysFault } from '../codes.js';
import { encryptKey } from '../key-file/key-file.js';
import type { KeyRole } from '../key-file/label.js';
import type { ScryptCost } from '../key-file/scrypt.js';
import type { KeyPair } from '../key-pair.js';
import type { VendorKeys } from '../vendor-keys.js';
import { listKeys, listRoots, saveKey, saveRoot, type StoredKey } from './keyring.js';

/** How a vendor's first keys are encrypted. */
export interface VendorSealing {
  /** UTC seconds. */
  readonly created: Instant;
  /** The passphrase of each key, such as one for root keys and another for the rest; root keys count from 1. */
  readonly passphraseOf: (role: KeyRole, number: number) => string | Promise<string>;
  readonly scryptCost?: ScryptCost;
}

/**
 * Files a vendor's first keys and trust root in a folder that has none.
 *
 * The root comes last: a folder with a root has all its keys. Throws `keyring-used`, `file-exists`, `file-unwritable`, `passphrase-weak`, `scrypt-cost`.
 */
export async function saveVendorKeys(
  folder: string,
  made: VendorKeys,
  sealing: VendorSealing,
): Promise<readonly StoredKey[]> {
  if ((await listKeys(folder)).length > 0 || (await listRoots(folder)).length > 0) {
    throw keysFault('keyring-used', { where: folder, expected: 'no keys and no trust roots' });
  }
  const { passphraseOf, ...rest } = sealing;
  const rows: readonly (readonly [KeyPair, KeyRole, number])[] = [
    ...made.rootKeys.map((pair, index) => [pair, 'root', index + 1] as const),
    [made.issuing, 'issuing', 1],
    [made.status, 'status', 1],
  ];
  const files = [];
  for (const [pair, role, number] of rows) {
    files.push(await encryptKey(pair, { role, passphrase: await passphraseOf(role, number), ...rest }));
  }
  const stored: StoredKey[] = [];
  for (const file of files) stored.push(await saveKey(folder, file));
  await saveRoot(folder, made.trustRoot);
  return stored;
}
