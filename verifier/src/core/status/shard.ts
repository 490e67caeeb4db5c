import { decodeBase64url, limits, type StatusListClaims } from '@counterfoil/schemas';
import { parseShape } from '../claims/shape.js';
import { statusListClaims } from '../claims/status-list-claims.js';
import { verifierFault } from '../codes.js';
import type { DeepReadonly } from '../deep-readonly.js';
import type { Engine } from '../engine.js';
import { requireKeyWindow } from '../trust/key-rules.js';
import { readSigned } from '../trust/read-signed.js';
import { inflate } from './inflate.js';
import { keyOf, type Trust } from '../trust/trust.js';
import type { Instant } from '../time/calendar.js';

/** What the vendor says of one issued file. */
export type Bit = 'valid' | 'revoked' | 'suspended';

const BITS: readonly Bit[] = ['valid', 'revoked', 'suspended', 'suspended'];

/** One shard of the status list whose signature holds; only {@link openShard} makes one. */
export interface Shard {
  /** The shard's name: equals the license's `status.status_list.uri`. */
  readonly uri: string;
  /** Rises with every publication. */
  readonly version: number;
  readonly iat: Instant;
  /** The key that signed it. */
  readonly kid: string;
  /** What stands at an index, `undefined` past the shard's end. */
  readonly at: (index: number) => Bit | undefined;
}

/** The private member is the mark: no literal, copy or parsed JSON has it. */
class OpenShard implements Shard {
  readonly #bytes: Uint8Array;
  readonly uri: string;
  readonly version: number;
  readonly iat: Instant;
  readonly kid: string;

  constructor({ sub, version, iat }: DeepReadonly<StatusListClaims>, kid: string, bytes: Uint8Array) {
    this.#bytes = bytes;
    this.uri = sub;
    this.version = version;
    this.iat = iat;
    this.kid = kid;
    Object.freeze(this);
  }

  at(index: number): Bit | undefined {
    const byte = this.#bytes[index >> 2];
    return byte === undefined ? undefined : BITS[(byte >> ((index & 3) * 2)) & 3];
  }

  static is(shard: Shard): boolean {
    return #bytes in shard;
  }
}

/**
 * Verifies and reads one shard (license-file.md, clause 12; draft-ietf-oauth-status-list, 4 and 5.1).
 *
 * `0` is valid, `1` revoked, `2` suspended; `3`, which nobody writes, reads as suspended. Throws format codes,
 * the key codes, `signature-invalid`, `claims-invalid`, `vendor-mismatch`, `status-broken`.
 */
export function openShard(engine: Engine, trust: Trust, text: string): Shard {
  const { json, key } = readSigned(engine, trust, 'status-list', 'status', text);
  const claims: DeepReadonly<StatusListClaims> = parseShape(statusListClaims, json, 'status-list');
  requireKeyWindow(key, claims.iat, 'status list');
  if (claims.iss !== trust.root.iss) {
    throw verifierFault('vendor-mismatch', {
      where: 'status list',
      expected: trust.root.iss,
      actual: claims.iss,
    });
  }
  const size = (limits.shardEntries * limits.shardBits) / 8;
  const bytes = inflate(decodeBase64url(claims.status_list.lst, 'status list'), size);
  if (bytes === undefined || bytes.length === 0) {
    throw verifierFault('status-broken', { expected: `a zlib stream of 1 to ${String(size)} bytes` });
  }
  return new OpenShard(claims, key.row.kid, bytes);
}

/**
 * The newest of the shards that bear this name and whose key the trust still trusts.
 *
 * A shard that was opened before its key was revoked does not outlive it. A shard of another origin than {@link openShard} is a TypeError.
 */
export function newestShard(trust: Trust, shards: readonly Shard[], uri: string): Shard | undefined {
  let newest: Shard | undefined;
  for (const shard of shards) {
    if (!OpenShard.is(shard))
      throw new TypeError('expected a shard made by openShard, got an object of another origin');
    const key = keyOf(trust, shard.kid);
    if (shard.uri !== uri || key?.role !== 'status' || key.row.revoked !== undefined) continue;
    if (newest === undefined || shard.version > newest.version) newest = shard;
  }
  return newest;
}
