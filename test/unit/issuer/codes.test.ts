import { readdirSync, readFileSync } from 'node:fs';
import { issuerCodes } from '@counterfoil/issuer';
import { keysCodes } from '@counterfoil/keys';
import { formatCodes } from '@counterfoil/schemas';
import { verifierCodes } from '@counterfoil/verifier';
import { describe, expect, it } from 'vitest';

const read = (url: URL): string =>
  readdirSync(url, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() &&
        /\.tsx?$/.test(entry.name) &&
        // the tables themselves, in whatever room
        !/^(.*-)?codes(\.test)?\.ts$/.test(entry.name),
    )
    .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8'))
    .join('\n');

describe('the codes of the issuer', () => {
  const tests = [
    '.',
    '../../contracts',
    '../../scenarios',
    '../issuer-orders',
    '../issuer-portal',
    '../issuer-portal-pages',
  ]
    .map((folder) => read(new URL(`${folder}/`, import.meta.url)))
    .join('\n');
  const sources = read(new URL('../../../issuer/src/', import.meta.url));

  it.each(Object.keys(issuerCodes))('%s is thrown somewhere and tested', (code) => {
    expect(sources).toContain(`'${code}'`);
    expect(tests).toMatch(new RegExp(`['\\s]${code}['\\s\\\\\\]]`));
  });

  it.each(Object.entries(issuerCodes))('%s is written as a message and a hint', (_, { message, hint }) => {
    expect(message).toMatch(/^[a-z][^\n]*[^.]$/);
    expect(hint).toMatch(/^[a-z][^\n]*[^.]$/);
  });

  it('are not those of another package', () => {
    const others = [keysCodes, formatCodes, verifierCodes].flatMap((table) => Object.keys(table));
    expect(Object.keys(issuerCodes).filter((code) => others.includes(code))).toEqual([]);
  });
});
