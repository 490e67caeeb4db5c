// Encoders of the generator: written after the specification, sharing nothing with the code under test.
import { createHash, createPrivateKey, createPublicKey, sign as signWith } from 'node:crypto';

/** Order of the base point, and the prime of the field (RFC 8032, 5.1). */
export const L = 2n ** 252n + 27742317777372353535851937790883648493n;
export const P = 2n ** 255n - 19n;

export const utf8 = (text) => Buffer.from(text, 'utf8');
export const b64 = (bytes) => Buffer.from(bytes).toString('base64');
export const b64u = (bytes) =>
  Buffer.from(typeof bytes === 'string' ? utf8(bytes) : bytes).toString('base64url');
export const sha256 = (...parts) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const sha512 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha512')).digest();

export const littleEndian = (number, length = 32) =>
  Buffer.from(number.toString(16).padStart(length * 2, '0'), 'hex').reverse();
const fromLittleEndian = (bytes) => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);

/** A name of 16 bytes that depends on nothing but a label. */
export const name16 = (label) => b64u(sha256(utf8(label)).subarray(0, 16));

const thumbprint = (x) => b64u(sha256(utf8(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`)));

/** The Ed25519 key whose seed is the SHA-256 of `counterfoil vector <label>`. */
const keys = new Map();
export function key(label) {
  let found = keys.get(label);
  if (found === undefined) {
    found = keyOfSeed(sha256(utf8(`counterfoil vector ${label}`)));
    keys.set(label, found);
  }
  return found;
}

export function keyOfSeed(seed) {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  const scalar = Buffer.from(sha512(seed).subarray(0, 32));
  scalar[0] &= 248;
  scalar[31] = (scalar[31] & 127) | 64;
  return {
    x,
    kid: thumbprint(x),
    bytes: Buffer.from(x, 'base64url'),
    scalar: fromLittleEndian(scalar),
    sign: (message) => signWith(null, message, privateKey),
  };
}

/** A public key of raw bytes, with nothing to sign by. */
export function rawKey(bytes) {
  const x = b64u(bytes);
  return { x, kid: thumbprint(x), bytes };
}

/** The hash of the equation, reduced: SHA-512(R, A, M) mod L. */
export const challenge = (r, a, message) => fromLittleEndian(sha512(r, a, message)) % L;

/** The signature with S replaced by S + L: the same point, another text. */
export function plusOrder(signature) {
  return Buffer.concat([
    signature.subarray(0, 32),
    littleEndian(fromLittleEndian(signature.subarray(32)) + L),
  ]);
}

/** All ten encodings of the points of small order whose y is below p. */
export const SMALL_ORDER = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
].flatMap((hex) => [0, 128].map((sign) => withSign(Buffer.from(hex, 'hex'), sign)));

export function withSign(bytes, sign) {
  const copy = Buffer.from(bytes);
  copy[31] |= sign;
  return copy;
}

/** A compact JWS of a header and payload given as objects, as JSON texts or as bytes. */
export function compact(header, payload, signer, change = (signature) => signature) {
  const head = part(header);
  const body = part(payload);
  return `${head}.${body}.${b64u(change(signer.sign(utf8(`${head}.${body}`))))}`;
}

const part = (value) =>
  b64u(Buffer.isBuffer(value) || typeof value === 'string' ? value : JSON.stringify(value));

/** A general JSON JWS; each signer is a key, or {key, header, change} for a strange one. */
export function general(payload, signers, typ = 'trust-root+jws') {
  const body = part(payload);
  const signatures = signers.map((entry) => {
    const {
      key: signer,
      header = {},
      change = (signature) => signature,
    } = 'key' in entry ? entry : { key: entry };
    const head = b64u(JSON.stringify({ alg: 'EdDSA', kid: signer.kid, typ, ...header }));
    return { protected: head, signature: b64u(change(signer.sign(utf8(`${head}.${body}`)))) };
  });
  return JSON.stringify({ payload: body, signatures });
}

export function armor(label, body, width = 64) {
  const lines = body.match(new RegExp(`[^]{1,${width}}`, 'g')) ?? [];
  return `-----BEGIN COUNTERFOIL ${label}-----\n${lines.join('\n')}\n-----END COUNTERFOIL ${label}-----\n`;
}

/** A zlib stream of one stored block (RFC 1951, 3.2.4). */
export function zlibStored(bytes) {
  const head = Buffer.from([0x78, 0x01, 1, bytes.length & 255, bytes.length >> 8, 0, 0]);
  head.writeUInt16LE(~bytes.length & 0xffff, 5);
  return Buffer.concat([head, bytes, adler32(bytes)]);
}

/** A zlib stream of one block with the fixed code that writes `count` bytes of one value (RFC 1951, 3.2.6). */
export function zlibRun(value, count) {
  const bits = [];
  const put = (number, length) => {
    for (let i = 0; i < length; i++) bits.push((number >> i) & 1);
  };
  const code = (number, length) => {
    for (let i = length - 1; i >= 0; i--) bits.push((number >> i) & 1);
  };
  put(1, 1);
  put(1, 2);
  const literal = () => (value < 144 ? code(0x30 + value, 8) : code(0x190 + value - 144, 9));
  literal();
  let left = count - 1;
  for (; left >= 258; left -= 258) {
    code(0xc0 + 285 - 280, 8);
    code(0, 5);
  }
  for (; left > 0; left--) literal();
  code(0, 7);
  const body = Buffer.alloc(Math.ceil(bits.length / 8));
  bits.forEach((bit, i) => {
    body[i >> 3] |= bit << (i & 7);
  });
  return Buffer.concat([Buffer.from([0x78, 0x9c]), body, adler32(Buffer.alloc(count, value))]);
}

function adler32(bytes) {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(b * 65536 + a);
  return sum;
}

/** The next character of the alphabet, which flips the lowest bit. */
export function next(letter) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return alphabet[alphabet.indexOf(letter) ^ 1];
}
