import { formatFault } from '../codes.js';

// Part of every host that runs JavaScript, yet of no ECMAScript library: declared here as far as it is used.
declare const TextDecoder: new (
  label: 'utf-8',
  options: { fatal: true; ignoreBOM: true },
) => { decode: (bytes: Uint8Array) => string };
declare const TextEncoder: new () => { encode: (text: string) => Uint8Array };

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Text of UTF-8 bytes; nothing is replaced, a byte order mark stays. Throws `utf8`. */
export function decodeUtf8(bytes: Uint8Array, where: string): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw formatFault('utf8', { where, expected: 'UTF-8', actual: 'bytes that are not', cause });
  }
}

/** UTF-8 bytes of text. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}
