// Chains of trust roots: rotation, gaps, lines, ages (trust-root.md, clauses 4 and 7).
import { accept, at, file, NOW, refuse, reject, root, ROOT1, token } from './documents.mjs';
import { A, B, C, carried, chained, D, F, forked, newer, three, two } from './roots.mjs';
import { testRoot } from './test-root.mjs';

const rotation = [
  accept(
    'rotation-1-2-3',
    'TR-4.1',
    'two steps in the file; the license is signed by a key of the last',
    newer(ROOT1, two, three),
  ),
  accept(
    'rotation-without-pinned',
    'TR-4.1',
    'the pinned root may be missing in the file',
    newer(two, three),
  ),
  accept('rotation-stored', 'TR-4.1', 'the host has stored the whole chain', {
    ...newer(),
    trust: { roots: [ROOT1, two, three] },
  }),
  accept('rotation-half-stored', 'TR-4.1', 'the host knows version 2, the file brings the rest', {
    ...newer(ROOT1, two, three),
    trust: { roots: [ROOT1, two] },
  }),
  accept('rotation-pinned-later', 'TR-4.1', 'the host begins with version 2', {
    ...newer(ROOT1, two, three),
    trust: { roots: [two] },
  }),
  reject(
    'rotation-not-carried',
    'TR-5.1',
    'key-unknown',
    'the host knows version 1 only, and the file brings nothing',
    newer(),
  ),
  reject(
    'rotation-old-key',
    'TR-5.1',
    'key-unknown',
    'a key that version 3 no longer names',
    carried(ROOT1, two, three),
  ),
  reject(
    'rotation-old-root-key',
    'TR-5.1',
    'key-unknown',
    'a root key of version 1 that version 2 no longer names',
    { file: file({ license: token(undefined, { signer: A }), roots: [ROOT1, two] }) },
  ),
  reject(
    'rotation-swapped',
    'TR-5.1',
    'key-unknown',
    'version 3 before version 2: it cannot be reached',
    newer(ROOT1, three, two),
  ),
  reject(
    'rollback',
    'TR-4.2',
    'key-unknown',
    'the host knows that the key is gone, the file brings the root that named it',
    { ...carried(ROOT1, two), trust: { roots: [ROOT1, two, three] } },
  ),
  accept('rollback-harmless', 'TR-4.2', 'older roots in a file change nothing', {
    ...newer(ROOT1, two),
    trust: { roots: [ROOT1, two, three] },
  }),
];
const needs = (version, options) => token((payload) => (payload.license.needs.root = version), options);
const four = chained(4, 1, [D], [C, D]);
const gaps = [
  refuse('gap-needed', 'LF-8.14', 'root-needed', 'version 2 is missing, and version 3 is needed', {
    file: file({ license: needs(3), roots: [ROOT1, three] }),
  }),
  accept('gap-not-needed', 'TR-4.3', 'version 2 is missing, but version 1 is enough', carried(ROOT1, three)),
  refuse('gap-at-end', 'LF-8.14', 'root-needed', 'versions 1, 2 and 4, and 4 is needed', {
    file: file({ license: needs(4), roots: [ROOT1, two, four] }),
  }),
  accept('gap-at-end-not-needed', 'TR-4.3', 'versions 1, 2 and 4, and 2 is needed', {
    file: file({ license: needs(2), roots: [ROOT1, two, four] }),
  }),
  reject(
    'gap-new-key',
    'TR-5.1',
    'key-unknown',
    'version 2 is missing, and the key is one of version 3',
    newer(ROOT1, three),
  ),
  refuse('needs-unpublished', 'LF-8.14', 'root-needed', 'a version that nobody brings', {
    file: file({ license: needs(9) }),
  }),
];

const lines = [
  reject(
    'other-vendor',
    'TR-4.5',
    'root-vendor',
    'a root of another vendor',
    carried(chained(2, 1, [B], [A, B], (payload) => (payload.iss = 'other.example'))),
  ),
  reject(
    'other-vendor-v1',
    'TR-4.5',
    'root-vendor',
    'the first root of another vendor',
    carried(chained(1, 1, [F], [F], (payload) => (payload.iss = 'other.example'))),
  ),
  reject(
    'other-environment',
    'TR-4.5',
    'root-environment',
    'a test root in a file, and the host knows none',
    carried(chained(2, 1, [B], [A, B], (payload) => (payload.environment = 'test'))),
  ),
];

const old = at('2026-02-01');
const ages = [
  accept('expired-newest', 'TR-7', 'the newest root has passed its date: a warning', {
    trust: { roots: [root((payload) => (payload.exp = old))] },
    expected: { conditions: ['root-expired'] },
  }),
  accept('expired-instant', 'TR-7', 'it warns from the very instant', {
    trust: { roots: [root((payload) => (payload.exp = NOW))] },
    expected: { conditions: ['root-expired'] },
  }),
  accept('expired-not-yet', 'TR-7', 'and not a second earlier', {
    trust: { roots: [root((payload) => (payload.exp = NOW + 1))] },
  }),
  accept(
    'expired-intermediate',
    'TR-4.1',
    'a root in between has passed its date',
    newer(
      chained(2, 1, [B], [A, B], (payload) => (payload.exp = old)),
      three,
    ),
  ),
  accept('expired-pinned', 'TR-4.1', 'the pinned root has passed its date, the file brings a newer one', {
    ...newer(two, three),
    trust: { roots: [root((payload) => (payload.exp = old))] },
  }),
];

const untrusted = (name, code, note, roots, test) => ({
  ...reject(name, 'TR-4', code, note, { trust: { roots, ...(test === undefined ? {} : { test }) } }),
  expected: { arm: 'no-trust', code },
});
const opening = [
  untrusted('trust-none', 'root-missing', 'no trust root', []),
  untrusted('trust-gap', 'root-gap', 'a stored chain with a gap', [ROOT1, three]),
  untrusted('trust-fork', 'root-fork', 'a stored chain with a fork', [ROOT1, forked]),
  untrusted('trust-unsigned', 'root-threshold', 'a stored step that the old root did not sign', [
    ROOT1,
    chained(2, 1, [B], [B]),
  ]),
  untrusted(
    'trust-two-productions',
    'root-environment',
    'a production root where the test root belongs',
    [ROOT1],
    [ROOT1],
  ),
  untrusted('trust-two-tests', 'root-environment', 'two test roots', [testRoot], [testRoot]),
];

export const chains = () => [...rotation, ...gaps, ...lines, ...ages, ...opening];
