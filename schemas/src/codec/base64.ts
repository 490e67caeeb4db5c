import { formatFault } from '../codes.js';

const URL_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const STANDARD_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function reverse(alphabet: string): Uint8Array {
  const table = new Uint8Array(128);
  for (let i = 0; i < 64; i++) table[alphabet.charCodeAt(i)] = i;
  return table;
}
const URL_VALUES = reverse(URL_ALPHABET);
const STANDARD_VALUES = reverse(STANDARD_ALPHABET);
const URL_ONLY = /^[A-Za-z0-9_-]*$/;
const STANDARD_ONLY = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * The bytes of `length` characters that are known to be of the alphabet, or undefined unless they are the one
 * canonical spelling (RFC 4648, 3.5: unused bits are zero).
 */
function decode(text: string, length: number, values: Uint8Array): Uint8Array | undefined {
  const tail = length & 3;
  if (tail === 1) return undefined;
  const bytes = new Uint8Array((length * 3) >> 2);
  const whole = length - tail;
  let at = 0;
  for (let i = 0; i < whole; i += 4) {
    const word =
      ((values[text.charCodeAt(i)] as number) << 18) |
      ((values[text.charCodeAt(i + 1)] as number) << 12) |
      ((values[text.charCodeAt(i + 2)] as number) << 6) |
      (values[text.charCodeAt(i + 3)] as number);
    bytes[at] = word >> 16;
    bytes[at + 1] = word >> 8;
    bytes[at + 2] = word;
    at += 3;
  }
  if (tail === 0) return bytes;
  const a = values[text.charCodeAt(whole)] as number;
  const b = values[text.charCodeAt(whole + 1)] as number;
  bytes[at] = (a << 2) | (b >> 4);
  if (tail === 2) return (b & 15) === 0 ? bytes : undefined;
  const c = values[text.charCodeAt(whole + 2)] as number;
  bytes[at + 1] = (b << 4) | (c >> 2);
  return (c & 3) === 0 ? bytes : undefined;
}

function encode(bytes: Uint8Array, alphabet: string): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const word =
      ((bytes[i] as number) << 16) |
      ((left > 1 ? (bytes[i + 1] as number) : 0) << 8) |
      (left > 2 ? (bytes[i + 2] as number) : 0);
    text += alphabet.charAt(word >> 18) + alphabet.charAt((word >> 12) & 63);
    if (left > 1) text += alphabet.charAt((word >> 6) & 63);
    if (left > 2) text += alphabet.charAt(word & 63);
  }
  return text;
}

/**
 * Bytes of unpadded base64url text (RFC 7515, 2).
 *
 * One text per value: no padding, no white space, no other alphabet, unused bits zero. Throws `base64url`.
 */
export function decodeBase64url(text: string, where: string): Uint8Array {
  const bytes = URL_ONLY.test(text) ? decode(text, text.length, URL_VALUES) : undefined;
  if (bytes === undefined) {
    throw formatFault('base64url', {
      where,
      expected: 'canonical base64url without padding',
      actual: `${String(text.length)} characters that are not`,
    });
  }
  return bytes;
}

/** Unpadded base64url text of bytes. */
export function encodeBase64url(bytes: Uint8Array): string {
  return encode(bytes, URL_ALPHABET);
}

/** Bytes of padded base64 text (RFC 4648, 4), canonical only. Throws `base64`. */
export function decodeBase64(text: string, where: string): Uint8Array {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes =
    text.length % 4 === 0 && STANDARD_ONLY.test(text)
      ? decode(text, text.length - padding, STANDARD_VALUES)
      : undefined;
  if (bytes === undefined) {
    throw formatFault('base64', {
      where,
      expected: 'canonical padded base64',
      actual: `${String(text.length)} characters that are not`,
    });
  }
  return bytes;
}

/** Padded base64 text of bytes. */
export function encodeBase64(bytes: Uint8Array): string {
  return encode(bytes, STANDARD_ALPHABET) + '='.repeat((3 - (bytes.length % 3)) % 3);
}
