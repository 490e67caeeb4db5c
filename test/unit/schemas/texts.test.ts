import { nearName, printable, printableJson } from '@counterfoil/schemas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const anything = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
});
const DANGEROUS = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/;

describe('printable', () => {
  it('leaves no dangerous character, and all others', () => {
    expect(printable('Zoë\t🦊\u001b]0;x\u0007\u202e')).toBe('Zoë?🦊?]0;x??');
    fc.assert(
      fc.property(anything, (text) => {
        const shown = printable(text);
        expect(shown).not.toMatch(DANGEROUS);
        expect(Buffer.from(shown).toString()).toBe(shown);
        expect(shown).toHaveLength(text.length);
      }),
    );
  });

  it('cuts what is too long', () => {
    expect(printable('abcdef', 6)).toBe('abcdef');
    expect(printable('abcdefg', 6)).toBe('abcde…');
    expect(printable('abcd😀fg', 6)).toBe('abcd…');
    expect(printable('abc😀efg', 6)).toBe('abc😀…');
  });

  it('escapes in JSON and loses nothing', () => {
    fc.assert(
      fc.property(fc.dictionary(anything, anything), (value) => {
        const text = printableJson(value);
        expect(text.replaceAll('\n', '')).not.toMatch(DANGEROUS);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('nearName', () => {
  const names = ['inspect', 'explain', 'help'];
  it.each([
    ['inspct', 'inspect'],
    ['insepct', 'inspect'],
    ['inspects', 'inspect'],
    ['ex', 'explain'],
    ['HLEP', 'help'],
    ['status', undefined],
    ['', undefined],
    ['x'.repeat(10_000), undefined],
  ])('%s', (typed, name) => {
    expect(nearName(typed, names)).toBe(name);
  });
});
