import { limits } from '@counterfoil/schemas';

/** Dashes that stand for one hyphen and nothing else. */
const SINGLE = /[\u2010\u2011\u2212\ufe58\ufe63\uff0d]/g;
/** What a word processor may have made each of these of. */
const STANDS_FOR: Readonly<Record<string, readonly string[]>> = {
  '\u2012': ['-', '--'],
  '\u2013': ['-', '--'],
  '\u2014': ['--', '-', '---'],
  '\u2015': ['--', '-', '---'],
};
const AMBIGUOUS = /[\u2012-\u2015]/g;
/** Tries of ambiguous dashes; more would be guessing. */
export const MOST_TRIES = 64;

/** The readings of a block's lines. */
export interface Readings {
  /** How many dashes were no hyphens. */
  readonly count: number;
  /** Whether any of them may stand for different texts. */
  readonly ambiguous: boolean;
  /** Every reading; none where there are more than {@link MOST_TRIES}. */
  readonly readings: readonly (readonly string[])[];
}

/** The readings of one line, or undefined where they are too many; a line that is not the last has 64 characters, where it can. */
function readLine(line: string, isLast: boolean): readonly string[] | undefined {
  let readings = [''];
  const parts = line.split(/([\u2012-\u2015])/);
  const least = line.length;
  if (parts.length > 25) return undefined;
  for (const part of parts) {
    readings = readings.flatMap((start) => (STANDS_FOR[part] ?? [part]).map((by) => start + by));
    // Each reading only grows; those that are already too long for a line are none, as long as others remain.
    if (readings.length > 20_000) return undefined;
  }
  if (isLast || least === 0) return readings;
  const whole = readings.filter(({ length }) => length === limits.armorLine);
  return whole.length > 0 ? whole : readings;
}

/** What the dashes in a block's lines may stand for. */
export function readDashes(lines: readonly string[]): Readings {
  const count = lines.reduce(
    (sum, line) => sum + (line.match(SINGLE)?.length ?? 0) + (line.match(AMBIGUOUS)?.length ?? 0),
    0,
  );
  if (count === 0) return { count, ambiguous: false, readings: [lines] };
  const plain = lines.map((line) => line.replace(SINGLE, '-'));
  const ambiguous = plain.some((line) => line.search(AMBIGUOUS) >= 0);
  let readings: readonly (readonly string[])[] = [[]];
  for (const [i, line] of plain.entries()) {
    const own = readLine(line, i === plain.length - 1);
    if (own === undefined || readings.length * own.length > MOST_TRIES)
      return { count, ambiguous, readings: [] };
    readings = readings.flatMap((start) => own.map((reading) => [...start, reading]));
  }
  return { count, ambiguous, readings };
}
