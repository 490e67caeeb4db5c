const WIDTH = 80;

/** A text in lines of at most 80 columns, the first behind `head`, the others set in as deep; only a link may be longer. */
export function wrapText(text: string, head = ''): readonly string[] {
  const inside = ' '.repeat(columns(head));
  const room = WIDTH - inside.length;
  const lines: string[] = [];
  for (const word of text.split(' ').flatMap((long) => piecesOf(long, room))) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(`${head}${word}`);
    else if (columns(last) + 1 + columns(word) <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${inside}${word}`);
  }
  return lines;
}

const columns = (text: string): number => Array.from(text).length;

/** A word that has room in a line, or the pieces of one that has not. A link is of no use in pieces. */
function piecesOf(word: string, room: number): readonly string[] {
  if (/^(https:\/\/|mailto:)/.test(word)) return [word];
  const letters = Array.from(word);
  const count = Math.max(1, Math.ceil(letters.length / room));
  return Array.from({ length: count }, (_, i) => letters.slice(i * room, (i + 1) * room).join(''));
}
