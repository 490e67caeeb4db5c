import { show } from '@counterfoil/schemas';
import { isNode, isPair, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';
import { requireNoIssues, type DocumentIssue } from './document-issue.js';

/** A member's place in a document. */
export type MemberPath = readonly (string | number)[];

/** A YAML document, read but not yet checked. */
export interface YamlDocument {
  readonly file: string;
  readonly value: unknown;
  /** An issue at a member; at the member's name where `atName`. */
  readonly issueAt: (
    path: MemberPath,
    expected: string,
    actual: string,
    options?: { readonly atName?: boolean },
  ) => DocumentIssue;
}

/** A path as people write it: `meters.mailboxes.pools[0]`. */
export function formatPath(path: MemberPath): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${String(part)}]` : i === 0 ? part : `.${part}`))
    .join('');
}

/**
 * Reads one YAML 1.2 document; `file` names it in messages.
 *
 * Refuses duplicate members, unknown tags, numbers that JavaScript would round, and aliases that blow up. Throws
 * `document-invalid` with every error and its place.
 */
export function parseYamlDocument(text: string, file: string): YamlDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    intAsBigInt: true,
    prettyErrors: false,
    uniqueKeys: true,
    lineCounter: lines,
  });
  const place = (offset: number): { readonly line: number; readonly column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  requireNoIssues(
    [...document.errors, ...document.warnings].map((error) => ({
      file,
      ...place(error.pos[0]),
      path: '',
      expected: 'YAML',
      actual: error.message.replace(/\s+/g, ' ').toLowerCase(),
    })),
  );
  const issues: DocumentIssue[] = [];
  visit(document, {
    Scalar: (_, node) => {
      const { value } = node;
      if (typeof value === 'bigint') {
        if (Number.isSafeInteger(Number(value))) node.value = Number(value);
        else
          issues.push({
            file,
            ...place(node.range?.[0] ?? 0),
            path: '',
            ...TOO_LARGE,
            actual: String(value),
          });
      }
    },
  });
  requireNoIssues(issues);
  return {
    file,
    value: toValue(document, file),
    issueAt: (path, expected, actual, options) => ({
      file,
      ...place(offsetOf(document, path, options?.atName === true)),
      path: formatPath(path),
      expected,
      actual,
    }),
  };
}

const TOO_LARGE = { expected: 'an integer between -(2^53 - 1) and 2^53 - 1' } as const;

function toValue(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    const actual = cause instanceof Error ? cause.message.toLowerCase() : 'an error';
    requireNoIssues([{ file, line: 1, column: 1, path: '', expected: 'few aliases', actual }]);
    throw cause;
  }
}

/** Where a member stands, or the nearest thing around it that the document has. */
function offsetOf(document: Document, path: MemberPath, atName: boolean): number {
  for (let length = path.length; length >= 0; length--) {
    const inside = path.slice(0, length);
    const name = inside.at(-1);
    if (typeof name === 'string' && (atName || length < path.length || isEmptyAt(document, inside))) {
      const offset = nameOffset(document, inside.slice(0, -1), name);
      if (offset !== undefined) return offset;
    }
    const node = length === 0 ? document.contents : document.getIn(inside, true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

const isEmptyAt = (document: Document, path: MemberPath): boolean => {
  const node = document.getIn(path, true);
  return isScalar(node) && node.value === null;
};

function nameOffset(document: Document, around: MemberPath, name: string): number | undefined {
  const map = around.length === 0 ? document.contents : document.getIn(around, true);
  const items: readonly unknown[] =
    isNode(map) && 'items' in map ? (map as { readonly items: readonly unknown[] }).items : [];
  for (const item of items) {
    if (isPair(item) && isScalar(item.key) && String(item.key.value) === name) return item.key.range?.[0];
  }
  return undefined;
}

/** A value as a message shows it. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'nothing (null)';
  return typeof value === 'object' && !Array.isArray(value) ? 'an object' : show(value);
}
