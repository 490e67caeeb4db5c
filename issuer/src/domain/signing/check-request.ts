import { inflateSync } from 'node:zlib';
import {
  decodeBase64url,
  decodeUtf8,
  headerFor,
  limits as formatLimits,
  parseJson,
  signingInputOf,
} from '@counterfoil/schemas';
import type { KeyLimits } from '@counterfoil/keys';
import {
  keyOf,
  licenseClaims,
  parseShape,
  requireKeyLimits,
  statusListClaims,
  type Instant,
  type Trust,
  type TrustedKey,
} from '@counterfoil/verifier';
import { issuerFault } from '../../codes.js';
import { inputDigest, type SigningRequest } from './signing-request.js';

/** What a worker holds requests against. */
export interface SigningRules {
  readonly vendor: string;
  readonly trust: Trust;
  /** What the operator lets the portal have, besides the limits that the trust root gives the key. */
  readonly limits: KeyLimits;
  readonly now: Instant;
}

/** How far the clocks of portal and worker may be apart, in seconds. */
const SKEW = 300;

/**
 * The payload of a request that may be signed with the key of this id.
 *
 * The machine that asks is reachable from outside, so nothing of it is believed. Throws `spool-request`, `spool-time`,
 * `spool-vendor`, `spool-limits`, `key-products`, `key-kinds`, `key-longest`, `claims-invalid`, and the codes of JSON.
 */
export function requireSignable(request: SigningRequest, kid: string, rules: SigningRules): Uint8Array {
  const { id, document, header, payload, digest } = request;
  const bytes = decodeBase64url(payload, 'payload');
  const input = signingInputOf(headerFor(document, kid), bytes);
  if (header !== input.protected)
    throw issuerFault('spool-request', {
      where: id,
      expected: `the header of ${document} and the current key`,
    });
  if (digest !== inputDigest(input.bytes))
    throw issuerFault('spool-request', { where: id, expected: 'the digest of header and payload' });
  if (document === 'license') requireLicense(bytes, kid, rules);
  else requireFreshList(bytes, rules);
  return bytes;
}

function requireLicense(bytes: Uint8Array, kid: string, rules: SigningRules): void {
  const claims = parseShape(licenseClaims, parseJson(decodeUtf8(bytes, 'license'), 'license'), 'license');
  requireOwn(claims.iss, claims.iat, rules);
  const key = keyOf(rules.trust, kid) as TrustedKey;
  requireKeyLimits(key, claims);
  requireKeyLimits({ ...key, row: { ...key.row, limits: rules.limits } }, claims);
}

/**
 * A shard of the status list that nobody is on yet.
 *
 * Any other could put withdrawn licenses in force again, which is for staff at their desk alone.
 */
function requireFreshList(bytes: Uint8Array, rules: SigningRules): void {
  const where = 'status-list';
  const claims = parseShape(statusListClaims, parseJson(decodeUtf8(bytes, where), where), where);
  requireOwn(claims.iss, claims.iat, rules);
  const { sub, version, status_list: list } = claims;
  const size = (formatLimits.shardEntries * formatLimits.shardBits) / 8;
  const isOwn = sub.startsWith(`counterfoil:${rules.vendor}:status:`);
  if (!isOwn || version !== 1 || !isEmpty(decodeBase64url(list.lst, where), size)) {
    const actual = `version ${String(version)} of ${sub}`;
    throw issuerFault('spool-limits', { where, expected: 'the first version of a new list', actual });
  }
}

function isEmpty(deflated: Uint8Array, size: number): boolean {
  try {
    const bits = inflateSync(deflated, { maxOutputLength: size });
    return bits.length === size && bits.every((byte) => byte === 0);
  } catch {
    return false;
  }
}

function requireOwn(iss: string, iat: Instant, { vendor, now }: SigningRules): void {
  if (iss !== vendor) throw issuerFault('spool-vendor', { expected: vendor, actual: iss });
  if (Math.abs(iat - now) > SKEW) {
    const expected = `within ${String(SKEW)} seconds of ${String(now)}`;
    throw issuerFault('spool-time', { where: 'iat', expected, actual: String(iat) });
  }
}
