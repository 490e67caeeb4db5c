import { verifierFault } from '../codes.js';
import type { LicenseContent } from '../license/license.js';
import { termLength } from '../license/term.js';
import { DAY, type Instant } from '../time/calendar.js';
import { isRootKey, keyOf, type Trust } from './trust.js';
import type { Role, TrustedKey } from './trust-root.js';

/** The key of a key id, if it may sign this role's documents at all. Throws `key-unknown`, `key-role`, `key-revoked`. */
export function requireKey(trust: Trust, kid: string, role: Role): TrustedKey {
  const key = keyOf(trust, kid);
  if (isRootKey(trust, kid))
    throw verifierFault('key-role', { expected: `the role ${role}`, actual: 'root' });
  if (key === undefined) {
    throw verifierFault('key-unknown', {
      where: role,
      expected: `a key of trust root ${String(trust.root.version)}`,
      actual: `key id ${kid.slice(0, 8)}…`,
    });
  }
  if (key.role !== role) throw verifierFault('key-role', { expected: `the role ${role}`, actual: key.role });
  // A thief of the key would choose the date, so the date of a document does not save it (trust-root.md, clause 6.2).
  if (key.row.revoked !== undefined) {
    throw verifierFault('key-revoked', { where: role, actual: `revoked at ${String(key.row.revoked)}` });
  }
  return key;
}

/** Throws `key-window` or `key-retired` unless the key might sign at `iat` (trust-root.md, clauses 5.2 and 6.1). */
export function requireKeyWindow({ row }: TrustedKey, iat: Instant, where: string): void {
  if (iat < row.from || (row.until !== undefined && iat >= row.until)) {
    throw verifierFault('key-window', {
      where,
      expected: `from ${String(row.from)}${row.until === undefined ? '' : ` to before ${String(row.until)}`}`,
      actual: String(iat),
    });
  }
  if (row.retired !== undefined && iat >= row.retired) {
    throw verifierFault('key-retired', {
      where,
      expected: `before ${String(row.retired)}`,
      actual: String(iat),
    });
  }
}

/** Throws `key-products`, `key-kinds` or `key-longest` where a license goes beyond what its key may sign (trust-root.md, clause 5.3). */
export function requireKeyLimits({ row }: TrustedKey, content: LicenseContent): void {
  const { products, kinds, longest } = row.limits ?? {};
  const { aud, license } = content;
  if (products !== undefined && !products.includes(aud)) {
    throw verifierFault('key-products', { expected: products.join(', '), actual: aud });
  }
  if (kinds !== undefined && !kinds.includes(license.kind)) {
    throw verifierFault('key-kinds', { expected: kinds.join(', '), actual: license.kind });
  }
  if (longest === undefined) return;
  const length = termLength(content);
  if (length > longest * DAY) {
    throw verifierFault('key-longest', {
      expected: `at most ${String(longest)} days`,
      actual: length === Infinity ? 'a perpetual license' : `${String(Math.ceil(length / DAY))} days`,
    });
  }
}
