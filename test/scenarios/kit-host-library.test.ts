import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseDate, startInUtc } from '@counterfoil/verifier';
import { openLicense, type OpenedLicense } from '@counterfoil/verifier/node';
import { afterEach, describe, expect, it } from 'vitest';
import { catalogPath, NOW, openDesk, type Answer, type Desk } from '../support/vendor.js';
import { run, type Ran } from '../unit/verifier-cli/host.js';

// Each rule is driven from the shipped catalog through the vendor's command, the kit that it builds, the host command under the
// vendor's name, and the library that a product embeds.

const day = (date: string): number => startInUtc(parseDate(date));
const DAY = 86_400;

/** A vendor who sells one product, and a site that uses it. */
interface Site {
  readonly desk: Desk;
  readonly license: OpenedLicense;
  /** Sets the clock of everybody. */
  readonly at: (now: number) => void;
  /** A vendor command that makes a license file; gives its path. */
  readonly sell: (...args: readonly string[]) => Promise<string>;
  readonly host: (...args: readonly string[]) => Promise<Ran>;
  readonly ask: (...args: readonly string[]) => Promise<{ exit: number; data: any }>;
  /** What library and command say of an operation; they must agree. */
  readonly may: (operation: string, role?: string) => Promise<string>;
  readonly trial: string;
}

const opened: OpenedLicense[] = [];
afterEach(() => {
  for (const license of opened.splice(0)) license.close();
});

async function openSite(product: string): Promise<Site> {
  const desk = await openDesk();
  let now = NOW;
  const vendor = (args: readonly string[]): Promise<Answer> =>
    desk.run(args, { now: () => now, hostBundle: bundle });
  const bundle = await desk.write('host.cjs', 'exports.run = () => 0;\n');
  const document = catalogPath(`${product}.yaml`);
  const built = await vendor(['catalog', 'kit', document, '--out', desk.path('kit')]);
  expect(built).toMatchObject({ exit: 0 });
  const { kit } = (await import(pathToFileURL(desk.path('kit/index.js')).href)) as { kit: string };
  const dataDir = desk.path('data');
  const license = openLicense({ kit, dataDir, env: {}, now: () => now, lookEvery: 0 });
  opened.push(license);
  let count = 0;
  const host: Site['host'] = (...args) =>
    run([...args, '--data', dataDir], now, { name: 'acme-license', builtKit: kit });
  const ask: Site['ask'] = async (...args) => {
    const { exit, out } = await host(...args, '--json');
    return { exit, data: JSON.parse(out) };
  };
  return {
    desk,
    license,
    at: (instant) => {
      now = instant;
    },
    sell: async (...args) => {
      const file = desk.path(`${(count += 1)}.lic`);
      const who = args[0] === 'issue' ? ['--customer', 'C-1', '--customer-name', 'Harbour'] : [];
      const answer = await vendor([...args, ...who, '--product-file', document, '--out', file]);
      if (answer.exit !== 0) throw new Error(answer.err);
      return file;
    },
    host,
    ask,
    may: async (operation, role) => {
      license.refresh();
      const decision = license.check(operation, role === undefined ? {} : { role });
      const said = await ask('check', operation, ...(role === undefined ? [] : ['--role', role]));
      // The host command wants its folder to be there; before the first install there is none.
      if (said.data.fault?.code !== 'data-missing') {
        expect([said.data.code, said.data.state, said.exit]).toEqual([
          decision.code,
          decision.state,
          decision.allowed ? 0 : 1,
        ]);
      }
      return decision.code;
    },
    trial: join(desk.path('kit'), 'trial.lic'),
  };
}

const limitOf = ({ license }: Site, pool: string): number | undefined =>
  license.statusView().license?.pools.find(({ id }) => id === pool)?.limit;

/** The license id of a file, by the summary that stands before it. */
async function idOf(file: string): Promise<string> {
  return /CF-[0-9A-Z-]{11}/.exec(await readFile(file, 'utf8'))![0];
}

describe('B05: valid for 12 months, the last day fully usable', () => {
  it('by dates', async () => {
    const site = await openSite('mailbox-backup');
    const order = ['--offer', 'annual', '--from', '2026-06-10', '--zone', 'Europe/Vienna'];
    expect((await site.host('install', await site.sell('issue', ...order))).exit).toBe(0);
    expect(await site.may('backup')).toBe('license-pending');
    site.at(day('2026-06-10') - 2 * 3600);
    expect(await site.may('backup')).toBe('allowed');
    expect(site.license.statusView().license?.left).toMatchObject({ lastDay: '2027-06-09' });
    // The end of 9 June in Vienna; then the offer's two weeks of grace.
    const end = day('2027-06-10') - 2 * 3600;
    site.at(end - 1);
    expect(site.license.check('backup')).toMatchObject({ state: 'active', until: end });
    site.at(end);
    expect(site.license.check('backup')).toMatchObject({ allowed: true, state: 'grace' });
    site.at(end + 14 * DAY);
    expect(await site.may('backup')).toBe('license-expired');
  });

  it('from activation, which the first install is', async () => {
    const site = await openSite('mailbox-backup');
    const order = ['--activate-by', '2026-12-31', '--activated', 'P12M', '--pool', 'mailboxes=10'];
    const file = await site.sell('issue', ...order);
    site.at(day('2026-09-15') + 3600);
    await site.host('install', file);
    expect(await site.may('backup')).toBe('allowed');
    expect(site.license.statusView().license).toMatchObject({
      activated: day('2026-09-15') + 3600,
      left: { lastDay: '2027-09-15' },
    });
    site.at(day('2027-09-16') - 1);
    expect(await site.may('backup')).toBe('allowed');
    site.at(day('2027-09-16'));
    expect(await site.may('backup')).toBe('license-expired');
  });
});

describe('B06: after the term jobs stop, and earlier backups can be restored', () => {
  it('says the reason and what helps', async () => {
    const site = await openSite('mailbox-backup');
    await site.host(
      'install',
      await site.sell('issue', '--last-day', '2026-06-30', '--pool', 'mailboxes=10'),
    );
    site.at(day('2026-07-01'));
    expect(await site.may('backup')).toBe('license-expired');
    expect(await site.may('backup-public-folder')).toBe('license-expired');
    expect(await site.may('create-job')).toBe('license-expired');
    expect(await site.may('restore')).toBe('allowed');
    expect(site.license.check('create-job')).toMatchObject({
      reason: 'the license has expired',
      finding: { hint: 'renew the license', who: 'administrator' },
    });
    expect((await site.host('check', 'create-job')).out).toContain('how: renew the license\n');
  });
});

describe('B07, B08, B09: renewed, extended and reduced on the same key', () => {
  it('takes the reissued files, each after a preview, and counts on', async () => {
    const site = await openSite('mailbox-backup');
    const first = await site.sell('issue', '--offer', 'annual', '--quantity', '10');
    await site.host('install', first);
    const id = await idOf(first);
    expect(await site.may('backup')).toBe('allowed');
    expect(limitOf(site, 'mailboxes')).toBe(100);

    // B08: a pack on top, which counts at once.
    const more = await site.sell('extend', id, '--offer', 'extension', '--quantity', '2');
    expect((await site.host('preview', more)).out).toContain(
      'pool Mailbox licenses (mailboxes): 100 → 120 (+20)',
    );
    await site.host('install', more);
    expect(site.license.check('backup').pools).toMatchObject([{ limit: 100 }]);
    expect(await site.may('backup')).toBe('allowed');
    expect(site.license.check('backup').pools).toMatchObject([{ limit: 120 }]);

    // B07 and B09: renewed for fewer, preloaded well before the end.
    site.at(day('2027-05-20'));
    expect(site.license.statusView()).toMatchObject({ endsSoon: true });
    const fewer = await site.sell('renew', id, '--duration', 'P12M', '--pool', 'mailboxes=80', '--preload');
    expect((await site.host('preview', fewer)).out).toMatch(/120 → 80 \(-40\)/);
    await site.host('install', fewer);
    expect(await site.may('backup')).toBe('allowed');
    expect(site.license.statusView()).toMatchObject({
      state: 'active',
      endsSoon: false,
      license: { id, revision: 2 },
      preloaded: { id, revision: 3 },
    });
    expect(limitOf(site, 'mailboxes')).toBe(120);
    site.at(day('2027-07-01'));
    expect(await site.may('backup')).toBe('allowed');
    expect(site.license.statusView()).toMatchObject({
      license: { id, revision: 3, left: { lastDay: '2028-05-31' } },
    });
    expect(limitOf(site, 'mailboxes')).toBe(80);
  });

  it('renews after the end, on the host that stopped', async () => {
    const site = await openSite('mailbox-backup');
    const first = await site.sell('issue', '--last-day', '2026-06-30', '--pool', 'mailboxes=10');
    await site.host('install', first);
    site.at(day('2026-08-01'));
    expect(await site.may('backup')).toBe('license-expired');
    const renewed = await site.sell('renew', await idOf(first), '--duration', 'P12M', '--basis', 'from-now');
    expect((await site.host('install', renewed)).exit).toBe(0);
    expect(await site.may('backup')).toBe('allowed');
  });
});

describe('B15: a trial of 30 days, after which there is neither backup nor restore', () => {
  it('with the trial of the kit, which begins with its install', async () => {
    const site = await openSite('mailbox-backup');
    site.at(NOW + 5 * DAY);
    expect((await site.host('install', site.trial)).exit).toBe(0);
    expect(await site.may('backup')).toBe('allowed');
    expect(site.license.statusView()).toMatchObject({ state: 'trial', license: { kind: 'trial' } });
    const { until } = site.license.check('backup');
    expect(until).toBe(day('2026-07-07'));
    site.at(day('2026-07-07'));
    expect(await site.may('backup')).toBe('trial-expired');
    expect(await site.may('restore')).toBe('trial-expired');
    // The same file again is the same trial.
    expect((await site.ask('install', site.trial)).data).toMatchObject({ outcome: 'repeated' });
    expect(await site.may('backup')).toBe('trial-expired');
    // A commercial license takes its place without a word.
    await site.host('install', await site.sell('issue', '--offer', 'annual'));
    expect(await site.may('restore')).toBe('allowed');
  });
});

describe('M08: unlimited in time', () => {
  it('names no end anywhere, and never expires', async () => {
    const site = await openSite('mailbox-migration');
    await site.host('install', await site.sell('issue', '--perpetual', '--pool', 'mailboxes=50'));
    for (const date of ['2026-06-01', '2031-06-01', '2099-12-31']) {
      site.at(day(date));
      expect(await site.may('migrate')).toBe('allowed');
    }
    const view = site.license.statusView();
    expect(view).toMatchObject({ state: 'active', endsSoon: false });
    expect(view.license).not.toHaveProperty('left');
    expect(site.license.check('migrate')).not.toHaveProperty('until');
    expect((await site.host('status')).out).not.toMatch(/^Left:/m);
  });
});

describe('M10: the window shows key, type, expiry, the link to buy, and what is available', () => {
  it.each([
    ['trial', async (site: Site) => site.trial],
    ['commercial', async (site: Site) => site.sell('issue', '--perpetual', '--pool', 'mailboxes=10')],
  ])('of a license that is %s, in library, text, JSON, page and log line', async (kind, file) => {
    const site = await openSite('mailbox-migration');
    await site.host('install', await file(site));
    const { license, links } = site.license.statusView();
    expect(license).toMatchObject({ kind, pools: [{ id: 'mailboxes', limit: 10 }] });
    expect(links).toContainEqual({ name: 'buy', url: 'https://shop.example/mailbox-migration' });
    const page = site.desk.path('window.html');
    const text = await site.host('status', '--html', page);
    expect(text.out).toContain(`License:   ${license!.id}, revision 1, ${kind}\n`);
    expect(text.out).toContain('buy: https://shop.example/mailbox-migration\n');
    expect((await site.ask('status')).data.license).toMatchObject({ id: license!.id, kind });
    expect((await site.host('status', '--log-line')).out).toContain(
      ` license=${license!.id} revision=1 kind=${kind} `,
    );
    const html = await readFile(page, 'utf8');
    for (const word of [license!.id, 'https://shop.example/mailbox-migration', 'Mailbox licenses', '10']) {
      expect(html).toContain(word);
    }
  });
});

describe('E08: all expired: no backup, no restore, no new users; the administrator signs in', () => {
  it('and the reason is said', async () => {
    const site = await openSite('endpoint-backup');
    await site.host('install', await site.sell('issue', '--last-day', '2026-06-30', '--pool', 'users=10'));
    site.at(day('2026-06-15'));
    expect(await site.may('sign-in')).toBe('allowed');
    expect(await site.may('backup')).toBe('allowed');
    site.at(day('2026-07-01'));
    for (const operation of ['backup', 'restore', 'add-user', 'sign-in']) {
      expect([operation, await site.may(operation)]).toEqual([operation, 'license-expired']);
    }
    expect(await site.may('sign-in', 'administrator')).toBe('allowed');
    expect(await site.may('restore', 'administrator')).toBe('license-expired');
  });
});

describe('E09: features may be licensed apart from users and end on their own', () => {
  it('ends the feature, and leaves the rest', async () => {
    const site = await openSite('endpoint-backup');
    const order = ['--offer', 'annual', '--quantity', '10', '--feature', 'legal-hold=2026-08-31'];
    const file = await site.sell('issue', ...order);
    await site.host('install', file);
    expect(await site.may('hold-legally', 'administrator')).toBe('allowed');
    expect(await site.may('hold-legally')).toBe('role-denied');
    expect(site.license.check('hold-legally', { role: 'administrator' }).until).toBe(day('2026-09-01'));
    site.at(day('2026-09-01'));
    expect(await site.may('hold-legally', 'administrator')).toBe('feature-ended');
    expect(await site.may('backup')).toBe('allowed');
    const held = await site.sell('extend', await idOf(file), '--offer', 'legal-hold');
    await site.host('install', held);
    expect(await site.may('hold-legally', 'administrator')).toBe('allowed');
  });

  it('is not there unless it was bought', async () => {
    const site = await openSite('endpoint-backup');
    await site.host('install', await site.sell('issue', '--offer', 'annual', '--quantity', '10'));
    expect(await site.may('hold-legally', 'administrator')).toBe('feature-missing');
    expect(await site.may('backup')).toBe('allowed');
  });
});
