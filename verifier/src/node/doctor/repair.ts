/** What a repair undid, by its code; the codes are stable, the words are for people. */
const repairWords = Object.freeze({
  bom: 'a byte order mark was removed',
  'utf-16': 'text in UTF-16 was written as UTF-8',
  'windows-1252': 'text in Windows-1252 was written as UTF-8',
  nul: 'NUL bytes were removed',
  'line-ends': 'line ends were made line feeds',
  'base64-file': 'the whole file was taken out of base64',
  'json-escapes': 'escapes of a JSON text were undone',
  'url-escapes': 'URL escapes were undone',
  'quoted-printable': 'quoted-printable was undone',
  'html-tags': 'HTML tags were removed',
  'html-escapes': 'HTML escapes were undone',
  'mail-quotes': 'quote marks of mail were removed from lines',
  'code-fence': 'code fences were removed',
  invisible: 'invisible characters were removed',
  'soft-hyphens': 'soft hyphens were removed',
  'unusual-spaces': 'unusual spaces were made plain ones',
  tabs: 'tabs were removed',
  indentation: 'indented lines were moved to the left',
  'trailing-space': 'white space at the end of lines was removed',
  'inner-space': 'white space inside lines was removed',
  'blank-lines': 'blank lines were removed',
  'line-width': 'lines were broken anew after 64 characters',
  quotes: 'quotation marks were removed',
  'smart-dashes': 'dashes that a word processor had made were made plain ones',
  'boundary-dashes': 'BEGIN and END lines got their five dashes',
  'boundary-space': 'BEGIN and END lines got their plain spaces',
  'boundary-lost': 'lost END lines were put back',
  'label-case': 'labels got their capital letters',
  'text-between': 'lines of text between blocks were removed',
  'text-after': 'lines of text after the last block were removed',
  'text-in-front': 'text in front of the first block was removed, which no license has',
  'doubled-blocks': 'blocks that stood there twice were removed',
  'block-order': 'blocks were put in their order',
  rewritten: 'the file was written anew in its plain form',
});

export type RepairCode = keyof typeof repairWords;

/** Something that was undone, and where it was first met. */
export interface Found {
  readonly code: RepairCode;
  readonly where: string;
  readonly count: number;
}

/** A repair as it is reported. */
export interface Repair extends Found {
  readonly what: string;
}

/** A text after a step, and what the step undid. */
export interface Stepped {
  readonly text: string;
  readonly found: readonly Found[];
}

/** Undoes one kind of damage; undefined where there is none. */
export type Step = (text: string) => Stepped | undefined;

export const WHOLE_FILE = 'the whole file';

/** The finding of something in a text: its line counts from 1. */
export function foundAt(code: RepairCode, text: string, at: number, count: number): Found {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line++;
  return { code, where: `line ${String(line)}`, count };
}

/** Repairs by code, in the order in which they were made. */
export function listRepairs(found: readonly Found[]): readonly Repair[] {
  const byCode = new Map<RepairCode, Repair>();
  for (const { code, where, count } of found) {
    const same = byCode.get(code);
    byCode.set(code, {
      code,
      what: repairWords[code],
      where: same?.where ?? where,
      count: (same?.count ?? 0) + count,
    });
  }
  return [...byCode.values()];
}
