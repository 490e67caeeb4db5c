import {
  decodeBase64url,
  decodeBody,
  decodeUtf8,
  formatFault,
  parseGeneralJws,
  parseJsonObject,
  type Block,
  type CounterfoilError,
  type DocumentName,
} from '@counterfoil/schemas';
import type { Found } from './repair.js';

const RANK: Readonly<Record<DocumentName, number>> = {
  license: 0,
  product: 0,
  request: 0,
  receipt: 0,
  grant: 0,
  'trust-root': 1,
  'status-list': 2,
  'identity-pages': 3,
};

/** What a root says of its place; nothing is believed for it. */
function rootPlace(block: Block): { readonly environment: string; readonly version: number } {
  const { payload } = parseGeneralJws(decodeUtf8(decodeBody(block), 'trust-root'), 'trust-root');
  const { environment, version } = parseJsonObject(decodeBase64url(payload, 'trust-root'), 'trust-root');
  return {
    environment: typeof environment === 'string' ? environment : '',
    version: typeof version === 'number' ? version : 0,
  };
}

function sortRoots(roots: readonly Block[]): readonly Block[] {
  const places = roots.map((block) => ({ block, ...rootPlace(block) }));
  const environments = [...new Set(places.map(({ environment }) => environment))];
  return environments.flatMap((wanted) =>
    places
      .filter(({ environment }) => environment === wanted)
      .sort((a, b) => a.version - b.version)
      .map(({ block }) => block),
  );
}

/** Blocks without doubles, in the order of clause 2.6, roots rising; every block is whole in its form. */
export function orderBlocks(blocks: readonly Block[]): {
  readonly blocks: readonly Block[];
  readonly found: readonly Found[];
} {
  const found: Found[] = [];
  const single = blocks.filter(
    ({ document, body }, i) =>
      blocks.findIndex((other) => other.document === document && other.body === body) === i,
  );
  const doubled = blocks.length - single.length;
  if (doubled > 0) found.push({ code: 'doubled-blocks', where: 'blocks', count: doubled });
  const roots = sortRoots(single.filter(({ document }) => document === 'trust-root'));
  const ordered = [0, 1, 2, 3].flatMap((rank) =>
    rank === RANK['trust-root'] ? roots : single.filter(({ document }) => RANK[document] === rank),
  );
  const moved = ordered.filter((block, i) => block !== single[i]).length;
  if (moved > 0) found.push({ code: 'block-order', where: 'blocks', count: moved });
  return { blocks: ordered, found };
}

/** The fault of blocks that do not make one file together, of which nobody but the vendor can say which one is meant. */
export function faultOfSet(blocks: readonly Block[]): CounterfoilError | undefined {
  const kinds = blocks.map(({ document }) => document);
  const heads = kinds.filter((kind) => RANK[kind] === 0);
  const lists = kinds.filter((kind) => kind === 'status-list');
  if (heads.length < 2 && lists.length < 2) return undefined;
  return formatFault('file-blocks', {
    expected: 'the blocks of one file',
    actual: kinds.join(', '),
  });
}
