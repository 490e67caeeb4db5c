import type { Instant } from '@counterfoil/verifier';
import { keysFault } from '../codes.js';
import type { RootClaims } from '../root/root-claims.js';
import type { StoredKey } from './keyring.js';

/**
 * The key to sign with now: of the held keys that the root names for the role and that are neither revoked nor
 * retired nor outside their window, the one that the root let in last. Throws `key-none-current`.
 */
export function currentKey(
  root: RootClaims,
  role: 'issuing' | 'status',
  keys: readonly StoredKey[],
  now: Instant,
): StoredKey {
  const held = new Map(keys.filter(({ file }) => file.role === role).map((key) => [key.file.kid, key]));
  let newest: { readonly key: StoredKey; readonly from: Instant } | undefined;
  for (const { kid, from, until = Infinity, retired = Infinity, revoked } of root[role]) {
    const key = held.get(kid);
    if (key === undefined || revoked !== undefined || now < from || now >= until || now >= retired) continue;
    if (newest === undefined || from >= newest.from) newest = { key, from };
  }
  if (newest === undefined) {
    throw keysFault('key-none-current', {
      where: role,
      expected: `one of the ${String(root[role].length)} keys of trust root ${String(root.version)}`,
      actual: `${String(held.size)} held, none that may sign`,
    });
  }
  return newest.key;
}
