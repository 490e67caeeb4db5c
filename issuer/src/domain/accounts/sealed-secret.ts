import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { encodeBase64url } from '@counterfoil/schemas';
import type { RandomBytes } from '../random.js';
import { issuerFault } from '../../codes.js';

/** What keys are made of the portal's secret for; no key serves two. */
export type KeyUse = 'seal-totp' | 'enrol-totp' | 'csrf' | 'visitor';

const IV = 12;
const TAG = 16;

/** The key of one use, made of the portal's secret (HKDF with SHA-256). */
function keyFor(secret: Uint8Array, use: KeyUse): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', `counterfoil portal ${use}`, 32));
}

/** HMAC-SHA256 of a text under the key of a use. */
export function macFor(secret: Uint8Array, use: KeyUse, text: string): Uint8Array {
  return createHmac('sha256', keyFor(secret, use)).update(text, 'utf8').digest();
}

/**
 * Seals the TOTP secret of an account: AES-256-GCM, nonce first, tag last, base64url.
 *
 * The account is sealed in with it, so that nobody can move a secret to another account's row.
 */
export function sealTotp(
  secret: Uint8Array,
  account: string,
  plain: Uint8Array,
  random: RandomBytes,
): string {
  const iv = random(IV);
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, 'seal-totp'), iv).setAAD(Buffer.from(account));
  const sealed = Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return encodeBase64url(sealed);
}

/** Opens what `sealTotp` sealed; throws `secret-broken`. */
export function openTotp(secret: Uint8Array, account: string, sealed: string): Uint8Array {
  const bytes = Buffer.from(sealed, 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyFor(secret, 'seal-totp'), bytes.subarray(0, IV), {
      // Node takes shorter tags otherwise, which are easier to forge.
      authTagLength: TAG,
    });
    decipher.setAAD(Buffer.from(account)).setAuthTag(bytes.subarray(-TAG));
    return Buffer.concat([decipher.update(bytes.subarray(IV, -TAG)), decipher.final()]);
  } catch (cause) {
    throw issuerFault('secret-broken', { where: `the second factor of account ${account}`, cause });
  }
}
