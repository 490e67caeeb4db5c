import { decodeBase64url } from '@counterfoil/schemas';
import { verifierFault } from './codes.js';
import type { Engine } from './engine.js';

/** The 32 bytes of a public key that passed {@link importPublicKey}. */
export type PublicKey = Uint8Array & { readonly __publicKey: true };

const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) as string[], (byte) => Number.parseInt(byte, 16));

/** Little-endian, as they stand in a key or signature. */
const FIELD_PRIME = fromHex('edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f');
const GROUP_ORDER = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');

/** The y of the points of order 1, 2, 4 and 8; with either sign bit these are all encodings of the eight points. */
const SMALL_ORDER: readonly Uint8Array[] = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
].map(fromHex);

/** Whether the 32 bytes at `from` are below the bound; the top byte is taken through the mask. */
function below(bytes: Uint8Array, from: number, bound: Uint8Array, mask: number): boolean {
  for (let i = 31; i >= 0; i--) {
    const byte = (bytes[from + i] as number) & (i === 31 ? mask : 255);
    const limit = bound[i] as number;
    if (byte !== limit) return byte < limit;
  }
  return false;
}

/**
 * Whether 32 bytes may stand for a point: y below p, and not of small order.
 *
 * OpenSSL before 3.5 (Node 20, 22) and tweetnacl accept forgeries under small-order keys, and y ≥ p gives
 * two spellings of one key. The sign bit is masked: with it, two of the ten encodings would slip through.
 */
function isStrictPoint(bytes: Uint8Array): boolean {
  if (!below(bytes, 0, FIELD_PRIME, 127)) return false;
  return !SMALL_ORDER.some((y) =>
    y.every((byte, i) => byte === ((bytes[i] as number) & (i === 31 ? 127 : 255))),
  );
}

/** The public key of a JWK's `x` (license-file.md, clause 4.6). Throws `base64url`, `key-length`, `key-weak`. */
export function importPublicKey(x: string, where: string): PublicKey {
  const bytes = decodeBase64url(x, where);
  if (bytes.length !== 32)
    throw verifierFault('key-length', { where, expected: '32 bytes', actual: String(bytes.length) });
  if (!isStrictPoint(bytes))
    throw verifierFault('key-weak', { where, expected: 'a canonical point of large order' });
  return bytes as PublicKey;
}

/**
 * Whether an Ed25519 signature holds, strictly (license-file.md, clause 4.6).
 *
 * Refuses S ≥ L (tweetnacl accepts S + L) and an R that is not canonical or of small order (newer OpenSSL
 * refuses it, older does not), so that every engine gives the same answer.
 */
export function verifySignature(
  engine: Engine,
  key: PublicKey,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  return (
    signature.length === 64 &&
    below(signature, 32, GROUP_ORDER, 255) &&
    isStrictPoint(signature) &&
    engine.verifyEd25519(key, message, signature)
  );
}
