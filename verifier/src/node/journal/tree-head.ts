import { createHash } from 'node:crypto';

/** A Merkle tree head over the first lines of a journal (RFC 9162, 2.1.1). */
export interface TreeHead {
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const join = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(NODE, left, right);

/** The hash of one entry (RFC 9162, 2.1.1). */
export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256(LEAF, entry);
}

/** The largest power of two below n, which is at least 2. */
const splitOf = (n: number): number => 2 ** (31 - Math.clz32(n - 1));

function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves;
  if (first === undefined) return sha256();
  if (leaves.length === 1) return first;
  const k = splitOf(leaves.length);
  return join(rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
}

/** The head of a tree of leaf hashes. */
export function treeHead(leaves: readonly Uint8Array[]): TreeHead {
  return { size: leaves.length, root: rootOf(leaves) };
}

/** The proof that the tree of the first `size` leaves is the beginning of the whole (RFC 9162, 2.1.4.1). Throws a RangeError for another size. */
export function consistencyProof(leaves: readonly Uint8Array[], size: number): readonly Uint8Array[] {
  if (!Number.isInteger(size) || size < 1 || size > leaves.length) {
    throw new RangeError(`expected a size of 1 to ${String(leaves.length)}, got ${String(size)}`);
  }
  const prove = (m: number, part: readonly Uint8Array[], whole: boolean): readonly Uint8Array[] => {
    if (m === part.length) return whole ? [] : [rootOf(part)];
    const k = splitOf(part.length);
    return m <= k
      ? [...prove(m, part.slice(0, k), whole), rootOf(part.slice(k))]
      : [...prove(m - k, part.slice(k), false), rootOf(part.slice(0, k))];
  };
  return prove(size, leaves, true);
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** Whether a proof shows that the older head is the beginning of the newer one (RFC 9162, 2.1.4.2). */
export function isConsistent(older: TreeHead, newer: TreeHead, proof: readonly Uint8Array[]): boolean {
  if (older.size < 1 || older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && same(older.root, newer.root);
  // An older tree that is a whole subtree stands for itself, and so is not in the proof.
  const isPower = Number.isInteger(Math.log2(older.size));
  const [first, ...rest] = isPower ? [older.root, ...proof] : proof;
  if (first === undefined) return false;
  let [fn, sn, fr, sr] = [older.size - 1, newer.size - 1, first, first];
  while (fn % 2 === 1) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  for (const hash of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [fr, sr] = [join(hash, fr), join(hash, sr)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else sr = join(sr, hash);
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && same(fr, older.root) && same(sr, newer.root);
}
