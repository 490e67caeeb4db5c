import { decodeBody, decodeUtf8, formatFault, parseFile, type Block } from '@counterfoil/schemas';
import { openMixedTrust, readProduct, type Engine, type ProductContent, type Trust } from '../core/index.js';

/** The names that a product's catalog gives: what a compiler can hold a program's questions against. */
export interface KitNames {
  readonly operation: string;
  readonly kind: string;
  readonly role: string;
}

declare const kitNames: unique symbol;

/** The text of a kit that knows its names; they are there for the compiler alone. */
export type KitText<Names extends KitNames = KitNames> = string & { readonly [kitNames]?: Names };

/** What a vendor builds into a product: whom to trust, and which product it is. */
export interface Kit {
  /** The production roots, with the test root beside them where the kit has one; of a kit without production roots, the test roots. */
  readonly trust: Trust;
  /** The product document, its signature held. */
  readonly product?: ProductContent;
}

const KIT = 'one product at most, then trust roots';

function requireKitBlocks(blocks: readonly Block[]): { product: Block | undefined; roots: readonly Block[] } {
  const [first] = blocks;
  const product = first?.document === 'product' ? first : undefined;
  const roots = product === undefined ? blocks : blocks.slice(1);
  if (roots.length === 0 || roots.some(({ document }) => document !== 'trust-root')) {
    throw formatFault('file-blocks', {
      where: 'kit',
      expected: KIT,
      actual: blocks.map(({ document }) => document).join(', '),
    });
  }
  return { product, roots };
}

/**
 * Reads a kit: an armored file with an optional product document and the vendor's trust roots.
 *
 * The caller vouches for the file: it pins the oldest root of each chain. Throws format codes and what opening a trust,
 * or reading a product document under it, throws.
 */
export function readKit(input: string | Uint8Array, engine: Engine): Kit {
  const { product, roots } = requireKitBlocks(parseFile(input).blocks);
  const trust = openMixedTrust(
    engine,
    roots.map((block) => decodeUtf8(decodeBody(block), 'trust-root')),
  );
  return {
    trust,
    ...(product === undefined ? {} : { product: readProduct(engine, trust, product.body) }),
  };
}
