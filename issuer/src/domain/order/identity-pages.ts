import { hash } from 'node:crypto';
import {
  decodeBase64url,
  encodeBase64url,
  HASH_PREFIX,
  limits,
  NODE_ENTRY,
  NODE_FANOUT,
  pagesHeader,
  pagesLayout,
} from '@counterfoil/schemas';
import type { PagesClaim } from '@counterfoil/verifier';

/** The pages of a list of identities: what the license says of them, and their bytes. */
export interface IdentityPages {
  readonly claim: PagesClaim;
  readonly bytes: Uint8Array;
}

const DIGEST = limits.pageDigest;
/** An index below 2^21 beside 32 bits of digest fills the 53 bits that a float holds exactly. */
const INDICES = 2 ** 21;

/** One hash of a buffer; a hash object for each of a million identities would take most of the time. */
const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer');

/**
 * Builds the sorted pages of identities and their Merkle tree (license-file.md, clause 11.3).
 *
 * `identities` are canonical, of at most 400 characters, `most` of them at most, and may repeat; `salt` is 16 bytes in base64url.
 */
export function buildIdentityPages(identities: Iterable<string>, most: number, salt: string): IdentityPages {
  const digests = digestAll(identities, most, decodeBase64url(salt, 'salt'));
  const sorted = sortDigests(digests);
  const count = sorted.length / DIGEST;
  const { nodes, leaves, blocks } = pagesLayout(count);
  const bytes = Buffer.alloc(blocks * limits.page);
  let start = blocks - leaves;
  sorted.copy(bytes, start * limits.page);
  let width = leaves;
  let prefix: number = HASH_PREFIX.leaf;
  for (const above of nodes.toReversed()) {
    writeNodes(bytes, start - above, start, width, prefix);
    start -= above;
    width = above;
    prefix = HASH_PREFIX.node;
  }
  const root = encodeBase64url(blockHash(bytes, start, HASH_PREFIX.node));
  bytes.write(pagesHeader(root, count), 0, 'utf8');
  return { claim: { root, salt, count }, bytes };
}

/** The 16-byte digests one after the other; the buffer is cut to those that came. */
function digestAll(identities: Iterable<string>, most: number, salt: Uint8Array): Buffer {
  const digests = Buffer.alloc(most * DIGEST);
  // Three bytes at most for each of 400 UTF-16 units.
  const input = Buffer.alloc(1 + salt.length + 1200);
  input[0] = HASH_PREFIX.identity;
  input.set(salt, 1);
  let at = 0;
  for (const identity of identities) {
    const length = input.write(identity, 1 + salt.length, 'utf8');
    sha256(input.subarray(0, 1 + salt.length + length)).copy(digests, at, 0, DIGEST);
    at += DIGEST;
  }
  return digests.subarray(0, at);
}

/**
 * The digests in rising order, each once.
 *
 * Sorts numbers of (first 32 bits, index), which a typed array does without a call for each comparison; the few
 * that share these bits are put in order afterwards.
 */
function sortDigests(digests: Buffer): Buffer {
  const keys = Float64Array.from(
    { length: digests.length / DIGEST },
    (_, i) => digests.readUInt32BE(i * DIGEST) * INDICES + i,
  );
  keys.sort();
  const indexAt = (i: number): number => (keys[i] as number) % INDICES;
  const compare = (a: number, b: number): number =>
    digests.compare(digests, b * DIGEST, (b + 1) * DIGEST, a * DIGEST, (a + 1) * DIGEST);
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] as number;
    let j = i;
    while (
      j > 0 &&
      Math.floor((keys[j - 1] as number) / INDICES) === Math.floor(key / INDICES) &&
      compare(indexAt(j - 1), key % INDICES) > 0
    ) {
      keys[j] = keys[j - 1] as number;
      j--;
    }
    keys[j] = key;
  }
  const sorted = Buffer.alloc(digests.length);
  let at = 0;
  for (let i = 0; i < keys.length; i++) {
    const index = indexAt(i);
    if (i > 0 && compare(indexAt(i - 1), index) === 0) continue;
    at += digests.copy(sorted, at, index * DIGEST, (index + 1) * DIGEST);
  }
  return sorted.subarray(0, at);
}

/** Writes the nodes from block `to` on, over `width` children from block `from` on. */
function writeNodes(bytes: Buffer, to: number, from: number, width: number, prefix: number): void {
  for (let child = 0; child < width; child++) {
    const at = (to + Math.floor(child / NODE_FANOUT)) * limits.page + (child % NODE_FANOUT) * NODE_ENTRY;
    const source = (from + child) * limits.page;
    // Leaf and node alike begin with the first digest below them.
    bytes.copy(bytes, at, source, source + DIGEST);
    blockHash(bytes, from + child, prefix).copy(bytes, at + DIGEST);
  }
}

const hashed = Buffer.alloc(1 + limits.page);

function blockHash(bytes: Buffer, index: number, prefix: number): Buffer {
  hashed[0] = prefix;
  bytes.copy(hashed, 1, index * limits.page, (index + 1) * limits.page);
  return sha256(hashed);
}
