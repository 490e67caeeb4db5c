import { printable } from './printable.js';

/** Who can mend a fault. */
export type Fixer = 'administrator' | 'developer' | 'vendor';

/** One row of a package's code table. */
export interface CodeEntry {
  /** What is wrong: lower case, no full stop, no values. */
  readonly message: string;
  /** What to do about it, one sentence. */
  readonly hint: string;
  readonly who: Fixer;
  /** Exit status of a command: 1 not valid, 2 could not decide. */
  readonly exit: 1 | 2;
  /** Status of an HTTP answer. */
  readonly http: number;
}

/** A row about a document: by default the vendor's to mend, not valid, and an answer 422. */
export function documentRow(
  message: string,
  hint: string,
  who: Fixer = 'vendor',
  exit: 1 | 2 = 1,
  http = 422,
): CodeEntry {
  return { message, hint, who, exit, http };
}

/** What a fault adds to its row: never a token, key or passphrase. */
export interface Detail {
  /** Where: a member path, a line, a block. */
  readonly where?: string;
  readonly expected?: string;
  readonly actual?: string;
  /** Kept for the log. */
  readonly cause?: unknown;
}

/** The one base class of all errors; programs look at `code`, people at `message` and `hint`. */
export class CounterfoilError extends Error {
  override readonly name = 'CounterfoilError';
  readonly code: string;
  readonly entry: CodeEntry;
  readonly detail: Detail;

  constructor(code: string, entry: CodeEntry, detail: Detail = {}) {
    const shown = clean(detail);
    super(describe(entry, shown), detail.cause === undefined ? undefined : { cause: detail.cause });
    this.code = code;
    this.entry = entry;
    this.detail = shown;
  }
}

/** What came from outside is in the detail alone, and is made fit for a screen or log here, once for all. */
function clean({ where, expected, actual, cause }: Detail): Detail {
  return Object.freeze({
    ...(where === undefined ? {} : { where: printable(where, 200) }),
    ...(expected === undefined ? {} : { expected: printable(expected, 200) }),
    ...(actual === undefined ? {} : { actual: printable(actual, 200) }),
    ...(cause === undefined ? {} : { cause }),
  });
}

/** A sentence of a row and its detail: `message (where): expected …, got …`. */
export function describe(entry: CodeEntry, detail: Detail): string {
  const where = detail.where === undefined ? '' : ` (${detail.where})`;
  const facts = [
    ...(detail.expected === undefined ? [] : [`expected ${detail.expected}`]),
    ...(detail.actual === undefined ? [] : [`got ${detail.actual}`]),
  ];
  return `${entry.message}${where}${facts.length === 0 ? '' : `: ${facts.join(', ')}`}`;
}

/** Freezes a code table; lookups of outside names find nothing inherited. */
export function codeTable<const T extends Record<string, CodeEntry>>(rows: T): Readonly<T> {
  const table = Object.assign(Object.create(null) as T, rows);
  for (const row of Object.values(table)) Object.freeze(row);
  return Object.freeze(table);
}

/** Makes the error constructor of one code table. */
export function faultsOf<T extends Record<string, CodeEntry>>(
  table: T,
): (code: keyof T & string, detail?: Detail) => CounterfoilError {
  return (code, detail) => new CounterfoilError(code, table[code] as CodeEntry, detail);
}

/** A value as it may be shown in a message: short, printable, never whole documents. */
export function show(value: unknown): string {
  if (typeof value === 'string') {
    return value.length > 40
      ? `"${printable(value.slice(0, 37))}…" (${String(value.length)} characters)`
      : `"${printable(value)}"`;
  }
  if (Array.isArray(value)) return `a list of ${String(value.length)}`;
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === undefined ? 'nothing' : `an ${typeof value}`;
}
