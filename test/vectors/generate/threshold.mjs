// Thresholds (trust-root.md, clause 3).
import { accept, reject } from './documents.mjs';
import { A, B, C, carried, chained, D, E, F } from './roots.mjs';

const first = chained(1, 2, [A, B, C], [A, B]);
const pinned = { trust: { roots: [first] } };
const next = (signers, threshold = 2, rootKeys = [A, B, C]) => ({
  ...carried(chained(2, threshold, rootKeys, signers)),
  ...pinned,
});
const short = (name, note, content) => reject(`threshold-${name}`, 'TR-3', 'root-threshold', note, content);
const flip = (signature) => signature.map((byte, i) => (i === 40 ? byte ^ 1 : byte));
const thresholds = [
  accept('threshold-2-of-3', 'TR-3', 'two of three root keys signed', next([A, B])),
  accept('threshold-other-2-of-3', 'TR-3', 'any two of the three', next([C, B])),
  accept('threshold-3-of-3', 'TR-3', 'more than needed', next([A, B, C])),
  short('1-of-3', 'one of three signed', next([B])),
  reject('threshold-same-key-twice', 'TR-3.2', 'root-threshold', 'one key signed twice', next([A, A])),
  reject(
    'threshold-same-key-two-headers',
    'TR-3.2',
    'root-threshold',
    'one key signed twice, with two names of the algorithm',
    next([A, { key: A, header: { alg: 'Ed25519' } }]),
  ),
  accept(
    'threshold-second-spelling',
    'TR-3.1',
    'an invalid signature of a key does not spoil a good one of it',
    next([{ key: A, change: flip }, A, B]),
  ),
  short('one-invalid', 'two signed, one of them badly', next([A, { key: B, change: flip }])),
  accept(
    'threshold-invalid-besides',
    'TR-3.1',
    'invalid and foreign signatures do not count, and do no harm',
    next([A, B, { key: C, change: flip }, F]),
  ),
  short('foreign', 'keys that no root names signed', next([E, F])),
  short('one-foreign', 'one of ours and a foreign one', next([A, F])),
  short(
    'signed-under-name',
    'a foreign key signs under the key id of ours',
    next([A, { key: F, header: { kid: B.kid } }]),
  ),
  accept('threshold-both', 'TR-4.1', 'old and new thresholds are met', next([A, B, D, E], 2, [D, E, F])),
  short('old-missing', 'the old threshold is not met', next([A, D, E], 2, [D, E, F])),
  short('new-missing', 'the new threshold is not met', next([A, B, D], 2, [D, E, F])),
  accept('threshold-shared', 'TR-4.1', 'a key of both roots counts for both', next([A, B], 2, [A, B, D])),
  short('raised', 'the new threshold is higher', next([A, B], 3, [A, B, C])),
  accept('threshold-raised-met', 'TR-3', 'the higher threshold is met', next([A, B, C], 3, [A, B, C])),
  {
    ...short('pinned', 'the pinned root itself lacks a signature', {
      trust: { roots: [chained(1, 2, [A, B, C], [A])] },
    }),
    expected: { arm: 'no-trust', code: 'root-threshold' },
  },
];

export const thresholdRules = () => thresholds;
