/** How many characters must be changed, added, left out or exchanged with a neighbour to make one name of another. */
function distance(a: string, b: string): number {
  const rows: number[][] = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  for (let j = 1; j <= b.length; j++) (rows[0] as number[])[j] = j;
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, at(i - 2, j - 2) + 1);
      }
      (rows[i] as number[])[j] = least;
    }
  }
  return at(a.length, b.length);
}

/** The known name that was probably meant: at most a third of it differs. */
export function nearName(typed: string, known: Iterable<string>): string | undefined {
  if (typed.length > 64) return undefined;
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of known) {
    const changes = distance(typed.toLowerCase(), name.toLowerCase());
    if (changes <= Math.max(1, Math.floor(name.length / 3)) && changes < (best?.distance ?? Infinity)) {
      best = { name, distance: changes };
    }
  }
  return best?.name;
}

/** The known names for a message, with the one first that was probably meant. */
export function nameHint(typed: string, known: readonly string[]): string {
  const near = nearName(typed, known);
  if (near !== undefined) return `${near} (did you mean that?)`;
  if (known.length === 0) return 'none';
  return known.length > 12 ? `one of ${String(known.length)} others` : known.join(', ');
}
