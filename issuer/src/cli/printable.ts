// What would move the cursor, end a line, or turn the direction of writing; and halves of characters.
const UNPRINTABLE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Lines as they may go to a terminal: nothing of a license or a path can move the cursor or reorder the text. */
export function printLines(lines: readonly string[]): string {
  return lines.map((line) => `${line.replace(UNPRINTABLE, '?').trimEnd()}\n`).join('');
}

/** JSON text of a value, all its characters printable. */
export function printJson(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2).split('\n');
  const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `${text.map((line) => line.replace(UNPRINTABLE, escape)).join('\n')}\n`;
}
