// Runs the benches, one after the other, and prints their tables; with --write they go into the README as well.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

const sections = [];
for (const name of ['verify', 'start', 'decide', 'identities', 'portal']) {
  process.stderr.write(`bench: ${name}\n`);
  sections.push((await import(`./${name}.mjs`)).section);
}
const machine = `Node ${process.versions.node}, ${String(cpus().length)} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}; contenders in turns within one run, medians.`;
const text = [machine, ...sections].join('\n\n');
process.stdout.write(`${text}\n`);
if (process.argv.includes('--write')) {
  const readme = new URL('../../README.md', import.meta.url);
  const [begin, end] = ['<!-- measured by npm run bench -- --write -->', '<!-- end of what was measured -->'];
  const page = readFileSync(readme, 'utf8');
  const [from, to] = [page.indexOf(begin) + begin.length, page.indexOf(end)];
  if (from < begin.length || to < from)
    throw new Error(`expected the marks ${begin} and ${end} in README.md`);
  writeFileSync(readme, `${page.slice(0, from)}\n\n${text}\n\n${page.slice(to)}`);
}
