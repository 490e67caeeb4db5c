// JSON of payloads that are signed well and written badly (license-file.md, clauses 3.3 and 3.4).
import { compact, utf8 } from './codec.mjs';
import { accept, claims, file, header, issuing, reject } from './documents.mjs';

const text = JSON.stringify(claims());
/** A license whose payload is this text or these bytes. */
const signed = (payload) => ({ file: file({ license: compact(header(), payload, issuing) }) });
/** The usual payload with a member more, written as given. */
const plus = (member) => signed(`${text.slice(0, -1)},${member}}`);
const nested = (open, depth, close) => `"n":${open.repeat(depth)}${close.repeat(depth)}`;
const inQuantity = (number) =>
  signed(
    text.replace('"operations"', `"pools":{"seats":{"lots":[{"id":"a","quantity":${number}}]}},"operations"`),
  );
const json = (name, code, note, content) => reject(`json-${name}`, 'LF-3.3', code, note, content);
const fine = (name, note, content) => accept(`json-${name}`, 'LF-3.3', note, content);

const members = [
  json('duplicate', 'json-duplicate-key', 'a member twice, with one value', plus('"aud":"acme-mail"')),
  json(
    'duplicate-other',
    'json-duplicate-key',
    'a member twice, with two values',
    plus('"aud":"acme-backup"'),
  ),
  json(
    'duplicate-escaped',
    'json-duplicate-key',
    'a member twice, once with an escape',
    plus('"\\u0061ud":"acme-backup"'),
  ),
  json(
    'duplicate-nested',
    'json-duplicate-key',
    'a member of an inner object twice',
    signed(text.replace('"schema":1', '"schema":1,"schema":1')),
  ),
  json('duplicate-unknown', 'json-duplicate-key', 'an unknown member twice', plus('"x":1,"x":2')),
  json('duplicate-empty-name', 'json-duplicate-key', 'the empty name twice', plus('"":1,"":2')),
  json('proto', 'json-forbidden-key', 'a member __proto__', plus('"__proto__":{"aud":"x"}')),
  json(
    'proto-escaped',
    'json-forbidden-key',
    'a member __proto__, with an escape',
    plus('"\\u005f_proto__":1'),
  ),
  json(
    'proto-nested',
    'json-forbidden-key',
    'a member __proto__ of an inner object',
    signed(text.replace('"schema":1', '"schema":1,"__proto__":{"kind":"trial"}')),
  ),
  fine(
    'constructor',
    'names that objects inherit are unknown members like others',
    plus('"constructor":{"prototype":{}},"toString":1,"hasOwnProperty":null,"valueOf":[]'),
  ),
  fine('empty-name', 'the empty name', plus('"":0')),
  fine('unicode-names', 'composed and decomposed are two names', plus('"\u00e9":1,"e\u0301":2')),
];

const depths = [
  fine('depth-16', '16 levels, the payload included', plus(nested('[', 15, ']'))),
  json('depth-17', 'json-depth', '17 levels of arrays', plus(nested('[', 16, ']'))),
  json(
    'depth-17-objects',
    'json-depth',
    '17 levels of objects',
    plus(`"n":${'{"n":'.repeat(16)}0${'}'.repeat(16)}`),
  ),
  json('depth-10000', 'json-depth', '10,000 levels', plus(nested('[', 10_000, ']'))),
  json('depth-open', 'json-depth', '10,000 levels that are never closed', signed('['.repeat(10_000))),
];

const numbers = [
  ...[
    '1.5',
    '1.0',
    '1e3',
    '1E3',
    '1e-3',
    '-0',
    '01',
    '00',
    '1.',
    '-',
    '-01',
    '9007199254740992',
    '-9007199254740992',
    '9'.repeat(400),
  ].map((number) =>
    json(
      `number-${number.length > 30 ? 'long' : number}`,
      'json-number',
      'not an integer of at most 53 bits in its one spelling',
      plus(`"n":${number}`),
    ),
  ),
  ...['+1', '.5', 'NaN', 'Infinity', '\u0661'].map((number) =>
    json(
      `number-${number === '\u0661' ? 'arabic' : number}`,
      'json-syntax',
      'no number of JSON',
      plus(`"n":${number}`),
    ),
  ),
  json('number-hexadecimal', 'json-syntax', 'no number of JSON', plus('"n":0x10')),
  json('number-separator', 'json-syntax', 'no number of JSON', plus('"n":1_000')),
  fine('number-largest', '2^53 - 1', inQuantity('9007199254740991')),
  json('number-beyond', 'json-number', '2^53 in a place that counts', inQuantity('9007199254740992')),
  fine('number-smallest', '-(2^53 - 1) in an unknown member', plus('"n":-9007199254740991')),
];

const strings = [
  json('surrogate-high', 'json-syntax', 'a high surrogate alone', plus('"s":"\\ud83d"')),
  json('surrogate-low', 'json-syntax', 'a low surrogate alone', plus('"s":"\\ude00"')),
  json('surrogate-swapped', 'json-syntax', 'two surrogates in the wrong order', plus('"s":"\\ude00\\ud83d"')),
  json('surrogate-name', 'json-syntax', 'a lone surrogate in a name', plus('"\\ud83d":1')),
  fine('surrogate-pair', 'a pair of surrogates', plus('"s":"\\ud83d\\ude00"')),
  fine('escapes', 'every escape of JSON', plus('"s":"\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000"')),
  json('escape-x', 'json-syntax', 'an escape of JavaScript', plus('"s":"\\x41"')),
  json('escape-short', 'json-syntax', 'an escape with three digits', plus('"s":"\\u004"')),
  json('escape-letter', 'json-syntax', 'an escape with a wrong digit', plus('"s":"\\u00g0"')),
  json('raw-tab', 'json-syntax', 'a tab in a string', plus('"s":"\t"')),
  json('raw-lf', 'json-syntax', 'a line feed in a string', plus('"s":"\n"')),
  json('raw-nul', 'json-syntax', 'a NUL in a string', plus('"s":"\u0000"')),
  fine('raw-line-separator', 'a line separator in a string', plus('"s":"\u2028"')),
  json('open-string', 'json-syntax', 'a string without its end', signed(`${text.slice(0, -1)},"s":"`)),
  reject(
    'utf8-payload',
    'LF-3.4',
    'utf8',
    'a byte that UTF-8 never has',
    signed(Buffer.concat([utf8(`${text.slice(0, -1)},"s":"`), Buffer.from([0xff]), utf8('"}')])),
  ),
  reject(
    'utf8-payload-surrogate',
    'LF-3.4',
    'utf8',
    'a surrogate in three bytes',
    signed(Buffer.concat([utf8(`${text.slice(0, -1)},"s":"`), Buffer.from([0xed, 0xa0, 0xbd]), utf8('"}')])),
  ),
  reject(
    'utf8-payload-cut',
    'LF-3.4',
    'utf8',
    'the last character is cut',
    signed(Buffer.concat([utf8(text), Buffer.from([0xc3])])),
  ),
  json('bom', 'json-syntax', 'a byte order mark', signed(`\ufeff${text}`)),
];

const documents = [
  json('array', 'json-object', 'an array', signed(`[${text}]`)),
  json('null', 'json-object', 'null', signed('null')),
  json('string', 'json-object', 'a string', signed('"license"')),
  json('empty', 'json-syntax', 'no bytes', signed('')),
  json('blank', 'json-syntax', 'white space', signed(' \n')),
  json('two-values', 'json-syntax', 'two objects', signed(`${text}${text}`)),
  json('trailing-comma', 'json-syntax', 'a comma before the end', signed(`${text.slice(0, -1)},}`)),
  json('array-comma', 'json-syntax', 'a comma at the end of an array', plus('"a":[1,]')),
  json('comment', 'json-syntax', 'a comment', signed(`${text}/* */`)),
  json('single-quotes', 'json-syntax', 'single quotes', plus("'a':1")),
  json('bare-name', 'json-syntax', 'a name without quotes', plus('a:1')),
  json('missing-colon', 'json-syntax', 'a name without a value', plus('"a"')),
  json('cut', 'json-syntax', 'the last brace is missing', signed(text.slice(0, -1))),
  json('wrong-brace', 'json-syntax', 'an array closed by a brace', plus('"a":[1}')),
  json('word', 'json-syntax', 'a word in capitals', plus('"a":True')),
  json('form-feed', 'json-syntax', 'white space that JSON does not have', signed(`\f${text}`)),
  json('nbsp', 'json-syntax', 'a no-break space', signed(`\u00a0${text}`)),
  fine(
    'white-space',
    'white space of JSON, carriage returns included',
    signed(`\r\n\t ${JSON.stringify(claims(), undefined, 2)}\n`),
  ),
  fine(
    'order',
    'members in another order',
    signed(JSON.stringify(Object.fromEntries(Object.entries(claims()).reverse()))),
  ),
];

export const jsonTexts = () => [...members, ...depths, ...numbers, ...strings, ...documents];
