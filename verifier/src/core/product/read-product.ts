import { isJsonObject, type ProductClaims } from '@counterfoil/schemas';
import { productClaims } from '../claims/product-claims.js';
import { checkSchema } from '../claims/schema.js';
import { parseShape } from '../claims/shape.js';
import { verifierFault } from '../codes.js';
import type { DeepReadonly } from '../deep-readonly.js';
import type { Engine } from '../engine.js';
import { requireKeyWindow } from '../trust/key-rules.js';
import { readSigned } from '../trust/read-signed.js';
import type { Trust } from '../trust/trust.js';

/** What a product document says, its signature held. */
export type ProductContent = DeepReadonly<ProductClaims>;

/**
 * Verifies and reads a product document, a compact JWS (license-file.md, clause 7).
 *
 * Throws format codes, the key codes, `key-products`, `signature-invalid`, `schema-newer`, `critical-unknown`, `claims-invalid`, `claims-inconsistent`, `vendor-mismatch`.
 */
export function readProduct(engine: Engine, trust: Trust, text: string): ProductContent {
  const { json, key } = readSigned(engine, trust, 'product', 'issuing', text);
  const { product } = json;
  if (isJsonObject(product)) checkSchema(product, 'product');
  const claims: ProductContent = parseShape(productClaims, json, 'product');
  requireKeyWindow(key, claims.iat, 'product');
  if (claims.iss !== trust.root.iss) {
    throw verifierFault('vendor-mismatch', {
      where: 'product',
      expected: trust.root.iss,
      actual: claims.iss,
    });
  }
  if (claims.sub !== claims.product.id) {
    throw verifierFault('claims-inconsistent', {
      where: 'product.id',
      expected: claims.sub,
      actual: claims.product.id,
    });
  }
  const products = key.row.limits?.products;
  if (products !== undefined && !products.includes(claims.sub)) {
    throw verifierFault('key-products', { expected: products.join(', '), actual: claims.sub });
  }
  return claims;
}
