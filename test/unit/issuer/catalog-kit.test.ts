import { chmod, lstat, mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { verifyLicense } from '@counterfoil/verifier';
import { nodeEngine, readKit } from '@counterfoil/verifier/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogPath, makeScratch, NOW, openDesk, type Answer, type Desk } from '../../support/vendor.js';

const PRODUCT = catalogPath('mailbox-backup.yaml');
/** Stands for the bundle, which is another test's business. */
const BUNDLE = 'module.exports = { run: (built) => console.log(JSON.stringify(built)) };\n';
const FILES = [
  'README.md',
  'bin/acme-license.cjs',
  'index.d.ts',
  'index.js',
  'mailbox-backup.kit',
  'trial.lic',
  'package.json',
];

let desk: Desk;
let bundle = '';
beforeAll(async () => {
  desk = await openDesk();
  bundle = await desk.write('host.cjs', BUNDLE);
});

const kit = (args: readonly string[], product = PRODUCT): Promise<Answer> =>
  desk.run(['catalog', 'kit', product, ...args], { hostBundle: bundle });
const read = (...path: readonly string[]): Promise<string> => readFile(join(desk.path(''), ...path), 'utf8');

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

describe('catalog kit', () => {
  it('writes the folder, reports it, and files kit and trial', async () => {
    const { exit, out, err } = await kit(['--out', desk.path('kit'), '--json']);
    expect(exit).toBe(0);
    const data = JSON.parse(out);
    expect(data).toMatchObject({
      product: 'mailbox-backup',
      catalog: 1,
      folder: desk.path('kit'),
      files: FILES,
      package: '@acme/mailbox-backup-license-kit',
      command: 'acme-license',
      root: 1,
      trial: { days: 30, activateBy: '2027-07-05' },
    });
    expect(await filesIn(desk.path('kit'))).toEqual([...FILES].sort());
    expect(err).toContain(`fingerprint ${data.fingerprint}`);
    expect(err).toContain('possible until 2027-07-05 (UTC)');
    const audit = (await desk.ask(['audit'])).data.map(({ action }: { action: string }) => action);
    expect(audit.slice(-2)).toEqual(['kit-signed', 'license-issued']);
    const people = await kit(['--out', desk.path('people')]);
    expect(people.out).toContain('  bin/acme-license.cjs\n');
  });

  it('names package, product, catalog and root in package.json', async () => {
    const own = JSON.parse(await read('kit', 'package.json'));
    expect(own).toMatchObject({
      name: '@acme/mailbox-backup-license-kit',
      version: '1.0.0',
      type: 'module',
      bin: { 'acme-license': 'bin/acme-license.cjs' },
      exports: { '.': { types: './index.d.ts', default: './index.js' } },
      counterfoil: { vendor: 'acme.example', product: 'mailbox-backup', catalog: 1, root: 1 },
    });
    expect(await read('kit', 'README.md')).toContain(own.counterfoil.fingerprint);
  });

  it('carries the same kit as module, file and command, and the names of the product', async () => {
    const text = await read('kit', 'mailbox-backup.kit');
    const module = await import(pathToFileURL(desk.path('kit/index.js')).href);
    expect(module.kit).toBe(text);
    expect(module.operations).toEqual(['create-job', 'backup', 'backup-public-folder', 'restore']);
    expect(module.kinds).toEqual(['mailbox', 'public-folder']);
    expect(module.roles).toEqual([]);
    const { product } = readKit(text, nodeEngine);
    expect(product?.sub).toBe('mailbox-backup');
    const types = await read('kit', 'index.d.ts');
    expect(types).toContain("export type Kind =\n  | 'mailbox'\n  | 'public-folder';\n");
    expect(types).toContain("export type Pool = 'mailboxes';\n");
    expect(types).toContain('export type Role = never;\n');
    let built: unknown;
    const command = desk.path('kit/bin/acme-license.cjs');
    expect((await lstat(command)).mode & 0o777).toBe(0o755);
    const log = console.log;
    console.log = (said: string) => (built = JSON.parse(said));
    try {
      createRequire(import.meta.url)(command);
    } finally {
      console.log = log;
    }
    expect(built).toEqual({ name: 'acme-license', kit: text });
  });

  it('has a trial that a host can activate on the last day that is told, and not after', async () => {
    const { trust } = readKit(await read('kit', 'mailbox-backup.kit'), nodeEngine);
    const trial = await read('kit', 'trial.lic');
    const at = (now: number, activated?: number): unknown => {
      const context = { engine: nodeEngine, trust, product: 'mailbox-backup', host: {}, now };
      const verdict = verifyLicense(trial, activated === undefined ? context : { ...context, activated });
      return verdict.arm === 'usable' ? verdict.state : verdict.arm;
    };
    const last = Date.parse('2027-07-05T23:59:59Z') / 1000;
    expect(at(NOW)).toBe('pending');
    expect(at(NOW, NOW)).toBe('trial');
    expect(at(last, last)).toBe('trial');
    expect(at(last + 1)).not.toBe('pending');
    expect(trial).toContain('Licensee: Trial (trial)\n');
  });

  it('has no path of the machine, wherever it was made', async () => {
    for (const name of FILES) {
      const text = await read('kit', ...name.split('/'));
      for (const path of [desk.path(''), desk.folder, PRODUCT, process.cwd()])
        expect(text.includes(path)).toBe(false);
    }
  });

  it('takes another name of the command, test roots, and no trial', async () => {
    const test = await openDesk({ bare: true });
    await test.run(['init', '--vendor', 'acme.example', '--environment', 'test']);
    await test.run(['export', 'trust', '--out', test.path('test-roots')]);
    const args = ['--command', 'mailbox-license', '--test-trust', test.path('test-roots'), '--no-trial'];
    const { exit, err } = await kit(['--out', desk.path('other'), ...args]);
    expect([exit, err.includes('from activation')]).toEqual([0, false]);
    expect(await filesIn(desk.path('other'))).toEqual([
      'README.md',
      'bin/mailbox-license.cjs',
      'index.d.ts',
      'index.js',
      'mailbox-backup.kit',
      'package.json',
    ]);
    const { trust } = readKit(await read('other', 'mailbox-backup.kit'), nodeEngine);
    expect(trust.test?.root.environment).toBe('test');
    expect(await read('other', 'README.md')).not.toContain('trial.lic');
  });

  it.each(['mailbox-migration', 'managed-backup', 'managed-backup-prepaid', 'endpoint-backup'])(
    'makes a kit of %s',
    async (product) => {
      const { exit } = await kit(['--out', desk.path(product)], catalogPath(`${product}.yaml`));
      expect(exit).toBe(0);
      const module = await import(pathToFileURL(desk.path(`${product}/index.js`)).href);
      expect(readKit(module.kit, nodeEngine).product?.sub).toBe(product);
    },
  );
});

describe('catalog kit refuses', () => {
  const refused = async (code: string, args: readonly string[], product?: string): Promise<string> => {
    const before = (await desk.ask(['audit'])).data.length;
    const { exit, err } = await kit(args, product);
    expect(err).toContain(`code: ${code}\n`);
    expect(exit).toBe(2);
    // nothing was signed for a folder that could not be written
    expect((await desk.ask(['audit'])).data).toHaveLength(before);
    return err;
  };

  it('a command name that is none, and standard output', async () => {
    for (const name of ['Acme', 'acme license', '-x', '../acme', '', 'a'.repeat(65)])
      await refused('option-invalid', ['--out', desk.path('never'), `--command=${name}`]);
    await refused('option-invalid', ['--out', '-']);
  });

  it('a folder that is there, unless it holds a kit and is to be replaced', async () => {
    await refused('folder-exists', ['--out', desk.path('kit')]);
    const old = await read('kit', 'trial.lic');
    expect((await kit(['--out', desk.path('kit'), '--force', '--no-trial'])).exit).toBe(0);
    expect(await filesIn(desk.path('kit'))).not.toContain('trial.lic');
    expect((await kit(['--out', desk.path('kit'), '--force'])).exit).toBe(0);
    expect(await read('kit', 'trial.lic')).not.toBe(old);
    expect((await readdir(desk.path(''))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('to delete anything that is no kit', async () => {
    const force = (name: string): readonly string[] => ['--out', desk.path(name), '--force'];
    await mkdir(desk.path('mine'));
    await refused('folder-not-kit', force('mine'));
    await writeFile(desk.path('mine/package.json'), '{"files":["a"]}');
    await refused('folder-not-kit', force('mine'));
    await writeFile(desk.path('mine/package.json'), 'rubbish');
    await refused('folder-not-kit', force('mine'));
    await desk.write('file', 'mine');
    await refused('folder-not-kit', force('file'));
    await symlink(desk.path('kit'), desk.path('link'));
    await refused('folder-not-kit', force('link'));
    await mkdir(desk.path('kit/node_modules'));
    await writeFile(desk.path('kit/node_modules/notes'), 'mine');
    expect(await refused('folder-not-kit', force('kit'))).toContain('node_modules/notes');
    expect(await read('kit', 'node_modules', 'notes')).toBe('mine');
    await rm(desk.path('kit/node_modules'), { recursive: true });
  });

  it.skipIf(process.getuid?.() === 0)('a place where nothing can be written', async () => {
    await mkdir(desk.path('shut'));
    await chmod(desk.path('shut'), 0o500);
    await refused('output-unwritable', ['--out', desk.path('shut/kit')]);
  });

  it('a folder in a folder that is not there, a product with errors, and a clock that is behind', async () => {
    await refused('output-unwritable', ['--out', desk.path('none/kit')]);
    await refused(
      'document-invalid',
      ['--out', desk.path('never')],
      await desk.write('bad.yaml', 'schema: 1\n'),
    );
    const { err } = await desk.run(['catalog', 'kit', PRODUCT, '--out', desk.path('never')], {
      hostBundle: bundle,
      now: () => NOW - 7200,
    });
    expect(err).toContain('code: clock-behind-register\n');
    expect((await readdir(desk.path(''))).includes('never')).toBe(false);
  });

  it('to go on without the bundled host command', async () => {
    const folder = await makeScratch();
    const { exit, err } = await desk.run(['catalog', 'kit', PRODUCT, '--out', desk.path('never')], {
      hostBundle: join(folder, 'none.cjs'),
    });
    expect([exit, err.includes('code: host-bundle-missing\n')]).toEqual([2, true]);
  });
});
