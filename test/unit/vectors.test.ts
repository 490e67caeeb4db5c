import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as schemas from '@counterfoil/schemas';
import * as verifier from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { portableEngine } from '@counterfoil/verifier/portable';
import { describe, expect, it } from 'vitest';
import { loadVectors, makeChecker } from '../vectors/check.mjs';
import { generateData } from '../vectors/generate/data.mjs';

const data = fileURLToPath(new URL('../vectors/data/', import.meta.url));
const vectors = loadVectors();
const checkNode = makeChecker({ schemas, verifier }, nodeEngine);
const checkPortable = makeChecker({ schemas, verifier }, portableEngine);

describe('conformance vectors', () => {
  // One engine reads bytes, the other texts: neither may change the answer.
  it.each(vectors.map((vector) => [`${vector.group}/${vector.name}`, vector] as const))('%s', (_, vector) => {
    const node = checkNode(vector, { asBytes: true });
    expect(node.actual).toStrictEqual(node.expected);
    const portable = checkPortable(vector, { asBytes: false });
    expect(portable.actual).toStrictEqual(portable.expected);
  });

  it('notices a wrong expectation', () => {
    const vector = vectors.find(({ name }) => name === 'file-plain');
    const { expected, actual } = checkNode({ ...vector!, expected: { arm: 'rejected', code: 'utf8' } });
    expect(actual).not.toStrictEqual(expected);
  });

  it('are many, and each has its own name', () => {
    expect(vectors.length).toBeGreaterThan(170);
    expect(new Set(vectors.map(({ name }) => name)).size).toBe(vectors.length);
  });
});

describe('generated data', () => {
  const generated = new Map(generateData());

  it('has the committed files and no others', () => {
    const committed = readdirSync(data, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(data.length).replace(/^\//, ''));
    expect(committed.sort()).toEqual([...generated.keys()].sort());
  });

  it.each([...generated.keys()])('%s is what the generator writes', (name) => {
    expect(readFileSync(`${data}${name}`, 'utf8') === generated.get(name)).toBe(true);
  });
});
