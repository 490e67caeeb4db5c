import { importPublicKey, verifySignature, type Engine } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { portableEngine } from '@counterfoil/verifier/portable';
import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const PRIME = 2n ** 255n - 19n;
const toLittle = (value: bigint): Buffer =>
  Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse();
const fromLittle = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** RFC 8032, 7.1: public key, message, signature. */
const RFC_8032 = [
  [
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
] as const;
const VECTORS = RFC_8032.map(([key, message, signature]) => ({
  key: Buffer.from(key, 'hex'),
  message: Buffer.from(message, 'hex'),
  signature: Buffer.from(signature, 'hex'),
}));

/** y of the points of order 1, 2, 4 and 8, computed from the curve's equation. */
const mod = (value: bigint): bigint => ((value % PRIME) + PRIME) % PRIME;
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let b = mod(base), e = exponent; e > 0n; b = mod(b * b), e >>= 1n)
    if (e & 1n) result = mod(result * b);
  return result;
}
const D = mod(-121665n * power(121666n, PRIME - 2n));
const I = power(2n, (PRIME - 1n) / 4n);
function squareRoot(value: bigint): bigint {
  const root = power(value, (PRIME + 3n) / 8n);
  return mod(root * root) === mod(value) ? root : mod(root * I);
}
const isSquare = (value: bigint): boolean => power(value, (PRIME - 1n) / 2n) === 1n;
// A point of order 8 doubles to one with y = 0, where y² = -x²; the curve then says d·y⁴ + 2·y² - 1 = 0.
const squares = [1n, -1n].map((sign) => mod((-1n + sign * squareRoot(1n + D)) * power(D, PRIME - 2n)));
const eighth = squareRoot(squares.find(isSquare)!);
const SMALL = [0n, 1n, PRIME - 1n, eighth, PRIME - eighth];
const ENCODINGS = SMALL.flatMap((y) => [toLittle(y), toLittle(y + 2n ** 255n)]);

describe.each([nodeEngine, portableEngine])('strict Ed25519 with $name (LF-4.6)', (engine: Engine) => {
  it('accepts the vectors of RFC 8032', () => {
    for (const { key, message, signature } of VECTORS) {
      expect(verifySignature(engine, importPublicKey(b64(key), 'x'), message, signature)).toBe(true);
    }
  });

  it('refuses their S + L twins, which are as long and satisfy the equation', () => {
    for (const { key, message, signature } of VECTORS) {
      const twin = Buffer.concat([
        signature.subarray(0, 32),
        toLittle(fromLittle(signature.subarray(32)) + ORDER),
      ]);
      expect(verifySignature(engine, importPublicKey(b64(key), 'x'), message, twin)).toBe(false);
    }
  });

  it('refuses S = L and the largest S', () => {
    const { key, message, signature } = VECTORS[0]!;
    for (const s of [toLittle(ORDER), Buffer.alloc(32, 255)]) {
      const forged = Buffer.concat([signature.subarray(0, 32), s]);
      expect(verifySignature(engine, importPublicKey(b64(key), 'x'), message, forged)).toBe(false);
    }
  });

  it('refuses a signature that is not 64 bytes', () => {
    const { key, message, signature } = VECTORS[0]!;
    for (const length of [0, 32, 63]) {
      expect(
        verifySignature(engine, importPublicKey(b64(key), 'x'), message, signature.subarray(0, length)),
      ).toBe(false);
    }
  });

  it('refuses R of small order, though the equation holds', () => {
    // The signer's own mischief: r = 0, so that R is the identity and S = H(R, A, M) · a.
    const seed = Buffer.alloc(32, 7);
    const hash = createHash('sha512').update(seed).digest();
    const scalar = hash.subarray(0, 32);
    scalar[0]! &= 248;
    scalar[31] = (scalar[31]! & 127) | 64;
    const key = Buffer.from(ed25519.getPublicKey(seed));
    const identity = toLittle(1n);
    const message = Buffer.from('any');
    const h = fromLittle(createHash('sha512').update(identity).update(key).update(message).digest());
    const signature = Buffer.concat([identity, toLittle((h * fromLittle(scalar)) % ORDER)]);
    // Older engines let it through; what they say by themselves is not our answer.
    expect(verifySignature(engine, importPublicKey(b64(key), 'x'), message, signature)).toBe(false);
  });

  it('agrees with another implementation on good and bad signatures', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url');
    const imported = importPublicKey(b64(raw), 'x');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.option(fc.nat(511)), (message, flip) => {
        const signature = Buffer.from(sign(null, message, privateKey));
        if (flip !== null) signature[flip >> 3]! ^= 1 << (flip & 7);
        expect(verifySignature(engine, imported, message, signature)).toBe(flip === null);
        expect(ed25519.verify(signature, message, raw, { zip215: false })).toBe(flip === null);
      }),
      { numRuns: 15 },
    );
  });
});

describe('importPublicKey (LF-4.6)', () => {
  it('knows ten encodings of small order, as another implementation does', () => {
    expect(new Set(ENCODINGS.map((bytes) => bytes.toString('hex'))).size).toBe(10);
    for (const bytes of ENCODINGS) {
      expect(() => importPublicKey(b64(bytes), 'x')).toThrowCode('key-weak');
      // Two of the ten have a sign bit on x = 0, which the other implementation does not even decode.
      let small = true;
      try {
        small = ed25519.Point.fromBytes(bytes).isSmallOrder();
      } catch {
        small = [0n, PRIME - 1n, 1n].includes(fromLittle(bytes) & (2n ** 255n - 1n));
      }
      expect(small).toBe(true);
    }
  });

  it('refuses every y that is not below p, with either sign', () => {
    for (let y = PRIME; y < 2n ** 255n; y++) {
      for (const sign of [0n, 2n ** 255n]) {
        expect(() => importPublicKey(b64(toLittle(y + sign)), 'x')).toThrowCode('key-weak');
      }
    }
  });

  it('refuses another length and another spelling', () => {
    expect(() => importPublicKey(b64(Buffer.alloc(31, 9)), 'x')).toThrowCode('key-length');
    expect(() => importPublicKey(b64(Buffer.alloc(33, 9)), 'x')).toThrowCode('key-length');
    expect(() => importPublicKey(`${b64(Buffer.alloc(32, 9))}=`, 'x')).toThrowCode('base64url');
  });

  it('takes the keys just beside the refused ones', () => {
    for (const y of [2n, PRIME - 2n, eighth + 1n])
      expect(importPublicKey(b64(toLittle(y)), 'x')).toHaveLength(32);
  });

  it('closes a forgery that engines by themselves may let through', () => {
    // Under the identity as key, R = identity and S = 0 satisfy the equation for every message.
    const identity = toLittle(1n);
    const forged = Buffer.concat([identity, Buffer.alloc(32)]);
    expect(portableEngine.verifyEd25519(identity, Buffer.from('anything'), forged)).toBe(true);
    expect(() => importPublicKey(b64(identity), 'x')).toThrowCode('key-weak');
  });
});

describe('engines', () => {
  it('compute the same SHA-256 as each other at every length around a block', () => {
    for (let length = 0; length < 200; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 7 + length) & 255);
      expect(Buffer.from(portableEngine.sha256(bytes))).toEqual(Buffer.from(nodeEngine.sha256(bytes)));
    }
    const large = new Uint8Array(100_000).fill(97);
    expect(Buffer.from(portableEngine.sha256(large)).toString('hex')).toBe(
      createHash('sha256').update(large).digest('hex'),
    );
  });

  it('answer no, and throw nothing, for 32 bytes that are no point', () => {
    const notOnCurve = toLittle(2n);
    for (const engine of [nodeEngine, portableEngine]) {
      expect(engine.verifyEd25519(notOnCurve, new Uint8Array(3), new Uint8Array(64))).toBe(false);
    }
  });
});
