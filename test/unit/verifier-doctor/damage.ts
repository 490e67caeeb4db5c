import type { RepairCode } from '../../../verifier/src/node/doctor/repair.js';

/** One kind of damage, and the codes by which the doctor names it. */
export interface Damage {
  readonly name: string;
  readonly apply: (text: string) => string | Uint8Array;
  readonly codes: readonly RepairCode[];
  /** Codes that the damage brings along where it meets white space. */
  readonly also?: readonly RepairCode[];
}

const isBoundary = (line: string): boolean => /^-----(BEGIN|END) [A-Z ]+-----$/.test(line);
const isBody = (line: string): boolean => /^[\w+/=.-]{11,}$/.test(line) && !/^-|-$|---/.test(line);
const mapLines = (text: string, change: (line: string, index: number) => string): string =>
  text
    .split('\n')
    .map((line, i) => (line === '' ? line : change(line, i)))
    .join('\n');
const mapBoundaries = (text: string, change: (line: string) => string): string =>
  mapLines(text, (line) => (isBoundary(line) ? change(line) : line));
/** Changes the lines of blocks, from the first BEGIN line on. */
const mapArmor = (text: string, change: (armor: string) => string): string => {
  const at = text.search(/^.*BEGIN /im);
  return text.slice(0, at) + change(text.slice(at));
};
const mapBodies = (text: string, change: (line: string, index: number) => string): string =>
  mapArmor(text, (armor) => mapLines(armor, (line, i) => (isBody(line) ? change(line, i) : line)));
const wrapAt = (width: number) => (text: string) =>
  mapArmor(
    text,
    (armor) =>
      armor
        .replaceAll('\n', '')
        .match(new RegExp(`.{1,${width}}`, 'g'))!
        .join('\n') + '\n',
  );
const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const toQuotedPrintable = (text: string): string =>
  text
    .split('\n')
    .map((line) => {
      const pieces = Array.from(line).flatMap((character) =>
        /[ -<>-~\t]/.test(character)
          ? [character]
          : [...Buffer.from(character)].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`),
      );
      let out = '';
      let width = 0;
      for (const piece of pieces) {
        if (width + piece.length > 75) {
          out += '=\n';
          width = 0;
        }
        out += piece;
        width += piece.length;
      }
      return out;
    })
    .join('\n');
const blocksOf = (text: string): readonly string[] => text.split(/(?=^-----BEGIN )/m);

/** What happens to the text of a file before anything is done with the file as a whole. */
export const CONTENT: readonly Damage[] = [
  {
    name: 'blocks in another order',
    apply: (text) => {
      const [front, ...blocks] = blocksOf(text);
      return [front, ...blocks.toReversed()].join('');
    },
    codes: ['block-order'],
  },
  { name: 'a doubled block', apply: (text) => text + blocksOf(text).at(-1)!, codes: ['doubled-blocks'] },
  {
    name: 'text between blocks',
    apply: (text) => text.replace(/(?<=-----\n)(?=-----BEGIN)/, 'see below\n'),
    codes: ['text-between'],
  },
  {
    name: 'lower case labels',
    apply: (text) => mapBoundaries(text, (line) => line.toLowerCase()),
    codes: ['label-case'],
  },
  {
    name: 'a lost dash',
    apply: (text) => mapBoundaries(text, (line) => line.slice(1)),
    codes: ['boundary-dashes'],
  },
  {
    name: 'three dashes',
    apply: (text) => mapBoundaries(text, (line) => line.slice(2, -2)),
    codes: ['boundary-dashes'],
  },
  {
    name: 'six dashes',
    apply: (text) => mapBoundaries(text, (line) => `-${line}-`),
    codes: ['boundary-dashes'],
  },
  {
    name: 'em dashes',
    apply: (text) => mapBoundaries(text, (line) => line.replace(/-----/g, '——-')),
    codes: ['smart-dashes'],
  },
  {
    name: 'en dashes',
    apply: (text) => mapBoundaries(text, (line) => line.replace(/-----/g, '––-')),
    codes: ['smart-dashes'],
  },
  { name: 'minus signs', apply: (text) => text.replaceAll('-', '−'), codes: ['smart-dashes'] },
  {
    name: 'hyphens of Unicode in bodies',
    apply: (text) => mapBodies(text, (line) => line.replaceAll('-', '‑')),
    codes: ['smart-dashes'],
  },
  {
    name: 'wider spaces in labels',
    apply: (text) => mapBoundaries(text, (line) => line.replaceAll(' ', '  ')),
    codes: ['boundary-space'],
  },
  {
    name: 'lines of 76',
    apply: (text) =>
      mapArmor(text, (armor) =>
        armor.replace(/(?<=-----\n)[^-][^]*?(?=\n-----END)/g, (body) =>
          body
            .replaceAll('\n', '')
            .match(/.{1,76}/g)!
            .join('\n'),
        ),
      ),
    codes: ['line-width'],
  },
  {
    name: 'one single line',
    apply: (text) => mapArmor(text, (armor) => armor.replaceAll('\n', '')),
    codes: ['line-width'],
  },
  { name: 'lines of 20', apply: wrapAt(20), codes: ['line-width'] },
  { name: 'lines of 7', apply: wrapAt(7), codes: ['line-width'], also: ['indentation', 'trailing-space'] },
  {
    name: 'spaces inside lines',
    apply: (text) => mapBodies(text, (line) => `${line.slice(0, 10)} ${line.slice(10)}`),
    codes: ['inner-space'],
  },
  {
    name: 'smart quotes around bodies',
    apply: (text) => mapBodies(text, (line) => `“${line}”`),
    codes: ['quotes'],
  },
  {
    name: 'soft hyphens',
    apply: (text) => mapBodies(text, (line) => `${line.slice(0, 9)}\u00ad${line.slice(9)}`),
    codes: ['soft-hyphens'],
  },
  {
    name: 'a blank line after every line',
    apply: (text) => mapArmor(text, (armor) => armor.replaceAll('\n', '\n\n')),
    codes: ['blank-lines'],
  },
  {
    name: 'spaces at line ends',
    apply: (text) => mapArmor(text, (armor) => mapLines(armor, (line) => `${line}  `)),
    codes: ['trailing-space'],
  },
  { name: 'indentation', apply: (text) => mapLines(text, (line) => `    ${line}`), codes: ['indentation'] },
  {
    name: 'tabs',
    apply: (text) => mapLines(text, (line) => `\t${line}`),
    codes: ['tabs'],
    also: ['indentation'],
  },
  {
    name: 'non-breaking spaces',
    apply: (text) => mapArmor(text, (armor) => mapLines(armor, (line) => `\u00a0${line}`)),
    codes: ['unusual-spaces'],
    also: ['indentation'],
  },
  { name: 'a mail signature', apply: (text) => `${text}\n-- \nAnn Example\nAcme\n`, codes: ['text-after'] },
  { name: 'an answer above', apply: (text) => `Hello,\u0007 here it is\n\n${text}`, codes: ['invisible'] },
  {
    name: 'zero-width spaces',
    apply: (text) =>
      mapArmor(text, (armor) => mapLines(armor, (line) => `${line.slice(0, 8)}\u200b${line.slice(8)}`)),
    codes: ['invisible'],
  },
];

/** How a text is carried inside another. */
export const WRAPPINGS: readonly Damage[] = [
  { name: 'quotes of mail', apply: (text) => mapLines(text, (line) => `> ${line}`), codes: ['mail-quotes'] },
  {
    name: 'nested quotes of mail',
    apply: (text) =>
      text
        .split('\n')
        .map((line) => `>>> ${line}`)
        .join('\n'),
    codes: ['mail-quotes'],
  },
  {
    name: 'a code fence',
    apply: (text) => `\`\`\`text\n${text}${text.endsWith('\n') ? '' : '\n'}\`\`\`\n`,
    codes: ['code-fence'],
  },
  { name: 'br elements', apply: (text) => `<p>${text.replaceAll('\n', '<br>\n')}</p>`, codes: ['html-tags'] },
  {
    name: 'an HTML page',
    apply: (text) =>
      `<!DOCTYPE html><html><head><title>x</title></head><body><pre>\n${text}</pre></body></html>`,
    codes: ['html-tags'],
  },
  {
    name: 'HTML escapes',
    apply: (text) => escapeHtml(text).replaceAll('-', '&#45;').replaceAll('=', '&#x3d;'),
    codes: ['html-escapes'],
  },
  { name: 'quoted-printable', apply: toQuotedPrintable, codes: ['quoted-printable'] },
  { name: 'URL escapes', apply: (text) => encodeURIComponent(text), codes: ['url-escapes'] },
  {
    name: 'a form',
    apply: (text) => new URLSearchParams({ a: text }).toString().slice(2),
    codes: ['url-escapes'],
  },
  { name: 'a JSON text', apply: (text) => JSON.stringify(text), codes: ['json-escapes'] },
  { name: 'base64', apply: (text) => Buffer.from(text).toString('base64'), codes: ['base64-file'] },
  {
    name: 'base64, twice',
    apply: (text) =>
      Buffer.from(Buffer.from(text).toString('base64'))
        .toString('base64')
        .match(/.{1,76}/g)!
        .join('\n'),
    codes: ['base64-file'],
  },
];

const IN_1252 = new Map([
  ['–', 0x96],
  ['—', 0x97],
  ['“', 0x93],
  ['”', 0x94],
]);
/** A text with characters that this encoding does not have is left as it is. */
function toWindows1252(text: string): string | Uint8Array {
  const bytes = Array.from(text, (character) => IN_1252.get(character) ?? character.charCodeAt(0));
  return bytes.every((byte) => byte < 0x100) ? Buffer.from(bytes) : text;
}
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
/** What is done to the bytes. */
export const BYTES: readonly Damage[] = [
  { name: 'CRLF', apply: (text) => text.replaceAll('\n', '\r\n'), codes: ['line-ends'] },
  { name: 'CR', apply: (text) => text.replaceAll('\n', '\r'), codes: ['line-ends'] },
  { name: 'a byte order mark', apply: (text) => `\ufeff${text}`, codes: ['bom'] },
  { name: 'padding of NUL bytes', apply: (text) => `${text}${'\0'.repeat(100)}`, codes: ['nul'] },
  { name: 'UTF-16 LE', apply: (text) => utf16(`\ufeff${text}`), codes: ['utf-16'] },
  { name: 'UTF-16 BE', apply: (text) => utf16(`\ufeff${text}`).swap16(), codes: ['utf-16'] },
  { name: 'UTF-16 LE without a mark', apply: utf16, codes: ['utf-16'] },
  { name: 'UTF-16 BE without a mark', apply: (text) => utf16(text).swap16(), codes: ['utf-16'] },
  { name: 'Windows-1252', apply: toWindows1252, codes: ['windows-1252'] },
];
