import { show } from '@counterfoil/schemas';
import {
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type ErrorCode,
  type Node,
  type YAMLMap,
} from 'yaml';
import { requireNoIssues, type DocumentIssue, type DocumentPlace } from './document-issue.js';

/** A member's place in a document. */
export type MemberPath = readonly (string | number)[];

/** A YAML document, read but not yet checked. */
export interface YamlDocument {
  readonly file: string;
  readonly value: unknown;
  /** What is wrong, but does not keep the rest from being read: members twice, numbers too large. */
  readonly issues: readonly DocumentIssue[];
  /** Where a member stands, or the nearest thing around it that the document has; its name where `atName`. */
  readonly placeAt: (path: MemberPath, atName?: boolean) => DocumentPlace;
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
 * Refuses text that is not YAML, unknown tags, and aliases that blow up: throws `document-invalid` with every error and
 * its place. Members of one name and numbers that JavaScript would round are among the `issues`.
 */
export function parseYamlDocument(text: string, file: string): YamlDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    intAsBigInt: true,
    prettyErrors: false,
    uniqueKeys: false,
    lineCounter: lines,
  });
  const place = (offset: number): { readonly line: number; readonly column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  // One slip makes several faults at one place, of which the first is told.
  const faults = new Map([...document.errors, ...document.warnings].reverse().map((e) => [e.pos[0], e]));
  requireNoIssues(
    [...faults].map(([offset, fault]) => ({ file, ...place(offset), path: '', ...wordsOf(fault) })),
  );
  const issues: DocumentIssue[] = [];
  visit(document, {
    Scalar: (key, node, around) => {
      if (typeof node.value !== 'bigint') return;
      const text = String(node.value);
      node.value = Number(node.value);
      if (Number.isSafeInteger(node.value)) return;
      const path = key === 'key' ? '' : formatPath(pathOf([...around, node]));
      issues.push({ file, ...place(offsetOfNode(node)), path, expected: SAFE_INTEGER, actual: text });
    },
    Map: (_, map, around) => {
      for (const { name, node, first } of repeatedNames(map)) {
        const expected = `${name} once (it is in line ${String(place(offsetOfNode(first)).line)} already)`;
        const path = formatPath([...pathOf([...around, map]), name]);
        issues.push({ file, ...place(offsetOfNode(node)), path, expected, actual: 'a second one' });
      }
    },
  });
  const placeAt: YamlDocument['placeAt'] = (path, atName = false) => ({
    file,
    ...place(offsetOf(document, path, atName)),
    path: formatPath(path),
  });
  return {
    file,
    value: toValue(document, (node) => ({ file, ...place(offsetOfNode(node)), path: '' })),
    issues,
    placeAt,
    issueAt: (path, expected, actual, options) => ({
      ...placeAt(path, options?.atName === true),
      expected,
      actual,
    }),
  };
}

/** What the parser says of an error or warning. */
interface YamlFault {
  readonly code: ErrorCode;
  readonly message: string;
}

/** What faults of YAML mean to somebody who does not know its grammar. */
const YAML_WORDS: Partial<Record<ErrorCode, { readonly expected: string; readonly actual: string }>> = {
  BAD_ALIAS: { expected: 'a name that stands above with &', actual: 'another one behind *' },
  BAD_INDENT: { expected: 'the indentation of the lines around', actual: 'another one' },
  BLOCK_AS_IMPLICIT_KEY: {
    expected: 'one name and colon in a line',
    actual: 'a second one, or a line before is not closed',
  },
  BLOCK_IN_FLOW: { expected: '} or ], and texts with a colon in quotes', actual: 'something else' },
  MULTILINE_IMPLICIT_KEY: {
    expected: 'a name and a colon',
    actual: 'a line without a colon behind its name',
  },
  MULTIPLE_DOCS: { expected: 'one document', actual: 'a second one behind ---' },
  TAB_AS_INDENT: { expected: 'spaces', actual: 'a tab' },
  TAG_RESOLVE_FAILED: { expected: 'a value without a tag', actual: 'an unknown tag behind !' },
};

function wordsOf({ code, message }: YamlFault): Pick<DocumentIssue, 'expected' | 'actual'> {
  const actual = message.replace(/\s+/g, ' ').toLowerCase();
  const [, end] = /end with a ([\]}])$/.exec(actual) ?? [];
  if (end !== undefined)
    return { expected: `${end} at the end of what was begun above`, actual: 'the next line' };
  return YAML_WORDS[code] ?? { expected: 'YAML', actual };
}

const SAFE_INTEGER = 'an integer between -(2^53 - 1) and 2^53 - 1';

const offsetOfNode = (node: Node): number => node.range?.[0] ?? 0;

/** The path that a chain of nodes from the document inwards stands for. */
function pathOf(chain: readonly unknown[]): MemberPath {
  return chain.flatMap((node, i): MemberPath => {
    if (isPair(node)) return isScalar(node.key) ? [String(node.key.value)] : [];
    return isSeq(node) && i + 1 < chain.length ? [node.items.indexOf(chain[i + 1])] : [];
  });
}

/** The names in a map that stand there before. */
function repeatedNames(
  map: YAMLMap,
): readonly { readonly name: string; readonly node: Node; readonly first: Node }[] {
  const seen = new Map<string, Node>();
  return map.items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    const name = String(key.value);
    const first = seen.get(name);
    if (first !== undefined) return [{ name, node: key, first }];
    seen.set(name, key);
    return [];
  });
}

/** The value of a document; throws `document-invalid` for aliases of nothing, and for those that blow up. */
function toValue(document: Document, placeOfNode: (node: Node) => DocumentPlace): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    const aliases: DocumentIssue[] = [];
    visit(document, {
      Alias: (_, node) => {
        if (node.resolve(document) !== undefined) return;
        const expected = `a value that stands above with &${node.source}`;
        aliases.push({ ...placeOfNode(node), expected, actual: `*${node.source} alone` });
      },
    });
    requireNoIssues(aliases);
    const actual = cause instanceof Error ? cause.message.toLowerCase() : 'an error';
    requireNoIssues([{ ...placeOfNode(document.contents as Node), expected: 'few aliases', actual }]);
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
  if (!isMap(map)) return undefined;
  const pair = map.items.find(({ key }) => isScalar(key) && String(key.value) === name);
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}

/** A value as a message shows it. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'nothing (null)';
  return typeof value === 'object' && !Array.isArray(value) ? 'an object' : show(value);
}
