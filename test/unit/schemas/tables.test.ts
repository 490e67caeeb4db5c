import {
  codeTable,
  CounterfoilError,
  documentOfLabel,
  documentOfTyp,
  documents,
  encodeUtf8,
  faultsOf,
  formatCodes,
  formatFault,
  formatLicenseId,
  pagesHeader,
  pagesLayout,
  parseLicenseId,
  show,
} from '@counterfoil/schemas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('errors', () => {
  it('say what was expected and what came, and how to mend it', () => {
    const error = formatFault('armor-body', { where: 'LICENSE', expected: 'a', actual: 'b' });
    expect(error).toBeInstanceOf(CounterfoilError);
    expect(error.message).toBe(
      'the lines of a block were broken or joined on the way (LICENSE): expected a, got b',
    );
    expect(error).toMatchObject({
      name: 'CounterfoilError',
      code: 'armor-body',
      entry: formatCodes['armor-body'],
    });
    expect(formatFault('file-empty').message).toBe('the file is empty');
  });

  it('keep the cause for the log', () => {
    const cause = new Error('inner');
    expect(formatFault('utf8', { cause }).cause).toBe(cause);
    expect('cause' in formatFault('utf8')).toBe(false);
  });

  it('come from frozen tables that inherit nothing', () => {
    const table = codeTable({ a: { message: 'm', hint: 'h', who: 'vendor', exit: 1, http: 400 } });
    expect(Object.isFrozen(table) && Object.isFrozen(table.a)).toBe(true);
    expect('toString' in table).toBe(false);
    expect(faultsOf(table)('a').code).toBe('a');
  });

  it('follow the manners of messages', () => {
    for (const { message, hint } of Object.values(formatCodes)) {
      expect(message).toMatch(/^[a-z].*[^.]$/);
      expect(hint).toMatch(/[^.]$/);
    }
  });
});

describe('show', () => {
  it('is short and printable', () => {
    expect(show('a\u001b[2Jb\u202e')).toBe('"a?[2Jb?"');
    expect(show('x'.repeat(100))).toBe(`"${'x'.repeat(37)}…" (100 characters)`);
    expect([show(null), show(true), show(7), show(undefined), show([1, 2]), show({})]).toEqual([
      'null',
      'true',
      '7',
      'nothing',
      'a list of 2',
      'an object',
    ]);
    expect(formatFault('utf8', { actual: 'y\u001b'.repeat(300) }).detail.actual).toBe(`${'y?'.repeat(99)}y…`);
  });
});

describe('documents (LF-5)', () => {
  it('are found by label and typ, and by nothing else', () => {
    for (const [name, { label, typ }] of Object.entries(documents)) {
      expect(documentOfLabel(label)).toBe(name);
      if (typ !== '') expect(documentOfTyp(typ)).toBe(name);
    }
    expect([documentOfTyp(''), documentOfTyp('constructor'), documentOfLabel('toString')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('have labels and types that are all different', () => {
    const rows = Object.values(documents);
    expect(new Set(rows.map(({ label }) => label)).size).toBe(rows.length);
    expect(new Set(rows.map(({ typ }) => typ)).size).toBe(rows.length);
  });
});

describe('license id (LF-6.8)', () => {
  const random = fc.uint8Array({ minLength: 5, maxLength: 5 });
  const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

  it('comes back from however it was typed', () => {
    fc.assert(
      fc.property(random, (bytes) => {
        const id = formatLicenseId(bytes);
        expect(id).toMatch(/^CF-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$/);
        for (const typed of [
          id,
          id.toLowerCase(),
          id.replaceAll('-', ''),
          ` ${id.replaceAll('-', ' ')} `,
          id.slice(3),
        ]) {
          expect(parseLicenseId(typed)).toBe(id);
        }
        expect(parseLicenseId(id.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(id);
      }),
    );
  });

  it('notices any one wrong character and any two neighbours exchanged', () => {
    fc.assert(
      fc.property(random, fc.nat(8), fc.nat(30), (bytes, place, step) => {
        const digits = formatLicenseId(bytes).slice(3).replaceAll('-', '');
        const other = ALPHABET[(ALPHABET.indexOf(digits[place]!) + 1 + step) % 32]!;
        expect(() => parseLicenseId(digits.slice(0, place) + other + digits.slice(place + 1))).toThrowCode(
          'license-id',
        );
        if (place < 8 && digits[place] !== digits[place + 1]) {
          const swapped =
            digits.slice(0, place) + digits[place + 1]! + digits[place]! + digits.slice(place + 2);
          expect(() => parseLicenseId(swapped)).toThrowCode('license-id');
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each(['', 'CF-', 'CF-7K2M-94QX', 'CF-7K2M-94QU-3', 'CF-7K2M-94Q!-3', 'XX-7K2M-94QX-3'])(
    'refuses %j',
    (typed) => {
      expect(() => parseLicenseId(typed)).toThrowCode('license-id');
    },
  );

  it('wants 5 bytes', () => {
    expect(() => formatLicenseId(new Uint8Array(4))).toThrow(RangeError);
  });
});

describe('identity pages (LF-11.3)', () => {
  it.each([
    [1, [1], 1, 3],
    [256, [1], 1, 3],
    [257, [1], 2, 4],
    [85 * 256, [1], 85, 87],
    [85 * 256 + 1, [1, 2], 86, 90],
    [1_000_000, [1, 46], 3907, 3955],
    [2_000_000, [1, 2, 92], 7813, 7909],
  ])('lie as the count says: %d identities', (count, nodes, leaves, blocks) => {
    expect(pagesLayout(count)).toEqual({ nodes, leaves, blocks });
  });

  it('say what they are', () => {
    expect(pagesHeader('r', 3)).toBe('counterfoil identity pages 1\nroot r\ncount 3\n');
    expect(encodeUtf8('é')).toEqual(Uint8Array.of(0xc3, 0xa9));
  });
});
