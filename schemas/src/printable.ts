// What would move the cursor, end a line, or turn the direction of writing; and halves of characters.
const UNPRINTABLE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** One line of outside text as it may go to a terminal or log, cut at `most` characters. */
export function printable(text: string, most = Infinity): string {
  const clean = text.replace(UNPRINTABLE, '?');
  if (clean.length <= most) return clean;
  const cut = clean.slice(0, most - 1);
  // A character of two code units is kept whole or left out.
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** JSON text of a value, indented, all its characters printable: what is not is written as an escape. */
export function printableJson(value: unknown): string {
  const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const lines = JSON.stringify(value, undefined, 2).split('\n');
  return lines.map((line) => line.replace(UNPRINTABLE, escape)).join('\n');
}
