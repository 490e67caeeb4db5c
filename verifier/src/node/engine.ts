import { createPublicKey, hash, verify, type KeyObject } from 'node:crypto';
import type { Engine } from '../core/index.js';

const imported = new WeakMap<Uint8Array, KeyObject>();

/** The imported key; a trust holds on to its keys' bytes and never changes them, so that each is imported once. */
function importKey(publicKey: Uint8Array): KeyObject {
  let key = imported.get(publicKey);
  if (key === undefined) {
    // As a JWK: OpenSSL takes three times as long to read the same key as DER.
    const x = Buffer.from(publicKey).toString('base64url');
    key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    imported.set(publicKey, key);
  }
  return key;
}

/** The engine of Node's own cryptography. */
export const nodeEngine: Engine = Object.freeze<Engine>({
  name: 'node:crypto',
  verifyEd25519: (publicKey, message, signature) => {
    try {
      return verify(null, message, importKey(publicKey), signature);
    } catch {
      // Some versions throw for 32 bytes that are no point.
      return false;
    }
  },
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
});
