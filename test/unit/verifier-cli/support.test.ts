import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { redactor } from '../../../verifier/src/node/host/support/redact.js';
import {
  goodFile,
  kitFile,
  makeVendor,
  NOW,
  productOf,
  signCompact,
  type Loose,
} from '../../support/signing.js';
import { makeFolder, run } from './host.js';

const vendor = makeVendor();
const files = makeFolder();
afterAll(files.remove);
const kit = files.put(
  'acme.kit',
  kitFile([vendor.root], signCompact(vendor.issuing, 'product', productOf())),
);
let data = '';
let count = 0;
beforeEach(() => {
  data = join(files.path, `data-${(count += 1)}`);
});
const lic = (grant: Loose = {}, change: Loose = {}): string =>
  files.put(`${(count += 1)}.lic`, goodFile(vendor, change, grant));
const host = (argv: readonly string[], env: Record<string, string> = {}): ReturnType<typeof run> =>
  run([argv[0]!, '--kit', kit, '--data', data, ...argv.slice(1)], NOW, { env });

describe('support', () => {
  it('tells the parts of a host in words', async () => {
    await host(['install', lic()]);
    const { exit, out, err } = await host(['support'], { COUNTERFOIL_LICENSE: '', COUNTERFOIL_OTHER: 'x' });
    expect([exit, err]).toEqual([0, '']);
    for (const said of [
      'Read it before you send it.',
      `node: ${process.version}`,
      'vendor acme.example, production, roots 1, fingerprint ',
      'license CF-7K2M-94QX-3, revision 1, commercial',
      'good signature: checked with node:crypto',
      'install: 1\n',
      'install at 2026-06-01T00:00:00Z: CF-7K2M-94QX-3, revision 1, commercial',
      'lines: 3, tree head ',
      'broken texts: 0; gaps: 0; written by a newer version: no',
      ', as it came\n',
      'names that are not ours: 0',
      'COUNTERFOIL_LICENSE: not set\n',
      'COUNTERFOIL_OTHER: set\n',
    ])
      expect(out).toContain(said);
    for (const secret of [data, 'Müller', files.path]) expect(out).not.toContain(secret);
  });

  it('writes a new file, and none over another', async () => {
    mkdirSync(data);
    const out = join(files.path, 'report.txt');
    expect((await host(['support', '--out', out])).out).toBe(`written: ${out}\nread it before you send it\n`);
    expect(readFileSync(out, 'utf8')).toContain('== Journal\n');
    expect(await host(['support', '--out', out])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('code: file-exists'),
    });
  });

  it('is there on bad days: each part says what is wrong with it', async () => {
    const parts = async (argv: readonly string[]): Promise<Record<string, string>> => {
      const { exit, out } = await run([...argv, '--json']);
      expect(exit).toBe(0);
      return Object.fromEntries(
        JSON.parse(out).sections.map(({ title, lines }: any) => [title, lines.join('\n')]),
      );
    };
    const none = await parts(['support']);
    expect(none['Kit']).toContain('kit-missing');
    expect([none['Status'], none['Journal']]).toEqual([
      expect.stringContaining('cannot be told: kit-missing'),
      'no data folder is known: pass --data DIR, or a kit that names its product',
    ]);
    const missing = await parts([
      'support',
      '--kit',
      join(files.path, 'no such', 'secret.kit'),
      '--data',
      data,
    ]);
    expect(missing['Kit']).toBe('cannot be told: file-missing (LG-1), at <path>, got ENOENT');
    expect(missing['Data folder <data>']).toBe('cannot be told: file-missing (LG-1), at <data>, got ENOENT');
    await host(['install', lic()]);
    const [name] = readdirSync(join(data, 'licenses'));
    const path = join(data, 'licenses', name!);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'));
    writeFileSync(join(data, 'mine'), '');
    const damaged = await parts(['support', '--kit', kit, '--data', data]);
    expect(damaged['Status']).toContain(
      `license-lost (LG-1), at <data>/licenses/${name!}, got a changed file`,
    );
    expect(damaged['Rules']).toContain('bad installed: license-lost');
    expect(damaged['Data folder <data>']).toMatch(/, changed, line-ends \([0-9]+\)\n/);
    expect(damaged['Data folder <data>']).toContain('names that are not ours: 1');
    writeFileSync(path, 'hello');
    expect((await parts(['support', '--kit', kit, '--data', data]))['Data folder <data>']).toMatch(
      /, changed, .*armor-/,
    );
    mkdirSync(`${data}-2/journal.1.log`, { recursive: true });
    const unreadable = await parts(['support', '--kit', kit, '--data', `${data}-2`]);
    expect(unreadable['Journal']).toBe(
      'cannot be told: file-unreadable (LG-1), at <data>/journal.1.log, got EISDIR',
    );
    expect(unreadable['Variables']).toContain('not set');
  });

  it('keeps a wrong call of the host a wrong call', async () => {
    mkdirSync(data);
    expect(await host(['support', '--host-id', 'secret'])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('code: usage'),
    });
  });

  it('tells none of the secrets, wherever they stand', async () => {
    const word = fc.stringMatching(/^[a-zA-ZäöüÄÖÜß&]{8,20}$/).map((text) => `Zq${text}`);
    await fc.assert(
      fc.asyncProperty(word, word, word, word, async (licensee, folder, id, variable) => {
        data = join(files.path, `${folder}-${(count += 1)}`);
        const jkt = Buffer.alloc(32, count).toString('base64url');
        const file = lic({ licensee: { name: licensee }, binding: { type: 'host-key' } }, { cnf: { jkt } });
        const asHost = ['--host-key', jkt, '--host-id', `name=${id}`];
        const env = { COUNTERFOIL_LICENSE_FILE: `/home/${variable}/my license.lic` };
        expect((await host(['install', file, ...asHost])).exit).toBe(0);
        mkdirSync(join(data, `${variable}.d`));
        for (const argv of [asHost, [], ['--host-id', `name=${id}`]]) {
          for (const around of [env, {}]) {
            const { exit, out } = await host(['support', ...argv, '--json'], around);
            expect(exit).toBe(0);
            for (const secret of [licensee, folder, id, jkt, variable, homedir(), files.path])
              expect(out).not.toContain(secret);
            expect(out).not.toMatch(new RegExp(`\\b${hostname()}\\b`));
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  it('takes longer secrets first, and paths of every system', () => {
    const redact = redactor({
      folder: '/srv/acme',
      words: [
        ['<host>', 'acme'],
        ['<id>', 'acme-7'],
        ['<none>', ''],
      ],
    });
    expect(redact('at /srv/acme/licenses/a.lic of acme-7 on acme')).toBe(
      'at <data>/licenses/a.lic of <id> on <host>',
    );
    expect(
      redact('at /etc/passwd, C:\\Users\\ann\\x, \\\\share\\ann; https://a.example/b Europe/Vienna'),
    ).toBe('at <path>, <path>, <path>; https://a.example/b Europe/Vienna');
  });
});
