import {
  documents,
  encodeBase64url,
  encodeUtf8,
  formatGeneralJws,
  formatJson,
  headerFor,
  limits as formatLimits,
  signingInputOf,
  type IssuingKey,
  type RootKey,
  type WindowedKey,
} from '@counterfoil/schemas';
import { parseTrustRoot, type DeepReadonly, type Instant, type Trust } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { keysFault } from '../codes.js';
import { keyLimits } from '../limits.js';

/** The claims of a trust root (trust-root.md, clause 2). */
export type RootClaims = Trust['root'];

export type PublicKeyRow = DeepReadonly<RootKey>;

/** A status key as it enters a trust root; it holds from `from` on, by default from the root's own `iat`. */
export interface NewKey extends PublicKeyRow {
  readonly from?: Instant;
  readonly until?: Instant;
}

export type KeyLimits = NonNullable<DeepReadonly<IssuingKey>['limits']>;

/** An issuing key as it enters a trust root. */
export interface NewIssuingKey extends NewKey {
  readonly limits?: KeyLimits;
}

// Rows are copied member by member: a key pair fits these types too, and its private half must not be published.

export function publicRow({ kid, x }: PublicKeyRow): PublicKeyRow {
  return { kid, x };
}

export function windowedRow(key: NewKey, now: Instant): DeepReadonly<WindowedKey> {
  const { from = now, until } = key;
  return { ...publicRow(key), from, ...(until === undefined ? {} : { until }) };
}

export function issuingRow(key: NewIssuingKey, now: Instant): DeepReadonly<IssuingKey> {
  return { ...windowedRow(key, now), ...(key.limits === undefined ? {} : { limits: limitsRow(key.limits) }) };
}

export function limitsRow({ products, kinds, longest }: KeyLimits): KeyLimits {
  return {
    ...(products === undefined ? {} : { products }),
    ...(kinds === undefined ? {} : { kinds }),
    ...(longest === undefined ? {} : { longest }),
  };
}

/** The same instant of the calendar ten years on. */
export function defaultExpiry(now: Instant): Instant {
  const date = new Date(now * 1000);
  return Math.trunc(date.setUTCFullYear(date.getUTCFullYear() + keyLimits.rootYears) / 1000);
}

/** Throws `root-too-large` when a verifier would refuse to read the signed text. */
export function requireRootSize(text: string): void {
  const { cap } = documents['trust-root'];
  if (text.length > cap) {
    throw keysFault('root-too-large', {
      expected: `at most ${String(cap)} bytes`,
      actual: String(text.length),
    });
  }
}

/**
 * Checks unsigned claims by the verifier's own reading, before anybody is asked for a passphrase.
 *
 * Throws `root-too-large`, `root-keys`, `claims-invalid`, `root-inconsistent`, `key-weak`.
 */
export function requireRootClaims(claims: RootClaims): void {
  const kids = claims.root.keys.map(({ kid }) => kid);
  if (kids.length < 1 || kids.length > formatLimits.signatures) {
    const expected = `1 to ${String(formatLimits.signatures)}`;
    throw keysFault('root-keys', { where: 'root.keys', expected, actual: String(kids.length) });
  }
  const payload = encodeUtf8(formatJson(claims, 'trust-root'));
  const signature = encodeBase64url(new Uint8Array(64));
  const text = formatGeneralJws(
    kids.map((kid) => ({ ...signingInputOf(headerFor('trust-root', kid), payload), signature })),
  );
  requireRootSize(text);
  parseTrustRoot(nodeEngine, text);
}
