// Two roots of one version (trust-root.md, clause 4.4).
import { accept, reject, root, ROOT1 } from './documents.mjs';
import { A, B, C, carried, chained, F, forked, three, two } from './roots.mjs';

const fork = (name, note, content) => reject(name, 'TR-4.4', 'root-fork', note, content);
const none = (name, note, content) => reject(name, 'TR-4.4', 'root-threshold', note, content);
const unsigned = root((payload) => (payload.exp += 1), [F]);
/** Version 2 with another root key; whose signatures it bears, decides. */
const otherTwo = (...signers) => chained(2, 1, [C], signers);

export const forks = () => [
  none('fork-unsigned', 'another root of version 1 that none of our keys signed: anybody may write that', {
    ...carried(unsigned),
  }),
  fork('fork', 'another root of version 1', carried(forked)),
  fork('fork-later', 'two roots of version 2 in one file', carried(ROOT1, two, otherTwo(A, C))),
  fork('fork-later-by-old', 'the second is signed by the root before it, not by its own keys', {
    ...carried(ROOT1, two, otherTwo(A)),
  }),
  none('fork-later-by-new', 'the second is signed by its own keys, not by the root before it', {
    ...carried(ROOT1, two, otherTwo(C)),
  }),
  fork('fork-stored', 'the host knows another root of version 2', {
    ...carried(ROOT1, otherTwo(A, C)),
    trust: { roots: [ROOT1, two, three] },
  }),
  fork('fork-pinned', 'another root of the pinned version 2, signed by the keys of the pinned one', {
    ...carried(otherTwo(B)),
    trust: { roots: [two] },
  }),
  none('fork-pinned-by-old', 'the same, signed by a version that this host never knew', {
    ...carried(otherTwo(A, C)),
    trust: { roots: [two] },
  }),
  accept('fork-unknown-version', 'TR-4.2', 'another root of a version older than the pinned one', {
    ...carried(unsigned),
    trust: { roots: [chained(2, 1, [A], [A])] },
  }),
  accept(
    'same-root-other-signatures',
    'TR-4.4',
    'the same payload with other signatures is no fork',
    carried(root(undefined, [A, F])),
  ),
];
