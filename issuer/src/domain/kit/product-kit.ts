import {
  encodeBlock,
  formatFault,
  formatFile,
  parseFile,
  decodeBody,
  decodeUtf8,
  type Product,
  type ProductClaims,
} from '@counterfoil/schemas';
import { signCompact } from '@counterfoil/keys';
import { openTrust } from '@counterfoil/verifier';
import { nodeEngine, readKit } from '@counterfoil/verifier/node';
import { requireClock } from '../clock.js';
import { snapshotOf } from '../product-snapshot.js';
import { randomSalt } from '../random.js';
import type { Vendor } from '../vendor.js';

/** The trust roots of a vendor as a file for hosts: armored, rising. */
export function buildTrustFile(roots: readonly string[]): string {
  return formatFile(
    '',
    roots.map((root) => encodeBlock('trust-root', root)),
  );
}

/** The trust roots in an armored file; throws `file-blocks` when it has anything else, and the codes of the form. */
export function parseTrustFile(text: string): readonly string[] {
  const { blocks } = parseFile(text);
  const other = blocks.find(({ document }) => document !== 'trust-root');
  if (other !== undefined || blocks.length === 0) {
    throw formatFault('file-blocks', { expected: 'trust roots', actual: other?.document ?? 'none' });
  }
  return blocks.map((block) => decodeUtf8(decodeBody(block), 'trust-root'));
}

/** What a kit is made of. */
export interface KitRequest {
  readonly product: Product;
  /** Trust roots of the vendor's test environment, so that a host can call a test license by its name. */
  readonly testRoots?: readonly string[];
  readonly acknowledgeClock?: boolean;
}

/**
 * Signs a product's rules and builds the kit that the vendor puts into the product (license-file.md, clause 7).
 *
 * Throws `clock-behind-register`, `root-environment` for test roots that are none, and what signing and the register throw.
 */
export async function buildKit(vendor: Vendor, request: KitRequest): Promise<string> {
  await requireClock(vendor, request.acknowledgeClock === true);
  const { id: iss, roots, register, now, random, actor } = vendor;
  const { product, testRoots = [] } = request;
  if (testRoots.length > 0) openTrust(nodeEngine, roots, openTrust(nodeEngine, testRoots));
  const claims: ProductClaims = { iss, sub: product.id, jti: randomSalt(random), iat: now, product };
  const signed = await signCompact(await vendor.signer('issuing'), 'product', claims);
  const kit = formatFile('', [
    encodeBlock('product', signed),
    ...[...roots, ...testRoots].map((root) => encodeBlock('trust-root', root)),
  ]);
  // The host's own reading, which verifies the product's signature under the roots in the kit.
  readKit(kit, nodeEngine);
  const snapshot = snapshotOf(product);
  const detail = { catalog: product.catalog, digest: snapshot.digest };
  await register.saveProduct(snapshot, { at: now, actor, action: 'kit-signed', object: product.id, detail });
  return kit;
}
