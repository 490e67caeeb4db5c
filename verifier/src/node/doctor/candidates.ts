import { CounterfoilError, documents, formatFile, type Block } from '@counterfoil/schemas';
import { kindOfFile } from '../file-kind.js';
import { faultOfSet, orderBlocks } from './block-order.js';
import { doctorFault } from './codes.js';
import { MOST_TRIES, readDashes } from './dashes.js';
import { WHOLE_FILE, type Found } from './repair.js';
import { faultOfBody, lengthFault } from './shortfall.js';
import { countOddLines, type LooseBlock, type TakenBlocks } from './take-blocks.js';

/** Something that may be the file: a dash that has several readings makes several. */
interface Candidate {
  readonly text: string;
  readonly found: readonly Found[];
}

const ALPHABET = { compact: /[^A-Za-z0-9_.-]/g, other: /[^A-Za-z0-9+/=]/g };

function requireAlphabet({ document, lines }: LooseBlock): void {
  const { label, form } = documents[document];
  const strange = lines.join('').match(form === 'compact' ? ALPHABET.compact : ALPHABET.other);
  if (strange === null) return;
  throw doctorFault('file-damaged', {
    where: label,
    expected: 'letters and digits of base64',
    actual: `${String(strange.length)} other characters`,
  });
}

/** The readings of all blocks, each a whole list of blocks with what was undone. Throws `file-damaged`. */
function* readBlocks(
  blocks: readonly LooseBlock[],
  canDecide: boolean,
): Generator<{ blocks: readonly LooseBlock[]; found: readonly Found[] }> {
  const all = blocks.map((block) => ({ block, dashes: readDashes(block.lines) }));
  const tries = all.reduce((product, { dashes }) => product * dashes.readings.length, 1);
  const count = all.reduce((sum, { dashes }) => sum + dashes.count, 0);
  const ambiguous = all.some(({ dashes }) => dashes.ambiguous);
  if (tries === 0 || tries > MOST_TRIES || (ambiguous && !canDecide)) {
    throw doctorFault('file-damaged', {
      where: WHOLE_FILE,
      expected: 'hyphens',
      actual: `${String(count)} dashes of a word processor, which may stand for one hyphen or more${
        canDecide ? '' : '; with --kit the signature could decide'
      }`,
    });
  }
  const found: Found[] = count === 0 ? [] : [{ code: 'smart-dashes', where: 'blocks', count }];
  for (let i = 0; i < tries; i++) {
    let rest = i;
    const read = all.map(({ block: { document }, dashes: { readings } }) => {
      const lines = readings[rest % readings.length] as readonly string[];
      rest = Math.floor(rest / readings.length);
      return { document, lines };
    });
    yield { blocks: read, found };
  }
}

function toBlock({ document, lines }: LooseBlock): Block {
  const body = lines.join('');
  const fault = faultOfBody(document, body);
  if (fault === undefined) return { document, body };
  const actual = lengthFault(document, body);
  const { label } = documents[document];
  throw actual === undefined
    ? fault
    : doctorFault('file-short', { where: label, expected: 'a whole document', actual });
}

function format(front: string, blocks: readonly Block[], found: Found[]): string {
  const summary = front.replace(/^\s*\n/, '').trimEnd();
  const isMail = kindOfFile(Buffer.from(summary)) === 'a saved e-mail';
  if (!isMail) {
    try {
      return formatFile(summary, blocks);
    } catch (error) {
      if (!(error instanceof CounterfoilError)) throw error;
    }
  }
  found.push({ code: 'text-in-front', where: 'line 1', count: summary.split('\n').length });
  return formatFile('', blocks);
}

/** The one file that a reading makes. Throws the code of what cannot be mended. */
function build(
  { front, bare }: TakenBlocks,
  blocks: readonly LooseBlock[],
  known: readonly Found[],
): Candidate {
  const found = [...known];
  blocks.forEach(requireAlphabet);
  const odd = bare === true ? 0 : blocks.reduce((sum, { lines }) => sum + countOddLines(lines), 0);
  if (odd > 0) found.push({ code: 'line-width', where: 'blocks', count: odd });
  const ordered = orderBlocks(blocks.map(toBlock));
  found.push(...ordered.found);
  const fault = faultOfSet(ordered.blocks);
  if (fault !== undefined) throw fault;
  const [first] = ordered.blocks;
  const text = bare === true ? `${String(first?.body)}\n` : format(front, ordered.blocks, found);
  return { text, found };
}

/** The files that taken blocks may be, or why a reading is none. Throws the code of what cannot be mended. */
export function* readCandidates(
  taken: TakenBlocks,
  canDecide: boolean,
): Generator<Candidate | CounterfoilError> {
  if (taken.problem !== undefined) throw taken.problem;
  for (const { blocks, found } of readBlocks(taken.blocks, canDecide)) {
    try {
      yield build(taken, blocks, found);
    } catch (error) {
      if (!(error instanceof CounterfoilError)) throw error;
      yield error;
    }
  }
}
