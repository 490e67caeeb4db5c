import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { afterEach, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WORKSPACES = ['schemas', 'verifier', 'keys', 'issuer', 'test'];

const ENTRIES: Record<string, Record<string, string>> = {
  schemas: { '.': './src/index.ts' },
  verifier: {
    '.': './src/core/index.ts',
    './portable': './src/portable/index.ts',
    './node': './src/node/index.ts',
  },
  keys: { '.': './src/index.ts' },
  issuer: { '.': './src/index.ts' },
};
const PACKAGES = ['tweetnacl', 'jose', 'left-pad'];

const HEALTHY: Record<string, string> = {
  'schemas/src/index.ts': `export const a = 1;`,
  'verifier/src/core/index.ts': `export { a } from '@counterfoil/schemas';`,
  'verifier/src/portable/index.ts': `import 'tweetnacl'; export { a } from '../core/index.js';`,
  'verifier/src/node/index.ts': `import 'node:fs'; export { a } from '../core/index.js';`,
  'keys/src/index.ts': `import 'jose'; import '@counterfoil/verifier/node'; export { a } from '@counterfoil/verifier';`,
  'issuer/src/index.ts': `export { a } from '@counterfoil/keys'; import '@counterfoil/verifier/portable';`,
  'test/one.test.ts': `import '@counterfoil/issuer'; import '../verifier/src/core/index.js';`,
};

async function cruiseTree(baseDir: string): Promise<{ modules: string[]; violations: string[] }> {
  const options = await extractDepcruiseOptions(join(ROOT, 'dependency-cruiser.config.mjs'));
  const { output } = await cruise(WORKSPACES, { ...options, baseDir });
  if (typeof output === 'string') throw new Error('expected a result object');
  return {
    modules: output.modules.map(({ source }) => source),
    violations: output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  };
}

const folders: string[] = [];

async function buildTree(files: Record<string, string>): Promise<string> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'counterfoil-arrows-')));
  folders.push(root);
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  for (const [path, text] of Object.entries(files)) await write(path, text);
  for (const name of PACKAGES) {
    await write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    await write(`node_modules/${name}/index.js`, '');
  }
  await mkdir(join(root, 'node_modules/@counterfoil'));
  for (const [folder, entries] of Object.entries(ENTRIES)) {
    const exports = Object.fromEntries(Object.entries(entries).map(([key, source]) => [key, { source }]));
    await write(
      `${folder}/package.json`,
      JSON.stringify({ name: `@counterfoil/${folder}`, type: 'module', exports }),
    );
    await symlink(join(root, folder), join(root, 'node_modules/@counterfoil', folder));
  }
  return root;
}

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

describe('the arrows between the workspaces', () => {
  it('hold in the sources', async () => {
    const { modules, violations } = await cruiseTree(ROOT);
    expect(violations).toEqual([]);
    // an empty walk would find no violation either
    expect(modules).toEqual(expect.arrayContaining(['schemas/src/index.ts', 'verifier/src/core/index.ts']));
  });

  it('hold in a small healthy tree', async () => {
    const { violations } = await cruiseTree(await buildTree(HEALTHY));
    expect(violations).toEqual([]);
  });

  it.each([
    ['schemas-imports-nothing', 'schemas/src/bad.ts', `import 'left-pad';`],
    ['schemas-imports-nothing', 'schemas/src/bad.ts', `import 'node:fs';`],
    ['schemas-imports-nothing', 'schemas/src/bad.ts', `import '@counterfoil/verifier';`],
    ['verifier-core-is-pure', 'verifier/src/core/bad.ts', `import 'tweetnacl';`],
    ['verifier-core-is-pure', 'verifier/src/core/bad.ts', `import 'node:crypto';`],
    ['verifier-core-is-pure', 'verifier/src/core/bad.ts', `import '../node/index.js';`],
    ['verifier-portable-engine', 'verifier/src/portable/bad.ts', `import 'node:crypto';`],
    ['verifier-portable-engine', 'verifier/src/portable/bad.ts', `import 'left-pad';`],
    ['verifier-no-arrow-back', 'verifier/src/node/bad.ts', `import type { a } from '@counterfoil/keys';`],
    ['verifier-no-arrow-back', 'verifier/src/node/bad.ts', `import 'jose';`],
    ['keys-no-arrow-back', 'keys/src/bad.ts', `import '@counterfoil/issuer';`],
    ['keys-verifier-entries', 'keys/src/bad.ts', `import '@counterfoil/verifier/portable';`],
    ['no-path-into-workspace', 'issuer/src/bad.ts', `import '../../verifier/src/core/index.js';`],
    ['no-import-of-test', 'issuer/src/bad.ts', `import '../../test/one.test.js';`],
    ['no-unresolvable', 'issuer/src/bad.ts', `import '@counterfoil/verifier/core/secret';`],
    ['no-circular', 'issuer/src/bad.ts', `import './bad.js';`],
  ])('break %s when %s says %s', async (rule, path, text) => {
    const { violations } = await cruiseTree(await buildTree({ ...HEALTHY, [path]: text }));
    expect(violations.map((line) => line.split(' → ')[0])).toContain(`${rule}: ${path}`);
  });
});
