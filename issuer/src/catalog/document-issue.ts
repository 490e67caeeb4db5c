import { CounterfoilError } from '@counterfoil/schemas';
import { issuerCodes } from '../codes.js';

/** A place in a document. */
export interface DocumentPlace {
  /** The file, or what else the document came from. */
  readonly file: string;
  /** Counted from 1; absent where the document has no lines, such as options. */
  readonly line?: number;
  readonly column?: number;
  /** The member, such as `meters.mailboxes.pools[0]`; empty for the document itself. */
  readonly path: string;
}

/** One place of a document that is not as it must be. */
export interface DocumentIssue extends DocumentPlace {
  readonly expected: string;
  readonly actual: string;
}

/** A place in one text: `order.yaml:3:5 term.from`. */
export function placeOf({ file, line, column, path }: DocumentPlace): string {
  const lines = line === undefined ? '' : `:${String(line)}:${String(column ?? 1)}`;
  return path === '' ? `${file}${lines}` : `${file}${lines} ${path}`;
}

/** An issue in one text, with its place. */
export function issueText(issue: DocumentIssue): string {
  return `${placeOf(issue)}: expected ${issue.expected}, got ${issue.actual}`;
}

/** The error `document-invalid`, with every issue of the document and not only the first. */
export class DocumentError extends CounterfoilError {
  readonly issues: readonly DocumentIssue[];

  constructor(issues: readonly [DocumentIssue, ...DocumentIssue[]]) {
    const [first] = issues;
    super('document-invalid', issuerCodes['document-invalid'], {
      where: placeOf(first),
      expected: first.expected,
      actual: issues.length === 1 ? first.actual : `${first.actual}, and ${String(issues.length - 1)} more`,
    });
    this.issues = issues;
  }
}

/** Places in the order of the document. */
export function inOrder<T extends DocumentPlace>(places: readonly T[]): readonly T[] {
  return [...places].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

/** Throws `document-invalid` with all the issues, in the order of the document, if there are any. */
export function requireNoIssues(issues: readonly DocumentIssue[]): void {
  const [first, ...rest] = inOrder(issues);
  if (first !== undefined) throw new DocumentError([first, ...rest]);
}
