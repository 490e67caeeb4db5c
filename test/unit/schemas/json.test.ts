import { formatJson, isJsonObject, parseJson, parseJsonObject, type JsonValue } from '@counterfoil/schemas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const json: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string().filter((name) => name !== '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value;

/** The tree as ordinary objects, to compare with. */
const plain = (value: JsonValue): unknown => JSON.parse(JSON.stringify(value));

describe('parseJson (LF-3.3)', () => {
  it('reads what another writer writes, with and without white space', () => {
    fc.assert(
      fc.property(json, fc.constantFrom(undefined, 1, '\t', '\r\n '), (value, indent) => {
        expect(plain(parseJson(JSON.stringify(value, null, indent), 'x'))).toEqual(
          JSON.parse(JSON.stringify(value)),
        );
      }),
    );
  });

  it('reads every escape', () => {
    expect(parseJson('"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83d\\uDE00 x"', 'x')).toBe('"\\/\b\f\n\r\té😀 x');
  });

  it('gives objects that inherit nothing', () => {
    const object = parseJsonObject(new TextEncoder().encode('{"a":1}'), 'x');
    expect(object['constructor']).toBeUndefined();
    expect('toString' in object).toBe(false);
    expect('hasOwnProperty' in object).toBe(false);
  });

  it('reads the widest integers and 16 levels', () => {
    expect(parseJson('[9007199254740991,-9007199254740991,0]', 'x')).toEqual([
      9007199254740991, -9007199254740991, 0,
    ]);
    expect(parseJson('['.repeat(16) + ']'.repeat(16), 'x')).toBeDefined();
  });

  it.each([
    ['json-syntax', '', '"'],
    ['json-syntax', 'nothing', 'nul'],
    ['json-syntax', 'a second value', '1 2'],
    ['json-syntax', 'a comma at the end', '[1,]'],
    ['json-syntax', 'a comma at the end of an object', '{"a":1,}'],
    ['json-syntax', 'no comma', '[1 2]'],
    ['json-syntax', 'no comma in an object', '{"a":1 "b":2}'],
    ['json-syntax', 'no colon', '{"a" 1}'],
    ['json-syntax', 'a name without quotes', '{a:1}'],
    ['json-syntax', 'single quotes', "'a'"],
    ['json-syntax', 'a bare control character', '"a\nb"'],
    ['json-syntax', 'a bare control character after an escape', '"\\n\n"'],
    ['json-syntax', 'an escape that is none', '"\\x"'],
    ['json-syntax', 'a short escape', '"\\u12"'],
    ['json-syntax', 'an escape of other digits', '"\\u12g4"'],
    ['json-syntax', 'a lone high surrogate', '"\\ud800"'],
    ['json-syntax', 'a lone low surrogate', '"x\\udc00"'],
    ['json-syntax', 'an unfinished escaped text', '"\\n'],
    ['json-syntax', 'no end', '{"a":'],
    ['json-syntax', 'NaN', 'NaN'],
    ['json-syntax', 'a comment', '1 // one'],
    ['json-duplicate-key', 'the same name', '{"a":1,"a":1}'],
    ['json-duplicate-key', 'the same name, spelled otherwise', '{"a":1,"\\u0061":2}'],
    ['json-duplicate-key', 'the same name, deep down', '[{"x":{"a":1,"b":2,"a":3}}]'],
    ['json-forbidden-key', '__proto__', '{"__proto__":{}}'],
    ['json-forbidden-key', '__proto__, escaped', '{"\\u005f_proto__":1}'],
    ['json-depth', '17 levels', '['.repeat(17) + ']'.repeat(17)],
    ['json-depth', '10,000 levels', '{"a":'.repeat(10_000)],
    ['json-number', 'a fraction', '1.5'],
    ['json-number', 'an exponent', '1e3'],
    ['json-number', 'a capital exponent', '1E3'],
    ['json-number', '2^53', '9007199254740992'],
    ['json-number', '-2^53', '-9007199254740992'],
    ['json-number', 'minus zero', '-0'],
    ['json-number', 'a leading zero', '01'],
    ['json-number', 'nothing but a sign', '-'],
    ['json-number', '400 digits', '9'.repeat(400)],
  ])('refuses with %s: %s', (code, _, text) => {
    expect(() => parseJson(text, 'x')).toThrowCode(code);
  });

  it('takes only objects where an object is due, and only UTF-8', () => {
    for (const text of ['[]', 'null', '"a"', '1']) {
      expect(() => parseJsonObject(new TextEncoder().encode(text), 'x')).toThrowCode('json-object');
    }
    expect(() => parseJsonObject(Uint8Array.of(0x22, 0xff, 0x22), 'x')).toThrowCode('utf8');
    expect(isJsonObject(undefined)).toBe(false);
  });
});

describe('formatJson', () => {
  it('writes what can be read', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(plain(parseJson(formatJson(value, 'x'), 'x'))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('refuses what nobody could read', () => {
    expect(() => formatJson(undefined, 'x')).toThrowCode('json-syntax');
    expect(() => formatJson({ a: 0.5 }, 'x')).toThrowCode('json-number');
    expect(() => formatJson('\ud800', 'x')).toThrowCode('json-syntax');
  });
});
