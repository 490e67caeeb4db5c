import { documents, type DocumentName } from '@counterfoil/schemas';

/** Characters that people take for a hyphen or minus. */
export const DASH = '\\-\\u2010-\\u2015\\u2212\\ufe58\\ufe63\\uff0d';
/** White space, and what cannot be seen. */
export const UNSEEN = '\\s\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069';

/** A BEGIN or END as it is found in a text, without its dashes. */
export interface Boundary {
  readonly side: 'BEGIN' | 'END';
  readonly document: DocumentName;
  readonly raw: string;
  /** Where `raw` starts and ends. */
  readonly from: number;
  readonly to: number;
}

const spaced = (word: string): string => Array.from(word).join(`[${UNSEEN}]{0,4}`);
const squash = (raw: string): string => raw.replace(new RegExp(`[${UNSEEN}]+`, 'g'), '').toUpperCase();

let known: { readonly pattern: RegExp; readonly labels: ReadonlyMap<string, DocumentName> } | undefined;

/** Made when it is first needed: commands that start without the doctor do not wait for it. */
function tables(): NonNullable<typeof known> {
  if (known !== undefined) return known;
  const labels = new Map(
    Object.entries(documents).map(([name, { label }]) => [squash(label), name as DocumentName]),
  );
  const label = [...labels.keys()].map(spaced).join('|');
  known = {
    labels,
    pattern: new RegExp(`(?:${spaced('BEGIN')}|${spaced('END')})[${UNSEEN}]{1,8}(?:${label})`, 'gi'),
  };
  return known;
}

/** Every BEGIN and END of a text that has a dash beside it, however broken, spaced or spelled. */
export function* findBoundaries(text: string): Generator<Boundary, undefined> {
  const { pattern, labels } = tables();
  const before = new RegExp(`[${DASH}][${UNSEEN}]{0,8}$`);
  const after = new RegExp(`^[${UNSEEN}]{0,8}[${DASH}]`);
  for (const match of text.matchAll(pattern)) {
    const [raw] = match;
    const [from, to] = [match.index, match.index + raw.length];
    if (!before.test(text.slice(Math.max(0, from - 9), from)) && !after.test(text.slice(to, to + 9)))
      continue;
    const plain = squash(raw);
    const side = plain.startsWith('BEGIN') ? 'BEGIN' : 'END';
    const document = labels.get(plain.slice(side.length)) as DocumentName;
    yield { side, document, raw, from, to };
  }
  return undefined;
}

/** Where the line of the first boundary starts; what stands before it is explanatory text. 0 where there is none. */
export function armorStart(text: string): number {
  const first = findBoundaries(text).next().value;
  return first === undefined ? 0 : text.lastIndexOf('\n', first.from) + 1;
}
