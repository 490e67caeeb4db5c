import { formatFault } from '../codes.js';
import { show } from '../error.js';

/** A license id in its printed form, `CF-7K2M-94QX-A`: stable for life, the last character a check digit. */
export type LicenseId = string & { readonly __licenseId: true };

/** Crockford's base 32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Times the generator of GF(32) under x^5 + x^2 + 1. */
const double = (value: number): number => ((value << 1) ^ (value & 16 ? 0b100101 : 0)) & 31;

/**
 * The check digit: a weighted sum over GF(32), so that any one wrong character and any two neighbours
 * exchanged are noticed (the weights differ and none is zero).
 */
function checkDigit(digits: string): string {
  let sum = 0;
  for (const digit of digits) sum = double(sum ^ ALPHABET.indexOf(digit));
  return ALPHABET.charAt(sum);
}

/** The license id of 5 random bytes. */
export function formatLicenseId(random: Uint8Array): LicenseId {
  if (random.length !== 5) throw new RangeError(`expected 5 bytes, got ${String(random.length)}`);
  const bits = Array.from(random, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const digits = (bits.match(/.{5}/g) as string[])
    .map((five) => ALPHABET.charAt(Number.parseInt(five, 2)))
    .join('');
  return `CF-${digits.slice(0, 4)}-${digits.slice(4)}-${checkDigit(digits)}` as LicenseId;
}

/** The license id that a person typed: any case, O for 0, I and L for 1, dashes or not. Throws `license-id`. */
export function parseLicenseId(typed: string): LicenseId {
  const joined = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  // An id may itself begin with these letters, so the length tells whether they are the prefix.
  const digits = joined.length === 11 && joined.startsWith('CF') ? joined.slice(2) : joined;
  const body = digits.slice(0, 8);
  const known = /^[0-9A-Z]*$/.test(digits) && !digits.includes('U');
  if (digits.length !== 9 || !known || digits.charAt(8) !== checkDigit(body)) {
    throw formatFault('license-id', { expected: 'an id like CF-7K2M-94QX-A', actual: show(typed) });
  }
  return `CF-${body.slice(0, 4)}-${body.slice(4)}-${digits.charAt(8)}` as LicenseId;
}
