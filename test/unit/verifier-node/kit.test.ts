import { createHash } from 'node:crypto';
import { formatFile, encodeBlock } from '@counterfoil/schemas';
import { rootFingerprint } from '@counterfoil/verifier';
import { nodeEngine, readKit } from '@counterfoil/verifier/node';
import { describe, expect, it } from 'vitest';
import {
  goodFile,
  kitFile,
  makeKey,
  makeVendor,
  productOf,
  rootClaims,
  signCompact,
  signRoot,
} from '../../support/signing.js';

const vendor = makeVendor();
const tester = makeVendor({ environment: 'test' });
const second = signRoot(rootClaims(vendor, { version: 2 }), vendor.rootKey);
const product = signCompact(vendor.issuing, 'product', productOf());
const read = (text: string): ReturnType<typeof readKit> => readKit(text, nodeEngine);

describe('readKit', () => {
  it('reads roots, product and test roots', () => {
    const kit = read(kitFile([vendor.root, second, tester.root], product));
    expect(kit.trust.root.version).toBe(2);
    expect(kit.trust.test?.root.environment).toBe('test');
    expect(kit.product?.sub).toBe('backup');
  });

  it('sorts each chain by version, wherever its roots stand', () => {
    expect([...read(kitFile([tester.root, second, vendor.root])).trust.texts.keys()]).toEqual([1, 2]);
  });

  it('takes the test roots where there are no others', () => {
    const { trust, product: none } = read(kitFile([tester.root]));
    expect(trust.root.environment).toBe('test');
    expect(trust.test).toBeUndefined();
    expect(none).toBeUndefined();
  });

  const gap = signRoot(rootClaims(vendor, { version: 3 }), vendor.rootKey);
  const fork = signRoot(rootClaims(vendor, { exp: 4_000_000_000 }), vendor.rootKey);
  const forged = signRoot(rootClaims(vendor, { version: 2 }), makeKey());
  it.each([
    ['file-blocks', goodFile(vendor)],
    ['file-blocks', formatFile('', [encodeBlock('product', product)])],
    ['file-blocks', kitFile([], product) + kitFile([vendor.root], product)],
    ['file-blocks', kitFile([vendor.root]) + kitFile([], product)],
    ['file-blocks', product],
    ['file-blocks', kitFile(Array.from({ length: 97 }, () => vendor.root))],
    ['root-gap', kitFile([vendor.root, gap])],
    ['root-fork', kitFile([vendor.root, fork])],
    ['root-threshold', kitFile([vendor.root, forged])],
    ['signature-invalid', kitFile([vendor.root], `${product.slice(0, -6)}AAAAAA`)],
    ['armor-truncated', kitFile([vendor.root]).slice(0, -40)],
    ['file-empty', ''],
  ])('throws %s', (code, text) => {
    expect(() => read(text)).toThrowCode(code);
  });
});

describe('rootFingerprint', () => {
  it('is the digest of the payload of the newest root', () => {
    const { payload } = JSON.parse(second) as { payload: string };
    const digest = createHash('sha256').update(Buffer.from(payload, 'base64url')).digest('base64url');
    expect(rootFingerprint(nodeEngine, read(kitFile([vendor.root, second])).trust)).toBe(digest);
  });
});
