import { decodeText } from './decode-text.js';
import { foundAt, WHOLE_FILE, type RepairCode, type Step, type Stepped } from './repair.js';

const whole = (code: RepairCode, text: string, more: Stepped['found'] = [], count = 1): Stepped => ({
  text,
  found: [{ code, where: WHOLE_FILE, count }, ...more],
});

const ALL_BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** A text that is all base64, and has a file, a token or once more base64 in it. */
export const undoBase64: Step = (text) => {
  const packed = text.replace(/^\s*data:[^,]{0,100};base64,/, '').replace(/\s+/g, '');
  if (packed.length < 64 || !ALL_BASE64.test(packed)) return undefined;
  const inside = decodeText(Buffer.from(packed, 'base64'));
  const plain = inside.text.replace(/\s+/g, '');
  // Bytes that only look like base64 are no text when they are taken out of it.
  const isText = !/[^\P{Cc}]/u.test(plain) && !inside.found.some(({ code }) => code === 'windows-1252');
  const carried = isText || /counterfoil/i.test(plain);
  return carried ? whole('base64-file', inside.text, inside.found) : undefined;
};

const JSON_ESCAPE = /\\(?:u([0-9a-fA-F]{4})|([nrt"'\\/]))/g;
const LETTERS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** A file as it stands in a JSON text, a log, or an environment file. */
export const undoJson: Step = (text) => {
  const bare = text.trim().replace(/,$/, '').trimEnd();
  const quoted =
    bare.length > 1 && bare.startsWith('"') && bare.endsWith('"') ? bare.slice(1, -1) : undefined;
  if (quoted === undefined && !/\\n[-\\]|[-A-Za-z0-9=]\\n|\\u002[dD]/.test(text)) return undefined;
  const inner = quoted ?? text;
  let count = 0;
  const plain = inner.replace(JSON_ESCAPE, (_, hex: string | undefined, letter: string) => {
    count++;
    return hex === undefined ? (LETTERS[letter] ?? letter) : String.fromCharCode(Number.parseInt(hex, 16));
  });
  return whole('json-escapes', plain, [], Math.max(1, count));
};

/** A file as it stands in a link or a form. */
export const undoUrl: Step = (text) => {
  // In a form, a plus sign stands for a space; nothing of it has a space of its own.
  const unspaced = !text.includes(' ') && (text.match(/%[0-9a-fA-F]{2}/g)?.length ?? 0) > 2;
  const form = unspaced || /(?:BEGIN|END)\++COUNTERFOIL/i.test(text);
  if (!form && !/%(?:25)*(?:0[AD]|2[BDF]|3D)|BEGIN%(?:25)*20/i.test(text)) return undefined;
  let count = 0;
  const plain = (form ? text.replaceAll('+', ' ') : text).replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
    count += run.length / 3;
    return decodeText(Buffer.from(run.replaceAll('%', ''), 'hex')).text;
  });
  return whole('url-escapes', plain, [], Math.max(1, count));
};

/** A mail's text as it travels (RFC 2045, 6.7): there, every equals sign is an escape or a soft line break. */
export const undoQuotedPrintable: Step = (text) => {
  const escapes = text.match(/=(?:[0-9A-F]{2}|[ \t]*\n|[ \t]*$)/g) ?? [];
  const signs = text.split('=').length - 1;
  if (signs === 0 || signs !== escapes.length) return undefined;
  // One sign before a line's end is the padding of a block, unless the next line goes on with it.
  if (!/=[0-9A-F]{2}|=[ \t]*\n\w/.test(text)) return undefined;
  const plain = text
    .replace(/=[ \t]*(?:\n|$)/g, '')
    .replace(/(?:=[0-9A-F]{2})+/g, (run) => decodeText(Buffer.from(run.replaceAll('=', ''), 'hex')).text);
  return whole('quoted-printable', plain, [], signs);
};

const BREAKS = /\n?<\/?(?:br|p|pre|div|li|ul|tr|td|table|tbody|blockquote|h[1-6])\b[^<>]*>\n?/gi;
/** The end of what a break has ended already. */
const CLOSED = /(<br\b[^<>]*>\n?)<\/(?:p|div|pre|li|td)>/gi;
const OTHERS = /<\/?(?:html|body|code|span|font|b|i|tt|a|wbr|o:p|meta)\b[^<>]*>|<!doctype[^<>]*>/gi;
const HIDING = /<(head|style|script)\b|<!--/gi;

/** A page without what it does not show; an end that is missing is looked for once, however many wait for it. */
function undoHidden(text: string): string {
  const missing = new Set<string>();
  let [plain, shown] = ['', 0];
  for (const { 0: start, 1: tag, index } of text.matchAll(HIDING)) {
    const end = tag === undefined ? '-->' : `</${tag.toLowerCase()}>`;
    if (index < shown || missing.has(end)) continue;
    const found = new RegExp(end, 'gi');
    found.lastIndex = index + start.length;
    if (found.test(text)) {
      plain += text.slice(shown, index);
      shown = found.lastIndex;
    } else missing.add(end);
  }
  return plain + text.slice(shown);
}

/** A file that was put on a page or into an HTML mail. */
export const undoHtmlTags: Step = (text) => {
  const count = [BREAKS, OTHERS].reduce((sum, tags) => sum + (text.match(tags)?.length ?? 0), 0);
  if (count === 0) return undefined;
  const plain = undoHidden(text).replace(CLOSED, '$1').replace(BREAKS, '\n').replace(OTHERS, '');
  return { text: plain, found: [foundAt('html-tags', text, text.search(/<[!/a-z]/i), count)] };
};

const NAMED: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  shy: '\u00ad',
  ndash: '–',
  mdash: '—',
  minus: '−',
  hyphen: '‐',
  dash: '‐',
  equals: '=',
  plus: '+',
  sol: '/',
  period: '.',
  lowbar: '_',
  NewLine: '\n',
  Tab: '\t',
};
const ENTITY = /&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,7}));/g;

function entity(raw: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return Object.hasOwn(NAMED, name) ? (NAMED[name] as string) : raw;
  const point = Number.parseInt(decimal ?? (hex as string), decimal === undefined ? 16 : 10);
  return point > 0x10ffff ? raw : String.fromCodePoint(point);
}

/** Characters that were written as HTML entities; a doubled escape takes two rounds. */
export const undoHtmlEscapes: Step = (text) => {
  let count = 0;
  const plain = text.replace(ENTITY, (raw: string, decimal?: string, hex?: string, name?: string) => {
    const character = entity(raw, decimal, hex, name);
    if (character !== raw) count++;
    return character;
  });
  return count === 0
    ? undefined
    : { text: plain, found: [foundAt('html-escapes', text, text.search(ENTITY), count)] };
};
