import { readdir, readFile } from 'node:fs/promises';
import { keysCodes, keysFault } from '@counterfoil/keys';
import { CounterfoilError, formatCodes } from '@counterfoil/schemas';
import { verifierCodes } from '@counterfoil/verifier';
import { describe, expect, it } from 'vitest';

const codes = Object.keys(keysCodes);

describe('the codes of keys', () => {
  it('are frozen, and belong to this package alone', () => {
    expect(Object.isFrozen(keysCodes)).toBe(true);
    const others = new Set([...Object.keys(formatCodes), ...Object.keys(verifierCodes)]);
    expect(codes.filter((code) => others.has(code))).toEqual([]);
  });

  it('have messages in lower case without a full stop', () => {
    for (const { message, hint } of Object.values(keysCodes)) {
      expect(message).toMatch(/^(?! )(?![A-Z][a-z]).*[^.]$/);
      expect(hint).not.toMatch(/\.$/);
    }
  });

  it('make errors that say what was expected', () => {
    const fault = keysFault('threshold-unmet', { expected: '2 of its 3 root keys', actual: '1' });
    expect(fault).toBeInstanceOf(CounterfoilError);
    expect(fault).toMatchObject({ code: 'threshold-unmet', entry: keysCodes['threshold-unmet'] });
    expect(fault.message).toBe('too few root keys sign the trust root: expected 2 of its 3 root keys, got 1');
  });

  it('are each asserted by a test', async () => {
    const folder = import.meta.dirname;
    const names = (await readdir(folder)).filter(
      (name) => name.endsWith('.test.ts') && name !== 'codes.test.ts',
    );
    const texts = await Promise.all(names.map((name) => readFile(`${folder}/${name}`, 'utf8')));
    const all = texts.join('\n');
    expect(codes.filter((code) => !all.includes(`'${code}'`))).toEqual([]);
    expect(all).not.toContain("'no-such-code'");
  });
});
