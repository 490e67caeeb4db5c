import { describe, expect, it } from 'vitest';
import { filesBelow, readText } from './markdown.js';

const SPECS = {
  LF: 'schemas/spec/license-file.md',
  TR: 'schemas/spec/trust-root.md',
  LG: 'schemas/spec/ledger.md',
} as const;
type Spec = keyof typeof SPECS;

/** Numbers of the headings: `## 2 File`, `### 2.1 Encoding`. */
const headings = (spec: Spec): string[] =>
  [...readText(SPECS[spec]).matchAll(/^(#{2,3}) ([0-9]+(?:\.[0-9]+)?) \S/gm)].map((match) => match[2]!);

const clauses = {
  LF: new Set(headings('LF')),
  TR: new Set(headings('TR')),
  LG: new Set(headings('LG')),
};
const FILES: ReadonlyMap<string | undefined, Spec> = new Map([
  ['license-file', 'LF'],
  ['trust-root', 'TR'],
  ['ledger', 'LG'],
]);

const NUMBER = '[0-9]+(?:\\.[0-9]+)?';
const NUMBERS = new RegExp(
  `(?:(license-file|trust-root|ledger)\\.md,? )?\\b[Cc]lauses? (${NUMBER}(?:(?:, and |, | and | or | to )${NUMBER})*)`,
  'g',
);

interface Citation {
  readonly spec: Spec | undefined;
  readonly clause: string;
  readonly path: string;
}

/** Every clause that a text cites; a clause without a document stands in `own`, or in any of them. */
function citationsOf(path: string, text: string, own?: Spec): Citation[] {
  const flat = text.replaceAll(/\n\s*(?:\*|\/\/)?\s*/g, ' ');
  const short = [...flat.matchAll(/\b(LF|TR|LG)-([0-9]+(?:\.[0-9]+)*)/g)].map((match) => ({
    spec: match[1] as Spec,
    clause: match[2]!,
    path,
  }));
  const long = [...flat.matchAll(NUMBERS)].flatMap((match) => {
    const spec = FILES.get(match[1]) ?? own;
    return match[2]!.split(/[^0-9.]+/).map((clause) => ({ spec, clause, path }));
  });
  return [...short, ...long];
}

const unknownOf = (citations: readonly Citation[]): string[] =>
  citations
    .filter(({ spec, clause }) =>
      spec === undefined
        ? !Object.values(clauses).some((known) => known.has(clause))
        : !clauses[spec].has(clause),
    )
    .map(({ spec, clause, path }) => `${path}: ${spec ?? 'clause'} ${clause}`);

describe('the clauses of the specification', () => {
  it.each(['LF', 'TR', 'LG'] as const)('of %s are numbered without gaps', (spec) => {
    const found = headings(spec);
    let chapter = 0;
    let section = 0;
    const wanted = found.map((number) => {
      if (!number.includes('.')) {
        section = 0;
        return String(++chapter);
      }
      return `${chapter}.${++section}`;
    });
    expect(found).toEqual(wanted);
    expect(chapter).toBe({ LF: 14, TR: 9, LG: 6 }[spec]);
  });

  it('are there wherever code or vectors cite one', () => {
    const paths = filesBelow(
      ['schemas', 'verifier', 'keys', 'issuer', 'test'],
      /\.(ts|mjs|js|json|go|py|sh)$/,
    )
      // this file's own examples are not citations
      .filter((path) => !path.startsWith('test/unit/docs/'));
    const citations = paths.flatMap((path) => citationsOf(path, readText(path)));
    expect(unknownOf(citations)).toEqual([]);
    // a pattern that finds nothing would find nothing wrong
    expect(citations.filter(({ spec }) => spec === 'LF').length).toBeGreaterThan(50);
    expect(citations.filter(({ spec }) => spec === 'TR').length).toBeGreaterThan(10);
    expect(citations.filter(({ spec }) => spec === 'LG').length).toBeGreaterThan(10);
  });

  it('are there wherever a document cites one', () => {
    const texts = ['SECURITY.md', 'ARCHITECTURE.md', 'schemas/README.md'].map(
      (path) => [path, undefined] as const,
    );
    const specs = (['LF', 'TR', 'LG'] as const).map((spec) => [SPECS[spec], spec] as const);
    const citations = [...texts, ...specs].flatMap(([path, own]) => citationsOf(path, readText(path), own));
    expect(unknownOf(citations)).toEqual([]);
    expect(citations.length).toBeGreaterThan(100);
  });

  it('are found in every way in which code cites them', () => {
    const text = [
      '// LF-99.1 and (TR-98), ledger.md (LG-91)',
      '/** Reads it (license-file.md,',
      ' * clauses 97, 96.1 and 95 to 94). */',
      '// trust-root.md clause 93; clause 92',
    ].join('\n');
    expect(unknownOf(citationsOf('a', text))).toEqual([
      'a: LF 99.1',
      'a: TR 98',
      'a: LG 91',
      'a: LF 97',
      'a: LF 96.1',
      'a: LF 95',
      'a: LF 94',
      'a: TR 93',
      'a: clause 92',
    ]);
  });
});
