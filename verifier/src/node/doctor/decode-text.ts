import { WHOLE_FILE, type Found, type Stepped } from './repair.js';

const HEAD = 256;

/** The byte order of UTF-16, told by its mark or by where the zero bytes of plain letters stand. */
function utf16Of(bytes: Uint8Array): 'LE' | 'BE' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'LE';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'BE';
  const head = bytes.subarray(0, HEAD);
  if (head.length < 4) return undefined;
  let [even, odd] = [0, 0];
  for (const [at, byte] of head.entries()) {
    if (byte !== 0) continue;
    if (at % 2 === 0) even++;
    else odd++;
  }
  const most = head.length * 0.4;
  if (odd > most && even === 0) return 'LE';
  return even > most && odd === 0 ? 'BE' : undefined;
}

function decodeUtf16(bytes: Uint8Array, order: 'LE' | 'BE'): string {
  const whole = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  return (order === 'LE' ? whole : whole.swap16()).toString('utf16le');
}

/** 0x80 to 0x9f; the decoder of some versions of Node takes them for control characters. */
const IN_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function decodeUtf8Or1252(bytes: Uint8Array): { text: string; found: readonly Found[] } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), found: [] };
  } catch {
    const latin = Buffer.from(bytes).toString('latin1');
    const text = latin.replace(/[\x80-\x9f]/g, (character) => IN_1252.charAt(character.charCodeAt(0) - 0x80));
    return { text, found: [{ code: 'windows-1252', where: WHOLE_FILE, count: 1 }] };
  }
}

/** The text of bytes in whatever encoding they came, without byte order marks and NUL bytes. */
export function decodeText(bytes: Uint8Array): Stepped {
  const order = utf16Of(bytes);
  const decoded =
    order === undefined
      ? decodeUtf8Or1252(bytes)
      : {
          text: decodeUtf16(bytes, order),
          found: [{ code: 'utf-16', where: `${WHOLE_FILE}, ${order}`, count: 1 } as const],
        };
  const found: Found[] = [...decoded.found];
  const marks = /^\ufeff+/.exec(decoded.text)?.[0].length ?? 0;
  // The mark belongs to UTF-16; in UTF-8 it is a damage of its own.
  if (marks > 0 && order === undefined) found.push({ code: 'bom', where: 'line 1', count: marks });
  const marked = decoded.text.slice(marks);
  const text = marked.replaceAll('\0', '');
  if (text.length < marked.length)
    found.push({ code: 'nul', where: WHOLE_FILE, count: marked.length - text.length });
  return { text, found };
}
