// Measures contenders side by side in one run: every round runs each of them, in turning order, and each round
// gives its own ratios; the median of the ratios is told, since the machine's speed drifts and ratios hold.

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Seconds that one call of `run(times)` takes. */
function time(run, times) {
  const start = process.hrtime.bigint();
  run(times);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/**
 * Rows { name, microseconds, rate } of contenders { name, run(times), times }, where `rate` is the first
 * contender's time for one call over this one's (times `weight`, when one call stands for several of the first).
 */
export function sideBySide(contenders, rounds) {
  const per = contenders.map(() => []);
  for (const { run, times } of contenders) time(run, Math.max(1, Math.ceil(times / 4)));
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < contenders.length; i++) {
      const at = (i + round) % contenders.length;
      const { run, times } = contenders[at];
      per[at][round] = time(run, times) / times;
    }
  }
  return contenders.map(({ name, weight = 1 }, i) => ({
    name,
    microseconds: median(per[i]) * 1e6,
    rate: median(per[i].map((seconds, round) => (weight * per[0][round]) / seconds)),
  }));
}

/** A table in Markdown. */
export function table(title, columns, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [`### ${title}`, '', line(columns), line(columns.map(() => '---')), ...rows.map(line), ''].join('\n');
}

export { median };
