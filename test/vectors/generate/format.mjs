// Files: encoding, size and the text in front (license-file.md, clauses 2.1 to 2.3 and 13).
import { BEGIN, bytes, changed, END, license, plain, root2 } from './carried.mjs';
import { accept, file, reject, ROOT1, shard, token } from './documents.mjs';

const whole = file({ roots: [ROOT1, root2], status: [shard()] });
/** A token whose length is a multiple of 64, by an unknown member of the right size. */
function tokenOfWholeLines() {
  for (let i = 0; i < 300; i++) {
    const text = token((payload) => (payload.note = 'x'.repeat(i)));
    if (text.length % 64 === 0) return text;
  }
  throw new Error('no token of whole lines');
}

const accepted = [
  accept('file-plain', 'LF-2.6', 'a license block and nothing else'),
  accept('file-all-blocks', 'LF-2.6', 'license, two trust roots, status list', { file: whole }),
  accept('file-no-final-lf', 'LF-2.1', 'the last line feed may be missing', { file: plain.slice(0, -1) }),
  accept(
    'file-summary',
    'LF-2.3',
    'a text before the first block; it is not what the license says, which only warns',
    {
      file: file({ summary: 'Acme Mail for Example Hospital' }),
      expected: { explain: { summary: 'summary-differs' } },
    },
  ),
  accept('file-summary-lies', 'LF-2.7', 'a text that promises more than the license changes nothing', {
    file: file({ summary: 'Licensee: Somebody Else\nTerm: without end' }),
    expected: { explain: { summary: 'summary-differs' } },
  }),
  accept('file-summary-unicode', 'LF-2.3', 'letters of any script', {
    file: file({ summary: 'Krankenhaus Süd, больница, 病院 😀' }),
  }),
  accept('file-summary-4096', 'LF-2.3', '4,096 characters with the line feeds that end it', {
    file: file({ summary: 'x'.repeat(4094) }),
  }),
  accept('file-summary-four-dashes', 'LF-2.3', 'four dashes are no boundary', {
    file: file({ summary: 'one\n---- two\nthree ----- four' }),
  }),
  accept('file-summary-no-blank-line', 'LF-2.3', 'no blank line before the first block', {
    file: `Acme Mail\n${plain}`,
  }),
  accept('file-blank-lines-first', 'LF-2.3', 'blank lines before the first block', { file: `\n\n${plain}` }),
  accept('file-whole-lines', 'LF-2.5', 'the last line of the body has 64 characters as well', {
    file: file({ license: tokenOfWholeLines() }),
  }),
  accept('bare', 'LF-2.2', 'a compact JWS without armor', { file: license }),
  accept('bare-final-lf', 'LF-2.2', 'a compact JWS and one line feed', { file: `${license}\n` }),
];

const encodings = [
  reject('file-empty', 'LF-2.1', 'file-empty', 'no bytes', { file: '' }),
  reject('file-only-lf', 'LF-2.2', 'armor-boundary', 'a line feed and nothing else', { file: '\n' }),
  reject('file-crlf', 'LF-2.1', 'file-line-ends', 'line ends of another system', {
    file: plain.replaceAll('\n', '\r\n'),
  }),
  reject('file-one-cr', 'LF-2.1', 'file-line-ends', 'one carriage return in the body', changed('\ne', '\re')),
  reject('file-cr-in-summary', 'LF-2.1', 'file-line-ends', 'a carriage return before the first block', {
    file: `Acme\r\n${plain}`,
  }),
  reject('file-bom', 'LF-2.1', 'armor-boundary', 'a byte order mark in front of the BEGIN line', {
    file: `\ufeff${plain}`,
  }),
  reject('file-bom-summary', 'LF-2.3', 'file-text', 'a byte order mark in front of the text', {
    file: `\ufeffAcme Mail\n\n${plain}`,
  }),
  reject(
    'file-utf16',
    'LF-2.1',
    'utf8',
    'UTF-16 with its mark',
    bytes([0xff, 0xfe], Buffer.from(plain, 'utf16le')),
  ),
  reject(
    'file-latin1',
    'LF-2.1',
    'utf8',
    'a letter of Latin-1 in the text',
    bytes('S', [0xfc], `d\n\n${plain}`),
  ),
  reject(
    'file-overlong',
    'LF-2.1',
    'utf8',
    'an overlong spelling of a slash',
    bytes([0xc0, 0xaf], `\n\n${plain}`),
  ),
  reject(
    'file-surrogate-bytes',
    'LF-2.1',
    'utf8',
    'a surrogate in three bytes',
    bytes([0xed, 0xa0, 0x80], `\n${plain}`),
  ),
  reject('file-cut-character', 'LF-2.1', 'utf8', 'the last character is cut', bytes(plain, [0xe2, 0x82])),
  reject('file-nul-after', 'LF-2.4', 'armor-boundary', 'a NUL after the last line', {
    file: `${plain}\u0000`,
  }),
  reject('file-100-mb', 'LF-13', 'file-too-large', '100,000,000 bytes', {
    fileParts: [{ repeat: 'A', times: 100_000_000 }],
  }),
  reject('file-48-mib-and-one', 'LF-13', 'file-too-large', 'one byte more than 48 MiB', {
    fileParts: [{ repeat: 'A', times: 48 * 1024 * 1024 + 1 }],
  }),
  reject('file-48-mib', 'LF-13', 'armor-boundary', '48 MiB are read, and are no license', {
    fileParts: [{ repeat: 'A', times: 48 * 1024 * 1024 }],
  }),
  reject(
    'license-262145',
    'LF-13',
    'document-too-large',
    'a body of one character more than a license may have',
    {
      fileParts: [BEGIN, { repeat: `${'A'.repeat(64)}\n`, times: 4096 }, `A\n${END}`],
    },
  ),
  reject('root-32769', 'LF-13', 'document-too-large', 'a trust root beyond its size', {
    fileParts: [
      plain,
      '-----BEGIN COUNTERFOIL TRUST ROOT-----\n',
      { repeat: `${'A'.repeat(64)}\n`, times: 683 },
      'AAAA\n-----END COUNTERFOIL TRUST ROOT-----\n',
    ],
  }),
  reject('status-16385', 'LF-13', 'document-too-large', 'a status list beyond its size', {
    fileParts: [
      plain,
      '-----BEGIN COUNTERFOIL STATUS LIST-----\n',
      { repeat: `${'A'.repeat(64)}\n`, times: 256 },
      'A\n-----END COUNTERFOIL STATUS LIST-----\n',
    ],
  }),
];

const texts = [
  ['control', 'a bell', 'Acme\u0007'],
  ['escape', 'an escape sequence of a terminal', 'Acme \u001b[31mMail'],
  ['tab', 'a tab', 'Acme\tMail'],
  ['delete', 'a delete character', 'Acme\u007f'],
  ['c1', 'a control character of Latin-1', 'Acme\u0085Mail'],
  ['bidi-override', 'a mark that turns the direction of writing', 'Licensee: \u202eELTIT'],
  ['bidi-isolate', 'an isolate that turns the direction of writing', 'Licensee: \u2067ELTIT\u2069'],
  ['line-separator', 'a line separator', 'Acme\u2028Mail'],
  ['zero-width-bom', 'a byte order mark within', 'Acme\ufeffMail'],
  ['nul', 'a NUL', 'Acme\u0000'],
  ['dashes', 'a line that begins with five dashes', 'Acme\n-----Mail'],
  ['dashes-first', 'a text that begins with five dashes', '-----Mail'],
  ['4097', '4,097 characters', 'x'.repeat(4095)],
].map(([name, note, summary]) =>
  reject(`file-summary-${name}`, 'LF-2.3', 'file-text', note, { file: file({ summary }) }),
);

export const format = () => [...accepted, ...encodings, ...texts];
