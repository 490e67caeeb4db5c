import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localPath } from '../../../issuer/src/portal/http/local-path.js';
import { parseMultipart } from '../../../issuer/src/portal/http/multipart.js';

const TYPE = 'multipart/form-data; boundary=b';
const part = (head: string, body = ''): string => `--b\r\n${head}\r\n\r\n${body}\r\n`;
const field = (name: string, body = '') => part(`Content-Disposition: form-data; name="${name}"`, body);
const file = (name: string, body = '') =>
  part(`Content-Disposition: form-data; name="${name}"; filename="a.lic"\r\nContent-Type: text/plain`, body);
const parse = (body: string, type = TYPE) => parseMultipart(type, Buffer.from(body));

describe('a multipart form', () => {
  it('has fields and files as browsers send them', async () => {
    const form = new FormData();
    form.set('csrf', 'ä\r\n--b');
    form.set('file', new File([Buffer.from([0, 13, 10, 45, 45, 255])], 'größe "1".lic'));
    const sent = new Response(form);
    const body = Buffer.from(await sent.arrayBuffer());
    const { fields, files } = parseMultipart(sent.headers.get('content-type')!, body);
    expect([...fields]).toEqual([['csrf', 'ä\r\n--b']]);
    expect(files.get('file')).toEqual({
      name: 'größe %221%22.lic',
      bytes: Buffer.from([0, 13, 10, 45, 45, 255]),
    });
    // What a browser sends where no file was chosen.
    const none = parse(`${part('Content-Disposition: form-data; name="file"; filename=""')}--b--`);
    expect(none.files.get('file')).toEqual({ name: '', bytes: Buffer.alloc(0) });
  });

  it('may be empty at its end or have a last line end', () => {
    expect(parse(`${field('a', '1')}--b--`).fields.get('a')).toBe('1');
    expect(parse(`${field('a', '1')}--b--\r\n`).fields.get('a')).toBe('1');
    expect(parse('--b--').fields.size).toBe(0);
  });

  it.each([
    ['nothing', ''],
    ['no boundary', 'csrf=1'],
    ['text before the first part', `x\r\n${field('a')}--b--`],
    ['text after the last part', `${field('a')}--b--\r\nx`],
    ['another body after it', `${field('a')}--b--\r\n${field('b')}--b--`],
    ['no end', field('a')],
    ['half an end', `${field('a')}--b-`],
    ['line ends of Unix', `${field('a')}--b--`.replaceAll('\r', '')],
    ['a part without a header', `--b\r\n\r\nx\r\n--b--`],
    ['a header without an end', '--b\r\nContent-Disposition: form-data; name="a"'],
    [
      'a header that is too long',
      `${part(`Content-Disposition: form-data; name="a"\r\nContent-Type: ${'x'.repeat(3000)}`)}--b--`,
    ],
    ['no name', `${part('Content-Disposition: form-data')}--b--`],
    ['a name without quotes', `${part('Content-Disposition: form-data; name=a')}--b--`],
    ['an empty name', `${field('')}--b--`],
    [
      'a file name in two ways',
      `${part(`Content-Disposition: form-data; name="a"; filename="b"; filename*=UTF-8''c`)}--b--`,
    ],
    [
      'an encoding',
      `${part('Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64')}--b--`,
    ],
    ['a folded header', `${part('Content-Disposition: form-data;\r\n name="a"')}--b--`],
    ['another disposition', `${part('Content-Disposition: attachment; name="a"')}--b--`],
    [
      'two dispositions',
      `${part('Content-Disposition: form-data; name="a"\r\nContent-Disposition: form-data; name="b"')}--b--`,
    ],
    ['a name twice', `${field('a')}${field('a')}--b--`],
    ['a field and a file of one name', `${field('a')}${file('a')}--b--`],
    ['too many parts', `${Array.from({ length: 65 }, (_, i) => field(`f${i}`)).join('')}--b--`],
  ])('is not taken with %s', (_, body) => {
    expect(() => parse(body)).toThrowCode('multipart-broken');
  });

  it('is not taken with text that is not UTF-8', () => {
    const body = Buffer.concat([
      Buffer.from(field('a').slice(0, -2)),
      Buffer.from([0xff]),
      Buffer.from('\r\n--b--'),
    ]);
    expect(() => parseMultipart(TYPE, body)).toThrowCode('multipart-broken');
  });

  it.each([
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=""',
    `multipart/form-data; boundary=${'b'.repeat(71)}`,
    'multipart/form-data; boundary=b; boundary=c',
    'multipart/form-data; charset=x; boundary=b',
    'multipart/form-data; boundary=a b',
    'multipart/mixed; boundary=b',
  ])('is not taken under the type %s', (type) => {
    expect(() => parse(`${field('a')}--b--`, type)).toThrowCode('multipart-broken');
  });

  it('gives back whatever bytes a file has', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.stringMatching(/^[\r\nb-]{0,40}$/), (bytes, text) => {
        const content = Buffer.concat([bytes, Buffer.from(text)]);
        fc.pre(!content.includes('\r\n--b'));
        const [head = '', tail = ''] = file('f', '|').split('|');
        const body = Buffer.concat([Buffer.from(head), content, Buffer.from(`${tail}--b--`)]);
        expect(parseMultipart(TYPE, body).files.get('f')?.bytes).toEqual(content);
      }),
    );
  });

  it('never fails otherwise than by its code', () => {
    const piece = fc.constantFrom(
      '--b',
      '--',
      '\r\n',
      'Content-Disposition: form-data; name="a"',
      '; filename="f"',
      'x',
      '\0',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          parse(`--b${pieces.join('')}`);
        } catch (error) {
          expect(() => {
            throw error;
          }).toThrowCode('multipart-broken');
        }
      }),
    );
  });
});

describe('a local path', () => {
  it.each(['/', '/licenses', '/licenses/X-1?step=preview&a=%20#end'])('is %s', (path) => {
    expect(localPath(path)).toBe(path);
  });
  it.each([
    undefined,
    ['/a'],
    '',
    'a',
    '//a',
    '/\\a',
    '/a\\b',
    '/a b',
    '/a\n',
    'https://a/',
    '/ä',
    `/${'a'.repeat(500)}`,
  ])('is not %j', (path) => {
    expect(localPath(path)).toBe('');
  });
});
