import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogPath, makeScratch, openDesk, PASSPHRASE, type Desk } from '../support/vendor.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BUILT = join(ROOT, 'verifier/dist/node/index.d.ts');
const COMMAND = join(ROOT, 'issuer/dist/cli/main.js');
const PRODUCT = catalogPath('mailbox-backup.yaml');
const PACKAGE = '@acme/mailbox-backup-license-kit';
/** The command reads the machine's clock, so the vendor does too. */
const now = (): number => Math.floor(Date.now() / 1000);

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let desk: Desk;
let bundle = '';
beforeAll(async () => {
  desk = await openDesk();
  const folder = await makeScratch();
  const script = join(ROOT, 'verifier/scripts/bundle.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the bundle could not be made: ${stderr}`);
  bundle = join(folder, 'host.cjs');
  await vendor('catalog', 'kit', PRODUCT, '--out', desk.path('kit'));
  await vendor(
    'issue',
    catalogPath('orders/mailbox-backup.yaml'),
    ...['--product-file', PRODUCT],
    ...out('lic'),
  );
});

const out = (name: string): readonly string[] => ['--out', desk.path(name)];
async function vendor(...args: readonly string[]): Promise<void> {
  const { exit, err } = await desk.run(args, { now, hostBundle: bundle });
  if (exit !== 0) throw new Error(err);
}

describe('the command of a kit, alone on a host', () => {
  let folder = '';
  const acme = (...argv: readonly string[]): Ran => {
    const options = { encoding: 'utf8', cwd: folder, env: {} } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['acme-license.cjs', ...argv], options);
    return { status, stdout, stderr };
  };
  beforeAll(async () => {
    folder = await makeScratch();
    await copyFile(desk.path('kit/bin/acme-license.cjs'), join(folder, 'acme-license.cjs'));
    await copyFile(desk.path('kit/trial.lic'), join(folder, 'trial.lic'));
    await copyFile(desk.path('lic'), join(folder, 'customer.lic'));
  });

  it('is one file that needs nothing but Node', async () => {
    const text = await readFile(join(folder, 'acme-license.cjs'), 'utf8');
    const required = [...text.matchAll(/\brequire\s*\(\s*["']([^"']*)["']/g)].map((match) => match[1]);
    expect(required.length).toBeGreaterThan(0);
    expect(required.filter((name) => !name?.startsWith('node:'))).toEqual([]);
    expect(text.startsWith('#!/usr/bin/env node\n')).toBe(true);
    expect(text.includes(ROOT)).toBe(false);
  });

  it('inspects, explains, installs and says the status', () => {
    const looked = acme('inspect', 'customer.lic');
    expect([looked.status, looked.stderr]).toEqual([0, '']);
    expect(looked.stdout).toContain('valid: in force, state active\n');
    expect(acme('explain', '--quiet', 'customer.lic').status).toBe(0);
    const data = ['--data', join(folder, 'data')];
    expect(acme('install', ...data, 'trial.lic').status).toBe(0);
    expect(acme('install', ...data, 'customer.lic').status).toBe(0);
    const status = acme('status', ...data);
    expect([status.status, status.stderr]).toEqual([0, '']);
    expect(status.stdout).toContain('in force: state active\n');
    expect(acme('status', '--data', join(folder, 'none'))).toMatchObject({ status: 2, stdout: '' });
  });

  it('takes no kit, by option or environment, and goes by its own name', () => {
    const { status, stdout, stderr } = acme('inspect', '--kit', 'other.kit', 'customer.lic');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('acme-license: the command was not called as it should be (--kit)');
    expect(stderr).toContain('hint: see acme-license help\ncode: usage\n');
    const help = acme('help');
    expect(help.stdout).toMatch(/^acme-license COMMAND/);
    for (const [, name] of help.stdout.matchAll(/^ {2}([a-z][a-z-]*) .*$/gm)) {
      const about = acme('help', name!);
      expect(`${about.status} ${about.stdout}`).toMatch(/^0 acme-license /);
      expect(about.stdout).not.toContain('counterfoil');
    }
    expect(help.stdout).not.toContain('counterfoil');
  });
});

describe.skipIf(!existsSync(BUILT) && process.env.CI === undefined)('a kit in a program', () => {
  let folder = '';
  const sources: Readonly<Record<string, string>> = {
    'right.mts': `license.check('backup', { ids: { mailbox: 'x', 'public-folder': 'y' } });
      const all: readonly Operation[] = operations; void all;`,
    'right.cts': `license.check('restore');`,
    'wrong.mts': `license.check('bakcup');`,
    'wrong.cts': `license.check('backup', { ids: { mailbx: 'x' } });`,
  };
  beforeAll(async () => {
    // below node_modules, so that the kit finds the verifier
    const cache = join(ROOT, 'node_modules/.cache');
    await mkdir(cache, { recursive: true });
    folder = await mkdtemp(join(cache, 'kit-'));
    const home = join(folder, 'node_modules/@acme');
    await mkdir(home, { recursive: true });
    await vendor('catalog', 'kit', PRODUCT, '--no-trial', '--out', join(folder, 'node_modules', PACKAGE));
    for (const [name, body] of Object.entries(sources)) {
      const head = `import { kit, operations, type Operation } from '${PACKAGE}';
        import { openLicense } from '@counterfoil/verifier/node';
        const license = openLicense({ kit, dataDir: 'data' });
        void operations; export type Known = Operation;\n`;
      await writeFile(join(folder, name), `${head}${body}\n`);
    }
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is typed: a right name compiles, a misspelt one does not', () => {
    const options = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--skipLibCheck',
      '--ignoreConfig',
    ];
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const names = Object.keys(sources);
    const { stdout } = spawnSync(process.execPath, [tsc, ...options, ...names], {
      cwd: folder,
      encoding: 'utf8',
    });
    const errors = stdout.split('\n').filter((line) => /^\S/.test(line) && !line.includes('node_modules'));
    expect(errors, stdout).toHaveLength(2);
    expect(stdout).toMatch(/^wrong\.mts.* error TS2345: .*"bakcup"/m);
    expect(stdout).toMatch(/^wrong\.cts.* error TS2561: .*'mailbx'/m);
  });

  it('is read through import and require', () => {
    const run = (type: string, source: string): Ran =>
      spawnSync(process.execPath, [`--input-type=${type}`, '-e', source], { cwd: folder, encoding: 'utf8' });
    const tell = "console.log(kit.startsWith('-----BEGIN COUNTERFOIL PRODUCT'), operations.join())";
    const said = 'true create-job,backup,backup-public-folder,restore\n';
    expect(run('module', `import { kit, operations } from '${PACKAGE}'; ${tell}`).stdout).toBe(said);
    expect(run('commonjs', `const { kit, operations } = require('${PACKAGE}'); ${tell}`).stdout).toBe(said);
  });
});

describe.skipIf(!existsSync(COMMAND) && process.env.CI === undefined)('the built vendor command', () => {
  it('finds the bundle of the built verifier', async () => {
    const options = ['--dir', desk.folder, '--acknowledge-clock'];
    const run = promisify(execFile);
    const args = ['catalog', 'kit', PRODUCT, '--out', desk.path('built'), '--no-trial', ...options];
    await run(process.execPath, [COMMAND, ...args], { env: { COUNTERFOIL_PASSPHRASE: PASSPHRASE } });
    expect(await readdir(desk.path('built/bin'))).toEqual(['acme-license.cjs']);
    const { stdout } = await run(desk.path('built/bin/acme-license.cjs'), ['--version'], {
      env: { PATH: process.env['PATH']! },
    });
    expect(stdout).toMatch(/^acme-license [0-9]/);
  });
});
