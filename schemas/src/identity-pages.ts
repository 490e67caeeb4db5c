import { limits } from './limits.js';

/** Where the blocks of an identity-pages file lie; every block has 4096 bytes (license-file.md, clause 11.3). */
export interface PagesLayout {
  /** Blocks of each level of nodes, the top first. */
  readonly nodes: readonly number[];
  /** Leaf pages. */
  readonly leaves: number;
  /** All blocks, the header included. */
  readonly blocks: number;
}

/** A node's entry: the first digest below it (16 bytes), and the child's hash (32 bytes). */
export const NODE_ENTRY = 48;
export const NODE_FANOUT = 85;
/** Digests on a leaf page. */
export const PAGE_DIGESTS = limits.page / limits.pageDigest;
/** What stands before the hashed bytes, so that no leaf passes for a node and no digest for either. */
export const HASH_PREFIX = Object.freeze({ leaf: 0, node: 1, identity: 2, host: 3 });

/** The layout of a file of `count` identities: header, then the levels from the top down, then the leaves. */
export function pagesLayout(count: number): PagesLayout {
  const leaves = Math.ceil(count / PAGE_DIGESTS);
  const nodes: number[] = [];
  let below = leaves;
  do {
    below = Math.ceil(below / NODE_FANOUT);
    nodes.unshift(below);
  } while (below > 1);
  return { nodes, leaves, blocks: 1 + nodes.reduce((sum, level) => sum + level, 0) + leaves };
}

/** The text at the start of the header block, filled up with zeros: it tells people and tools what the file is. */
export function pagesHeader(root: string, count: number): string {
  return `counterfoil identity pages 1\nroot ${root}\ncount ${String(count)}\n`;
}
