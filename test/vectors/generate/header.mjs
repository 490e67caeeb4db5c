// The protected header (license-file.md, clauses 4.2 to 4.5).
import { createHmac } from 'node:crypto';
import { b64u, compact, key, next, utf8 } from './codec.mjs';
import { accept, claims, file, header, issuing, reject, rootKey, statusKey } from './documents.mjs';

/** A file whose license has this header, an object or a text. */
const headed = (head, signer = issuing) => ({ file: file({ license: compact(head, claims(), signer) }) });
const alg = (name, value, code, note) =>
  reject(`alg-${name}`, 'LF-4.4', code, note, headed(header({ alg: value })));

function hmac(secret) {
  const input = `${b64u(JSON.stringify(header({ alg: 'HS256' })))}.${b64u(JSON.stringify(claims()))}`;
  return {
    file: file({ license: `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}` }),
  };
}
function unsigned() {
  const input = `${b64u(JSON.stringify(header({ alg: 'none' })))}.${b64u(JSON.stringify(claims()))}`;
  return { file: file({ license: `${input}.` }) };
}

const algorithms = [
  accept('alg-eddsa', 'LF-4.4', 'EdDSA, the name that is written', headed(header())),
  accept('alg-ed25519', 'LF-4.4', 'Ed25519, the name of RFC 9864', headed(header({ alg: 'Ed25519' }))),
  reject('alg-none', 'LF-4.4', 'alg-not-allowed', 'no algorithm and no signature', unsigned()),
  alg('none-signed', 'none', 'alg-not-allowed', 'no algorithm, with a signature'),
  alg('none-capital', 'None', 'alg-not-allowed', 'none in another spelling'),
  reject(
    'alg-hs256-key',
    'LF-4.4',
    'alg-not-allowed',
    'HMAC with the public key as secret',
    hmac(issuing.bytes),
  ),
  reject(
    'alg-hs256-text',
    'LF-4.4',
    'alg-not-allowed',
    'HMAC with the text of the public key as secret',
    hmac(issuing.x),
  ),
  alg('es256', 'ES256', 'alg-not-allowed', 'another algorithm'),
  alg('rs256', 'RS256', 'alg-not-allowed', 'another algorithm'),
  alg('ed448', 'Ed448', 'alg-not-allowed', 'the other curve of EdDSA'),
  alg('lower-ed25519', 'ed25519', 'alg-not-allowed', 'lower case'),
  alg('upper-eddsa', 'EDDSA', 'alg-not-allowed', 'upper case'),
  alg('space', 'EdDSA ', 'alg-not-allowed', 'a space after the name'),
  alg('nul', 'EdDSA\u0000', 'alg-not-allowed', 'a NUL after the name'),
  alg('empty', '', 'alg-not-allowed', 'an empty name'),
  alg('missing', undefined, 'header-value', 'no alg'),
  alg('null', null, 'header-value', 'null'),
  alg('list', ['EdDSA'], 'header-value', 'a list'),
];

const members = [
  ['jwk', { kty: 'OKP', crv: 'Ed25519', x: key('attacker').x }, 'header-key'],
  ['jku', 'https://keys.example/jwks.json', 'header-key'],
  ['x5u', 'https://keys.example/key.pem', 'header-key'],
  ['x5c', ['MIIB'], 'header-key'],
  ['x5t', 'AAAA', 'header-key'],
  ['x5t#S256', 'AAAA', 'header-key'],
  ['crit', ['exp'], 'header-crit'],
  ['b64', false, 'header-member'],
  ['zip', 'DEF', 'header-member'],
  ['cty', 'JWT', 'header-member'],
  ['enc', 'A128GCM', 'header-member'],
  ['epk', {}, 'header-member'],
  ['iss', 'acme.example', 'header-member'],
  ['constructor', 1, 'header-member'],
  ['ALG', 'none', 'header-member'],
].map(([name, value, code]) =>
  reject(
    `header-${name.replace('#', '-').toLowerCase()}`,
    'LF-4.2',
    code,
    `a member ${name} beyond alg, kid and typ`,
    headed(header({ [name]: value })),
  ),
);
const attackers = key('attacker');
members.push(
  reject('header-crit-empty', 'LF-4.2', 'header-crit', 'an empty crit', headed(header({ crit: [] }))),
  reject(
    'header-crit-b64',
    'LF-4.2',
    'header-crit',
    'crit and b64, as RFC 7797 has them',
    headed(header({ crit: ['b64'], b64: false })),
  ),
  reject(
    'header-jwk-signs',
    'LF-4.2',
    'header-key',
    'signed by the key that the header brings',
    headed(header({ kid: attackers.kid, jwk: { kty: 'OKP', crv: 'Ed25519', x: attackers.x } }), attackers),
  ),
);

const types = [
  ['jwt', 'JWT'],
  ['product', 'product+jwt'],
  ['status', 'statuslist+jwt'],
  ['root', 'trust-root+jws'],
  ['request', 'license-request+jwt'],
  ['media-type', 'application/license+jwt'],
  ['upper', 'LICENSE+JWT'],
  ['space', 'license+jwt '],
  ['empty', ''],
].map(([name, typ]) =>
  reject(`typ-${name}`, 'LF-4.3', 'typ-mismatch', `typ ${JSON.stringify(typ)}`, headed(header({ typ }))),
);
types.push(
  reject('typ-missing', 'LF-4.3', 'header-value', 'no typ', headed(header({ typ: undefined }))),
  reject('typ-number', 'LF-4.3', 'header-value', 'a number', headed(header({ typ: 1 }))),
);

const kid = (name, value, code, note, signer = issuing, clause = 'LF-4.5') =>
  reject(`kid-${name}`, clause, code, note, headed(header({ kid: value }), signer));
const keyIds = [
  kid('unknown', key('nobody').kid, 'key-unknown', 'a key that no root names', key('nobody')),
  kid('unknown-ours', key('nobody').kid, 'key-unknown', 'the right signature under an unknown key id'),
  kid('of-root-key', rootKey.kid, 'key-role', 'a root key signs roots and nothing else', rootKey, 'TR-5.1'),
  kid(
    'of-status-key',
    statusKey.kid,
    'key-role',
    'a status key signs status lists and nothing else',
    statusKey,
  ),
  kid('empty', '', 'key-unknown', 'an empty key id'),
  kid('missing', undefined, 'header-value', 'no kid'),
  kid('number', 1, 'header-value', 'a number'),
  kid('cut', issuing.kid.slice(0, -1), 'key-unknown', 'a key id without its last character'),
  kid(
    'trailing-bits',
    issuing.kid.slice(0, -1) + next(issuing.kid.at(-1)),
    'key-unknown',
    'the same 32 bytes in another spelling',
  ),
  kid('constructor', 'constructor', 'key-unknown', 'a name that objects inherit'),
];

const json = JSON.stringify(header());
const texts = [
  accept(
    'header-order',
    'LF-4.2',
    'members in another order',
    headed(JSON.stringify({ typ: 'license+jwt', kid: issuing.kid, alg: 'EdDSA' })),
  ),
  accept('header-white-space', 'LF-4.2', 'white space', headed(JSON.stringify(header(), undefined, 1))),
  accept(
    'header-escapes',
    'LF-4.2',
    'escapes in a name and in a value',
    headed(json.replace('"alg":"EdDSA"', '"\\u0061lg":"\\u0045dDSA"')),
  ),
  reject(
    'header-duplicate',
    'LF-4.2',
    'json-duplicate-key',
    'alg twice',
    headed(json.replace('{', '{"alg":"none",')),
  ),
  reject(
    'header-duplicate-escaped',
    'LF-4.2',
    'json-duplicate-key',
    'alg twice, once with an escape',
    headed(json.replace('{', '{"\\u0061lg":"none",')),
  ),
  reject(
    'header-duplicate-kid',
    'LF-4.2',
    'json-duplicate-key',
    'kid twice',
    headed(json.replace('{', `{"kid":"${statusKey.kid}",`)),
  ),
  reject(
    'header-proto',
    'LF-4.2',
    'json-forbidden-key',
    'a member __proto__',
    headed(json.replace('{', '{"__proto__":{},')),
  ),
  reject('header-array', 'LF-4.2', 'json-object', 'an array', headed(`[${json}]`)),
  reject('header-empty-object', 'LF-4.2', 'header-value', 'an empty object', headed('{}')),
  reject('header-text', 'LF-4.2', 'json-syntax', 'no JSON', headed('license')),
  reject('header-bom', 'LF-4.2', 'json-syntax', 'a byte order mark', headed(`\ufeff${json}`)),
  reject(
    'header-utf8',
    'LF-4.2',
    'utf8',
    'no UTF-8',
    headed(Buffer.concat([utf8('{"alg":"'), Buffer.from([0xff]), utf8('"}')])),
  ),
  reject(
    'header-deep',
    'LF-4.2',
    'json-depth',
    '10,000 levels',
    headed(`{"alg":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
  ),
];

export const headers = () => [...algorithms, ...members, ...types, ...keyIds, ...texts];
