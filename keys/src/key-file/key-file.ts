import { randomBytes } from 'node:crypto';
import {
  decodeBase64url,
  encodeBase64url,
  encodeUtf8,
  formatJson,
  parseJsonObject,
} from '@counterfoil/schemas';
import { compactDecrypt, CompactEncrypt, errors } from 'jose';
import { keysFault } from '../codes.js';
import { keyPairOf, requireKid, type KeyPair } from '../key-pair.js';
import { keyLimits } from '../limits.js';
import { requireStrength } from '../passphrase/strength.js';
import { parseLabel, parseSeal, SEAL, type KeyLabel, type KeyRole } from './label.js';
import { defaultScryptCost, deriveKey, requireScryptCost, type ScryptCost } from './scrypt.js';

/** A private key, encrypted at rest; all but `encrypted` is public. */
export interface KeyFile extends KeyLabel {
  readonly counterfoil: 'key';
  /** Compact JWE (RFC 7516, 7.1) of the private JWK; its protected header repeats the label and states the scrypt cost. */
  readonly encrypted: string;
}

/** How a key is to be encrypted. */
export interface Sealing {
  readonly role: KeyRole;
  /** UTC seconds. */
  readonly created: number;
  readonly passphrase: string;
  readonly scryptCost?: ScryptCost;
}

/** Encrypts a key pair; throws `passphrase-weak`, `scrypt-cost`, `key-file-invalid`. */
export async function encryptKey(pair: KeyPair, sealing: Sealing): Promise<KeyFile> {
  const { role, created, passphrase, scryptCost = defaultScryptCost } = sealing;
  requireStrength(passphrase);
  const { n, r, p } = requireScryptCost(scryptCost.n, scryptCost.r, scryptCost.p);
  const { kid, x, jwk } = pair;
  const label = parseLabel({ version: 1, role, kid, x, created }, 'key');
  const salt = randomBytes(keyLimits.salt);
  const key = await deriveKey(passphrase, salt, { n, r, p });
  const encrypted = await new CompactEncrypt(encodeUtf8(formatJson(jwk, 'key')))
    .setProtectedHeader({ ...SEAL, key: label, scrypt: { n, r, p, salt: encodeBase64url(salt) } })
    .encrypt(key);
  return { counterfoil: 'key', ...label, encrypted };
}

/**
 * Decrypts a key file.
 *
 * Throws `passphrase-wrong`, which a changed ciphertext cannot be told from, `key-file-invalid`, `key-file-mismatch`,
 * `key-mismatch`, `scrypt-cost`.
 */
export async function decryptKey(file: KeyFile, passphrase: string): Promise<KeyPair> {
  const where = `${file.role} key ${file.kid}`;
  const { salt, cost } = openSeal(file, where);
  const key = await deriveKey(passphrase, salt, cost);
  const plain = await decrypt(file.encrypted, key, where);
  const pair = await keyPairOf(invalidUnless(where, () => parseJsonObject(plain, 'encrypted key')));
  if (pair.x !== file.x) throw keysFault('key-mismatch', { where, expected: `x ${file.x}`, actual: pair.x });
  return pair;
}

async function decrypt(encrypted: string, key: Uint8Array, where: string): Promise<Uint8Array> {
  try {
    const options = { keyManagementAlgorithms: [SEAL.alg], contentEncryptionAlgorithms: [SEAL.enc] };
    return (await compactDecrypt(encrypted, key, options)).plaintext;
  } catch (cause) {
    if (cause instanceof errors.JWEDecryptionFailed) throw keysFault('passphrase-wrong', { where, cause });
    throw keysFault('key-file-invalid', { where: `${where}, encrypted`, expected: 'a JWE', cause });
  }
}

/** What the protected header of the JWE states; it must repeat the label of the file. */
function openSeal(file: KeyFile, where: string): { salt: Uint8Array; cost: ScryptCost } {
  const parts = file.encrypted.split('.');
  if (parts.length !== 5 || parts[1] !== '') {
    const expected = 'a compact JWE of five parts, the second empty';
    throw keysFault('key-file-invalid', {
      where: `${where}, encrypted`,
      expected,
      actual: String(parts.length),
    });
  }
  const header = invalidUnless(`${where}, encrypted`, () => {
    const [bytes] = parts.map((part) => decodeBase64url(part, 'encrypted'));
    return parseJsonObject(bytes as Uint8Array, 'encrypted header');
  });
  const { label, scrypt } = parseSeal(header, `${where}, encrypted header`);
  for (const [name, sealed] of Object.entries(label)) {
    const stated = file[name as keyof KeyLabel];
    if (stated !== sealed) {
      const detail = { where: `${where}, ${name}`, expected: String(sealed), actual: String(stated) };
      throw keysFault('key-file-mismatch', detail);
    }
  }
  return { salt: scrypt.salt, cost: requireScryptCost(scrypt.n, scrypt.r, scrypt.p) };
}

/**
 * Reads a key file without its passphrase; `where` names it in messages.
 *
 * Throws `key-file-invalid`, `key-file-mismatch`, `key-mismatch`, `scrypt-cost`.
 */
export function parseKeyFile(bytes: Uint8Array, where: string): KeyFile {
  if (bytes.length > keyLimits.keyFile) {
    const expected = `at most ${String(keyLimits.keyFile)} bytes`;
    throw keysFault('key-file-invalid', { where, expected, actual: 'more' });
  }
  const { counterfoil, encrypted, ...rest } = invalidUnless(where, () => parseJsonObject(bytes, 'key file'));
  if (counterfoil !== 'key') {
    throw keysFault('key-file-invalid', { where: `${where}, counterfoil`, expected: 'the text key' });
  }
  if (typeof encrypted !== 'string') {
    throw keysFault('key-file-invalid', { where: `${where}, encrypted`, expected: 'a text' });
  }
  const file: KeyFile = { counterfoil, ...parseLabel(rest, where), encrypted };
  openSeal(file, where);
  requireKid(file.kid, file.x);
  return file;
}

/** The bytes of a key file: JSON, one member a line. */
export function formatKeyFile(file: KeyFile): Uint8Array {
  const { counterfoil, version, role, kid, x, created, encrypted } = file;
  const text = JSON.stringify({ counterfoil, version, role, kid, x, created, encrypted }, undefined, 2);
  return encodeUtf8(`${text}\n`);
}

function invalidUnless<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw keysFault('key-file-invalid', { where, expected: 'what a key file has there', cause });
  }
}
