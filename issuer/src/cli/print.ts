import { printable, printableJson } from '@counterfoil/schemas';

/** Lines as they may go to a terminal: nothing of a license or a path can move the cursor or reorder the text. */
export function printLines(lines: readonly string[]): string {
  return lines.map((line) => `${printable(line).trimEnd()}\n`).join('');
}

/** JSON text of a value as the last thing that is printed. */
export function printJson(value: unknown): string {
  return `${printableJson(value)}\n`;
}
