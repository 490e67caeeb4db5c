import {
  documents,
  formatFault,
  limits,
  type CounterfoilError,
  type DocumentName,
} from '@counterfoil/schemas';
import { DASH, findBoundaries, UNSEEN, type Boundary } from './boundary.js';
import { foundAt, type Found, type RepairCode } from './repair.js';
import { isComplete, shortfallOf } from './shortfall.js';

/** A block, taken out of a damaged text: its lines hold all that stood between BEGIN and END, but no white space. */
export interface LooseBlock {
  readonly document: DocumentName;
  readonly lines: readonly string[];
}

/** What stood in a text. */
export interface TakenBlocks {
  readonly front: string;
  /** Whether it is a token without armor. */
  readonly bare?: boolean;
  readonly blocks: readonly LooseBlock[];
  readonly found: readonly Found[];
  readonly problem?: CounterfoilError;
}

/** Twice what a file may have, as blocks may be there twice. */
const MOST_BOUNDARIES = 4 * limits.blocks;
const WIDE = /[\u2012-\u2015]/;
const ONE_DASH = new RegExp(`[${DASH}]`);
const isDash = (character: string): boolean => ONE_DASH.test(character);
/** Whether nothing but white space follows the last line end. */
const endsLine = (text: string): boolean => text.slice(text.trimEnd().length).includes('\n');

/** The dashes at one end of what stands between two boundaries: how far they reach, how many, whether all are plain. */
interface Dashes {
  readonly length: number;
  readonly count: number;
  readonly plain: boolean;
  /** Whether some are so long that they may stand for several. */
  readonly wide: boolean;
}

/** Takes dashes, white space between them too; those of another line only where lines were broken anywhere. */
function takeDashes(between: string, acrossLines = false): Dashes {
  let [length, count, plain, wide] = [0, 0, true, false];
  for (let i = 0; i < between.length; i++) {
    const character = between.charAt(i);
    if (isDash(character)) {
      count++;
      length = i + 1;
      plain &&= character === '-';
      wide ||= WIDE.test(character);
    } else if (character === '\n' ? count > 0 && !acrossLines : !/\s/.test(character)) break;
  }
  return { length, count, plain, wide };
}

const takeLastDashes = (between: string, acrossLines = false): Dashes =>
  takeDashes(Array.from(between.slice(-64)).reverse().join(''), acrossLines);

/** Text without the white space around it, and without dashes that a broken line left there. */
function content(between: string): string {
  const edge = `[${DASH}${UNSEEN}]`;
  return between.replace(new RegExp(`^${edge}+`), '').replace(new RegExp(`(?<!${edge})${edge}+$`), '');
}

/** Takes the blocks out of a text in which every line starts at the left (clause 2.4, read with goodwill). */
export function takeBlocks(text: string): TakenBlocks {
  const found: Found[] = [];
  const note = (code: RepairCode, at: number, count = 1): void =>
    void found.push(foundAt(code, text, at, count));
  const boundaries = [...findBoundaries(text)];
  if (boundaries.length > MOST_BOUNDARIES) {
    const problem = formatFault('file-blocks', { expected: `at most ${String(limits.blocks)} blocks` });
    return { front: '', blocks: [], found: [], problem };
  }
  const blocks: LooseBlock[] = [];
  const first = boundaries[0];
  const front = first === undefined ? '' : text.slice(0, first.from);
  const frontDashes = takeLastDashes(front);
  if (first !== undefined) checkDashes(frontDashes, first.from, note);
  const above = front.slice(0, front.length - frontDashes.length);
  if (/[^\s]/.test(above) && !endsLine(above)) note('line-width', above.length);
  let problem: CounterfoilError | undefined;
  for (const [i, boundary] of boundaries.entries()) {
    const { to, document } = boundary;
    const next = boundaries[i + 1];
    const between = text.slice(to, next?.from);
    const inside = boundary.side === 'BEGIN';
    const after = takeDashes(between, inside);
    const before = takeLastDashes(between, inside);
    checkRaw(boundary, note);
    if (inside || content(between) !== '') {
      checkDashes(after, to, note);
      if (next !== undefined) checkDashes(before, next.from, note);
    } else {
      checkBare(between, next === undefined ? 5 : 10, to, note);
    }
    if (!inside) {
      const lines = content(between.slice(after.length))
        .split('\n')
        .filter((line) => line.trim() !== '');
      if (lines.length > 0) note(next === undefined ? 'text-after' : 'text-between', to, lines.length);
      continue;
    }
    if (next?.side === 'END' && next.document !== document) {
      problem ??= formatFault('armor-boundary', {
        where: documents[document].label,
        expected: `its END line`,
        actual: `that of ${documents[next.document].label}`,
      });
    }
    const lines = bodyLines(between, { after, before: next === undefined ? undefined : before, to }, note);
    blocks.push({ document, lines });
    if (next?.side === 'END') continue;
    if (isComplete(document, lines.join(''))) note('boundary-lost', next?.from ?? text.length);
    else
      problem ??= formatFault('armor-truncated', {
        where: `block ${String(blocks.length)}, ${documents[document].label}`,
        expected: 'its END line',
        actual: shortfallOf(document, lines.join('')),
      });
  }
  problem ??= lostBegin(boundaries);
  return { front: above, blocks, found, ...(problem && { problem }) };
}

type Note = (code: RepairCode, at: number, count?: number) => void;

function lostBegin(boundaries: readonly Boundary[]): CounterfoilError | undefined {
  const lost = boundaries.find(({ side }, i) => side === 'END' && boundaries[i - 1]?.side !== 'BEGIN');
  if (lost === undefined) return undefined;
  return formatFault('armor-boundary', {
    where: documents[lost.document].label,
    expected: 'its BEGIN line',
    actual: 'an END line alone',
  });
}

function checkDashes({ count, plain, wide }: Omit<Dashes, 'length'>, at: number, note: Note): void {
  if (!plain) note('smart-dashes', at);
  if (!wide && count !== 5) note('boundary-dashes', at);
}

/** Checks what stands between END and the next BEGIN, where that is dashes alone. */
function checkBare(between: string, expected: number, at: number, note: Note): void {
  const blank = between.match(/\n[ \t]*(?=\n)/g)?.length ?? 0;
  if (blank > 0) note('blank-lines', at, blank);
  const dashes = between.replace(/\s+/g, '');
  const count = dashes.length === expected ? 5 : 0;
  checkDashes({ count, plain: /^-*$/.test(dashes), wide: WIDE.test(dashes) }, at, note);
  // Two lines, or one at the end of the file.
  const lines = between.split('\n').filter((line) => line.trim() !== '').length;
  if (Math.max(1, lines) !== expected / 5) note('line-width', at);
}

function checkRaw({ raw, side, document, from }: Boundary, note: Note): void {
  const { label } = documents[document];
  if (/[a-z]/.test(raw)) note('label-case', from);
  const isBroken = raw.includes('\n');
  if (isBroken) note('line-width', from);
  // A broken line may have lost a space, but has none more.
  const differs = isBroken ? / {2}/.test(raw) : raw.toUpperCase() !== `${side} ${label}`;
  if (differs) note('boundary-space', from);
}

/** The lines between BEGIN and END, each without white space and quotation marks. */
function bodyLines(
  between: string,
  { after, before, to }: { readonly after: Dashes; readonly before: Dashes | undefined; readonly to: number },
  note: Note,
): readonly string[] {
  const end = between.length - (before?.length ?? 0);
  const body = between.slice(after.length, end);
  const plain = body.replace(/["'\u2018-\u201f\u00ab\u00bb`]/g, '');
  if (plain.length < body.length) note('quotes', to, body.length - plain.length);
  // Dashes at its ends are none of its own: every document begins with a letter, and no signature ends with a dash.
  const joined = [!/^\s*\n/.test(plain), before !== undefined && !endsLine(plain)].filter(Boolean).length;
  const raw = plain.replace(/^\n/, '').replace(/\n$/, '').split('\n');
  const blank = raw.filter((line) => line.trim() === '').length;
  if (blank > 0) note('blank-lines', to, blank);
  const lines: string[] = [];
  let spaces = 0;
  for (const line of raw) {
    const bare = line.replace(/\s+/g, '');
    spaces += line.trim().length - bare.length;
    if (bare !== '') lines.push(bare);
  }
  if (spaces > 0) note('inner-space', to, spaces);
  if (joined > 0) note('line-width', to, joined);
  return lines;
}

/** Whether lines have the one width that a file has (clause 2.5). */
export function countOddLines(lines: readonly string[]): number {
  const last = lines.length - 1;
  return lines.filter(({ length }, i) => (i < last ? length !== limits.armorLine : length > limits.armorLine))
    .length;
}
