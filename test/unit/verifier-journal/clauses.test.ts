import { expect, it } from 'vitest';
import { filesBelow, readText } from '../docs/markdown.js';

it('every clause of ledger.md that code cites is there', () => {
  const clauses = new Set(
    [...readText('schemas/spec/ledger.md').matchAll(/^#{2,3} ([0-9]+(?:\.[0-9]+)?) /gm)].map(
      ([, number]) => number,
    ),
  );
  const cited = filesBelow(['verifier', 'test'], /\.ts$/).flatMap((path) =>
    [...readText(path).matchAll(/\bLG-([0-9]+(?:\.[0-9]+)?)/g)].map(([, number]) => number),
  );
  expect(cited.filter((number) => !clauses.has(number))).toEqual([]);
  expect(cited.length).toBeGreaterThan(10);
});
