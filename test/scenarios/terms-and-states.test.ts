import { readFile } from 'node:fs/promises';
import {
  isInForce,
  parseDate,
  startInUtc,
  verifyLicense,
  type State,
  type Usable,
} from '@counterfoil/verifier';
import { nodeEngine, readKit } from '@counterfoil/verifier/node';
import { describe, expect, it } from 'vitest';
import { catalogPath, NOW, openDesk, type Desk } from '../support/vendor.js';

/** The instant at which a day begins in UTC. */
const day = (date: string): number => startInUtc(parseDate(date));

/** A vendor with one product, and a host that has its kit. */
interface Market {
  readonly desk: Desk;
  /** Issues a license by options and judges it on the host at any instant. */
  readonly sell: (options: readonly string[], now?: number) => Promise<(at: number) => Usable>;
}

async function openMarket(product: string): Promise<Market> {
  const desk = await openDesk();
  const document = ['--product-file', catalogPath(`${product}.yaml`)];
  await desk.run(['export', 'kit', ...document, '--out', desk.path('kit')]);
  const kit = readKit(await readFile(desk.path('kit')), nodeEngine);
  let count = 0;
  return {
    desk,
    sell: async (options, now = NOW) => {
      const file = desk.path(`${(count += 1)}.lic`);
      const customer = ['--customer', 'C-1', '--customer-name', 'One'];
      const answer = await desk.run(['issue', ...document, ...customer, ...options, '--out', file], {
        now: () => now,
      });
      expect(answer).toMatchObject({ exit: 0 });
      const text = await readFile(file);
      return (at) => {
        const context = {
          engine: nodeEngine,
          trust: kit.trust,
          product: kit.product!.sub,
          host: {},
          now: at,
        };
        const verdict = verifyLicense(text, context);
        if (verdict.arm !== 'usable') throw new Error(verdict.finding.code);
        return verdict;
      };
    },
  };
}

/** What the state's row of the license allows. */
const rowOf = ({ state, license }: Usable): readonly string[] => license.claims.license.states[state] ?? [];

describe('B05: valid for 12 months, the last day fully usable', () => {
  it.each([
    ['2026-06-10', '2027-06-09'],
    ['2027-03-01', '2028-02-29'],
    ['2027-02-28', '2028-02-27'],
  ])('from %s to the end of %s', async (from, last) => {
    const { sell } = await openMarket('mailbox-backup');
    const judge = await sell(['--from', from, '--duration', 'P12M', '--pool', 'mailboxes=10']);
    expect(judge(day(from) - 1).state).toBe('pending');
    expect(judge(day(from)).state).toBe('active');
    expect(judge(day(last) + 86_399).state).toBe('active');
    expect(judge(day(last) + 86_400).state).toBe('expired');
  });

  it('from 29 February to the end of 28 February', async () => {
    const { sell } = await openMarket('mailbox-backup');
    const judge = await sell(['--from', '2028-02-29', '--duration', 'P12M'], day('2028-01-10'));
    expect(judge(day('2028-02-29')).state).toBe('active');
    expect(judge(day('2029-03-01') - 1).state).toBe('active');
    expect(judge(day('2029-03-01')).state).toBe('expired');
  });

  it('names the last day, whole in the zone of the order', async () => {
    const { desk, sell } = await openMarket('mailbox-backup');
    const judge = await sell(['--from', '2026-07-01', '--duration', 'P12M', '--zone', 'Europe/Vienna']);
    const end = day('2027-07-01') - 2 * 3600;
    expect(judge(end - 1).state).toBe('active');
    expect(judge(end).state).toBe('expired');
    expect((await desk.run(['list'])).out).toContain('2027-06-30 Europe/Vienna');
  });

  it('or from activation, which the license leaves to the host', async () => {
    const { sell } = await openMarket('mailbox-backup');
    const judge = await sell(['--activate-by', '2026-12-31', '--activated', 'P12M']);
    expect(judge(NOW)).toMatchObject({ state: 'pending', finding: { code: 'license-not-activated' } });
    expect(judge(day('2027-01-01')).state).toBe('expired');
  });

  it('with grace after it, in which all is allowed', async () => {
    const { sell } = await openMarket('mailbox-backup');
    const judge = await sell(['--last-day', '2026-12-31', '--grace', 'P14D']);
    const grace = judge(day('2027-01-14') + 86_399);
    expect(grace.state).toBe('grace');
    expect(rowOf(grace)).toContain('backup');
    expect(judge(day('2027-01-15')).state).toBe('expired');
  });
});

describe('B06: after the term jobs stop, and earlier backups can be restored', () => {
  it('expired allows restore and nothing else', async () => {
    const { desk, sell } = await openMarket('mailbox-backup');
    const judge = await sell(['--last-day', '2026-12-31']);
    expect(rowOf(judge(NOW))).toEqual(['create-job', 'backup', 'backup-public-folder', 'restore']);
    const over = judge(day('2027-01-01'));
    expect(over).toMatchObject({
      state: 'expired',
      finding: { code: 'license-expired', hint: 'renew the license' },
    });
    expect(rowOf(over)).toEqual(['restore']);
    const inspected = await desk.ask(['inspect', desk.path('1.lic')], { now: () => day('2027-01-01') });
    expect(inspected).toMatchObject({ exit: 1, data: { state: 'expired', outcome: 'not-valid' } });
  });
});

describe('B15: after the trial neither backup nor restore', () => {
  it('trial-expired allows nothing, and so does none', async () => {
    const { sell } = await openMarket('mailbox-backup');
    const judge = await sell(['--kind', 'trial', '--duration', 'P30D', '--pool', 'mailboxes=100']);
    expect(judge(NOW).state).toBe('trial');
    expect(rowOf(judge(NOW))).toContain('backup');
    expect(judge(NOW + 30 * 86_400 - 1).state).toBe('trial');
    const over = judge(NOW + 30 * 86_400);
    expect(over).toMatchObject({ state: 'trial-expired', finding: { code: 'trial-expired' } });
    expect(rowOf(over)).toEqual([]);
    expect(over.license.claims.license.states.none).toEqual([]);
  });
});

describe('M08: unlimited in time', () => {
  it('a perpetual license has no expiry anywhere', async () => {
    const { desk, sell } = await openMarket('mailbox-migration');
    const judge = await sell(['--perpetual', '--pool', 'mailboxes=50']);
    for (const at of [NOW, day('2100-01-01'), day('9999-12-31')]) {
      expect(judge(at).state).toBe('active');
      expect(judge(at)).not.toHaveProperty('nextChange');
    }
    const { claims } = judge(NOW).license;
    expect(claims).not.toHaveProperty('exp');
    expect(claims.license.term).toEqual({ type: 'perpetual' });
    expect((await desk.ask(['list'])).data[0]).not.toHaveProperty('lastDay');
    expect((await desk.run(['list'], { now: () => day('9000-01-01') })).out).toMatch(/ none +active\n/);
  });
});

describe('E08: all expired: no backup, no restore, no new users', () => {
  const DENIED = ['backup', 'restore', 'add-user', 'sign-in'];

  it('and an administrator signs in, to install a license', async () => {
    const { sell } = await openMarket('endpoint-backup');
    const judge = await sell(['--duration', 'P12M', '--pool', 'users=10']);
    expect(rowOf(judge(NOW))).toEqual(expect.arrayContaining(DENIED));
    const over = judge(day('2027-06-01'));
    expect(over.state).toBe('expired');
    expect(rowOf(over)).toEqual(['sign-in@administrator']);
  });

  it.each(['revoked', 'suspended', 'trial-expired'] as const)('and the same when %s', async (state) => {
    const { sell } = await openMarket('endpoint-backup');
    const { states } = (await sell(['--perpetual']))(NOW).license.claims.license;
    expect(isInForce(state as State)).toBe(false);
    expect(states[state]).toEqual(['sign-in@administrator']);
  });
});
