import { openMixedTrust, rootFingerprint } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeVendor, signRoot } from '../../support/signing.js';

const vendor = makeVendor();
const next = signRoot({ ...vendor.rootClaims, version: 2 }, vendor.rootKey);
const test = makeVendor({ environment: 'test' });

describe('openMixedTrust (TR-8)', () => {
  it('sorts what a kit holds', () => {
    const trust = openMixedTrust(nodeEngine, [next, test.root, vendor.root]);
    expect(trust.root).toMatchObject({ version: 2, environment: 'production' });
    expect(trust.test?.root.environment).toBe('test');
    expect([...trust.texts.keys()]).toEqual([1, 2]);
    expect(openMixedTrust(nodeEngine, [vendor.root]).test).toBeUndefined();
  });

  it('trusts test roots alone only where there are no others', () => {
    expect(openMixedTrust(nodeEngine, [test.root])).toMatchObject({ root: { environment: 'test' } });
    expect(() => openMixedTrust(nodeEngine, [])).toThrowCode('root-missing');
    expect(() => openMixedTrust(nodeEngine, [vendor.root, vendor.root])).not.toThrow();
  });
});

describe('rootFingerprint (TR-9)', () => {
  it('is the digest of the newest payload', () => {
    const payload = Buffer.from((JSON.parse(next) as { payload: string }).payload, 'base64url');
    const trust = openMixedTrust(nodeEngine, [vendor.root, next]);
    expect(rootFingerprint(nodeEngine, trust)).toBe(createHash('sha256').update(payload).digest('base64url'));
  });
});
