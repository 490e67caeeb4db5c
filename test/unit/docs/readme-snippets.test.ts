import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build, type Plugin } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fenceOf, fencesOf, readText, ROOT } from './markdown.js';

const run = promisify(execFile);
const READMES = [
  'README.md',
  ...['schemas', 'verifier', 'keys', 'issuer'].map((name) => `${name}/README.md`),
];
const MARK = '<!-- run -->';

/** What a snippet finds beside itself: the specification's license, and its root as a kit. */
const LICENSE = `${fenceOf(readText('schemas/spec/license-file.md'), 'text example.lic')}\n`;
const KIT = /-----BEGIN COUNTERFOIL TRUST ROOT-----[^]*END COUNTERFOIL TRUST ROOT-----\n/.exec(LICENSE)![0];

const snippets = READMES.filter((path) => existsSync(join(ROOT, path))).flatMap((path) =>
  fencesOf(readText(path))
    .filter(({ info, before }) => info === 'js' && before === MARK)
    .map(({ body }, index) => ({ name: `${path}, snippet ${index + 1}`, body })),
);

/** The workspaces' sources are bundled, so that no build is needed; packages of others are found where they are. */
const onlyWorkspaces: Plugin = {
  name: 'only-workspaces',
  setup: (bundle) => {
    bundle.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@counterfoil/') ? undefined : { path, external: true },
    );
  },
};

/** What a snippet says that it prints: the texts after `// →`, in their order. */
const promisesOf = (body: string): string[] => [...body.matchAll(/\/\/ → (.*)$/gm)].map((match) => match[1]!);

async function runSnippet(folder: string, body: string): Promise<string[]> {
  const home = await mkdtemp(join(folder, 'snippet-'));
  const outfile = join(home, 'snippet.mjs');
  const source = join(ROOT, 'test', 'unit', 'docs');
  const result = await build({
    stdin: { contents: body, resolveDir: source, loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    conditions: ['source'],
    plugins: [onlyWorkspaces],
    write: false,
    logLevel: 'silent',
  });
  await writeFile(outfile, result.outputFiles[0]!.contents);
  await writeFile(join(home, 'customer.lic'), LICENSE);
  await writeFile(join(home, 'acme.kit'), KIT);
  const { stdout } = await run(process.execPath, [outfile], { cwd: home });
  return stdout.split('\n').slice(0, -1);
}

describe('the snippets of the READMEs', () => {
  // below node_modules, so that a snippet finds the packages that it imports
  const cache = join(ROOT, 'node_modules/.cache');
  let folder = '';
  beforeAll(async () => {
    await mkdir(cache, { recursive: true });
    folder = await mkdtemp(join(cache, 'snippets-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it.each(snippets)('$name prints what it says', async ({ body }) => {
    const printed = await runSnippet(folder, body);
    expect(printed).toEqual(promisesOf(body));
    expect(printed.length).toBeGreaterThan(0);
  });

  it('are found', () => {
    expect(snippets.map(({ name }) => name)).toEqual(
      expect.arrayContaining([1, 2, 3].map((number) => `schemas/README.md, snippet ${number}`)),
    );
  });

  it('fail when they throw', async () => {
    await expect(runSnippet(folder, `throw new Error('on purpose');`)).rejects.toThrow('on purpose');
  });
});
