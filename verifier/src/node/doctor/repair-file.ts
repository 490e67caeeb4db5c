import { CounterfoilError, decodeUtf8, formatFault, limits } from '@counterfoil/schemas';
import { readCandidates } from './candidates.js';
import { decodeText } from './decode-text.js';
import { isSound } from './form.js';
import {
  undoCodeFence,
  undoIndentation,
  undoInvisible,
  undoLineEnds,
  undoMailQuotes,
  undoSoftHyphens,
  undoTabs,
  undoTrailingSpace,
  undoUnusualSpaces,
} from './lines.js';
import { listRepairs, WHOLE_FILE, type Found, type Repair, type Step } from './repair.js';
import { takeFile } from './take-file.js';
import {
  undoBase64,
  undoHtmlEscapes,
  undoHtmlTags,
  undoJson,
  undoQuotedPrintable,
  undoUrl,
} from './wrappings.js';

/** Whether a repaired text is genuine, as far as somebody can tell; else what speaks against it. */
export type Genuineness = 'genuine' | 'unchecked' | CounterfoilError;

/** What came of a repair. */
export interface Repaired {
  /** What was undone, or would have to be besides the problem. */
  readonly repairs: readonly Repair[];
  /** The whole file in its plain form; absent where there is a problem. */
  readonly text?: string;
  readonly genuine?: 'genuine' | 'unchecked';
  readonly problem?: CounterfoilError;
}

/** Outer wrappings first; what a step uncovers is looked at again by all of them. */
const STEPS: readonly Step[] = [
  undoLineEnds,
  undoMailQuotes,
  undoCodeFence,
  undoQuotedPrintable,
  undoBase64,
  undoJson,
  undoHtmlTags,
  undoUrl,
  undoHtmlEscapes,
  undoSoftHyphens,
  undoInvisible,
  undoUnusualSpaces,
  undoTabs,
  undoIndentation,
  undoTrailingSpace,
];
/** Wrappings in wrappings; nobody wraps a license so often. */
const MOST_ROUNDS = 12;

function unwrap(start: string, found: Found[]): string {
  let text = start;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = text;
    for (const step of STEPS) {
      const stepped = step(text);
      if (stepped === undefined || stepped.text === text) continue;
      text = stepped.text;
      found.push(...stepped.found);
    }
    if (text === before) break;
  }
  return text;
}

function mend(bytes: Uint8Array, found: Found[], judge?: (text: string) => Genuineness): Repaired {
  const decoded = decodeText(bytes);
  found.push(...decoded.found);
  const text = unwrap(decoded.text, found);
  const taken = takeFile(text, bytes, found);
  found.push(...taken.found);
  let problem: CounterfoilError | undefined;
  for (const candidate of readCandidates(taken, judge !== undefined)) {
    if (candidate instanceof CounterfoilError) {
      problem ??= candidate;
      continue;
    }
    const genuine = judge?.(candidate.text) ?? 'unchecked';
    const all = [...found, ...candidate.found];
    if (all.length === 0) all.push({ code: 'rewritten', where: WHOLE_FILE, count: 1 });
    if (!(genuine instanceof CounterfoilError))
      return { repairs: listRepairs(all), text: candidate.text, genuine };
    problem = genuine;
  }
  return { repairs: listRepairs(found), ...(problem && { problem }) };
}

/**
 * Names and undoes damage of a carried file, without ever guessing a character.
 *
 * A text comes out only where it parses strictly and `judge`, where there is one, does not speak against it.
 */
export function repairFile(bytes: Uint8Array, judge?: (text: string) => Genuineness): Repaired {
  if (bytes.length > limits.file) {
    const expected = `at most ${String(limits.file)} bytes`;
    return {
      repairs: [],
      problem: formatFault('file-too-large', { expected, actual: String(bytes.length) }),
    };
  }
  if (bytes.length === 0)
    return { repairs: [], problem: formatFault('file-empty', { expected: 'a license', actual: 'no bytes' }) };
  if (isSound(bytes)) {
    const text = decodeUtf8(bytes, 'file');
    const genuine = judge?.(text) ?? 'unchecked';
    return genuine instanceof CounterfoilError
      ? { repairs: [], problem: genuine }
      : { repairs: [], text, genuine };
  }
  const found: Found[] = [];
  try {
    return mend(bytes, found, judge);
  } catch (problem) {
    if (!(problem instanceof CounterfoilError)) throw problem;
    return { repairs: listRepairs(found), problem };
  }
}
