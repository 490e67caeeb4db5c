import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { main } from '../../../verifier/src/cli/main.js';
import { nodeEngine, readKit } from '@counterfoil/verifier/node';
import { installInDefault } from '../../../verifier/src/node/host/install/install-in-default.js';
import { commands } from '../../../verifier/src/cli/commands.js';
import { goodFile, kitFile, makeVendor, NOW, productOf, signCompact } from '../../support/signing.js';
import { makeFolder, run, type Ran } from './host.js';

const folder = makeFolder();
afterAll(folder.remove);
const vendor = makeVendor();
const builtKit = kitFile([vendor.root], signCompact(vendor.issuing, 'product', productOf()));
const kit = folder.put('acme.kit', builtKit);
const text = goodFile(vendor);
const good = folder.put('good.lic', text);

const acme = (argv: readonly string[], change = {}): Promise<Ran> =>
  run(argv, NOW, { name: 'acme-license', builtKit, ...change });
/** Windows' rule for the folder, so that the test says where it lies. */
const inProgramData = (path: string): object => ({ platform: 'win32', env: { ProgramData: path } });

describe('a command with its kit built in', () => {
  it('decides without a kit, as the generic one does with it', async () => {
    for (const command of ['inspect', 'explain', 'doctor']) {
      const own = await acme([command, good]);
      expect(own).toEqual(await run([command, '--kit', kit, good]));
      expect(own.exit).toBe(0);
    }
  });

  it('takes no other kit', async () => {
    for (const option of ['--kit', '--product']) {
      const { exit, out, err } = await acme(['inspect', option, kit, good]);
      expect([exit, out]).toEqual([2, '']);
      expect(err).toContain(`(${option}): expected none, for this command has its kit built in`);
      expect(err).toContain('hint: see acme-license help\ncode: usage\n');
    }
  });

  it('goes by its own name and offers no kit, in every help', async () => {
    const helps = [['help'], ...Object.keys(commands).map((name) => ['help', name])];
    for (const argv of helps) {
      const { exit, out } = await acme(argv);
      expect(exit).toBe(0);
      expect(out).toMatch(/^acme-license /);
      expect(out).not.toMatch(/counterfoil|--kit|--product|no kit/);
    }
    expect((await acme(['--version'])).out).toMatch(/^acme-license [0-9]/);
    const help = (await acme(['help', 'status'])).out;
    expect(help).toContain('(default: /var/lib/acme.example/backup)');
    expect((await run(['help', 'status'])).out).toContain('(default: /var/lib/VENDOR/PRODUCT)');
    expect((await acme(['help', 'status'], { platform: 'plan9' })).out).not.toContain('default:');
  });

  it('goes by its own name in hints and data, and leaves paths as they are', async () => {
    const damaged = folder.put('counterfoil-host help', text.replaceAll('\n', '\r\n'));
    const { out } = await acme(['inspect', damaged]);
    expect(out).toContain('or let acme-license doctor repair it');
    const json = await acme(['inspect', '--json', damaged]);
    expect(json.out).toContain('or let acme-license doctor repair it');
    expect(JSON.parse(json.out).file).toBe(damaged);
    expect((await run(['inspect', damaged, '--kit', kit])).out).toContain(
      'or let counterfoil-host doctor repair it',
    );
  });

  it('says when what is built in is no kit, or names no product', async () => {
    for (const broken of ['', kitFile([vendor.root])]) {
      const { exit, err } = await acme(['inspect', good], { builtKit: broken });
      expect([exit, err.includes('code: kit-unusable\n')]).toEqual([2, true]);
    }
  });
});

describe('the data folder that nobody names', () => {
  it('is the default one of the system', async () => {
    const env = inProgramData(join(folder.path, 'data'));
    const data = join(folder.path, 'data\\acme.example\\backup');
    const missing = await acme(['status'], env);
    expect(missing.exit).toBe(2);
    expect(missing.err).toContain(`${data}): expected the default data folder of this system, or another`);
    expect(missing.err).toContain('code: data-missing\n');
    expect((await acme(['install', good], env)).exit).toBe(0);
    expect(existsSync(join(data, 'journal.1.log'))).toBe(true);
    expect(await acme(['status'], env)).toEqual(await acme(['status', '--data', data]));
    // a folder that was named is not called a default
    const named = await acme(['status', '--data', join(folder.path, 'none')], env);
    expect(named.err).toContain('code: data-missing\n');
    expect(named.err).not.toContain('default');
  });

  it('is asked for on a system that has none', async () => {
    const { exit, err } = await acme(['status'], { platform: 'plan9' });
    expect(exit).toBe(2);
    expect(err).toContain('there is no default data folder on plan9');
    expect(err).toContain('code: usage\n');
  });

  it('is made by install with the folder of the vendor around it, and no other', () => {
    const asker = { kit: readKit(builtKit, nodeEngine), product: 'backup', host: {}, now: NOW };
    const bytes = readFileSync(good);
    const place = join(folder.path, 'lib');
    const at = join(place, 'acme.example', 'backup');
    expect(() => installInDefault({ ...asker, folder: at }, bytes, [])).toThrowCode('data-missing');
    mkdirSync(place);
    expect(installInDefault({ ...asker, folder: at }, Buffer.from('rubbish'), []).arm).toBe('refused');
    expect(existsSync(join(place, 'acme.example'))).toBe(false);
    expect(installInDefault({ ...asker, folder: at }, bytes, []).arm).toBe('install');
    expect(installInDefault({ ...asker, folder: at }, bytes, []).arm).toBe('repeat');
    const dangling = join(place, 'other.example');
    symlinkSync(join(place, 'none'), dangling);
    expect(() => installInDefault({ ...asker, folder: join(dangling, 'backup') }, bytes, [])).toThrowCode(
      'data-missing',
    );
  });
});

it('a command without a kit still wants one', async () => {
  const said: string[] = [];
  const exit = main(['status'], {
    name: 'counterfoil-host',
    platform: 'linux',
    env: {},
    out: () => undefined,
    err: (line) => said.push(line),
    now: () => NOW,
  });
  expect([exit, said.join('').includes('code: kit-missing\n')]).toEqual([2, true]);
});
