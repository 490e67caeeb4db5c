import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readText, ROOT } from './markdown.js';

const DOCUMENTS = [
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'README.md',
  'schemas/README.md',
  'verifier/README.md',
  'keys/README.md',
  'issuer/README.md',
  'schemas/spec/license-file.md',
  'schemas/spec/trust-root.md',
].filter((path) => existsSync(join(ROOT, path)));

/** Prose and tables, without fenced blocks. */
const proseOf = (path: string): string => readText(path).replaceAll(/^```[^]*?^```$/gm, '');

const linksOf = (path: string): string[] =>
  [...proseOf(path).matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1]!.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
    .map((target) => normalize(join(dirname(path), target)));

/** Code spans that name a file or folder of this repository. */
const namedOf = (path: string): string[] =>
  [...proseOf(path).matchAll(/`((?:schemas|verifier|keys|issuer|test)\/[\w./-]*)`/g)].map(
    (match) => match[1]!,
  );

describe('the documents', () => {
  it.each(DOCUMENTS)('%s names files that exist', (path) => {
    expect([...linksOf(path), ...namedOf(path)].filter((target) => !existsSync(join(ROOT, target)))).toEqual(
      [],
    );
  });

  it('name files at all', () => {
    expect(DOCUMENTS.flatMap(linksOf).length).toBeGreaterThan(10);
    expect(namedOf('SECURITY.md').filter((target) => target.startsWith('test/')).length).toBeGreaterThan(5);
  });

  it('of architecture stay short', () => {
    expect(readText('ARCHITECTURE.md').split('\n').length).toBeLessThan(200);
  });
});
