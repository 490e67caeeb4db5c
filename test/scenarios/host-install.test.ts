import { appendFileSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  DAY,
  goodFile,
  kitFile,
  licenseFile,
  licenseOf,
  makeKey,
  makeVendor,
  NOW,
  pagesOf,
  productOf,
  rootClaims,
  shardOf,
  signCompact,
  signRoot,
  type Loose,
} from '../support/signing.js';
import { makeFolder, run } from '../unit/verifier-cli/host.js';

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

/** A license file of the vendor. */
function lic(grant: Loose = {}, change: Loose = {}): string {
  return files.put(
    `${(count += 1)}.lic`,
    goodFile(vendor, { jti: Buffer.alloc(16, count).toString('base64url'), ...change }, grant),
  );
}

const pools = (quantity: number): Loose => ({
  pools: { mailboxes: { label: 'Mailboxes', lots: [{ id: 'lot-1', quantity }] } },
});

async function host(argv: readonly string[], now = NOW): Promise<{ exit: number; out: string; err: string }> {
  return run([argv[0]!, '--kit', kit, '--data', data, ...argv.slice(1)], now);
}
async function ask(argv: readonly string[], now = NOW): Promise<{ exit: number; data: any }> {
  const { exit, out } = await host([...argv, '--json'], now);
  return { exit, data: JSON.parse(out) };
}
const journal = (): string => readFileSync(join(data, 'journal.1.log'), 'utf8');

describe('install', () => {
  it('makes the folder, says what is new, and status says it is in force', async () => {
    const first = await host(['install', lic()]);
    expect(first).toMatchObject({ exit: 0, err: '' });
    expect(first.out).toContain('installed: CF-7K2M-94QX-3, revision 1\n');
    expect(first.out).toContain('  + pool Mailboxes (mailboxes): 50\n');
    const status = await host(['status']);
    expect(status).toMatchObject({ exit: 0, err: '' });
    expect(status.out).toContain('in force: state active\n');
    expect(status.out).toContain(
      'Term:      from 2026-05-23 to the end of 2026-09-09 (Europe/Vienna), grace to 2026-09-23',
    );
    expect(status.out).toContain('Left:      100 days after today, last day 2026-09-09 (Europe/Vienna)\n');
    expect(status.out).toContain('Pool:      Mailboxes: 50; ');
    expect(status.out).toContain(data);
    expect(status.out).toMatch(/fingerprint [A-Za-z0-9_-]{43}\n/);
  });

  it('B07, B08: a renewal for more on the same key keeps the license and says before and after', async () => {
    await host(['install', lic()]);
    const larger = lic({ revision: 2, ...pools(80), features: { archive: { until: NOW + 50 * DAY } } });
    const before = journal();
    const preview = await host(['preview', larger]);
    expect(preview.exit).toBe(0);
    expect(preview.out).toContain('  pool Mailboxes (mailboxes): 50 → 80 (+30)\n');
    expect(preview.out).toContain('  + feature archive: to the end of 2026-07-');
    expect(journal()).toBe(before);
    expect((await host(['install', larger])).out).toContain('50 → 80 (+30)');
    expect((await ask(['status'])).data.license).toMatchObject({ revision: 2, pools: [{ limit: 80 }] });
  });

  it('B09: a renewal for fewer is allowed, after a preview that says so', async () => {
    await host(['install', lic()]);
    const fewer = lic({ revision: 2, ...pools(20) });
    expect((await host(['preview', fewer])).out).toContain('50 → 20 (-30)');
    expect((await host(['install', fewer])).exit).toBe(0);
  });

  it('of the current file again is free and says so', async () => {
    const file = lic();
    await host(['install', file]);
    const before = journal();
    const again = await host(['install', file]);
    expect(again).toMatchObject({ exit: 0 });
    expect(again.out).toContain('installed already: CF-7K2M-94QX-3, revision 1; nothing was changed\n');
    expect(journal()).toBe(before);
    // and it puts back a file that was lost
    for (const name of readdirSync(join(data, 'licenses'))) rmSync(join(data, 'licenses', name));
    expect(await host(['status'])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('code: license-lost'),
    });
    await host(['install', file]);
    expect((await host(['status'])).exit).toBe(0);
  });

  it('refuses an older revision until it is acknowledged', async () => {
    const old = lic();
    await host(['install', lic({ revision: 3 })]);
    const refused = await host(['install', old]);
    expect(refused.exit).toBe(1);
    expect(refused.out).toContain('not installed: revision-older\n');
    expect(refused.out).toContain('--acknowledge older-revision');
    expect((await host(['install', '--acknowledge', 'older-revision', old])).exit).toBe(0);
    expect((await ask(['status'])).data.license.revision).toBe(1);
  });

  it('refuses another license until it is acknowledged; B16: a trial becomes full by itself', async () => {
    const other = lic({ id: 'CF-AAAA-AAAA-A' });
    await host(['install', lic()]);
    expect((await ask(['install', other])).data).toMatchObject({
      outcome: 'refused',
      finding: { code: 'license-id-other', clause: 'LG-3.2' },
    });
    expect((await host(['install', '--acknowledge', 'other-license', other])).exit).toBe(0);
    data += '-trial';
    await host(['install', lic({ id: 'CF-TTTT-TTTT-T', kind: 'trial' })]);
    expect((await host(['install', lic()])).exit).toBe(0);
    expect((await host(['install', '--acknowledge', 'anything', lic()])).err).toContain('code: usage');
  });

  it.each([
    ['expired', NOW + 400 * DAY, 'expired'],
    ['in grace', NOW + 105 * DAY, 'grace'],
  ])('takes a renewal when %s', async (_, now, state) => {
    await host(['install', lic()]);
    expect((await ask(['status'], now)).data.state).toBe(state);
    const renewal = lic(
      { revision: 2, term: { type: 'fixed', until: NOW + 800 * DAY } },
      { iat: now - DAY, nbf: now - DAY, exp: NOW + 800 * DAY },
    );
    expect((await host(['install', renewal], now)).exit).toBe(0);
    expect(await ask(['status'], now)).toMatchObject({ exit: 0, data: { state: 'active' } });
  });

  it('installs a revoked one too, and status says what it is', async () => {
    const file = files.put(
      'revoked.lic',
      licenseFile(signCompact(vendor.issuing, 'license', licenseOf()), { shard: shardOf(vendor, { 7: 1 }) }),
    );
    expect((await host(['install', file])).exit).toBe(0);
    expect(await ask(['status'])).toMatchObject({
      exit: 1,
      data: { state: 'revoked', finding: { code: 'license-revoked' } },
    });
  });

  it('keeps a newer status list for files that carry an older one', async () => {
    await host(['install', lic()]);
    const revoking = files.put(
      'newer.lic',
      licenseFile(
        signCompact(
          vendor.issuing,
          'license',
          licenseOf(
            { status: { status_list: { idx: 8, uri: 'counterfoil:acme.example:status:0' } } },
            { revision: 2 },
          ),
        ),
        {
          shard: shardOf(vendor, { 7: 1 }, { version: 2 }),
        },
      ),
    );
    await host(['install', revoking]);
    expect((await ask(['status'])).data).toMatchObject({ state: 'active', license: { revision: 2 } });
    expect((await ask(['status'])).data.undoUntil).toBeDefined();
    // the vendor withdrew the predecessor: there is no way back to it
    expect((await ask(['undo'])).data).toMatchObject({ outcome: 'refused', finding: { code: 'undo-ended' } });
  });

  it('keeps trust roots: a later file need not carry the chain', async () => {
    const issuing = makeKey();
    const second = signRoot(rootClaims({ ...vendor, issuing }, { version: 2 }), vendor.rootKey);
    const text = (revision: number, roots: readonly string[]): string =>
      licenseFile(signCompact(issuing, 'license', licenseOf({}, { revision })), {
        roots,
        shard: shardOf(vendor),
      });
    const carrying = files.put('root2.lic', text(1, [vendor.root, second]));
    const bare = files.put('bare2.lic', text(2, []));
    expect((await host(['install', bare])).out).toContain('not installed: key-unknown');
    expect((await host(['install', carrying])).exit).toBe(0);
    expect((await host(['install', bare])).exit).toBe(0);
    expect((await ask(['status'])).data.root.version).toBe(2);
  });

  it('preloads a renewal: the old one stays until then, and no longer warns', async () => {
    const soon = NOW + 90 * DAY;
    await host(['install', lic()]);
    expect((await host(['status'], soon)).out).toContain('warning: the term ends soon');
    const next = lic(
      { revision: 2, ...pools(80), term: { type: 'fixed', until: NOW + 465 * DAY, zone: 'Europe/Vienna' } },
      { iat: NOW, nbf: NOW + 100 * DAY, exp: NOW + 480 * DAY },
    );
    const installed = await host(['install', next], soon);
    expect(installed.out).toContain('preloaded: it begins at 2026-09-09T00:00:00Z');
    const status = await host(['status'], soon);
    expect(status.out).toContain('revision 1');
    expect(status.out).toContain('Next:      CF-7K2M-94QX-3, revision 2, from 2026-09-09 (Europe/Vienna)\n');
    expect(status.out).not.toContain('warning');
    expect((await ask(['status'], NOW + 100 * DAY)).data.license).toMatchObject({
      revision: 2,
      pools: [{ limit: 80 }],
    });
    expect((await ask(['status'], NOW + 100 * DAY - 1)).data.license.revision).toBe(1);
  });

  it('says that a preloaded renewal was lost, and holds to the license in force', async () => {
    await host(['install', lic()]);
    await host(['install', lic({ revision: 2 }, { iat: NOW, nbf: NOW + 50 * DAY })]);
    const { data: before } = await ask(['status']);
    expect(before).toMatchObject({ license: { revision: 1 }, preloaded: { revision: 2 }, conditions: [] });
    const digest = /"license":"([0-9a-f]{64})"[^}]*"revision":2/.exec(journal())![1]!;
    writeFileSync(join(data, 'licenses', `${digest}.lic`), 'changed');
    expect(await ask(['status'])).toMatchObject({
      exit: 0,
      data: { license: { revision: 1 }, conditions: [{ code: 'license-lost', clause: 'LG-4.2' }] },
    });
    expect((await host(['status'], NOW + 50 * DAY)).exit).toBe(2);
  });

  it('B05: counts a term from activation from the first install, whatever is installed later', async () => {
    const term = { type: 'activation', by: NOW + 60 * DAY, duration: 'P12M' };
    const change = { exp: NOW + 500 * DAY };
    await host(['install', lic({ term }, change)]);
    const { data: status } = await ask(['status']);
    expect(status).toMatchObject({
      state: 'active',
      license: { activated: '2026-06-01T00:00:00Z', left: { lastDay: '2027-06-01' } },
    });
    await host(['install', lic({ term, revision: 2 }, change)], NOW + 20 * DAY);
    expect((await ask(['status'], NOW + 20 * DAY)).data.license).toMatchObject({
      revision: 2,
      left: { lastDay: '2027-06-01' },
    });
  });

  it('never judges by an earlier instant than what is signed', async () => {
    await host(['install', lic({}, { iat: NOW - DAY })]);
    const { data: status } = await ask(['status'], NOW - 30 * DAY);
    expect(status).toMatchObject({
      asOf: '2026-05-31T00:00:00Z',
      state: 'active',
      conditions: [{ code: 'clock-before-issue' }],
    });
  });

  it('writes identity pages to side files', async () => {
    const { claim, bytes } = pagesOf(['ann@example.com']);
    const license = signCompact(
      vendor.issuing,
      'license',
      licenseOf({}, { allowed: { mailbox: { pages: claim } } }),
    );
    const file = files.put('pages.lic', licenseFile(license, { shard: shardOf(vendor), pages: [bytes] }));
    expect((await host(['install', file])).exit).toBe(0);
    expect(readdirSync(join(data, 'pages')).map((name) => name.replace(/-.*\./, '-….'))).toEqual([
      'mailbox-….pages',
    ]);
  });

  it('refuses what is bound to another host, also when the host says nothing of itself', async () => {
    const jkt = Buffer.alloc(32, 4).toString('base64url');
    const bound = lic({ binding: { type: 'host-key' } }, { cnf: { jkt } });
    expect((await host(['install', bound])).out).toContain('not installed: host-mismatch');
    expect((await host(['install', '--host-key', jkt, bound])).exit).toBe(0);
    expect((await host(['status'])).exit).toBe(1);
    expect((await host(['status', '--host-key', jkt])).exit).toBe(0);
  });
});

describe('undo', () => {
  it('goes back to the license before, within the days of the policy', async () => {
    await host(['install', lic()]);
    await host(['install', lic({ revision: 2, ...pools(20) })]);
    expect((await ask(['status'])).data.undoUntil).toBe('2026-06-04T00:00:00Z');
    const undone = await host(['undo'], NOW + 3 * DAY - 1);
    expect(undone.out).toContain('undone: CF-7K2M-94QX-3, revision 2\n');
    expect(undone.out).toContain('20 → 50 (+30)');
    expect((await ask(['status'])).data.license.revision).toBe(1);
    expect((await ask(['undo'])).data.finding.code).toBe('undo-nothing');
  });

  it.each([
    ['undo-late', {}, {}, 3],
    ['undo-late', { policies: { undo: 0 } }, {}, 0],
    ['undo-ended', { policies: { undo: 200 } }, {}, 114],
  ])('is refused as %s (%j)', async (code, grant, change, days) => {
    await host(['install', lic()]);
    await host(['install', lic({ revision: 2, ...grant }, change)]);
    const { exit, out } = await host(['undo'], NOW + days * DAY);
    expect([exit, out.split('\n')[0]]).toEqual([1, `not undone: ${code}`]);
  });
});

describe('status', () => {
  it('says it in one line for logs', async () => {
    await host(['install', lic()]);
    expect((await host(['status', '--log-line'])).out).toBe(
      'product=backup state=active in_force=yes license=CF-7K2M-94QX-3 revision=1 kind=commercial last_day=2026-09-09 zone=Europe/Vienna days_left=100 pool.mailboxes=50\n',
    );
    expect(await host(['status', '--log-line'], NOW + 400 * DAY)).toMatchObject({
      exit: 1,
      out: expect.stringContaining('state=expired in_force=no code=license-expired '),
    });
  });

  it('answers 2 without a data folder, 1 in an empty one', async () => {
    expect(await host(['status'])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('code: data-missing'),
    });
    expect(await host(['undo'])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('code: data-missing'),
    });
    data = files.path;
    const empty = await host(['status']);
    expect([empty.exit, empty.out.split('\n').slice(0, 2)]).toEqual([
      1,
      ['not in force: state none', 'no license is installed'],
    ]);
    expect((await ask(['undo'])).data.finding.code).toBe('undo-nothing');
    expect((await run(['status', '--kit', kit])).err).toContain('--data DIR');
    expect((await run(['status', '--data', data])).err).toContain('code: kit-missing');
  });

  it('passes over what is broken, and notices a line that was taken out', async () => {
    await host(['install', lic()]);
    await host(['install', lic({ revision: 2 })]);
    appendFileSync(join(data, 'journal.1.log'), '\n{"kind":"install","half');
    expect((await ask(['status'])).data).toMatchObject({
      license: { revision: 2 },
      journal: { broken: 0, gaps: 0 },
    });
    await host(['install', lic({ revision: 3 })]);
    expect((await ask(['status'])).data).toMatchObject({
      license: { revision: 3 },
      journal: { broken: 1, gaps: 0 },
    });
    const lines = journal()
      .split('\n')
      .filter((line) => line.includes('"revision":2'));
    expect(lines).toHaveLength(1);
    writeFileSync(join(data, 'journal.1.log'), journal().replace(lines[0]!, ''));
    expect((await host(['status'])).out).toContain('warning: the journal lacks lines: 1 of');
  });

  it('reads the journal of a newer version, and does not write to it', async () => {
    await host(['install', lic()]);
    const { formatLine } = await import('../../verifier/src/node/journal/line.js');
    const header = { kind: 'header', format: 1, reducer: 2, ledger: 'AAAAAAAAAAAAAAAAAAAAAA', after: '' };
    appendFileSync(join(data, 'journal.1.log'), `\n${formatLine(header)}\n`);
    const size = statSync(join(data, 'journal.1.log')).size;
    expect((await host(['status'])).exit).toBe(0);
    expect(await host(['install', lic({ revision: 2 })])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('code: journal-newer'),
    });
    expect(statSync(join(data, 'journal.1.log')).size).toBe(size);
  });
});
