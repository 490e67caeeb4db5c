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

/** The name that was probably meant, or undefined when none is near. */
export function suggest(typed: string, names: readonly string[]): string | undefined {
  const word = typed.toLowerCase().slice(0, 40);
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const name of names) {
    const far = name.startsWith(word) && word.length > 1 ? 1 : distance(word, name);
    if (far < least) [best, least] = [name, far];
  }
  return best;
}
