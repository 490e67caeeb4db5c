import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodFile, kitFile, makeVendor, productOf, signCompact } from '../support/signing.js';
import { makeFolder } from '../unit/verifier-cli/host.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const folder = makeFolder();
const COMMAND = join(folder.path, 'counterfoil-host.cjs');
const vendor = makeVendor();
const kit = folder.put(
  'acme.kit',
  kitFile([vendor.root], signCompact(vendor.issuing, 'product', productOf())),
);
const good = folder.put('good.lic', goodFile(vendor));
const AT = ['--at', '2026-06-01'];

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function host(...argv: readonly string[]): Ran {
  return hostWith({}, ...argv);
}

function hostWith(env: Readonly<Record<string, string>>, ...argv: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...argv], {
    encoding: 'utf8',
    cwd: folder.path,
    env,
  });
  return { status, stdout, stderr };
}

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, [
    join(ROOT, 'verifier/scripts/bundle.mjs'),
    folder.path,
  ]);
  if (status !== 0) throw new Error(`the bundle could not be made: ${String(stderr)}`);
});
afterAll(folder.remove);

describe('the bundled host command', () => {
  it('is one file that may be executed and names no other', () => {
    expect(statSync(COMMAND).mode & 0o111).toBe(0o111);
    expect(readFileSync(COMMAND, 'utf8').startsWith('#!/usr/bin/env node\n')).toBe(true);
    const text = readFileSync(join(folder.path, 'host.cjs'), 'utf8');
    const required = [...text.matchAll(/\brequire\s*\(\s*["']([^"']*)["']/g)].map((match) => match[1]);
    expect(required.length).toBeGreaterThan(0);
    expect(required.filter((name) => !name?.startsWith('node:'))).toEqual([]);
    expect(
      /^\s*import\b|\b(import|createRequire|getBuiltinModule)\s*\(\s*["']/m.exec(text)?.[0],
    ).toBeUndefined();
    expect(/tweetnacl|\bnacl\b|node:(net|http|https|tls|dns|dgram)\b/i.exec(text)?.[0]).toBeUndefined();
    expect(text.includes(ROOT)).toBe(false);
  });

  it('says the same without its code cache, with a broken one, and as a module', () => {
    const asked = ['inspect', '--kit', kit, ...AT, good];
    const cached = host(...asked);
    expect(cached.status).toBe(0);
    const body = join(folder.path, 'host.cjs');
    const caller = folder.put('caller.cjs', `require(${JSON.stringify(body)}).run();\n`);
    const alone = spawnSync(process.execPath, [caller, ...asked], { encoding: 'utf8', env: {} });
    expect(alone.stdout).toBe(cached.stdout);
    const [version] = process.versions.v8.split('-');
    const cache = join(folder.path, `host.${version!}.cache`);
    const whole = readFileSync(cache);
    try {
      for (const bytes of [Buffer.alloc(0), Buffer.from('rubbish'), whole.subarray(0, 1000)]) {
        writeFileSync(cache, bytes);
        expect(host(...asked)).toEqual(cached);
      }
      rmSync(cache);
      expect(host(...asked)).toEqual(cached);
    } finally {
      writeFileSync(cache, whole);
    }
  });

  it('decides, with data on standard output alone', () => {
    const { status, stdout, stderr } = host('inspect', '--kit', kit, ...AT, good);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('valid: in force, state active\n');
    const json = host('explain', '--json', '--kit', kit, ...AT, good);
    expect(json.status).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({ outcome: 'valid', whatIf: true });
  });

  it('says the same in every zone and language of the host', () => {
    const plain = host('inspect', '--kit', kit, ...AT, good);
    expect(plain.stdout).toContain('2026-09-09 (Europe/Vienna)');
    const hosts = [
      { TZ: 'Pacific/Kiritimati' },
      { TZ: 'America/St_Johns', LANG: 'C' },
      { TZ: 'Asia/Kathmandu', LC_ALL: 'th_TH.UTF-8', LANG: 'th_TH.UTF-8' },
      { TZ: 'nonsense', LC_ALL: 'ar_EG.UTF-8' },
    ];
    for (const env of hosts) expect(hostWith(env, 'inspect', '--kit', kit, ...AT, good)).toEqual(plain);
  });

  it('answers by its exit status', () => {
    const late = ['--at', '2027-06-01'];
    expect(host('inspect', '--quiet', '--kit', kit, ...late, good)).toEqual({
      status: 1,
      stdout: '',
      stderr: '',
    });
    expect(host('inspect', '--quiet', good).status).toBe(2);
    expect(host('inspect', '--kit', kit, join(folder.path, 'none.lic'))).toMatchObject({
      status: 2,
      stdout: '',
    });
    expect(host()).toMatchObject({ status: 2, stdout: '' });
    expect(host('help').status).toBe(0);
    expect(host('inspect', '--kit', kit, ...AT, 'good.lic').status).toBe(0);
  });

  it('reads the clock of the machine where no other time is given', () => {
    const { whatIf, asOf } = JSON.parse(host('inspect', '--json', '--kit', kit, good).stdout);
    expect(whatIf).toBe(false);
    expect(Date.parse(asOf)).toBeGreaterThan(Date.parse('2026-01-01'));
  });

  it('refuses a file of 100 MB by its size', () => {
    const big = folder.put('big.lic', '');
    truncateSync(big, 100 * 1024 * 1024);
    const { status, stderr } = host('inspect', '--kit', kit, big);
    expect(status).toBe(1);
    expect(stderr).toContain('code: file-too-large\n');
    expect(stderr).toContain('104857600');
    rmSync(big);
  });

  it.runIf(existsSync('/dev/full'))('says in one line when its answer cannot be written', () => {
    const shell = (command: string): Ran =>
      spawnSync('sh', ['-c', command, 'sh', process.execPath, COMMAND, kit, good], { encoding: 'utf8' });
    const full = shell('"$1" "$2" inspect --kit "$3" "$4" > /dev/full');
    expect(full.status).toBe(2);
    expect(full.stderr).toMatch(
      /^counterfoil-host: the file cannot be written \(standard output\): got ENOSPC\n/,
    );
    expect(full.stderr).not.toContain(' at ');
    // a reader that leaves early is nobody's fault
    expect(shell('"$1" "$2" help | true').stderr).toBe('');
    // and without anybody to tell, the exit status still answers
    expect(shell('"$1" "$2" bogus 2> /dev/full').status).toBe(2);
  });

  it('takes a license from a pipe', () => {
    const command = 'cat "$4" | "$1" "$2" inspect --at 2026-06-01 --kit "$3" /dev/stdin';
    const { status } = spawnSync('sh', ['-c', command, 'sh', process.execPath, COMMAND, kit, good]);
    expect(status).toBe(0);
  });
});

describe('the bundled doctor', () => {
  it('repairs what came by mail, and writes it to a new file', () => {
    const text = readFileSync(good, 'utf8');
    const mailed = folder.put('mailed.lic', `\ufeff${text.replaceAll('\n', '\r\n> ')}`);
    const out = join(folder.path, 'repaired.lic');
    const { status, stdout, stderr } = host('doctor', '--kit', kit, '--out', out, mailed);
    expect([status, stderr]).toEqual([0, '']);
    for (const code of ['bom', 'line-ends', 'mail-quotes']) expect(stdout).toContain(`\n  ${code} `);
    expect(readFileSync(out, 'utf8')).toBe(text);
    expect(host('doctor', '--kit', kit, '--out', out, mailed)).toMatchObject({ status: 2, stdout: '' });
    expect(host('doctor', '--kit', kit, out).status).toBe(0);
    expect(host('doctor', out).status).toBe(2);
  });
});
