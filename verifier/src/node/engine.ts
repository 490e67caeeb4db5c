import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { Engine } from '../core/index.js';

/** The DER of an Ed25519 public key up to the key itself (RFC 8410, 4). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const imported = new WeakMap<Uint8Array, KeyObject>();

/** The imported key; a trust holds on to its keys' bytes and never changes them, so that each is imported once. */
function importKey(publicKey: Uint8Array): KeyObject {
  let key = imported.get(publicKey);
  if (key === undefined) {
    key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, publicKey]), format: 'der', type: 'spki' });
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
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
});
