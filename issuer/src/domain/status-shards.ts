import { deflateSync } from 'node:zlib';
import { encodeBase64url, limits, type StatusListClaims } from '@counterfoil/schemas';
import { signCompact, type Signer } from '@counterfoil/keys';
import { CounterfoilError } from '@counterfoil/schemas';
import { openShard, type Bit, type Instant, type Trust } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import type { Register, StoredShard } from '../register/register.js';
import { randomBelow, type RandomBytes } from './random.js';

/** Where the next file's status bit stands. */
export interface StatusPlace {
  readonly shard: StoredShard;
  readonly index: number;
  /** True when the shard was published just now, so that filing must store it. */
  readonly isNew: boolean;
}

/** A shard is full when this share of it is in use: the rest keeps the indices random. */
const FULL = 0.75;

/** What publishing a shard needs. */
export interface ShardSigning {
  readonly vendor: string;
  readonly trust: Trust;
  readonly now: Instant;
  readonly random: RandomBytes;
  /** Asked for only when a shard must be signed. */
  readonly status: () => Promise<Signer>;
}

/**
 * A random free index in the newest shard, and the shard's current token.
 *
 * A fresh shard is made when there is none or the newest is three quarters full; a token that the trust no longer
 * accepts, as after a key was revoked, is signed again. Throws what signing and the register throw.
 */
export async function takeStatusPlace(register: Register, signing: ShardSigning): Promise<StatusPlace> {
  const newest = await register.newestShard();
  const used = newest === undefined ? new Set<number>() : await register.usedIndices(newest.number);
  if (newest === undefined || used.size >= limits.shardEntries * FULL) {
    const shard = await publishShard(freshShard(signing.vendor, (newest?.number ?? 0) + 1), signing);
    return { shard, index: randomBelow(signing.random, limits.shardEntries), isNew: true };
  }
  const index = nthFree(used, randomBelow(signing.random, limits.shardEntries - used.size));
  if (isAccepted(newest, signing.trust)) return { shard: newest, index, isNew: false };
  return { shard: await publishShard(newest, signing), index, isNew: true };
}

function nthFree(used: ReadonlySet<number>, n: number): number {
  let left = n;
  for (let index = 0; ; index++) {
    if (!used.has(index) && left-- === 0) return index;
  }
}

function isAccepted({ token }: StoredShard, trust: Trust): boolean {
  try {
    openShard(nodeEngine, trust, token);
    return true;
  } catch (error) {
    if (error instanceof CounterfoilError) return false;
    throw error;
  }
}

type UnsignedShard = Omit<StoredShard, 'token'>;

function freshShard(vendor: string, number: number): UnsignedShard {
  return {
    number,
    uri: `counterfoil:${vendor}:status:${String(number)}`,
    version: 0,
    bits: new Uint8Array((limits.shardEntries * limits.shardBits) / 8),
  };
}

/** Signs a shard under the next version (license-file.md, clause 12); throws what signing throws. */
export async function publishShard(
  shard: UnsignedShard,
  { vendor, now, status }: ShardSigning,
): Promise<StoredShard> {
  const version = shard.version + 1;
  const claims: StatusListClaims = {
    iss: vendor,
    sub: shard.uri,
    iat: now,
    version,
    status_list: { bits: limits.shardBits, lst: encodeBase64url(deflateSync(shard.bits, { level: 9 })) },
  };
  const { number, uri, bits } = shard;
  return { number, uri, version, bits, token: await signCompact(await status(), 'status-list', claims) };
}

const BITS: readonly Bit[] = ['valid', 'revoked', 'suspended', 'suspended'];

/** What a shard's bits say at an index (license-file.md, clause 12.4). */
export function bitAt({ bits }: Pick<StoredShard, 'bits'>, index: number): Bit {
  return BITS[((bits[index >> 2] ?? 0) >> ((index & 3) * 2)) & 3] as Bit;
}
