import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consistencyProof,
  isConsistent,
  leafHash,
  treeHead,
} from '../../../verifier/src/node/journal/tree-head.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The entries of the tests of Certificate Transparency's own log (trillian, certificate-transparency-go). */
const ENTRIES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((text) => leafHash(Buffer.from(text, 'hex')));
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
/** Consistency proofs of the same tests: from, to, hashes. */
const PROOFS: readonly (readonly [number, number, readonly string[]])[] = [
  [1, 1, []],
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [
    2,
    5,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];

describe('the tree head', () => {
  it('of no line is the hash of nothing', () => {
    expect(hex(treeHead([]).root)).toBe(createHash('sha256').digest('hex'));
  });

  it.each(ROOTS.map((root, i) => [i + 1, root] as const))('of %i known entries is known', (size, root) => {
    expect(treeHead(ENTRIES.slice(0, size))).toMatchObject({ size });
    expect(hex(treeHead(ENTRIES.slice(0, size)).root)).toBe(root);
  });
});

describe('the consistency proof', () => {
  it.each(PROOFS)('from %i to %i is the known one', (from, to, wanted) => {
    expect(consistencyProof(ENTRIES.slice(0, to), from).map(hex)).toEqual(wanted);
  });

  it('holds between any two sizes, and for no other head, order or length', () => {
    const leaves = Array.from({ length: 40 }, (_, i) => leafHash(Buffer.of(i)));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const [older, newer] = [treeHead(leaves.slice(0, from)), treeHead(leaves.slice(0, to))];
        const proof = consistencyProof(leaves.slice(0, to), from);
        expect(isConsistent(older, newer, proof)).toBe(true);
        const forked = treeHead([leafHash(Buffer.from('other')), ...leaves.slice(1, from)]);
        expect(isConsistent(forked, newer, proof)).toBe(false);
        expect(isConsistent(older, newer, [...proof, leaves[0]!])).toBe(false);
        if (proof.length > 0) expect(isConsistent(older, newer, proof.slice(1))).toBe(false);
        expect(isConsistent(newer, older, proof)).toBe(from === to);
      }),
    );
  });

  it('is short: some 17 hashes at 100,000 lines', () => {
    const leaf = leafHash(Buffer.of(1));
    const leaves = Array.from({ length: 100_000 }, () => leaf);
    expect(consistencyProof(leaves, 77_777).length).toBeLessThanOrEqual(18);
  });

  it.each([0, 9, 1.5, NaN])('is there for no size %d', (size) => {
    expect(() => consistencyProof(ENTRIES, size)).toThrow(RangeError);
    expect(isConsistent({ size, root: ENTRIES[0]! }, treeHead(ENTRIES), [])).toBe(false);
  });
});
