import { createHash } from 'node:crypto';
import { formatJson, type Product } from '@counterfoil/schemas';
import type { ProductSnapshot } from '../register/register.js';

/** SHA-256 of bytes, or of a text in UTF-8, base64url: how the register names what it keeps. */
export function textDigest(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** A product's rules as the register keeps them. */
export function snapshotOf(product: Product): ProductSnapshot {
  const json = formatJson(product, 'product');
  return { digest: textDigest(json), id: product.id, catalog: product.catalog, json };
}
