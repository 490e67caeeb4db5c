import { decodeBody, encodeBlock, formatFile, parseFile, type Block } from '@counterfoil/schemas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const LICENSE: Block = { document: 'license', body: `${'a'.repeat(70)}.${'b'.repeat(70)}.${'c'.repeat(86)}` };
const ROOT = encodeBlock('trust-root', '{"payload":"","signatures":[]}');
const GOOD = formatFile('A license\nfor people', [LICENSE, ROOT]);

describe('parseFile (LF-2)', () => {
  it('takes a file apart', () => {
    expect(parseFile(GOOD)).toEqual({
      summary: 'A license\nfor people',
      blocks: [LICENSE, ROOT],
      bare: false,
    });
    expect(parseFile(new TextEncoder().encode(GOOD))).toEqual(parseFile(GOOD));
  });

  it('gives back what was written', () => {
    const body = fc.string({
      unit: fc.constantFrom(...'abcXYZ019-_.'.split(/(?:)/u)),
      minLength: 1,
      maxLength: 300,
    });
    const summary = fc
      .string({ unit: fc.constantFrom(...'ab Ä-:\n'.split(/(?:)/u)) })
      .map((text) => text.replace(/^\n+|\n+$/g, ''));
    fc.assert(
      fc.property(summary, fc.array(body, { minLength: 1, maxLength: 5 }), (text, bodies) => {
        fc.pre(!/^-----|\n-----/.test(text));
        const blocks = bodies.map((one): Block => ({ document: 'license', body: one }));
        expect(parseFile(formatFile(text, blocks))).toEqual({ summary: text, blocks, bare: false });
      }),
    );
  });

  it('does without the last line feed, and without a summary', () => {
    expect(parseFile(GOOD.slice(0, -1)).blocks).toEqual([LICENSE, ROOT]);
    expect(parseFile(formatFile('', [LICENSE]))).toEqual({ summary: '', blocks: [LICENSE], bare: false });
  });

  it('takes a bare token for a license (LF-2.2)', () => {
    const bare = { summary: '', blocks: [{ document: 'license', body: 'aa.bb.cc' }], bare: true };
    expect(parseFile('aa.bb.cc')).toEqual(bare);
    expect(parseFile('aa.bb.cc\n')).toEqual(bare);
  });

  const line = 'a'.repeat(64);
  const armored = (body: string, label = 'COUNTERFOIL LICENSE'): string =>
    `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;

  it.each([
    ['file-empty', ''],
    ['file-line-ends', GOOD.replaceAll('\n', '\r\n')],
    ['file-line-ends', GOOD.replaceAll('\n', '\r')],
    ['armor-boundary', 'hello'],
    ['armor-boundary', 'aa.bb.cc\n\n'],
    ['armor-boundary', ' aa.bb.cc'],
    ['armor-boundary', `${'a'.repeat(262_140)}.b.cc`],
    ['armor-boundary', `${armored('a')}\n${armored('b')}`],
    ['armor-boundary', `${armored('a')}thank you\n`],
    ['armor-boundary', armored('a').replace('LICENSE-----\na', 'LICENSE----\na')],
    ['armor-boundary', '-----BEGIN COUNTERFOIL LICENSE-----'],
    ['armor-boundary', armored('a').replace('END COUNTERFOIL LICENSE', 'END COUNTERFOIL PRODUCT')],
    [
      'armor-boundary',
      armored('a').replace('LICENSE-----\n-----END', 'LICENSE-----\n-----END').slice(0, -1) + '-',
    ],
    ['armor-boundary', armored('a').replace(/-\n$/, '- \n')],
    ['armor-label', armored('a', 'CERTIFICATE')],
    ['armor-label', armored('a', 'counterfoil license')],
    ['armor-truncated', '-----BEGIN COUNTERFOIL LICENSE-----\naaa'],
    ['armor-body', armored('')],
    ['armor-body', '-----BEGIN COUNTERFOIL LICENSE-----\n-----END COUNTERFOIL LICENSE-----\n'],
    ['armor-body', armored(`${line}a`)],
    ['armor-body', armored(`${line.slice(1)}\na`)],
    ['armor-body', armored(`${line}\n\na`)],
    ['armor-body', armored(`${line}\n`)],
    ['armor-body', armored(`${line}\na\nb`)],
    ['file-text', `\ufeff${GOOD}`],
    ['file-text', `a\tb\n\n${GOOD}`],
    ['file-text', `a\u202eb\n\n${GOOD}`],
    ['file-text', `a\u001b[2J\n${GOOD}`],
    ['file-text', `-----\n${armored('a')}`],
    ['file-text', `x\n-----END COUNTERFOIL LICENSE-----\n${armored('a')}`],
    ['file-text', `${'x'.repeat(4097)}\n${armored('a')}`],
    ['file-blocks', armored('a').repeat(97)],
  ])('refuses with %s, case %#', (code, text) => {
    expect(() => parseFile(text)).toThrowCode(code);
  });

  it('refuses other encodings and huge files without reading them', () => {
    expect(() => parseFile(Uint8Array.of(0xff, 0xfe, 65, 0))).toThrowCode('utf8');
    expect(() => parseFile(new Uint8Array(100 * 1024 * 1024))).toThrowCode('file-too-large');
    expect(() => parseFile(' '.repeat(48 * 1024 * 1024 + 1))).toThrowCode('file-too-large');
  });
});

describe('blocks', () => {
  it('writes bytes and general JSON as base64, tokens as they are (LF-2.5)', () => {
    expect(encodeBlock('license', 'a.b.c').body).toBe('a.b.c');
    expect(encodeBlock('trust-root', '{}').body).toBe('e30=');
    expect(encodeBlock('identity-pages', Uint8Array.of(1, 2, 3)).body).toBe('AQID');
    expect(encodeBlock('license', Uint8Array.of(1, 2, 3)).body).toBe('AQID');
    expect(Buffer.from(decodeBody(ROOT)).toString()).toBe('{"payload":"","signatures":[]}');
  });

  it('refuses a body that is too large or no base64', () => {
    expect(() => decodeBody({ document: 'trust-root', body: 'A'.repeat(43_696) })).toThrowCode(
      'document-too-large',
    );
    expect(() => decodeBody({ document: 'trust-root', body: 'A' })).toThrowCode('base64');
  });

  it('writes no text that could not be read', () => {
    expect(() => formatFile('-----BEGIN', [LICENSE])).toThrowCode('file-text');
    expect(() => formatFile('a\u0007', [LICENSE])).toThrowCode('file-text');
  });
});
