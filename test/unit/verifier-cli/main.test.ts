import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { main } from '../../../verifier/src/cli/main.js';
import { VERSION } from '../../../verifier/src/cli/version.js';
import { goodFile, kitFile, makeVendor } from '../../support/signing.js';
import { makeFolder, run } from './host.js';

const folder = makeFolder();
afterAll(folder.remove);
const vendor = makeVendor();
const kit = folder.put('acme.kit', kitFile([vendor.root]));
const good = folder.put('good.lic', goodFile(vendor));

describe('help and version', () => {
  it('names every command, option and exit status', async () => {
    const { exit, out, err } = await run(['help']);
    expect([exit, err]).toEqual([0, '']);
    for (const word of [
      'inspect FILE',
      'explain [FILE]',
      '--kit FILE',
      '--at INSTANT',
      '  2  could not decide',
    ])
      expect(out).toContain(word);
    expect(await run(['--help'])).toEqual(await run(['-h']));
    expect((await run(['--help'])).out).toBe(out);
  });

  it('explains one command', async () => {
    const { exit, out } = await run(['help', 'inspect']);
    expect(exit).toBe(0);
    expect(out).toMatch(/^counterfoil-host inspect \[OPTIONS\] FILE\n/);
    expect(out).toContain('--identity KIND=VALUE');
    expect((await run(['inspect', '--help'])).out).toBe(out);
    expect((await run(['doctor', '-h'])).out).not.toContain('--identity');
  });

  it('tells the version of the package', async () => {
    const url = new URL('../../../verifier/package.json', import.meta.url);
    const { version } = JSON.parse(readFileSync(url, 'utf8')) as { version: string };
    expect(VERSION).toBe(version);
    expect(await run(['--version'])).toEqual({ exit: 0, out: `counterfoil-host ${version}\n`, err: '' });
  });
});

describe('a wrong call', () => {
  it.each([
    [[], 'no command'],
    [['inspct', good], 'did you mean inspect?'],
    [['EXPLAIN', good], 'did you mean explain?'],
    [['help', 'xplain'], 'did you mean explain?'],
    [['frobnicate'], 'got "frobnicate"\n'],
    [['inspect'], '0 arguments'],
    [['inspect', good, good], '2 arguments'],
    [['inspect', ''], '1 arguments'],
    [['inspect', '--kti', kit, good], 'did you mean --kit?'],
    [['inspect', '-k', kit, good], 'got "-k"'],
    [['inspect', good, '--kit'], '--kit FILE'],
    [['inspect', '--kit=', good], '--kit FILE'],
    [['inspect', '--kit', '--product', good], '--kit FILE'],
    [['inspect', '--json=yes', good], 'expected no value'],
    [['inspect', '--kit', kit, '--kit', kit, good], 'the option once'],
    [['doctor', '--identity', 'mailbox=a@b.example', good], 'an option of another command'],
    [['inspect', '--at', 'tomorrow', good], '2027-01-31T00:00:00Z'],
    [['inspect', '--at', '2027-01-31T24:00:00Z', good], '2027-01-31T00:00:00Z'],
    [['inspect', '--host-key', 'abc', good], 'a thumbprint of 43 characters'],
    [['inspect', '--host-key', 'AAAA', good], 'a thumbprint of 43 characters'],
    [['inspect', '--host-id', 'serial', good], 'SOURCE=VALUE'],
    [['inspect', '--host-id', 'a=1', '--host-id', 'a=2', good], 'each source once'],
    [['inspect', '--identity', 'mailbox=', good], 'KIND=VALUE'],
  ])('%j is a usage error', async (argv, said) => {
    const { exit, out, err } = await run(argv);
    expect(out).toBe('');
    expect(err).toMatch(/^counterfoil-host: .*\nhint: see counterfoil-host help\ncode: usage\n$/);
    expect(err).toContain(said);
    expect(exit).toBe(2);
  });

  it('names a date that is none', async () => {
    const { exit, err } = await run(['inspect', '--at', '2027-02-30', good]);
    expect(exit).toBe(2);
    expect(err).toContain('code: date-invalid\n');
  });
});

describe('faults', () => {
  it.each([
    ['file-missing', join(folder.path, 'none.lic'), 2],
    ['file-is-folder', folder.path, 2],
  ])('tells %s', async (code, path, status) => {
    const { exit, out, err } = await run(['inspect', '--kit', kit, path]);
    expect([exit, out]).toEqual([status, '']);
    expect(err).toContain(path);
    expect(err).toContain(`code: ${code}\n`);
  });

  it('are data too, where data is asked for', async () => {
    const { exit, out, err } = await run(['inspect', '--json', join(folder.path, 'none.lic')]);
    expect(exit).toBe(2);
    expect(err).toContain('code: file-missing');
    expect(JSON.parse(out)).toMatchObject({ outcome: 'undecided', fault: { code: 'file-missing' } });
    expect((await run(['inspect', '--json', '--quiet', 'none.lic'])).out).toBe('');
  });

  it('of the program are one line without a stack', () => {
    let err = '';
    const broken = (): never => {
      throw new TypeError('something\nunforeseen');
    };
    const exit = main(['inspect', '--kit', kit, good], {
      out: () => undefined,
      err: (text) => {
        err += text;
      },
      now: broken,
      name: 'counterfoil-host',
      platform: 'linux',
      env: {},
    });
    expect(exit).toBe(2);
    expect(err.split('\n')[0]).toBe('counterfoil-host: the program has an error: got something?unforeseen');
    expect(err).toContain('code: internal\n');
    expect(err).not.toMatch(/ at |\.ts/);
  });

  it('never bring control characters of a path to the terminal', async () => {
    const { err } = await run(['inspect', '\u001b[2J\u202eevil\u009b']);
    expect(err).toContain('?[2J?evil?');
    expect(err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});
