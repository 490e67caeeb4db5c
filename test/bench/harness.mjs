// Measures contenders side by side in one run: every round runs each of them, in turning order, and each round
// gives its own ratios; the median of the ratios is told, since the machine's speed drifts and ratios hold.

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Seconds of one call, `times` of them measured together. */
async function time({ run, times }) {
  const start = process.hrtime.bigint();
  await run(times);
  return Number(process.hrtime.bigint() - start) / 1e9 / times;
}

/**
 * Each contender { name, times, run(times) } with the median of its seconds a call, and of its rate: the first
 * contender's time over its own, round by round.
 */
export async function inTurns(contenders, rounds) {
  const taken = contenders.map(() => []);
  for (const contender of contenders) await time(contender);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < contenders.length; i++) {
      const at = (i + round) % contenders.length;
      taken[at][round] = await time(contenders[at]);
    }
  }
  return contenders.map((contender, i) => ({
    ...contender,
    seconds: median(taken[i]),
    rate: median(taken[i].map((seconds, round) => taken[0][round] / seconds)),
  }));
}

/** A table in Markdown. */
export function table(title, columns, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [`### ${title}`, '', line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}
