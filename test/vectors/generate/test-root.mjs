// The test root beside a production root, and kits that hold both (trust-root.md, clause 8).
import { key } from './codec.mjs';
import { accept, file, named, reject, root, ROOT1, token } from './documents.mjs';
import { A, E, F, forked, from, issuing2, keys, newer, three, two } from './roots.mjs';

const testKey = key('test issuing');
export const testRoot = root(
  (payload) => {
    payload.environment = 'test';
    payload.root.keys = keys(E);
    payload.issuing = [named(testKey, { from })];
    payload.status = [];
  },
  [E],
);
const withTest = { trust: { roots: [ROOT1], test: [testRoot] } };
const byTest = token(undefined, { signer: testKey });
const testNext = root(
  (payload) => {
    payload.version = 2;
    payload.environment = 'test';
    payload.root.keys = keys(E);
    payload.issuing = [named(issuing2, { from })];
    payload.status = [];
  },
  [E],
);
const tests = [
  reject('test-license-own-roots', 'TR-8', 'test-license', 'a test license that brings a newer test root', {
    file: file({ license: token(undefined, { signer: issuing2 }), roots: [testRoot, testNext] }),
    ...withTest,
  }),
  reject(
    'test-license-own-roots-unknown',
    'TR-4.5',
    'root-environment',
    'the same, and the host knows no test root',
    {
      file: file({ license: token(undefined, { signer: issuing2 }), roots: [testRoot, testNext] }),
    },
  ),
  accept(
    'test-root-carried',
    'TR-8',
    'a test root in the file of a production license does no harm where the host knows one',
    {
      file: file({ roots: [ROOT1, testRoot] }),
      ...withTest,
    },
  ),
  reject('test-license', 'TR-8', 'test-license', 'signed with the key of the test root', {
    file: file({ license: byTest }),
    ...withTest,
  }),
  reject('test-license-unknown', 'TR-8', 'key-unknown', 'the same, and the host knows no test root', {
    file: file({ license: byTest }),
  }),
  reject('test-license-forged', 'TR-8', 'key-unknown', 'the key id of the test key over a bad signature', {
    file: file({ license: `${byTest.slice(0, -8)}AAAAAAAA` }),
    ...withTest,
  }),
  accept('test-root-besides', 'TR-8', 'a production license beside a test root', withTest),
  accept('test-root-in-test', 'TR-8', 'a host that trusts the test root takes test licenses', {
    file: file({ license: byTest }),
    trust: { roots: [testRoot] },
  }),
  reject('test-root-production', 'TR-8', 'key-unknown', 'which takes no production license', {
    trust: { roots: [testRoot] },
  }),
];

const testVersion = (version, signer, change = () => undefined) =>
  root(
    (payload) => {
      payload.version = version;
      payload.environment = 'test';
      payload.root.keys = keys(E);
      payload.status = [];
      change(payload);
    },
    [signer],
  );
const beside = (...roots) => ({ file: file({ roots }), ...withTest });
const followed = [
  accept('test-root-gap', 'TR-8', 'a test root that cannot be reached is passed over', {
    ...beside(testVersion(3, E)),
  }),
  reject('test-root-forged', 'TR-8', 'root-threshold', 'a test root that nobody of ours signed', {
    ...beside(testVersion(2, F)),
  }),
  reject('test-root-by-production', 'TR-8', 'root-threshold', 'one that a production root key signed', {
    ...beside(testVersion(2, A)),
  }),
  reject('test-root-other-vendor', 'TR-8', 'root-vendor', 'a test root of another vendor', {
    ...beside(testVersion(2, E, (payload) => (payload.iss = 'other.example'))),
  }),
];

const kit = (...roots) => ({ trust: { kit: roots } });
const unusable = (name, code, note, ...roots) => ({
  ...reject(name, 'TR-8', code, note, kit(...roots)),
  expected: { arm: 'no-trust', code },
});
const byNext = { file: file({ license: token(undefined, { signer: issuing2 }) }) };
const kits = [
  accept('kit-any-order', 'TR-8', 'roots of both environments, the newest first', {
    ...newer(),
    ...kit(testRoot, three, two, ROOT1),
  }),
  reject('kit-test-license', 'TR-8', 'test-license', 'its test roots tell a test license', {
    ...byNext,
    ...kit(testNext, ROOT1, testRoot),
  }),
  accept('kit-oldest-pinned', 'TR-8', 'the oldest root that it holds is pinned', {
    ...newer(),
    ...kit(three, two),
  }),
  accept('kit-of-test', 'TR-8', 'without a production root the test roots are the trust', {
    ...byNext,
    ...kit(testNext, testRoot),
  }),
  accept('kit-root-twice', 'TR-8', 'one root twice', kit(ROOT1, ROOT1)),
  unusable('kit-empty', 'root-missing', 'no root'),
  unusable('kit-gap', 'root-gap', 'a version is missing', three, ROOT1),
  unusable(
    'kit-test-gap',
    'root-gap',
    'a version of the test roots is missing',
    ...[ROOT1, testVersion(3, E), testRoot],
  ),
  unusable('kit-fork', 'root-fork', 'two roots of version 1', ROOT1, forked),
];

export const testRoots = () => [...tests, ...followed, ...kits];
