import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { goodFile, kitFile, makeVendor, tamper } from '../../support/signing.js';
import { makeFolder, run } from '../verifier-cli/host.js';

const folder = makeFolder();
afterAll(folder.remove);
const vendor = makeVendor();
const kit = folder.put('acme.kit', kitFile([vendor.root]));
const text = goodFile(vendor);
const good = folder.put('good.lic', text);
const damaged = folder.put('damaged.lic', `\ufeff${text.replaceAll('\n', '\r\n> ')}`);
const forged = folder.put('forged.lic', tamper(text).replaceAll('\n', '\r\n'));
const path = (name: string): string => join(folder.path, name);

describe('counterfoil-host doctor', () => {
  it('says that nothing is wrong', async () => {
    const { exit, out, err } = await run(['doctor', '--kit', kit, good]);
    expect([exit, err]).toEqual([0, '']);
    expect(out).toMatch(/^nothing to repair: the file is whole and genuine\nTrust: root 1 of acme\.example/);
    const unwritten = await run(['doctor', '--kit', kit, '--out', path('none.lic'), good]);
    expect(unwritten.exit).toBe(0);
    expect(unwritten.out).toContain('not written: ');
    expect(existsSync(path('none.lic'))).toBe(false);
  });

  it('names every repair, and writes the file only where it is told to', async () => {
    const told = await run(['doctor', '--kit', kit, damaged]);
    expect(told.exit).toBe(0);
    expect(told.out).toMatch(
      /^repaired: the file is whole and genuine\nRepairs:\n {2}bom {10}a byte order mark was removed \(line 1\)\n/,
    );
    expect(told.out).toMatch(
      /\n {2}line-ends {4}line ends were made line feeds \(line 1, [0-9]+ times\)\n {2}mail-quotes /,
    );
    expect(told.out).toContain('to write the repaired file: --out FILE\n');
    expect(readdirSync(folder.path).sort()).toEqual(['acme.kit', 'damaged.lic', 'forged.lic', 'good.lic']);
    const wrote = await run(['doctor', '--kit', kit, '--out', path('repaired.lic'), damaged]);
    expect(wrote.exit).toBe(0);
    expect(wrote.out).toContain(`written: ${path('repaired.lic')}\n`);
    expect(readFileSync(path('repaired.lic'), 'utf8')).toBe(text);
    expect((await run(['inspect', '--kit', kit, '--product', 'backup', path('repaired.lic')])).exit).toBe(0);
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('answers as data', async () => {
    const { exit, out } = await run(['doctor', '--json', '--kit', kit, damaged]);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      outcome: 'repaired',
      genuine: 'genuine',
      repairs: [{ code: 'bom', where: 'line 1', count: 1 }, { code: 'line-ends' }, { code: 'mail-quotes' }],
    });
    const no = await run(['doctor', '--json', '--kit', kit, forged]);
    expect(no.exit).toBe(1);
    expect(JSON.parse(no.out)).toMatchObject({
      outcome: 'not-repairable',
      genuine: null,
      problem: { code: 'signature-invalid', where: 'license' },
    });
  });

  it('cannot decide without a kit, and says so', async () => {
    const { exit, out } = await run(['doctor', damaged]);
    expect(exit).toBe(2);
    expect(out).toMatch(
      /^repaired: the file is whole in its form; without a kit, whether it is genuine was not checked\n {2}how: pass --kit/,
    );
    expect((await run(['doctor', good])).exit).toBe(2);
    expect(JSON.parse((await run(['doctor', '--json', good])).out)).toMatchObject({
      outcome: 'undecided',
      genuine: 'unchecked',
    });
  });

  it('says why it does not repair', async () => {
    const { exit, out } = await run(['doctor', '--kit', kit, '--out', path('never.lic'), forged]);
    expect(exit).toBe(1);
    expect(out).toMatch(/^not repairable: signature-invalid: /);
    expect(out).toContain('Damage that could be undone, if it were all:\n  line-ends  ');
    expect(existsSync(path('never.lic'))).toBe(false);
    const pdf = folder.put('order.pdf', '%PDF-1.7\n');
    const other = await run(['doctor', pdf]);
    expect(other.exit).toBe(1);
    expect(other.out).toContain('not repairable: file-kind: this is another kind of file\n');
    expect(other.out).toContain('  got: a PDF document\n');
    const short = await run(['doctor', folder.put('short.lic', text.slice(0, -300))]);
    expect(short.out).toContain('characters');
    expect(short.out).toContain('  the file looks like a license\n');
    expect(short.out).toMatch(/how: copy the file again as an attachment or archive, .* in between\n/);
  });

  it('never overwrites a file', async () => {
    for (const out of [damaged, good]) {
      const before = readFileSync(out);
      const { exit, err } = await run(['doctor', '--kit', kit, '--out', out, damaged]);
      expect(exit).toBe(2);
      expect(err).toContain('code: file-exists\n');
      expect(readFileSync(out)).toEqual(before);
    }
    const { exit, err } = await run(['doctor', '--kit', kit, '--out', path('no/such/folder.lic'), damaged]);
    expect(exit).toBe(2);
    expect(err).toContain('code: file-unwritable\n');
  });

  it('repairs a kit by itself, and refuses a broken one as its own measure', async () => {
    const broken = folder.put('broken.kit', kitFile([vendor.root]).replaceAll('\n', '\r\n'));
    expect((await run(['doctor', '--kit', kit, broken])).exit).toBe(0);
    expect((await run(['doctor', broken])).exit).toBe(2);
    expect((await run(['doctor', '--kit', broken, good])).err).toContain('code: kit-unusable\n');
  });

  it('is explained', async () => {
    const { out } = await run(['help', 'doctor']);
    expect(out).toMatch(/^counterfoil-host doctor \[OPTIONS\] FILE\n/);
    expect(out).toContain('--out FILE');
    expect(out).toContain('\n  1  it cannot be repaired\n');
  });
});
