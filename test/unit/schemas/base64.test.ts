import { decodeBase64, decodeBase64url, encodeBase64, encodeBase64url } from '@counterfoil/schemas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const bytes = fc.uint8Array({ maxLength: 200 });

describe('base64url (LF-3.1)', () => {
  it('agrees with another implementation, both ways', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        const text = Buffer.from(value).toString('base64url');
        expect(encodeBase64url(value)).toBe(text);
        expect(Buffer.from(decodeBase64url(text, 'x'))).toEqual(Buffer.from(value));
      }),
    );
  });

  it('has one text for each value: whatever decodes encodes to itself', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'ABCDEFGHMQUYcgkw0489-_+/= \n'.split(/(?:)/u)),
      maxLength: 12,
    });
    fc.assert(
      fc.property(text, (spelling) => {
        let value: Uint8Array;
        try {
          value = decodeBase64url(spelling, 'x');
        } catch (error) {
          expect(error).toMatchObject({ code: 'base64url' });
          return;
        }
        expect(encodeBase64url(value)).toBe(spelling);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['padding', 'AA=='],
    ['one character too many', 'AAAAA'],
    ['unused bits, two characters', 'AB'],
    ['unused bits, three characters', 'AAB'],
    ['the other alphabet', 'AA+/'],
    ['a space', 'AA A'],
    ['a line break at the end', 'AAAA\n'],
    ['a letter beyond ASCII', 'AAÄA'],
    ['a code unit far beyond', 'AA\u{1f600}'],
  ])('refuses %s', (_, text) => {
    expect(() => decodeBase64url(text, 'a part')).toThrowCode('base64url');
  });
});

describe('base64 (LF-3.2)', () => {
  it('agrees with another implementation, both ways', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        const text = Buffer.from(value).toString('base64');
        expect(encodeBase64(value)).toBe(text);
        expect(Buffer.from(decodeBase64(text, 'x'))).toEqual(Buffer.from(value));
      }),
    );
  });

  it.each([
    ['no padding', 'AA'],
    ['too much padding', 'AAA=='],
    ['nothing but padding', '===='],
    ['padding in the middle', 'AA==AAAA'],
    ['unused bits', 'AB=='],
    ['the other alphabet', 'AA-_'],
  ])('refuses %s', (_, text) => {
    expect(() => decodeBase64(text, 'a block')).toThrowCode('base64');
  });
});
