// Three parts, each in its one spelling (license-file.md, clauses 3.1 and 4.1).
import { b64u, compact, next, utf8 } from './codec.mjs';
import { accept, claims, file, header, issuing, reject, root } from './documents.mjs';

const json = JSON.stringify(header());
/** A token with unused bits at the end of every part. */
function loose() {
  for (let i = 0; i < 9; i++) {
    const head = ' '.repeat(i % 3) + json;
    const candidate = compact(head, `${JSON.stringify(claims())}${' '.repeat(Math.floor(i / 3))}`, issuing);
    if (candidate.split('.').every((part) => part.length % 4 !== 0)) return candidate;
  }
  throw new Error('no token with unused bits');
}
const parts = loose().split('.');
const changed = (index, change) => ({
  file: file({ license: parts.map((part, i) => (i === index ? change(part) : part)).join('.') }),
});
const flip = (part) => part.slice(0, -1) + next(part.at(-1));
/** The payload part written otherwise, and signed as written. */
function resigned(change) {
  const input = `${parts[0]}.${change(parts[1])}`;
  return { file: file({ license: `${input}.${b64u(issuing.sign(utf8(input)))}` }) };
}
const pad = (part) => part + '='.repeat(4 - (part.length % 4));
const standard = (part) => `${part.slice(0, 8)}+${part.slice(9)}`;

const compactForm = [
  accept('parts-loose', 'LF-3.1', 'every part ends with unused bits, which are zero', {
    file: file({ license: parts.join('.') }),
  }),
  ...[
    ['header', 0, 'base64url'],
    ['payload', 1, 'signature-invalid'],
    ['signature', 2, 'base64url'],
  ].flatMap(([name, index, code]) => [
    reject(
      `trailing-bits-${name}`,
      'LF-3.1',
      code,
      `an unused bit of the ${name} is one`,
      changed(index, flip),
    ),
    reject(`padding-${name}`, 'LF-3.1', code, `padding after the ${name}`, changed(index, pad)),
    reject(
      `white-space-${name}`,
      'LF-3.1',
      code,
      `a space within the ${name}`,
      changed(index, (part) => `${part.slice(0, 8)} ${part.slice(8)}`),
    ),
    reject(
      `alphabet-${name}`,
      'LF-3.1',
      code,
      `a character of the other alphabet in the ${name}`,
      changed(index, standard),
    ),
  ]),
  reject(
    'trailing-bits-signed',
    'LF-3.1',
    'base64url',
    'an unused bit of the payload is one, and signed so',
    resigned(flip),
  ),
  reject('padding-signed', 'LF-3.1', 'base64url', 'a padded payload, and signed so', resigned(pad)),
  reject(
    'alphabet-signed',
    'LF-3.1',
    'base64url',
    'the other alphabet in the payload, and signed so',
    resigned(standard),
  ),
  reject('parts-one', 'LF-4.1', 'jws-parts', 'one part', { file: file({ license: parts[0] }) }),
  reject('parts-two', 'LF-4.1', 'jws-parts', 'two parts', {
    file: file({ license: parts.slice(0, 2).join('.') }),
  }),
  reject('parts-four', 'LF-4.1', 'jws-parts', 'four parts', {
    file: file({ license: [...parts, 'AA'].join('.') }),
  }),
  reject('parts-four-empty', 'LF-4.1', 'jws-parts', 'a dot at the end', {
    file: file({ license: `${parts.join('.')}.` }),
  }),
  reject('parts-five', 'LF-4.1', 'jws-parts', 'five parts, as encrypted tokens have', {
    file: file({ license: [...parts, 'AA', 'AA'].join('.') }),
  }),
  reject(
    'signature-empty',
    'LF-4.6',
    'jws-signature',
    'an empty signature',
    changed(2, () => ''),
  ),
  reject(
    'signature-63',
    'LF-4.6',
    'jws-signature',
    '63 bytes',
    changed(2, () => b64u(Buffer.from(parts[2], 'base64url').subarray(0, 63))),
  ),
  reject(
    'signature-65',
    'LF-4.6',
    'jws-signature',
    '65 bytes',
    changed(2, () => b64u(Buffer.concat([Buffer.from(parts[2], 'base64url'), Buffer.alloc(1)]))),
  ),
  reject(
    'header-empty',
    'LF-4.2',
    'json-syntax',
    'an empty header',
    changed(0, () => ''),
  ),
  reject(
    'payload-empty',
    'LF-4.7',
    'signature-invalid',
    'an empty payload',
    changed(1, () => ''),
  ),
  reject(
    'length-of-one',
    'LF-3.1',
    'base64url',
    'a part that no bytes have',
    changed(2, (part) => `${part}AAA`),
  ),
  reject('root-as-license', 'LF-4.1', 'jws-parts', 'a general JSON JWS in place of the license', {
    file: file({ license: root() }),
  }),
];

export const compactTexts = () => compactForm;
