/** How many letters have to be changed, added, left out, or exchanged with their neighbour, to make one word of the other. */
function distance(a: string, b: string): number {
  let before: readonly number[] = [];
  let above: readonly number[] = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(
        (above[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (above[j - 1] as number) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] as number) + 1);
      }
      row.push(least);
    }
    before = above;
    above = row;
  }
  return above[b.length] as number;
}

/** The known name that was probably meant: one that begins so, or differs in at most a third of its letters. */
export function nearName(typed: string, known: Iterable<string>): string | undefined {
  const word = typed.toLowerCase();
  if (word.length > 64) return undefined;
  let best: string | undefined;
  let least = Infinity;
  for (const name of known) {
    const far = word.length > 1 && name.startsWith(word) ? 1 : distance(word, name.toLowerCase());
    if (far <= Math.max(1, Math.floor(name.length / 3)) && far < least) [best, least] = [name, far];
  }
  return best;
}
