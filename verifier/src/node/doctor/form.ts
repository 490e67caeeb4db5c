import { CounterfoilError, parseFile, type CarriedFile } from '@counterfoil/schemas';
import { faultOfSet, orderBlocks } from './block-order.js';
import { faultOfBody } from './shortfall.js';

function parse(input: string | Uint8Array): CarriedFile | CounterfoilError {
  try {
    return parseFile(input);
  } catch (error) {
    if (error instanceof CounterfoilError) return error;
    throw error;
  }
}

/** Whether a file needs no repair: it parses, every document in it does, and the blocks stand in their order, once each. */
export function isSound(input: string | Uint8Array): boolean {
  const file = parse(input);
  if (file instanceof CounterfoilError) return false;
  if (file.blocks.some(({ document, body }) => faultOfBody(document, body) !== undefined)) return false;
  return faultOfSet(file.blocks) === undefined && orderBlocks(file.blocks).found.length === 0;
}
