// Armor: boundaries, labels, bodies; and tokens without it (license-file.md, clauses 2.2, 2.4, 2.5 and 3.2).
import { b64, next, utf8 } from './codec.mjs';
import { BEGIN, changed, END, license, lines, plain, rewrap, withLine } from './carried.mjs';
import { reject, root, ROOT1 } from './documents.mjs';

const armored = [
  reject('armor-63', 'LF-2.5', 'armor-body', 'lines of 63 characters', {
    file: BEGIN + rewrap(license, 63) + `\n${END}`,
  }),
  reject('armor-65', 'LF-2.5', 'armor-body', 'lines of 65 characters', {
    file: BEGIN + rewrap(license, 65) + `\n${END}`,
  }),
  reject('armor-76', 'LF-2.5', 'armor-body', 'lines of 76 characters, as mail breaks them', {
    file: BEGIN + rewrap(license, 76) + `\n${END}`,
  }),
  reject('armor-one-line', 'LF-2.5', 'armor-body', 'the whole body in one line', {
    file: `${BEGIN}${license}\n${END}`,
  }),
  reject('armor-joined', 'LF-2.5', 'armor-body', 'two lines joined', {
    file: plain.replace(`${lines[2]}\n`, lines[2]),
  }),
  reject('armor-trailing-space', 'LF-2.5', 'armor-body', 'a space at the end of a line', {
    file: withLine(1, `${lines[1]} `),
  }),
  reject('armor-trailing-spaces', 'LF-2.5', 'armor-body', 'lines filled up with spaces', {
    file: lines.map((line) => (line.startsWith('-') || line === '' ? line : line.padEnd(80))).join('\n'),
  }),
  reject('armor-indented', 'LF-2.5', 'armor-body', 'an indented line', {
    file: withLine(2, `  ${lines[2]}`),
  }),
  reject('armor-quoted', 'LF-2.4', 'armor-boundary', 'every line quoted, as in a reply', {
    file: lines.map((line) => (line === '' ? line : `> ${line}`)).join('\n'),
  }),
  reject('armor-blank-line', 'LF-2.5', 'armor-body', 'a blank line in the body', {
    file: withLine(2, `${lines[2]}\n`),
  }),
  reject('armor-blank-first', 'LF-2.5', 'armor-body', 'a blank line after BEGIN', {
    file: withLine(0, `${lines[0]}\n`),
  }),
  reject('armor-header', 'LF-2.5', 'armor-body', 'a header field of older armor', {
    file: withLine(0, `${lines[0]}\nVersion: 1\n`),
  }),
  reject('armor-space-within', 'LF-3.1', 'base64url', 'a space in place of a character', {
    file: withLine(2, ` ${lines[2].slice(1)}`),
  }),
  reject('armor-nbsp-within', 'LF-3.1', 'base64url', 'a character beyond ASCII in the body', {
    file: withLine(2, `\u00a0${lines[2].slice(1)}`),
  }),
  reject('armor-empty-body', 'LF-2.5', 'armor-body', 'a block without a body', { file: BEGIN + END }),
  reject('armor-begin-space', 'LF-2.4', 'armor-boundary', 'a space after the BEGIN line', {
    file: withLine(0, `${lines[0]} `),
  }),
  reject('armor-begin-indented', 'LF-2.4', 'armor-boundary', 'an indented BEGIN line', { file: ` ${plain}` }),
  reject('armor-end-space', 'LF-2.4', 'armor-boundary', 'a space after the END line', {
    file: `${plain.slice(0, -1)} \n`,
  }),
  reject('armor-begin-lower', 'LF-2.4', 'armor-boundary', 'begin in lower case', changed('BEGIN', 'begin')),
  reject('armor-end-lower', 'LF-2.4', 'armor-boundary', 'end in lower case', changed('END', 'end')),
  reject('armor-four-dashes', 'LF-2.4', 'armor-boundary', 'four dashes in front', { file: plain.slice(1) }),
  reject('armor-six-dashes', 'LF-2.4', 'armor-boundary', 'six dashes in front', { file: `-${plain}` }),
  reject('armor-dash-lookalike', 'LF-2.4', 'armor-boundary', 'dashes that a word processor made', {
    file: plain.replaceAll('-----', '—–-'),
  }),
  reject(
    'armor-end-other',
    'LF-2.4',
    'armor-boundary',
    'the END line names another document',
    changed('END COUNTERFOIL LICENSE', 'END COUNTERFOIL PRODUCT'),
  ),
  reject('armor-label-typo', 'LF-2.4', 'armor-label', 'an unknown label', {
    file: plain.replaceAll('LICENSE', 'LICENCE'),
  }),
  reject('armor-label-pem', 'LF-2.4', 'armor-label', 'a label of another format', {
    file: plain.replaceAll('COUNTERFOIL LICENSE', 'CERTIFICATE'),
  }),
  reject('armor-label-lookalike', 'LF-2.4', 'armor-label', 'a Cyrillic letter in the label', {
    file: plain.replaceAll('LICENSE', 'LI\u0421ENSE'),
  }),
  reject('armor-label-lower', 'LF-2.4', 'armor-label', 'a label in lower case', {
    file: plain.replaceAll('LICENSE', 'license'),
  }),
  reject('armor-label-constructor', 'LF-2.4', 'armor-label', 'a name that objects inherit', {
    file: plain.replaceAll('COUNTERFOIL LICENSE', 'constructor'),
  }),
];

const cuts = [
  ['in-begin', 10, 'armor-boundary'],
  ['after-begin', BEGIN.length - 1, 'armor-boundary'],
  ['after-begin-lf', BEGIN.length, 'armor-truncated'],
  ['in-first-line', BEGIN.length + 30, 'armor-truncated'],
  ['in-body', 700, 'armor-truncated'],
  ['before-end', plain.indexOf('-----END'), 'armor-truncated'],
  ['in-end-dashes', plain.indexOf('-----END') + 3, 'armor-truncated'],
  ['in-end', plain.indexOf('-----END') + 12, 'armor-boundary'],
  ['last-dash', plain.length - 2, 'armor-boundary'],
].map(([name, length, code]) =>
  reject(`cut-${name}`, 'LF-2.4', code, `the first ${length} characters of a file`, {
    file: plain.slice(0, length),
  }),
);

const bodies = [
  ['base64-no-padding', 'a body of base64 without its padding', (text) => text.replace(/=+$/, ''), 1],
  ['base64-url-alphabet', 'the alphabet of base64url', (text) => `_${text.slice(1)}`, 0],
  ['base64-inner-padding', 'padding within the body', (text) => `${text.slice(0, 3)}=${text.slice(4)}`, 0],
  [
    'base64-unused-bits',
    'an unused bit that is not zero',
    (text) => text.replace(/(.)(=+)$/, (_, last, end) => next(last) + end),
    1,
  ],
].map(([name, note, change, fill]) => {
  const text = root((payload) => {
    payload.version = 2;
    if (fill > 0) payload.note = 'x';
  });
  const padded = [0, 1, 2]
    .map((n) => text + ' '.repeat(n))
    .find((candidate) => b64(utf8(candidate)).endsWith('='));
  const body = b64(utf8(padded));
  return reject(`root-${name}`, 'LF-3.2', 'base64', note, {
    file:
      plain +
      `-----BEGIN COUNTERFOIL TRUST ROOT-----\n${rewrap(change(body), 64)}\n-----END COUNTERFOIL TRUST ROOT-----\n`,
  });
});

const bare = [
  ['two-lfs', 'two line feeds at the end', `${license}\n\n`],
  ['space-after', 'a space at the end', `${license} `],
  ['lf-first', 'a line feed in front', `\n${license}`],
  ['wrapped', 'lines without armor', rewrap(license, 64)],
  ['padded', 'padding at the end', `${license}=`],
  ['two-parts', 'no signature part', license.slice(0, license.lastIndexOf('.'))],
  ['four-parts', 'a fourth part', `${license}.AA`],
  ['json', 'a general JSON JWS', ROOT1],
  ['html', 'a page of a mail gateway', '<html><body>blocked</body></html>\n'],
].map(([name, note, text]) => reject(`bare-${name}`, 'LF-2.2', 'armor-boundary', note, { file: text }));

export const armors = () => [...armored, ...cuts, ...bodies, ...bare];
