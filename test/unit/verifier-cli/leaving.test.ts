import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  goodFile,
  kitFile,
  licenseFile,
  licenseOf,
  makeVendor,
  NOW,
  pagesOf,
  productOf,
  shardOf,
  signCompact,
  type Loose,
} from '../../support/signing.js';
import { openJournalToAppend } from '../../../verifier/src/node/journal/journal.js';
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
  files.put(
    `${(count += 1)}.lic`,
    goodFile(vendor, { jti: Buffer.alloc(16, count).toString('base64url'), ...change }, grant),
  );
const paged = (): string => {
  const { claim, bytes } = pagesOf(['ann@example.com']);
  const license = signCompact(
    vendor.issuing,
    'license',
    licenseOf({}, { allowed: { mailbox: { pages: claim } } }),
  );
  return files.put('paged.lic', licenseFile(license, { shard: shardOf(vendor), pages: [bytes] }));
};
const host = (argv: readonly string[], now = NOW): ReturnType<typeof run> =>
  run([argv[0]!, '--kit', kit, '--data', data, ...argv.slice(1)], now);
const ask = async (argv: readonly string[], now = NOW): Promise<{ exit: number; data: any }> => {
  const { exit, out } = await host([...argv, '--json'], now);
  return { exit, data: JSON.parse(out) };
};
const inFolder = (name: string): string[] =>
  existsSync(join(data, name)) ? readdirSync(join(data, name)) : [];
/** Sets a file's time: an hour and more before the clock of the tests. */
const age = (path: string, seconds: number): void => {
  utimesSync(path, NOW - seconds, NOW - seconds);
};

describe('uninstall', () => {
  it('ends what is installed, removes the files, keeps the journal and says why', async () => {
    await host(['install', paged()]);
    await host(['install', lic({ revision: 2 })]);
    writeFileSync(join(data, 'notes.txt'), 'mine');
    const done = await host(['uninstall']);
    expect(done).toMatchObject({ exit: 0, err: '' });
    expect(done.out).toMatch(/^uninstalled: CF-7K2M-94QX-3, revision 2\n/);
    expect(done.out.match(/removed: licenses\//g)).toHaveLength(2);
    expect(done.out.match(/removed: pages\//g)).toHaveLength(1);
    expect(done.out).toContain('stays: journal.1.log, the record of use');
    expect(done.out).toContain('stays: notes.txt, which this program has not made');
    expect([inFolder('licenses'), inFolder('pages')]).toEqual([[], []]);
    expect(await ask(['status'])).toMatchObject({ exit: 1, data: { state: 'none' } });
    expect((await ask(['undo'])).data.finding.code).toBe('undo-nothing');
  });

  it('repeated has nothing to do, and makes no journal', async () => {
    mkdirSync(data);
    expect(await ask(['uninstall'])).toMatchObject({
      exit: 0,
      data: { outcome: 'nothing-installed', removed: [] },
    });
    expect(readdirSync(data)).toEqual([]);
    await host(['install', lic()]);
    await host(['uninstall', '--quiet']);
    const before = readFileSync(join(data, 'journal.1.log'), 'utf8');
    const again = await host(['uninstall']);
    expect([again.exit, again.out.split('\n')[0]]).toEqual([
      0,
      'nothing is installed; there is nothing to do',
    ]);
    expect(readFileSync(join(data, 'journal.1.log'), 'utf8')).toBe(before);
    data += '-none';
    expect((await host(['uninstall'])).err).toContain('code: data-missing');
  });

  it('removes what a killed one left', async () => {
    const file = lic();
    await host(['install', file]);
    const [name] = inFolder('licenses');
    await host(['uninstall']);
    writeFileSync(join(data, 'licenses', name!), readFileSync(file));
    expect(await ask(['uninstall'])).toMatchObject({
      data: { outcome: 'nothing-installed', removed: [`licenses/${name!}`] },
    });
  });

  it('forgets nothing: an older revision or another license still has to be acknowledged', async () => {
    const old = lic();
    const current = lic({ revision: 2 });
    await host(['install', current]);
    await host(['uninstall']);
    expect((await ask(['install', old])).data.finding.code).toBe('revision-older');
    expect((await ask(['install', lic({ id: 'CF-AAAA-AAAA-A' })])).data.finding.code).toBe(
      'license-id-other',
    );
    expect((await ask(['install', current])).data.outcome).toBe('installed');
    expect((await ask(['status'])).data).toMatchObject({ state: 'active', license: { revision: 2 } });
    expect((await ask(['undo'])).data.finding.code).toBe('undo-nothing');
  });

  it('is void where another was installed in between', async () => {
    await host(['install', lic()]);
    await host(['install', lic({ revision: 2 })]);
    const { data: status } = await ask(['status']);
    const journal = openJournalToAppend(data);
    const first = journal.lines().flatMap(({ value }) => (value['records'] as any) ?? []);
    journal.append([{ kind: 'uninstall', at: NOW, product: 'backup', license: first[0].license }]);
    journal.append([{ kind: 'uninstall', at: NOW, product: 'other', license: first[0].license }]);
    journal.close();
    expect((await ask(['status'])).data.license).toEqual(status.license);
  });

  it('leaves the files of another product', async () => {
    const other = files.put(
      'other.kit',
      kitFile(
        [vendor.root],
        signCompact(vendor.issuing, 'product', productOf({ sub: 'archive' }, { id: 'archive' })),
      ),
    );
    await host(['install', lic()]);
    await run(['install', '--kit', other, '--data', data, lic({}, { aud: 'archive' })]);
    const { data: done } = await ask(['uninstall']);
    expect([done.removed.length, done.stays.length]).toEqual([1, 2]);
    expect(await run(['status', '--kit', other, '--data', data])).toMatchObject({ exit: 0 });
  });
});

describe('install', () => {
  it('sweeps what killed commands left, but nothing that may still be at work, and nothing of others', async () => {
    await host(['install', lic()]);
    const licenses = join(data, 'licenses');
    const draft = `.${'a'.repeat(64)}.lic.0123456789ab.tmp`;
    const [young, orphan, unknown] = [
      `.${'b'.repeat(64)}.lic.0123456789ab.tmp`,
      `${'c'.repeat(64)}.lic`,
      '.vim.tmp',
    ];
    for (const name of [draft, young, orphan, unknown]) writeFileSync(join(licenses, name), 'x');
    for (const name of [draft, orphan, unknown]) age(join(licenses, name), 3600);
    age(join(licenses, young), 3599);
    for (const name of inFolder('licenses').filter((n) => /^[0-9a-f]{64}\.lic$/.test(n) && n !== orphan))
      age(join(licenses, name), 9999);
    await host(['install', lic({ revision: 2 })]);
    const left = inFolder('licenses');
    expect([draft, young, orphan, unknown].map((name) => left.includes(name))).toEqual([
      false,
      true,
      false,
      true,
    ]);
    expect(left).toHaveLength(4);
  });
});

describe('prepare-image', () => {
  it('clears nothing until it is acknowledged, and says what would be lost', async () => {
    await host(['install', lic()]);
    const refused = await host(['prepare-image']);
    expect(refused).toMatchObject({ exit: 1, out: '' });
    expect(refused.err).toContain('code: ledger-loss');
    expect(refused.err).toContain(
      'the license CF-7K2M-94QX-3, revision 1, with what it holds here; 3 lines of the record of use; 2 files in all',
    );
    expect((await host(['status'])).exit).toBe(0);
    expect((await host(['prepare-image', '--acknowledge', 'older-revision'])).err).toContain(
      'expected clear-ledger',
    );
  });

  it('clears what is ours and nothing else', async () => {
    await host(['install', paged()]);
    writeFileSync(join(data, 'notes.txt'), 'mine');
    writeFileSync(join(data, 'licenses', 'README'), 'mine');
    const draft = join(data, 'pages', `.mailbox-${'a'.repeat(32)}.pages.0123456789ab.tmp`);
    writeFileSync(draft, 'x');
    const done = await ask(['prepare-image', '--acknowledge', 'clear-ledger']);
    expect(done).toMatchObject({
      exit: 0,
      data: {
        outcome: 'cleared',
        lines: 3,
        license: { revision: 1 },
        foreign: ['licenses/README', 'notes.txt'],
      },
    });
    expect(done.data.removed).toHaveLength(4);
    expect([readdirSync(data).sort(), inFolder('licenses'), inFolder('pages')]).toEqual([
      ['licenses', 'notes.txt', 'pages'],
      ['README'],
      [],
    ]);
    expect((await ask(['status'])).data).toMatchObject({ state: 'none', journal: { lines: 0 } });
    const again = await host(['prepare-image']);
    expect([again.exit, again.out.split('\n')[0]]).toEqual([
      0,
      'ready for an image: there was nothing to clear',
    ]);
  });

  it('half done is a host on which nothing is installed', async () => {
    await host(['install', lic()]);
    rmSync(join(data, 'journal.1.log'));
    expect((await ask(['status'])).data.state).toBe('none');
    const rest = await host(['prepare-image', '--acknowledge', 'clear-ledger']);
    expect(rest.out).toContain('removed: licenses/');
  });

  it.runIf(process.platform !== 'win32')('follows no link out of the folder', async () => {
    const elsewhere = join(files.path, `elsewhere-${(count += 1)}`);
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, `${'a'.repeat(64)}.lic`), 'x');
    mkdirSync(data);
    symlinkSync(elsewhere, join(data, 'licenses'));
    symlinkSync(join(elsewhere, `${'a'.repeat(64)}.lic`), join(data, 'journal.1.log'));
    expect((await ask(['prepare-image', '--acknowledge', 'clear-ledger'])).data).toMatchObject({
      removed: [],
      foreign: ['journal.1.log', 'licenses'],
    });
    expect(readdirSync(elsewhere)).toHaveLength(1);
  });

  it('does not touch the journal of a newer version, nor a folder that is not there', async () => {
    expect((await host(['prepare-image', '--acknowledge', 'clear-ledger'])).err).toContain(
      'code: data-missing',
    );
    await host(['install', lic()]);
    const journal = openJournalToAppend(data);
    journal.append([{ kind: 'header', format: 2, reducer: 1, ledger: 'AAAAAAAAAAAAAAAAAAAAAA' }]);
    journal.close();
    for (const argv of [['uninstall'], ['prepare-image', '--acknowledge', 'clear-ledger']])
      expect(await host(argv)).toMatchObject({
        exit: 2,
        err: expect.stringContaining('code: journal-newer'),
      });
    expect(inFolder('licenses')).toHaveLength(1);
  });
});
