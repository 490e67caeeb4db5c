import { formatCodes } from '@counterfoil/schemas';
import { verifierCodes } from '../core/index.js';
import { nodeCodes } from '../node/codes.js';
import { doctorCodes } from '../node/doctor/codes.js';

/** The name of the command that takes any vendor's kit; the hints of the code tables speak of it. */
export const GENERIC_NAME = 'counterfoil-host';

const namingHints = (): readonly string[] =>
  [formatCodes, verifierCodes, nodeCodes, doctorCodes]
    .flatMap((table) => Object.values(table).map(({ hint }) => hint))
    .filter((hint) => hint.includes(GENERIC_NAME));

/**
 * A text in which hints speak of the command by the name that it has here.
 *
 * Whole hints are looked for, so that a path or a licensee with the generic name in it stays as it is.
 */
export function underName(text: string, name: string): string {
  if (name === GENERIC_NAME || !text.includes(GENERIC_NAME)) return text;
  return namingHints().reduce(
    (named, hint) => named.replaceAll(hint, () => hint.replaceAll(GENERIC_NAME, () => name)),
    text,
  );
}
