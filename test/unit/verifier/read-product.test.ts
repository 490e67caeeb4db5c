import { openTrust } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { describe, expect, it } from 'vitest';
import { readProduct } from '../../../verifier/src/core/product/read-product.js';
import {
  DAY,
  makeKey,
  makeVendor,
  NOW,
  productOf,
  rootClaims,
  signCompact,
  signRoot,
  type Loose,
} from '../../support/signing.js';

const vendor = makeVendor();
const trust = openTrust(nodeEngine, [vendor.root]);
const read = (text: string): unknown => readProduct(nodeEngine, trust, text);
const signed = (payload: unknown): string => signCompact(vendor.issuing, 'product', payload);

const trustWith = (issuing: Loose): ReturnType<typeof openTrust> => {
  const { kid, x } = vendor.issuing;
  const claims = rootClaims(vendor, { issuing: [{ kid, x, from: NOW - 100 * DAY, ...issuing }] });
  return openTrust(nodeEngine, [signRoot(claims, vendor.rootKey)]);
};

describe('readProduct', () => {
  it('reads what an issuing key signed', () => {
    expect(read(signed(productOf()))).toMatchObject({ sub: 'backup', product: { name: 'Acme Backup' } });
  });

  it.each([
    ['typ-mismatch', signCompact(vendor.issuing, 'license', productOf())],
    ['key-unknown', signCompact(makeKey(), 'product', productOf())],
    ['key-role', signCompact(vendor.status, 'product', productOf())],
    ['signature-invalid', signCompact({ ...makeKey(), kid: vendor.issuing.kid }, 'product', productOf())],
    ['json-object', signed([])],
    ['claims-invalid', signed({ ...productOf(), product: 'backup' })],
    ['claims-invalid', signed({ ...productOf(), product: null })],
    ['claims-invalid', signed({ ...productOf(), product: [] })],
    ['claims-invalid', signed(productOf({}, { operations: [] }))],
    ['schema-newer', signed(productOf({}, { schema: 2, operations: 'of another form' }))],
    ['key-window', signed(productOf({ iat: NOW - 300 * DAY }))],
    ['vendor-mismatch', signed(productOf({ iss: 'other.example' }))],
    ['claims-inconsistent', signed(productOf({ sub: 'archive' }))],
  ])('throws %s', (code, text) => {
    expect(() => read(text)).toThrowCode(code);
  });

  it('heeds what its key may sign for', () => {
    const text = signed(productOf());
    expect(readProduct(nodeEngine, trustWith({ limits: { products: ['backup'] } }), text).sub).toBe('backup');
    expect(readProduct(nodeEngine, trustWith({ limits: { longest: 30 } }), text).sub).toBe('backup');
    expect(() => readProduct(nodeEngine, trustWith({ limits: { products: ['archive'] } }), text)).toThrowCode(
      'key-products',
    );
    expect(() => readProduct(nodeEngine, trustWith({ revoked: NOW }), text)).toThrowCode('key-revoked');
  });
});
