// Makes the host command one file: it can be carried to a host that has Node and nothing else.
// Usage: node bundle.mjs [OUTFILE]
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = new URL('..', import.meta.url);
const outfile = resolve(process.argv[2] ?? fileURLToPath(new URL('dist/bin/counterfoil-host.cjs', folder)));

await build({
  absWorkingDir: fileURLToPath(folder),
  entryPoints: ['src/bin/counterfoil-host.ts'],
  outfile,
  bundle: true,
  // CommonJS starts four milliseconds sooner than a module
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  conditions: ['source'],
  // readable on purpose: whoever installs it may want to audit it
  minify: false,
  legalComments: 'inline',
  logLevel: 'warning',
});
// esbuild names the source file over each part; what is shipped names no source folders
const text = await readFile(outfile, 'utf8');
await writeFile(outfile, text.replace(/^\s*\/\/ [\w@.\/-]+\.[cm]?[jt]s\n/gmu, ''));
await chmod(outfile, 0o755);
