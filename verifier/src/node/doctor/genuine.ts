import { CounterfoilError, decodeBody, decodeUtf8, parseFile, type CarriedFile } from '@counterfoil/schemas';
import {
  carriedPages,
  extendTrust,
  openShard,
  readProduct,
  verifierFault,
  type Trust,
} from '../../core/index.js';
import { readGenuine } from '../../core/verify/genuine.js';
import { doctorFault } from './codes.js';
import { nodeEngine } from '../engine.js';
import type { Genuineness } from './repair-file.js';

/** A license file is genuine, and has the blocks that its license needs. */
function requireWhole(trusted: Trust, text: string): void {
  const { file, license, trust, shard } = readGenuine(nodeEngine, trusted, text, () => undefined);
  carriedPages(nodeEngine, file, license.claims);
  const { needs } = license.claims.license;
  const missing = [
    ...(trust.root.version < needs.root ? [`trust root ${String(needs.root)}`] : []),
    ...(needs.status !== undefined && shard === undefined
      ? [`status list, version ${String(needs.status)}`]
      : []),
  ];
  if (missing.length > 0 && !file.bare) {
    throw doctorFault('file-short', {
      expected: 'the blocks that the license needs',
      actual: `no ${missing.join(', no ')}`,
    });
  }
}

/** Every root of a file is one of the trust's, or follows from it. */
function requireRoots(trusted: Trust, { blocks }: CarriedFile): Trust {
  const texts = blocks
    .filter(({ document }) => document === 'trust-root')
    .map((block) => decodeUtf8(decodeBody(block), 'trust-root'));
  const { trust } = extendTrust(nodeEngine, trusted, texts);
  const known = new Set([...trust.texts.values(), ...(trust.test?.texts.values() ?? [])]);
  const strange = texts.filter((text) => !known.has(text)).length;
  if (strange > 0) {
    throw verifierFault('root-gap', {
      expected: 'roots that the kit knows, or that follow them',
      actual: `${String(strange)} others`,
    });
  }
  return trust;
}

function check(trusted: Trust, text: string): 'genuine' | 'unchecked' {
  const file = parseFile(text);
  const first = file.blocks[0]?.document;
  if (first === 'license') {
    requireWhole(trusted, text);
    return 'genuine';
  }
  // Nobody's kit vouches for what a host has signed.
  if (file.blocks.some(({ document }) => !['product', 'trust-root', 'status-list'].includes(document)))
    return 'unchecked';
  const trust = requireRoots(trusted, file);
  for (const { document, body } of file.blocks) {
    if (document === 'product') readProduct(nodeEngine, trust, body);
    if (document === 'status-list') openShard(nodeEngine, trust, body);
  }
  return 'genuine';
}

/** Holds a file of any kind against a trust. */
export function checkGenuine(trusted: Trust, text: string): Genuineness {
  try {
    return check(trusted, text);
  } catch (error) {
    if (error instanceof CounterfoilError) return error;
    throw error;
  }
}
