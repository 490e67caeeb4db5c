// Writes the conformance vectors; the same bytes at every run. `--check` only compares.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateData } from './generate/data.mjs';

const wrong = [];
for (const [name, text] of generateData()) {
  const path = fileURLToPath(new URL(`data/${name}`, import.meta.url));
  if (process.argv.includes('--check')) {
    if (readFileSync(path, 'utf8') !== text) wrong.push(name);
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
if (wrong.length > 0) {
  console.error(`differ from what is generated: ${wrong.join(', ')}`);
  process.exit(1);
}
