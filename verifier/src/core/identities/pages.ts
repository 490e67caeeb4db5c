import {
  decodeBase64url,
  encodeUtf8,
  HASH_PREFIX,
  limits,
  NODE_ENTRY,
  NODE_FANOUT,
  PAGE_DIGESTS,
  pagesHeader,
  pagesLayout,
  type Allowed,
} from '@counterfoil/schemas';
import { verifierFault } from '../codes.js';
import type { DeepReadonly } from '../deep-readonly.js';
import type { Engine } from '../engine.js';

/** What a license says of its identity pages. */
export type PagesClaim = DeepReadonly<NonNullable<Allowed['pages']>>;

/** Reads one block of 4096 bytes of the side file by its number; a shorter answer means that the file ends there. */
export type ReadBlock = (index: number) => Uint8Array;

/** Bytes of a digest with a prefix before it. */
export function prefixedSha256(engine: Engine, prefix: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 1));
  bytes[0] = prefix;
  let at = 1;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return engine.sha256(bytes);
}

/** The 16 bytes by which a canonical identity is listed (license-file.md, clause 11.3). */
export function identityDigest(engine: Engine, salt: Uint8Array, identity: string): Uint8Array {
  return prefixedSha256(engine, HASH_PREFIX.identity, salt, encodeUtf8(identity)).subarray(
    0,
    limits.pageDigest,
  );
}

/** Compares the 16 bytes at two places, as numbers of the most significant byte first. */
function compareDigests(a: Uint8Array, fromA: number, b: Uint8Array, fromB: number): number {
  for (let i = 0; i < limits.pageDigest; i++) {
    const difference = (a[fromA + i] as number) - (b[fromB + i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

const broken = (where: string, expected: string): Error => verifierFault('pages-broken', { where, expected });

/** A block whose hash is the one that its parent, or the license, names. */
function readVerified(
  engine: Engine,
  read: ReadBlock,
  index: number,
  prefix: number,
  hash: Uint8Array,
): Uint8Array {
  const block = read(index);
  const where = `block ${String(index)}`;
  if (block.length !== limits.page) throw broken(where, `${String(limits.page)} bytes`);
  const actual = prefixedSha256(engine, prefix, block);
  if (!actual.every((byte, i) => byte === hash[i])) throw broken(where, 'the hash that the license leads to');
  return block;
}

/** The last of `count` rising entries whose digest is not above the wanted one, or -1. Throws unless they rise. */
function findEntry(
  block: Uint8Array,
  stride: number,
  count: number,
  wanted: Uint8Array,
  where: string,
): number {
  let found = -1;
  for (let i = 0; i < count; i++) {
    if (i > 0 && compareDigests(block, (i - 1) * stride, block, i * stride) >= 0)
      throw broken(where, 'rising digests');
    if (compareDigests(block, i * stride, wanted, 0) <= 0) found = i;
  }
  return found;
}

/**
 * Whether an identity stands on the pages; both answers are proved by the root in the license.
 *
 * Reads one block a level, three for a million identities. A node names the first digest below each child, so
 * a digest that is missing on the one page where it would stand is missing altogether. Throws `pages-broken`.
 */
export function isOnPages(engine: Engine, claim: PagesClaim, read: ReadBlock, identity: string): boolean {
  const { nodes, leaves } = pagesLayout(claim.count);
  const wanted = identityDigest(engine, decodeBase64url(claim.salt, 'salt'), identity);
  let hash = decodeBase64url(claim.root, 'root');
  let first: Uint8Array | undefined;
  let start = 1;
  let place = 0;
  const enter = (prefix: number, stride: number, count: number): { block: Uint8Array; entry: number } => {
    const index = start + place;
    const block = readVerified(engine, read, index, prefix, hash);
    const where = `block ${String(index)}`;
    if (first !== undefined && compareDigests(block, 0, first, 0) !== 0)
      throw broken(where, 'the first digest that its parent names');
    return { block, entry: findEntry(block, stride, count, wanted, where) };
  };
  for (const [level, width] of nodes.entries()) {
    const below = nodes[level + 1] ?? leaves;
    const { block, entry } = enter(
      HASH_PREFIX.node,
      NODE_ENTRY,
      Math.min(NODE_FANOUT, below - place * NODE_FANOUT),
    );
    if (entry < 0) return false;
    first = block.subarray(entry * NODE_ENTRY, entry * NODE_ENTRY + limits.pageDigest);
    hash = block.slice(entry * NODE_ENTRY + limits.pageDigest, (entry + 1) * NODE_ENTRY);
    start += width;
    place = place * NODE_FANOUT + entry;
  }
  const { block, entry } = enter(
    HASH_PREFIX.leaf,
    limits.pageDigest,
    Math.min(PAGE_DIGESTS, claim.count - place * PAGE_DIGESTS),
  );
  return compareDigests(block, entry * limits.pageDigest, wanted, 0) === 0;
}

/** Throws `pages-broken` unless the side file as a whole is the one that a license names: size, header and every block. */
export function requirePages(engine: Engine, claim: PagesClaim, bytes: Uint8Array): void {
  const { nodes, blocks } = pagesLayout(claim.count);
  if (bytes.length !== blocks * limits.page) throw broken('file', `${String(blocks * limits.page)} bytes`);
  const header = encodeUtf8(pagesHeader(claim.root, claim.count));
  const padded = new Uint8Array(limits.page);
  padded.set(header);
  if (!padded.every((byte, i) => byte === bytes[i]))
    throw broken('header', 'the root and count that the license names');
  const read: ReadBlock = (index) => bytes.subarray(index * limits.page, (index + 1) * limits.page);
  let level: readonly Uint8Array[] = [decodeBase64url(claim.root, 'root')];
  let start = 1;
  for (const [depth, width] of nodes.entries()) {
    const below = nodes[depth + 1] ?? pagesLayout(claim.count).leaves;
    const next: Uint8Array[] = [];
    for (let i = 0; i < width; i++) {
      const block = readVerified(engine, read, start + i, HASH_PREFIX.node, level[i] as Uint8Array);
      for (let entry = 0; entry < NODE_FANOUT && next.length < below; entry++) {
        next.push(block.subarray(entry * NODE_ENTRY + limits.pageDigest, (entry + 1) * NODE_ENTRY));
      }
    }
    level = next;
    start += width;
  }
  for (const [i, hash] of level.entries()) readVerified(engine, read, start + i, HASH_PREFIX.leaf, hash);
}
