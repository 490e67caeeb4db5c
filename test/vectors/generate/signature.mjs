// Ed25519, strictly (license-file.md, clauses 4.6 and 4.7): bare signatures, and licenses that carry them.
import {
  b64u,
  challenge,
  key,
  keyOfSeed,
  L,
  littleEndian,
  P,
  plusOrder,
  rawKey,
  SMALL_ORDER,
  utf8,
  withSign,
} from './codec.mjs';
import { accept, claims, file, header, issuing, named, reject, root, token } from './documents.mjs';
import { MANY_EDDSAS, RFC8032 } from './rfc8032.mjs';

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const raw = (name, note, publicKey, message, signature, answer) => ({
  name,
  clause: 'LF-4.6',
  note,
  key: hex(publicKey),
  message: hex(message),
  signature: hex(signature),
  valid: answer === 'valid',
  ...(answer === 'key-weak' ? { keyCode: 'key-weak' } : {}),
});

const rfc = RFC8032.flatMap(([name, seed, publicKey, message, signature]) => {
  const [a, m, s] = [publicKey, message, signature].map((text) => Buffer.from(text, 'hex'));
  const signer = keyOfSeed(Buffer.from(seed, 'hex'));
  if (hex(signer.bytes) !== publicKey || hex(signer.sign(m)) !== signature)
    throw new Error(`RFC 8032 test ${name} is mistyped`);
  const flipped = (bytes, at) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
  return [
    raw(`rfc8032-${name}`, `RFC 8032, 7.1, test ${name}`, a, m, s, 'valid'),
    raw(`rfc8032-${name}-s-plus-l`, 'its S replaced by S + L', a, m, plusOrder(s), 'invalid'),
    raw(`rfc8032-${name}-r`, 'a bit of R flipped', a, m, flipped(s, 0), 'invalid'),
    raw(`rfc8032-${name}-s`, 'a bit of S flipped', a, m, flipped(s, 32), 'invalid'),
    raw(
      `rfc8032-${name}-sign`,
      'the sign of R flipped',
      a,
      m,
      s.map((byte, i) => (i === 31 ? byte ^ 128 : byte)),
      'invalid',
    ),
    raw(`rfc8032-${name}-message`, 'another message', a, Buffer.concat([m, Buffer.from([0])]), s, 'invalid'),
  ];
});

const published = MANY_EDDSAS.map(([number, note, message, publicKey, signature, answer]) =>
  raw(
    `many-eddsas-${number}`,
    note,
    ...[publicKey, message, signature].map((text) => Buffer.from(text, 'hex')),
    answer,
  ),
);

const message = utf8('counterfoil');
/** A key whose R and S are known: [S]B = R, so that the equation holds under the neutral element for every message. */
const known = key('known point');
const forged = Buffer.concat([known.bytes, littleEndian(known.scalar % L)]);
const smallKeys = SMALL_ORDER.map((bytes, i) =>
  raw(
    `small-order-key-${i}`,
    'a key of small order, and a forgery that some take',
    bytes,
    message,
    forged,
    'key-weak',
  ),
);

/** S = H(R, A, M) a: with R of small order, R + [H]A differs from [S]B by that alone. */
function smallR(r, signer, signed) {
  return Buffer.concat([r, littleEndian((challenge(r, signer.bytes, signed) * signer.scalar) % L)]);
}
const smallRs = SMALL_ORDER.map((r, i) =>
  raw(
    `small-order-r-${i}`,
    'R of small order; the equation holds with the cofactor, for the first even without',
    issuing.bytes,
    message,
    smallR(r, issuing, message),
    'invalid',
  ),
);

const beyond = [];
for (let i = 0n; i < 19n; i++) {
  for (const sign of [0, 128]) {
    const bytes = withSign(littleEndian(P + i), sign);
    beyond.push(
      raw(
        `y-p-plus-${i}${sign === 0 ? '' : '-negative'}`,
        `y = p + ${i}`,
        bytes,
        message,
        forged,
        'key-weak',
      ),
    );
  }
}
/** The smallest y above 1 that are on no curve point: x² is no square. */
const power = (base, exponent) => {
  let result = 1n;
  for (let b = base % P, e = exponent; e > 0n; e >>= 1n, b = (b * b) % P)
    if (e & 1n) result = (result * b) % P;
  return result;
};
const D = (P - ((121665n * power(121666n, P - 2n)) % P)) % P;
const offCurve = [];
for (let y = 2n; offCurve.length < 2; y++) {
  const square = ((y * y - 1n) * power(D * y * y + 1n, P - 2n)) % P;
  if (power(square, (P - 1n) / 2n) !== 1n) {
    offCurve.push(
      raw(`y-${y}-off-curve`, `y = ${y} belongs to no point`, littleEndian(y), message, forged, 'invalid'),
    );
  }
}
const s0 = issuing.sign(message);
const bounds = [
  raw(
    's-is-l',
    'S = L',
    issuing.bytes,
    message,
    Buffer.concat([s0.subarray(0, 32), littleEndian(L)]),
    'invalid',
  ),
  raw(
    's-all-ones',
    'S = 2^256 - 1',
    issuing.bytes,
    message,
    Buffer.concat([s0.subarray(0, 32), Buffer.alloc(32, 255)]),
    'invalid',
  ),
  raw('s-high-bit', 'the top bit of S set', issuing.bytes, message, withTop(s0), 'invalid'),
  raw('all-zero', 'R and S zero', issuing.bytes, message, Buffer.alloc(64), 'invalid'),
  raw(
    'r-not-canonical',
    'R with y = p + 3',
    issuing.bytes,
    message,
    Buffer.concat([littleEndian(P + 3n), s0.subarray(32)]),
    'invalid',
  ),
  raw('key-31', 'a key of 31 bytes', issuing.bytes.subarray(0, 31), message, s0, 'invalid'),
  raw('key-33', 'a key of 33 bytes', Buffer.concat([issuing.bytes, Buffer.alloc(1)]), message, s0, 'invalid'),
];
for (const vector of bounds.slice(-2)) vector.keyCode = 'key-length';

function withTop(signature) {
  const copy = Buffer.from(signature);
  copy[63] |= 128;
  return copy;
}

export const rawSignatures = () => [
  ...rfc,
  ...published,
  ...smallKeys,
  ...smallRs,
  ...beyond,
  ...offCurve,
  ...bounds,
];

/** A file whose license has the usual text and this signature. */
const input = token().split('.').slice(0, 2).join('.');
const genuine = issuing.sign(utf8(input));
const carried = (signature) => ({ file: file({ license: `${input}.${b64u(signature)}` }) });
const wrong = (name, note, signature) =>
  reject(name, 'LF-4.6', 'signature-invalid', note, carried(signature));

const licenses = [
  accept('signature-good', 'LF-4.7', 'the usual license', carried(genuine)),
  wrong('signature-s-plus-l', 'S + L', plusOrder(genuine)),
  wrong(
    'signature-first-bit',
    'the first bit flipped',
    genuine.map((byte, i) => (i === 0 ? byte ^ 1 : byte)),
  ),
  wrong('signature-last-bit', 'the top bit flipped', withTop(genuine)),
  wrong('signature-zero', 'nothing but zeros', Buffer.alloc(64)),
  wrong(
    'signature-of-other',
    'the signature of another license',
    issuing.sign(
      utf8(
        token((payload) => (payload.license.revision = 3))
          .split('.')
          .slice(0, 2)
          .join('.'),
      ),
    ),
  ),
  wrong('signature-of-payload', 'over the payload alone', issuing.sign(utf8(input.split('.')[1]))),
  wrong('signature-of-bytes', 'over the decoded payload', issuing.sign(utf8(JSON.stringify(claims())))),
  reject('payload-changed', 'LF-4.7', 'signature-invalid', 'another payload under the old signature', {
    file: file({
      license: `${input.split('.')[0]}.${b64u(JSON.stringify(claims((payload) => (payload.license.revision = 9))))}.${b64u(genuine)}`,
    }),
  }),
  reject(
    'payload-broken-unsigned',
    'LF-4.7',
    'signature-invalid',
    'a payload that is no JSON is not looked at before the signature',
    {
      file: file({ license: `${input.split('.')[0]}.${b64u('{')}.${b64u(genuine)}` }),
    },
  ),
  reject('header-changed', 'LF-4.7', 'signature-invalid', 'another header under the old signature', {
    file: file({
      license: `${b64u(JSON.stringify(header({ alg: 'Ed25519' })))}.${input.split('.')[1]}.${b64u(genuine)}`,
    }),
  }),
  ...SMALL_ORDER.map((r, i) =>
    wrong(`signature-small-order-r-${i}`, 'R of small order', smallR(r, issuing, utf8(input))),
  ),
];

/** A root of version 2 whose issuing key is this one, and a license that a careless verifier takes as signed by it. */
const weak = [
  ...SMALL_ORDER.map((bytes, i) => [`small-order-${i}`, 'an issuing key of small order', bytes]),
  ['y-is-p', 'an issuing key with y = p', littleEndian(P)],
  ['y-is-p-plus-1', 'an issuing key with y = p + 1, the neutral element once more', littleEndian(P + 1n)],
  ['y-is-p-plus-3', 'an issuing key with y = p + 3, a second spelling of a point', littleEndian(P + 3n)],
].map(([name, note, bytes]) => {
  const signer = { ...rawKey(bytes), sign: () => forged };
  const second = root((payload) => {
    payload.version = 2;
    payload.issuing = [named(signer, { from: payload.iat })];
  });
  return reject(`issuing-key-${name}`, 'LF-4.6', 'key-weak', note, {
    file: file({ license: token(undefined, { signer }), roots: [second] }),
  });
});

export const signatures = () => [...licenses, ...weak];
