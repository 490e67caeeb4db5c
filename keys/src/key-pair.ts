import { createPrivateKey, createPublicKey } from 'node:crypto';
import { decodeBase64url, show } from '@counterfoil/schemas';
import { thumbprint } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { calculateJwkThumbprint, exportJWK, generateKeyPair as generate } from 'jose';
import { keysFault } from './codes.js';

/** A private Ed25519 key as JWK (RFC 8037, 2). */
export interface PrivateJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  /** Public key, 32 bytes in base64url. */
  readonly x: string;
  /** Private key, 32 bytes in base64url. */
  readonly d: string;
}

/** A key pair; `kid` and `x` are public. */
export interface KeyPair {
  /** RFC 7638 thumbprint. */
  readonly kid: string;
  readonly x: string;
  readonly jwk: PrivateJwk;
}

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410, 7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Throws `key-mismatch` unless `kid` is what a verifier computes as thumbprint of `x`. */
export function requireKid(kid: string, x: string): void {
  const expected = thumbprint(nodeEngine, x);
  if (kid !== expected) throw keysFault('key-mismatch', { where: 'kid', expected, actual: show(kid) });
}

/** Reads a private JWK and checks that `x` is the public key of `d`; throws `key-private`, `key-mismatch`. */
function parsePrivateJwk(value: unknown): PrivateJwk {
  const { kty, crv, x, d } = (typeof value === 'object' ? (value ?? {}) : {}) as Record<string, unknown>;
  if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string' || typeof d !== 'string') {
    throw keysFault('key-private', { expected: 'kty OKP, crv Ed25519, x and d', actual: 'another value' });
  }
  if (publicKeyOf(d) !== x) throw keysFault('key-mismatch', { where: 'x', expected: 'the public key of d' });
  return { kty, crv, x, d };
}

function publicKeyOf(d: string): string | undefined {
  const bytes = decodeBase64url(d, 'd');
  if (bytes.length !== 32) {
    throw keysFault('key-private', { where: 'd', expected: '32 bytes', actual: String(bytes.length) });
  }
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, bytes]), format: 'der', type: 'pkcs8' });
  return createPublicKey(key).export({ format: 'jwk' }).x;
}

/** The pair of a private JWK, its `kid` computed; throws `key-private`, `key-mismatch`, `base64url`. */
export async function keyPairOf(value: unknown): Promise<KeyPair> {
  const jwk = parsePrivateJwk(value);
  const { x } = jwk;
  const kid = await calculateJwkThumbprint({ kty: jwk.kty, crv: jwk.crv, x });
  requireKid(kid, x);
  return { kid, x, jwk };
}

/** A new Ed25519 key pair. */
export async function generateKeyPair(): Promise<KeyPair> {
  const { privateKey } = await generate('EdDSA', { crv: 'Ed25519', extractable: true });
  return keyPairOf(await exportJWK(privateKey));
}
