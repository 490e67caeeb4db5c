import type { Instant } from '@counterfoil/verifier';
import { keysFault } from '../codes.js';
import {
  defaultExpiry,
  issuingRow,
  limitsRow,
  publicRow,
  requireRootClaims,
  windowedRow,
  type KeyLimits,
  type NewIssuingKey,
  type NewKey,
  type PublicKeyRow,
  type RootClaims,
} from './root-claims.js';

/** One change from a trust root to the next. */
export type RootChange =
  | { readonly type: 'add-root'; readonly key: PublicKeyRow }
  | { readonly type: 'remove-root'; readonly kid: string }
  | { readonly type: 'set-threshold'; readonly threshold: number }
  | { readonly type: 'add-issuing'; readonly key: NewIssuingKey }
  | { readonly type: 'add-status'; readonly key: NewKey }
  /** What the key signed before `at` (UTC seconds, the root's `iat` unless given) stays good. */
  | { readonly type: 'retire'; readonly kid: string; readonly at?: Instant }
  /** Nothing that the key ever signed stays good. */
  | { readonly type: 'revoke'; readonly kid: string; readonly at?: Instant }
  /** Limits of an issuing key; none lifts them. */
  | { readonly type: 'set-limits'; readonly kid: string; readonly limits?: KeyLimits };

/** When the next root is made and how long it holds, in UTC seconds. */
export interface RootTimes {
  readonly now: Instant;
  /** Ten calendar years after `now` unless given. */
  readonly expires?: Instant;
}

/**
 * The unsigned claims of version N + 1; no changes at all renew the dates (trust-root.md, clauses 4 to 6).
 *
 * Throws `root-clock`, `root-key-known`, `root-key-unknown`, `root-key-ended` and what building throws.
 */
export function nextTrustRoot(
  previous: RootClaims,
  changes: readonly RootChange[],
  times: RootTimes,
): RootClaims {
  const { now, expires = defaultExpiry(now) } = times;
  if (now < previous.iat) {
    throw keysFault('root-clock', {
      where: 'iat',
      expected: `${String(previous.iat)} or later`,
      actual: String(now),
    });
  }
  const start: RootClaims = { ...previous, version: previous.version + 1, iat: now, exp: expires };
  const claims = changes.reduce((root, change) => applyChange(root, change, now), start);
  requireRootClaims(claims);
  return claims;
}

function applyChange(claims: RootClaims, change: RootChange, now: Instant): RootClaims {
  const { root } = claims;
  switch (change.type) {
    case 'add-root':
      requireNewKey(claims, change.key);
      return { ...claims, root: { ...root, keys: [...root.keys, publicRow(change.key)] } };
    case 'remove-root':
      requireKey(root.keys, change.kid, 'root.keys');
      return { ...claims, root: { ...root, keys: root.keys.filter(({ kid }) => kid !== change.kid) } };
    case 'set-threshold':
      return { ...claims, root: { ...root, threshold: change.threshold } };
    case 'add-issuing':
      requireNewKey(claims, change.key);
      return { ...claims, issuing: [...claims.issuing, issuingRow(change.key, now)] };
    case 'add-status':
      requireNewKey(claims, change.key);
      return { ...claims, status: [...claims.status, windowedRow(change.key, now)] };
    case 'retire':
      return endKey(claims, change.kid, { retired: change.at ?? now });
    case 'revoke':
      return endKey(claims, change.kid, { revoked: change.at ?? now });
    case 'set-limits':
      requireKey(claims.issuing, change.kid, 'issuing');
      return {
        ...claims,
        issuing: claims.issuing.map((row) => {
          if (row.kid !== change.kid) return row;
          const next = { ...row };
          if (change.limits === undefined) delete next.limits;
          else next.limits = limitsRow(change.limits);
          return next;
        }),
      };
  }
}

function endKey(
  claims: RootClaims,
  kid: string,
  mark: { readonly retired: Instant } | { readonly revoked: Instant },
): RootClaims {
  const row = requireKey([...claims.issuing, ...claims.status], kid, 'issuing, status');
  if (row.revoked !== undefined || ('retired' in mark && row.retired !== undefined)) {
    const actual =
      row.revoked === undefined ? `retired at ${String(row.retired)}` : `revoked at ${String(row.revoked)}`;
    throw keysFault('root-key-ended', { where: `key id ${kid}`, actual });
  }
  const end = <T extends { readonly kid: string }>(other: T): T =>
    other.kid === kid ? { ...other, ...mark } : other;
  return { ...claims, issuing: claims.issuing.map(end), status: claims.status.map(end) };
}

function requireKey<T extends PublicKeyRow>(rows: readonly T[], wanted: string, where: string): T {
  const row = rows.find(({ kid }) => kid === wanted);
  if (row === undefined)
    throw keysFault('root-key-unknown', { where, actual: `key id ${wanted.slice(0, 8)}…` });
  return row;
}

function requireNewKey(claims: RootClaims, key: PublicKeyRow): void {
  if ([...claims.root.keys, ...claims.issuing, ...claims.status].some(({ x }) => x === key.x)) {
    throw keysFault('root-key-known', {
      where: `key id ${key.kid}`,
      expected: 'a key that is not in the trust root',
    });
  }
}
