import nacl from 'tweetnacl';
import type { Engine } from '../core/index.js';
import { sha256 } from './sha256.js';

/** An engine of plain JavaScript, for browsers and wherever there is no `node:crypto`; about 80 times slower. */
export const portableEngine: Engine = Object.freeze<Engine>({
  name: 'tweetnacl',
  verifyEd25519: (publicKey, message, signature) => nacl.sign.detached.verify(message, signature, publicKey),
  sha256,
});
