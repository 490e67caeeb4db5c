import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { catalogPath, makeScratch } from '../support/vendor.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COMMAND = join(ROOT, 'issuer/dist/cli/main.js');
const DEMO = join(ROOT, 'issuer/dist/cli/demo.js');

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(file: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const options = { cwd: ROOT, env: { PATH: process.env.PATH!, ...env }, maxBuffer: 1e8 };
  try {
    return { status: 0, ...(await promisify(execFile)(file, args, options)) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, stdout, stderr };
  }
}

// npm test builds first; without a build there is nothing to drive
describe.skipIf(!existsSync(COMMAND) && process.env.CI === undefined)('the built vendor command', () => {
  it('goes from init to inspect, and tells what is wrong on the way', async () => {
    const folder = await makeScratch();
    const at = (name: string): string => join(folder, name);
    await writeFile(at('passphrase'), 'four words and then some\n', { mode: 0o600 });
    const counterfoil = (...args: readonly string[]): Promise<Ended> =>
      run(process.execPath, [COMMAND, ...args, '--dir', at('vendor'), '--passphrase-file', at('passphrase')]);
    const product = ['--product-file', catalogPath('mailbox-backup.yaml')];

    expect((await counterfoil('list')).stderr).toContain('code: vendor-missing');
    const made = await counterfoil('init', '--vendor', 'acme.example');
    expect(made).toMatchObject({ status: 0, stdout: '' });
    expect(made.stderr).toContain('is the spare');
    expect(await counterfoil('init', '--vendor', 'acme.example')).toMatchObject({ status: 2 });

    const order = catalogPath('orders/mailbox-backup.yaml');
    const issued = await counterfoil('issue', order, ...product, '--out', at('one.lic'));
    expect(issued.status).toBe(0);
    const id = issued.stdout.trim();
    expect(id).toMatch(/^CF-/);
    const again = await counterfoil('issue', order, ...product, '--out', at('one.lic'));
    expect(again).toMatchObject({ status: 2, stdout: '' });
    expect(again.stderr).toContain('code: output-exists');

    const list = await counterfoil('list', '--json');
    expect(JSON.parse(list.stdout)).toMatchObject([{ id, revision: 1, state: 'active' }]);
    expect(await counterfoil('export', 'license', id, '--out', at('two.lic'))).toMatchObject({ status: 0 });
    expect(await readFile(at('two.lic'), 'utf8')).toBe(await readFile(at('one.lic'), 'utf8'));
    expect(await counterfoil('inspect', at('two.lic'))).toMatchObject({ status: 0 });

    await writeFile(
      at('bad.lic'),
      (await readFile(at('one.lic'), 'utf8')).replace('BEGIN COUNTERFOIL TRUST', 'BEGIN COUNTERFOIL TRUS'),
    );
    const bad = await counterfoil('inspect', at('bad.lic'));
    expect(bad.status).toBe(1);
    expect(bad.stdout).toContain('armor-label');
    await writeFile(at('passphrase'), 'another one entirely\n');
    const wrong = await counterfoil('issue', order, ...product, '--out', at('three.lic'));
    expect(wrong.stderr).toContain('code: passphrase-wrong');
    expect(existsSync(at('three.lic'))).toBe(false);
    expect((await counterfoil('--version')).stdout).toBe('0.1.0\n');
  });

  it('stops quietly when nobody reads on', async () => {
    const { status, stderr } = await run('sh', [
      '-c',
      `"${process.execPath}" "${COMMAND}" issue --help | head -1`,
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe.skipIf(!existsSync(DEMO) && process.env.CI === undefined)('the demo', () => {
  it('tells its story in 80 columns, and its next commands work as they stand', async () => {
    const scratch = await makeScratch();
    const { status, stdout, stderr } = await run(process.execPath, [DEMO, '--story'], { TMPDIR: scratch });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    // the folder's name is as long as the test's own
    const lines = stdout.split('\n').filter((line) => !line.includes(scratch));
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    for (const part of [
      'backup      denied, state none: no license is installed',
      'backup      allowed, state active',
      'not installed: signature-invalid',
      'pool Mailbox licenses (mailboxes): 100 → 80 (-20) from ',
      'backup      denied, state expired: the license has expired',
      'restore     allowed, state expired',
    ]) {
      expect(stdout).toContain(part);
    }
    const next = stdout
      .slice(stdout.indexOf('Try next'))
      .split('\n')
      .filter((line) => line.startsWith('  '));
    expect(next.length).toBeGreaterThanOrEqual(5);
    const tried = await run('sh', ['-e', '-c', next.join('\n')]);
    expect(tried.stderr).toBe('');
    expect(tried.status).toBe(0);
    expect(tried.stdout).toContain('known, byte for byte');
    expect(tried.stdout).toContain('license-issued');
  });

  it('opens the portal on customers with licenses in every state, and ends when it is told to', async () => {
    const scratch = await makeScratch();
    const child = spawn(process.execPath, [DEMO], {
      env: { ...process.env, TMPDIR: scratch },
      stdio: 'pipe',
    });
    let said = '';
    const ended = once(child, 'exit');
    const url = await new Promise<string>((found, failed) => {
      const listen = (chunk: Buffer): void => {
        said += chunk.toString();
        const [, at] = /portal of Demo Software at (http:\/\/127\.0\.0\.1:[0-9]+)\n/.exec(said) ?? [];
        if (at !== undefined) found(at);
      };
      child.stdout.on('data', listen);
      child.stderr.on('data', listen);
      void ended.then(() => {
        failed(new Error(said));
      });
    });
    expect(said).toMatch(/ {3}admin@demo\.example +password \S{16} {2}code [0-9]{6}\n/);
    const page = await fetch(`${url}/`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Demo Software')]);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });
});
