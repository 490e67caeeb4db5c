import { CounterfoilError, type Fixer } from '@counterfoil/schemas';

/** What was found at a rule: a code, the facts, who can mend it and how. */
export interface Finding {
  readonly rule: string;
  /** The clause of license-file.md (LF) or trust-root.md (TR). */
  readonly clause: string;
  readonly code: string;
  readonly message: string;
  readonly where?: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly hint: string;
  readonly who: Fixer;
}

/** The finding of an error with a code; any other error is a fault of the program and is thrown again. */
export function findingOf(rule: string, clause: string, error: unknown): Finding {
  if (!(error instanceof CounterfoilError)) throw error;
  const { code, entry, detail } = error;
  return {
    rule,
    clause,
    code,
    message: entry.message,
    ...(detail.where === undefined ? {} : { where: detail.where }),
    ...(detail.expected === undefined ? {} : { expected: detail.expected }),
    ...(detail.actual === undefined ? {} : { actual: detail.actual }),
    hint: entry.hint,
    who: entry.who,
  };
}
