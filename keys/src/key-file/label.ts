import { decodeBase64url, isJsonObject, show, type JsonObject, type JsonValue } from '@counterfoil/schemas';
import { keysFault } from '../codes.js';

const roles = ['root', 'issuing', 'status'] as const;

/** What a key signs: trust roots; licenses, products and grants; status lists. */
export type KeyRole = (typeof roles)[number];

export const keyRoles: readonly KeyRole[] = Object.freeze(roles);

/** The public part of a key file. */
export interface KeyLabel {
  readonly version: 1;
  readonly role: KeyRole;
  /** RFC 7638 thumbprint. */
  readonly kid: string;
  /** Public key, 32 bytes in base64url. */
  readonly x: string;
  /** UTC seconds. */
  readonly created: number;
}

/** What every JWE of a key file states in its protected header, beside label and scrypt. */
export const SEAL = Object.freeze({ alg: 'dir', enc: 'A256GCM', typ: 'counterfoil-key' });

/** The last second of the year 9999. */
const LAST_INSTANT = 253_402_300_799;
const DIGEST = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

type Check = readonly [name: string, expected: string, holds: (value: JsonValue | undefined) => boolean];

const isDigest = (value: JsonValue | undefined): boolean => typeof value === 'string' && DIGEST.test(value);

const labelChecks: readonly Check[] = [
  ['version', 'the number 1', (value) => value === 1],
  ['role', roles.join(', '), (value) => (roles as readonly unknown[]).includes(value)],
  ['kid', '32 bytes in base64url', isDigest],
  ['x', '32 bytes in base64url', isDigest],
  [
    'created',
    'an instant in UTC seconds',
    (value) => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= LAST_INSTANT,
  ],
];

const sealChecks: readonly Check[] = [
  ...Object.entries(SEAL).map(([name, text]): Check => [name, text, (value) => value === text]),
  ['key', 'an object', isJsonObject],
  ['scrypt', 'an object', isJsonObject],
];

const scryptChecks: readonly Check[] = [
  ...['n', 'r', 'p'].map((name): Check => [name, 'a number', (value) => typeof value === 'number']),
  [
    'salt',
    '16 bytes in base64url',
    (value) => typeof value === 'string' && /^[A-Za-z0-9_-]{21}[AQgw]$/.test(value),
  ],
];

function requireMembers(object: JsonObject, checks: readonly Check[], where: string): void {
  for (const [name, expected, holds] of checks) {
    if (!holds(object[name])) {
      throw keysFault('key-file-invalid', {
        where: `${where}, ${name}`,
        expected,
        actual: show(object[name]),
      });
    }
  }
  const known = checks.map(([name]) => name);
  const other = Object.keys(object).find((name) => !known.includes(name));
  if (other !== undefined) {
    throw keysFault('key-file-invalid', { where, expected: known.join(', '), actual: show(other) });
  }
}

/** Reads a label, its members and no other; throws `key-file-invalid`. */
export function parseLabel(object: JsonObject, where: string): KeyLabel {
  requireMembers(object, labelChecks, where);
  const { version, role, kid, x, created } = object as unknown as KeyLabel;
  return { version, role, kid, x, created };
}

/** The protected header of a key file's JWE. */
export interface KeySeal {
  readonly label: KeyLabel;
  readonly scrypt: { readonly n: number; readonly r: number; readonly p: number; readonly salt: Uint8Array };
}

/** Reads the protected header, its members and no other; throws `key-file-invalid`. */
export function parseSeal(header: JsonObject, where: string): KeySeal {
  requireMembers(header, sealChecks, where);
  const { key, scrypt } = header as { readonly key: JsonObject; readonly scrypt: JsonObject };
  requireMembers(scrypt, scryptChecks, `${where}, scrypt`);
  const { n, r, p, salt } = scrypt as {
    readonly n: number;
    readonly r: number;
    readonly p: number;
    salt: string;
  };
  return {
    label: parseLabel(key, `${where}, key`),
    scrypt: { n, r, p, salt: decodeBase64url(salt, 'salt') },
  };
}
