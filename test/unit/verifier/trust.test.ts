import {
  extendTrust,
  keyOf,
  openShard,
  openTrust,
  parseTrustRoot,
  unknownRoots,
  type Trust,
} from '@counterfoil/verifier';
import { encodeBlock } from '@counterfoil/schemas';
import { nodeEngine } from '@counterfoil/verifier/node';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  DAY,
  makeKey,
  NOW,
  rootClaims,
  shardOf,
  SHARD,
  signCompact,
  signPart,
  signRoot,
  type Loose,
  type TestKey,
} from '../../support/signing.js';

const row = ({ kid, x }: TestKey): Loose => ({ kid, x });
const roots = Array.from({ length: 6 }, makeKey);
const issuing = [makeKey(), makeKey(), makeKey()];
const status = makeKey();
const base = rootClaims({ rootKey: roots[0]!, issuing: issuing[0]!, status });
const open = (...texts: readonly string[]): Trust => openTrust(nodeEngine, texts);
const claims = (version: number, keys: readonly TestKey[], threshold: number, change: Loose = {}): Loose => ({
  ...base,
  version,
  root: { threshold, keys: keys.map(row) },
  ...change,
});

/** Threshold 2 of 3; the second root exchanges one root key, the third another, and the issuing key. */
const first = claims(1, roots.slice(0, 3), 2);
const second = claims(2, roots.slice(1, 4), 2, { exp: NOW - DAY });
const third = claims(3, roots.slice(2, 5), 2, { issuing: [{ ...row(issuing[1]!), from: NOW }] });
const ONE = signRoot(first, roots[0]!, roots[1]!);
const TWO = signRoot(second, roots[1]!, roots[2]!);
const THREE = signRoot(third, roots[2]!, roots[3]!);

describe('openTrust (TR-3, TR-4)', () => {
  it('follows a chain of two rotations with 2 of 3, over a root that has expired', () => {
    const trust = open(ONE, TWO, THREE);
    expect(trust.root.version).toBe(3);
    expect([...trust.texts]).toEqual([
      [1, ONE],
      [2, TWO],
      [3, THREE],
    ]);
    expect(keyOf(trust, issuing[1]!.kid)?.role).toBe('issuing');
    expect(keyOf(trust, issuing[0]!.kid)).toBeUndefined();
    expect(keyOf(trust, status.kid)?.role).toBe('status');
  });

  it('wants at least one root, each following the one before', () => {
    expect(() => open()).toThrowCode('root-missing');
    expect(() => open(ONE, THREE)).toThrowCode('root-gap');
  });

  it.each([
    ['only one of two', signRoot(second, roots[1]!)],
    ['one key twice', signRoot(second, roots[1]!, roots[1]!)],
    ['two of the new keys, one of the old', signRoot(second, roots[2]!, roots[3]!)],
    ['two of the old keys, one of the new', signRoot(second, roots[0]!, roots[1]!)],
    ['foreign keys', signRoot(second, makeKey(), makeKey())],
    ['issuing keys', signRoot(second, issuing[0]!, issuing[1]!)],
  ])('refuses a second root signed by %s (TR-3.1, TR-4.1)', (_, text) => {
    expect(() => open(ONE, text)).toThrowCode('root-threshold');
  });

  it('counts signatures that hold, and passes over those that do not', () => {
    const parts = [signPart(roots[1]!, 'trust-root', second), signPart(roots[2]!, 'trust-root', second)];
    const broken = {
      ...signPart(roots[3]!, 'trust-root', second),
      signature: Buffer.alloc(64, 1).toString('base64url'),
    };
    const join = (...all: readonly ReturnType<typeof signPart>[]): string =>
      JSON.stringify({
        payload: parts[0]!.payload,
        signatures: all.map(({ protected: head, signature }) => ({ protected: head, signature })),
      });
    expect(open(ONE, join(broken, ...parts)).root.version).toBe(2);
    expect(() => open(ONE, join(broken, parts[0]!))).toThrowCode('root-threshold');
  });

  it('checks the pinned root too', () => {
    expect(() => open(signRoot(first, roots[0]!))).toThrowCode('root-threshold');
  });

  it('keeps to one vendor and one environment (TR-4.5)', () => {
    const other = { ...second, iss: 'other.example' };
    expect(() => open(ONE, signRoot(other, roots[1]!, roots[2]!))).toThrowCode('root-vendor');
    const test = { ...second, environment: 'test' };
    expect(() => open(ONE, signRoot(test, roots[1]!, roots[2]!))).toThrowCode('root-environment');
  });

  it('takes a test root beside a production root, and in no other way (TR-8)', () => {
    const testRoot = signRoot({ ...first, environment: 'test' }, roots[0]!, roots[1]!);
    const test = open(testRoot);
    expect(openTrust(nodeEngine, [ONE], test).test).toBe(test);
    expect(() => openTrust(nodeEngine, [ONE], open(ONE))).toThrowCode('root-environment');
    const foreign = open(
      signRoot({ ...first, iss: 'other.example', environment: 'test' }, roots[0]!, roots[1]!),
    );
    expect(() => openTrust(nodeEngine, [ONE], foreign)).toThrowCode('root-vendor');
    expect(() => openTrust(nodeEngine, [testRoot], test)).toThrowCode('root-environment');
    expect(extendTrust(nodeEngine, openTrust(nodeEngine, [ONE], test), [TWO]).trust.test).toBe(test);
  });
});

describe('extendTrust (TR-4)', () => {
  it('goes as far as the roots reach and says where they break off', () => {
    const trust = open(ONE);
    expect(extendTrust(nodeEngine, trust, [])).toEqual({ trust });
    expect(extendTrust(nodeEngine, trust, [ONE])).toEqual({ trust });
    expect(extendTrust(nodeEngine, trust, [THREE])).toEqual({ trust, missing: 2 });
    expect(extendTrust(nodeEngine, trust, [TWO, THREE]).trust.root.version).toBe(3);
    const crossed = extendTrust(nodeEngine, trust, [THREE, TWO]);
    expect(crossed.trust.root.version).toBe(2);
    expect(extendTrust(nodeEngine, trust, [THREE, THREE])).toEqual({ trust, missing: 2 });
  });

  it('never goes back (TR-4.2)', () => {
    const trust = open(ONE, TWO, THREE);
    const { trust: same } = extendTrust(nodeEngine, trust, [ONE, TWO]);
    expect(same).toBe(trust);
    // An older root that this host never saw changes nothing either.
    expect(
      extendTrust(nodeEngine, open(signRoot(third, roots[2]!, roots[3]!)), [ONE]).trust.root.version,
    ).toBe(3);
  });

  it('notices a fork (TR-4.4)', () => {
    const forked = signRoot({ ...second, exp: NOW + DAY }, roots[1]!, roots[2]!);
    expect(() => extendTrust(nodeEngine, open(ONE, TWO), [forked])).toThrowCode('root-fork');
    expect(() => extendTrust(nodeEngine, open(ONE), [TWO, forked])).toThrowCode('root-fork');
    // Whoever does not hold the keys has forked nothing.
    expect(() =>
      extendTrust(nodeEngine, open(ONE, TWO), [signRoot({ ...second, exp: NOW + DAY }, makeKey())]),
    ).toThrowCode('root-threshold');
    // The same root with one more signature is no fork.
    expect(
      extendTrust(nodeEngine, open(ONE, TWO), [signRoot(second, roots[1]!, roots[2]!, roots[3]!)]).trust.root
        .version,
    ).toBe(2);
  });

  it('wants a trust from openTrust', () => {
    const forged = JSON.parse(JSON.stringify(open(ONE))) as Trust;
    expect(() => extendTrust(nodeEngine, forged, [])).toThrow(TypeError);
  });

  it('knows which roots of a file it has', () => {
    const blocks = [
      { document: 'license', body: 'a.b.c' } as const,
      encodeBlock('trust-root', ONE),
      encodeBlock('trust-root', TWO),
    ];
    expect(unknownRoots(open(ONE), blocks)).toEqual([TWO]);
    expect(unknownRoots(open(ONE, TWO), blocks)).toEqual([]);
    expect(() => unknownRoots(open(ONE), [{ document: 'trust-root', body: '!' }])).toThrowCode('base64');
  });
});

describe('parseTrustRoot (TR-2, TR-5.1)', () => {
  const parse = (change: Loose): (() => unknown) => {
    const text = signRoot({ ...first, ...change }, roots[0]!);
    return () => parseTrustRoot(nodeEngine, text);
  };
  const weak = Buffer.concat([Buffer.of(1), Buffer.alloc(31)]).toString('base64url');

  it.each([
    ['claims-invalid', { iss: 'Acme' }],
    ['claims-invalid', { root: { threshold: 0, keys: [row(roots[0]!)] } }],
    ['claims-invalid', { root: { threshold: 1, keys: [] } }],
    ['schema-newer', { schema: 2 }],
    ['critical-unknown', { critical: ['quorum'] }],
    ['root-inconsistent', { root: { threshold: 4, keys: roots.slice(0, 3).map(row) } }],
    ['root-inconsistent', { root: { threshold: 1, keys: [row(roots[0]!), row(roots[0]!)] } }],
    ['root-inconsistent', { issuing: [{ ...row(roots[0]!), from: NOW }] }],
    ['root-inconsistent', { status: [{ ...row(issuing[0]!), from: NOW }] }],
    ['root-inconsistent', { root: { threshold: 1, keys: [{ ...row(roots[0]!), kid: roots[1]!.kid }] } }],
    ['root-inconsistent', { exp: base['iat'] }],
    ['key-weak', { status: [{ kid: kidOf(weak), x: weak, from: NOW }] }],
  ])('refuses with %s: %j', (code, change) => {
    expect(parse(change)).toThrowCode(code);
  });

  it('accepts a critical name that it understands', () => {
    expect(parse({ critical: ['limits'] })).not.toThrow();
  });
});

function kidOf(x: string): string {
  return Buffer.from(nodeEngine.sha256(Buffer.from(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`))).toString(
    'base64url',
  );
}

describe('openShard (LF-12)', () => {
  const vendor = {
    id: 'acme.example',
    rootKey: roots[0]!,
    issuing: issuing[0]!,
    status,
    root: ONE,
    rootClaims: first,
  };
  const trust = open(ONE);

  it('reads two bits an entry', () => {
    const shard = openShard(nodeEngine, trust, shardOf(vendor, { 0: 1, 1: 2, 2: 3, 16_383: 1 }));
    expect([0, 1, 2, 3, 16_382, 16_383, 16_384].map((i) => shard.at(i))).toEqual([
      'revoked',
      'suspended',
      'suspended',
      'valid',
      'valid',
      'revoked',
      undefined,
    ]);
    expect({ ...shard }).toEqual({ uri: SHARD, version: 1, iat: NOW - 10 * DAY, kid: status.kid });
  });

  const withRow = (change: Loose): Trust =>
    open(
      signRoot(
        { ...first, status: [{ ...row(status), from: NOW - 200 * DAY, ...change }] },
        roots[0]!,
        roots[1]!,
      ),
    );
  it('asks the key whether it might sign', () => {
    expect(() => openShard(nodeEngine, withRow({ from: NOW }), shardOf(vendor))).toThrowCode('key-window');
    expect(() => openShard(nodeEngine, withRow({ until: NOW - 10 * DAY }), shardOf(vendor))).toThrowCode(
      'key-window',
    );
    expect(() => openShard(nodeEngine, withRow({ retired: NOW - 10 * DAY }), shardOf(vendor))).toThrowCode(
      'key-retired',
    );
    expect(
      openShard(nodeEngine, withRow({ until: NOW, retired: NOW - 9 * DAY }), shardOf(vendor)).version,
    ).toBe(1);
    expect(() => openShard(nodeEngine, withRow({ revoked: NOW }), shardOf(vendor))).toThrowCode(
      'key-revoked',
    );
  });

  const lst = (bytes: Uint8Array): Loose => ({
    status_list: { bits: 2, lst: Buffer.from(bytes).toString('base64url') },
  });
  it.each([
    ['signature-invalid', shardOf(vendor).replace(/.{4}$/, 'AAAA')],
    ['key-role', signCompact(issuing[0]!, 'status-list', {})],
    ['key-unknown', signCompact(makeKey(), 'status-list', {})],
    ['claims-invalid', shardOf(vendor, {}, { version: 0 })],
    ['claims-invalid', shardOf(vendor, {}, { status_list: { bits: 1, lst: 'eJw' } })],
    ['vendor-mismatch', shardOf(vendor, {}, { iss: 'other.example' })],
    ['status-broken', shardOf(vendor, {}, lst(Buffer.from('no zlib')))],
    ['status-broken', shardOf(vendor, {}, lst(deflateSync(Buffer.alloc(0))))],
    ['status-broken', shardOf(vendor, {}, lst(deflateSync(Buffer.alloc(4097))))],
    ['base64url', shardOf(vendor, {}, { status_list: { bits: 2, lst: 'A' } })],
  ])('refuses with %s', (code, text) => {
    expect(() => openShard(nodeEngine, trust, text)).toThrowCode(code);
  });
});
