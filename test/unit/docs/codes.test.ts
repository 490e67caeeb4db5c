import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { formatCodes } from '@counterfoil/schemas';
import { verifierCodes } from '@counterfoil/verifier';
import { describe, expect, it } from 'vitest';
import { filesBelow, readText, ROOT } from './markdown.js';

interface Row {
  readonly message: string;
  readonly hint: string;
  readonly who: string;
  readonly exit: number;
  readonly http: number;
}

/** Every table of codes that a codes.ts of a package exports. */
async function readTables(): Promise<Map<string, Readonly<Record<string, Row>>>> {
  const tables = new Map<string, Readonly<Record<string, Row>>>();
  const paths = filesBelow(['schemas/src', 'verifier/src', 'keys/src', 'issuer/src'], /(^|\/)codes\.ts$/);
  for (const path of paths) {
    const exports = (await import(pathToFileURL(join(ROOT, path)).href)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exports)) {
      if (name.endsWith('Codes') && typeof value === 'object')
        tables.set(path, value as Readonly<Record<string, Row>>);
    }
  }
  return tables;
}

/** The sections of codes.md by the file of their table. */
function sectionsOf(markdown: string): Map<string, string> {
  const sections = markdown.split(/^## /m).slice(1);
  return new Map(sections.map((section) => [/`([^`]+)`/.exec(section)![1]!, section]));
}

describe('codes.md', () => {
  it('has a row for every code of every table', async () => {
    const tables = await readTables();
    const sections = sectionsOf(readText('schemas/spec/codes.md'));
    expect([...sections.keys()].sort()).toEqual([...tables.keys()].sort());
    for (const [path, table] of tables) {
      for (const [code, { message, hint, who, exit, http }] of Object.entries(table)) {
        expect(sections.get(path)).toContain(
          `| \`${code}\` | ${message} | ${who} | ${hint} | ${exit} | ${http} |\n`,
        );
      }
      expect(sections.get(path)!.match(/^\| `/gm)).toHaveLength(Object.keys(table).length);
    }
    expect(tables.get('schemas/src/codes.ts')).toEqual(formatCodes);
    expect(tables.get('verifier/src/core/codes.ts')).toEqual(verifierCodes);
  });
});

describe('the specification', () => {
  const spec = ['license-file.md', 'trust-root.md']
    .map((name) => readText(`schemas/spec/${name}`))
    .join('\n');
  it.each([...Object.keys(formatCodes), ...Object.keys(verifierCodes)])(
    'says when %s is the answer',
    (code) => {
      expect(spec).toContain(`\`${code}\``);
    },
  );
});
