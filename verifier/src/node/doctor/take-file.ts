import { formatFault } from '@counterfoil/schemas';
import { kindOfFile } from '../file-kind.js';
import { UNSEEN } from './boundary.js';
import { doctorFault } from './codes.js';
import type { Found } from './repair.js';
import { takeBlocks, type TakenBlocks } from './take-blocks.js';

/** A token without armor: one text of three parts, wherever its lines were broken. */
function bareBlock(text: string, found: Found[]): TakenBlocks | undefined {
  const plain = text.trim().replace(/^["'`\u2018-\u201f]+|(?<!["'`\u2018-\u201f])["'`\u2018-\u201f]+$/g, '');
  const token = plain.replace(new RegExp(`[${UNSEEN}]+`, 'g'), '');
  if (!/^eyJ[\w-]+\.[\w\u2010-\u2015\u2212-]*\.[\w\u2010-\u2015\u2212-]*$/.test(token)) return undefined;
  if (plain.length < text.trim().length)
    found.push({ code: 'quotes', where: 'line 1', count: text.trim().length - plain.length });
  if (token.length < plain.length)
    found.push({ code: 'line-width', where: 'line 1', count: plain.split(/\s+/).length });
  return { front: '', bare: true, blocks: [{ document: 'license', lines: [token] }], found: [] };
}

/** The blocks of a text, or its bare token. Throws `file-kind`, `armor-boundary`, `armor-label` for anything else. */
export function takeFile(text: string, bytes: Uint8Array, found: Found[]): TakenBlocks {
  const taken = takeBlocks(text);
  if (taken.blocks.length > 0 || taken.problem !== undefined) return taken;
  const bare = bareBlock(text, found);
  if (bare !== undefined) return bare;
  const kind = kindOfFile(bytes) ?? kindOfFile(Buffer.from(text));
  const label = /-----BEGIN ([^\n]{1,60}?)-----/.exec(text)?.[1];
  throw kind === undefined
    ? formatFault(label === undefined ? 'armor-boundary' : 'armor-label', {
        expected: 'a line -----BEGIN COUNTERFOIL …-----',
        actual: label ?? 'none',
      })
    : doctorFault('file-kind', { expected: 'a file of Counterfoil', actual: kind });
}
