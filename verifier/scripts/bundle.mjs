// Makes the host command: one file that can be carried to a host that has Node and nothing else, what starts it, and V8's
// code cache for the Node that runs this script. Run with another Node, it adds the cache for that one.
// Usage: node bundle.mjs [FOLDER]
import { spawnSync } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = resolve(process.argv[2] ?? join(root, 'dist/bin'));
const body = join(folder, 'host.cjs');
const start = join(folder, 'counterfoil-host.cjs');

await mkdir(folder, { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: ['src/bin/host.ts'],
  outfile: body,
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
const text = await readFile(body, 'utf8');
await writeFile(body, text.replace(/^\s*\/\/ [\w@.\/-]+\.[cm]?[jt]s\n/gmu, ''));
await writeFile(
  join(folder, 'host.d.cts'),
  'export declare function run(built?: { readonly name?: string; readonly kit?: string }): void;\n',
);
await copyFile(join(root, 'src/bin/counterfoil-host.cjs'), start);
await chmod(start, 0o755);

// Functions get into the cache when they have run, so the specification's own example is looked at first.
const spec = await readFile(new URL('../../schemas/spec/license-file.md', import.meta.url), 'utf8');
const [, license] = /^```text example\.lic\n([^]*?)^```$/m.exec(spec);
const [kit] = /-----BEGIN COUNTERFOIL TRUST ROOT-----[^]*END COUNTERFOIL TRUST ROOT-----\n/.exec(license);
const example = await mkdtemp(join(tmpdir(), 'counterfoil-bundle-'));
await writeFile(join(example, 'lic'), license);
await writeFile(join(example, 'kit'), kit);
const { status, stderr } = spawnSync(
  process.execPath,
  [fileURLToPath(new URL('cache.cjs', import.meta.url)), body, join(example, 'lic'), join(example, 'kit')],
  { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' },
);
await rm(example, { recursive: true });
if (status !== 0) throw new Error(`the code cache could not be made: ${stderr}`);
