import { chmod, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { initVendor, openRegister, readVendor } from '@counterfoil/issuer';
import { describe, expect, it } from 'vitest';
import { LOW_COST, makeScratch, NOW, openDesk, PASSPHRASE, runCommand } from '../../support/vendor.js';

const isRoot = process.getuid?.() === 0;
const request = (folder: string) => ({
  folder,
  id: 'acme.example',
  name: 'Acme',
  environment: 'production' as const,
  threshold: 2,
  rootKeys: 3,
  passphrase: PASSPHRASE,
  now: NOW,
  actor: 'tester',
  scryptCost: LOW_COST,
});

describe('initVendor', () => {
  it('makes keys, root, register and vendor.json, and nothing else', async () => {
    const home = await makeScratch();
    const made = await initVendor(request(join(home, 'deep', 'vendor')));
    expect(made.keys).toEqual(
      ['root-1', 'root-2', 'root-3', 'issuing-1', 'status-1'].map((name) => `keys/${name}.key.json`),
    );
    expect(made.fingerprint).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect((await readdir(join(home, 'deep'))).sort()).toEqual(['vendor']);
    expect((await readdir(join(home, 'deep', 'vendor'))).sort()).toEqual([
      'keys',
      'register.db',
      'roots',
      'vendor.json',
    ]);
    expect(await readVendor(join(home, 'deep', 'vendor'))).toEqual({
      id: 'acme.example',
      name: 'Acme',
      environment: 'production',
    });
  });

  it('fills an empty folder', async () => {
    const home = await makeScratch();
    await initVendor(request(home));
    expect((await readdir(home)).sort()).toEqual(['keys', 'register.db', 'roots', 'vendor.json']);
  });

  it('refuses a folder with anything in it, and a file', async () => {
    const home = await makeScratch();
    await writeFile(join(home, 'note.txt'), 'mine');
    await expect(initVendor(request(home))).rejects.toThrowCode('vendor-exists');
    await expect(initVendor(request(join(home, 'note.txt')))).rejects.toThrowCode('vendor-exists');
    expect(await readdir(home)).toEqual(['note.txt']);
  });

  it('leaves nothing behind after a fault', async () => {
    const home = await makeScratch();
    await expect(initVendor({ ...request(join(home, 'vendor')), threshold: 4 })).rejects.toThrowCode(
      'root-keys',
    );
    await mkdir(join(home, 'empty'));
    await expect(initVendor({ ...request(join(home, 'empty')), threshold: 4 })).rejects.toThrowCode(
      'root-keys',
    );
    expect(await readdir(home)).toEqual(['empty']);
    expect(await readdir(join(home, 'empty'))).toEqual([]);
  });

  it('says where it cannot write', async () => {
    await expect(initVendor(request(join(await makeScratch(), 'x'.repeat(300))))).rejects.toThrowCode(
      'output-unwritable',
    );
  });
});

describe('a vendor folder', () => {
  it.each([
    ['vendor-broken', 'no JSON'],
    ['vendor-broken', '{}'],
    [
      'vendor-broken',
      '{"counterfoil":"vendor","version":1,"id":"acme.example","name":"x","environment":"staging"}',
    ],
  ])('is %s when vendor.json is %s', async (code, text) => {
    const folder = await makeScratch();
    await writeFile(join(folder, 'vendor.json'), text);
    await expect(readVendor(folder)).rejects.toThrowCode(code);
  });

  it('is vendor-missing where there is none', async () => {
    const folder = await makeScratch();
    await expect(readVendor(folder)).rejects.toThrowCode('vendor-missing');
    await expect(readVendor(join(folder, 'nowhere'))).rejects.toThrowCode('vendor-missing');
    await mkdir(join(folder, 'vendor.json'));
    await expect(readVendor(folder)).rejects.toThrowCode('vendor-broken');
  });

  it('must have the trust roots of its vendor', async () => {
    const desk = await openDesk();
    const path = join(desk.folder, 'vendor.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('acme.example', 'other.example'));
    const { exit, err } = await desk.run(['list']);
    expect(exit).toBe(2);
    expect(err).toContain('code: vendor-broken');
  });

  it('must have its register', async () => {
    const desk = await openDesk();
    await rm(join(desk.folder, 'register.db'));
    const { err } = await desk.run(['list']);
    expect(err).toContain('code: register-broken');
    expect(await readdir(desk.folder)).not.toContain('register.db');
  });
});

describe('a register file', () => {
  it('is broken when it is something else', async () => {
    const folder = await makeScratch();
    const path = join(folder, 'register.db');
    await writeFile(path, 'not a database, really not one at all'.repeat(20));
    await expect(openRegister(path)).rejects.toThrowCode('register-broken');
  });

  it.skipIf(isRoot)('cannot be made where nobody may write', async () => {
    const folder = await makeScratch();
    await chmod(folder, 0o500);
    await expect(openRegister(join(folder, 'register.db'), { create: true })).rejects.toThrowCode(
      'register-unwritable',
    );
  });

  it('is the same through a link', async () => {
    const desk = await openDesk();
    await symlink(desk.folder, desk.path('link'));
    const { exit } = await runCommand(['audit', '--dir', desk.path('link')]);
    expect(exit).toBe(0);
  });
});
