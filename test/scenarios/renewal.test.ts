import { readFile, writeFile } from 'node:fs/promises';
import {
  parseDate,
  startInUtc,
  startOfDay,
  verifyLicense,
  type Usable,
  type Verdict,
} from '@counterfoil/verifier';
import { nodeEngine, readKit } from '@counterfoil/verifier/node';
import { describe, expect, it } from 'vitest';
import { catalogPath, NOW, openDesk, type Desk } from '../support/vendor.js';

/** The instant at which a day begins, in UTC unless a zone is given. */
const day = (date: string, zone?: string): number =>
  zone === undefined ? startInUtc(parseDate(date)) : startOfDay(parseDate(date), zone);

/** A license file as a customer has it, judged by the kit of the product. */
interface Held {
  readonly id: string;
  readonly revision: number;
  readonly judge: (at: number, installed?: Held) => Verdict;
  readonly use: (at: number, installed?: Held) => Usable;
  /** What the pool of mailboxes holds. */
  readonly mailboxes: (at: number) => number;
  /** What the command said of the change. */
  readonly words: readonly string[];
}

interface Market {
  readonly desk: Desk;
  readonly sell: (options: readonly string[], now?: number) => Promise<Held>;
  /** Runs `renew`, `extend` or `reduce`. */
  readonly change: (command: string, held: Held, options: readonly string[], now?: number) => Promise<Held>;
  /** The code of the same where it is refused. */
  readonly refuse: (command: string, held: Held, options: readonly string[], now?: number) => Promise<string>;
}

async function openMarket(product: string): Promise<Market> {
  const desk = await openDesk();
  const document = ['--product-file', catalogPath(`${product}.yaml`)];
  await desk.run(['export', 'kit', ...document, '--out', desk.path('kit')]);
  const kit = readKit(await readFile(desk.path('kit')), nodeEngine);
  let count = 0;
  const hold = async (args: readonly string[], now: number): Promise<Held> => {
    const path = desk.path(`${(count += 1)}.lic`);
    const { exit, data } = await desk.ask([...args, '--out', path], { now: () => now });
    expect({ exit, code: data.code }).toEqual({ exit: 0, code: undefined });
    const text = await readFile(path);
    const judge: Held['judge'] = (at, installed) => {
      const context = { engine: nodeEngine, trust: kit.trust, product: kit.product!.sub, host: {}, now: at };
      return verifyLicense(text, installed === undefined ? context : { ...context, installed });
    };
    const use: Held['use'] = (at, installed) => {
      const verdict = judge(at, installed);
      if (verdict.arm !== 'usable') throw new Error(verdict.finding.code);
      return verdict;
    };
    const mailboxes = (at: number): number =>
      (use(at).license.claims.license.pools?.['mailboxes']?.lots ?? [])
        .filter(({ from = 0, until = Infinity }) => from <= at && at < until)
        .reduce((sum, { quantity }) => sum + quantity, 0);
    const { license: id, revision, changes } = data;
    return { id, revision, judge, use, mailboxes, words: changes?.words ?? [] };
  };
  return {
    desk,
    sell: (options, now = NOW) =>
      hold(['issue', ...document, '--customer', 'C-1', '--customer-name', 'One', ...options], now),
    change: (command, { id }, options, now = NOW) => hold([command, id, ...options], now),
    refuse: async (command, { id }, options, now = NOW) => {
      const args = [command, id, ...options, '--out', desk.path('refused.lic')];
      const { exit, data } = await desk.ask(args, { now: () => now });
      expect(exit).toBe(2);
      await expect(readFile(desk.path('refused.lic'))).rejects.toThrowCode('ENOENT');
      return data.code;
    },
  };
}

describe('B05: a renewal ends on the right whole day', () => {
  it.each([
    ['2026-06-10', 'P12M', '2027-06-09', '2028-06-09'],
    ['2027-03-01', 'P12M', '2028-02-29', '2029-02-28'],
    ['2026-07-31', 'P1M', '2026-08-30', '2026-09-30'],
  ])('from %s, twice %s: to the end of %s, then of %s', async (from, duration, last, renewed) => {
    const { sell, change } = await openMarket('mailbox-backup');
    const first = await sell(['--from', from, '--duration', duration], day(from));
    const second = await change('renew', first, ['--duration', duration], day(last));
    expect(first.use(day(last) + 86_400).state).toBe('expired');
    for (const at of [from, last]) expect(second.use(day(at)).state).toBe('active');
    expect(second.use(day(renewed) + 86_399).state).toBe('active');
    expect(second.use(day(renewed) + 86_400).state).toBe('expired');
  });

  it('from 29 February: 28 February, then 28 February again, and 29 in the leap year', async () => {
    const { sell, change } = await openMarket('mailbox-backup');
    const duration = ['--duration', 'P12M'];
    let held = await sell(['--from', '2028-02-29', ...duration], day('2028-02-29'));
    for (const [today, last] of [
      ['2029-02-01', '2030-03-01'],
      ['2030-02-01', '2031-03-01'],
      ['2031-02-01', '2032-03-01'],
    ] as const) {
      held = await change('renew', held, duration, day(today));
      expect(held.use(day(last) - 1).state).toBe('active');
      expect(held.use(day(last)).state).toBe('expired');
    }
    expect(held.revision).toBe(4);
  });

  it.each(['Europe/Vienna', 'Pacific/Auckland', 'America/St_Johns', 'Pacific/Kiritimati'])(
    'in %s as it is there, grace included',
    async (zone) => {
      const { sell, change } = await openMarket('mailbox-backup');
      const first = await sell([
        '--zone',
        zone,
        '--duration',
        'P6M',
        '--grace',
        'P14D',
        '--from',
        '2026-06-01',
      ]);
      const second = await change('renew', first, ['--duration', 'P6M']);
      const end = day('2027-06-01', zone);
      expect(first.use(day('2026-12-01', zone)).state).toBe('grace');
      expect(second.use(end - 1).state).toBe('active');
      expect(second.use(end).state).toBe('grace');
      expect(second.use(day('2027-06-15', zone) - 1).state).toBe('grace');
      expect(second.use(day('2027-06-15', zone)).state).toBe('expired');
    },
  );

  it('when it was renewed too late: from the old end, from now, or whichever fits', async () => {
    const { sell, change } = await openMarket('mailbox-backup');
    const year = ['--duration', 'P12M'];
    const today = day('2027-08-15');
    const sold = [await sell(year), await sell(year), await sell(year)] as const;
    for (const [first, basis, from, last] of [
      [sold[0], [], '2027-06-01', '2028-06-01'],
      [sold[1], ['--basis', 'from-now'], '2027-08-15', '2028-08-15'],
      [sold[2], ['--basis', 'from-now-if-expired'], '2027-08-15', '2028-08-15'],
    ] as const) {
      const held = await change('renew', first, [...year, ...basis], today);
      expect(held.use(today).state).toBe('active');
      expect(held.use(day(from)).state).toBe('active');
      expect(held.use(day(last)).state).toBe('expired');
    }
  });
});

describe('B07: a renewal works on the same instance with the same key', () => {
  it('has the same license id, pools and meters, and the next revision; the older one is refused', async () => {
    const { desk, sell, change } = await openMarket('mailbox-backup');
    const first = await sell(['--duration', 'P12M', '--pool', 'mailboxes=100']);
    const second = await change('renew', first, ['--duration', 'P12M', '--note', 'order 4711']);
    expect(second).toMatchObject({ id: first.id, revision: 2 });
    const [old, renewed] = [first, second].map((held) => held.use(NOW).license.claims.license);
    expect(Object.keys(renewed!.pools!)).toEqual(Object.keys(old!.pools!));
    expect(renewed!.meters).toEqual(old!.meters);
    expect(second.use(NOW, first).state).toBe('active');
    expect(first.judge(NOW, second)).toMatchObject({
      arm: 'refused',
      finding: { code: 'revision-older', expected: 'revision 2 or newer', actual: '1' },
    });
    expect(second.words).toEqual([
      'term before: from 2026-06-01 to the end of 2027-05-31 (UTC)',
      'term after:  from 2026-06-01 to the end of 2028-05-31 (UTC)',
    ]);
    const { data } = await desk.ask(['list']);
    expect(data).toMatchObject([{ id: first.id, revision: 2, lastDay: '2028-05-31', state: 'active' }]);
    const { err } = await desk.run(['audit']);
    expect(err).toBe('');
    expect((await desk.run(['audit'])).out).toMatch(/license-renewed .*note=order 4711/);
    expect((await desk.run(['inspect', desk.path('1.lic')])).out).toContain('superseded by revision 2');
    const older = ['export', 'license', first.id, '--revision', '1', '--out', desk.path('old.lic')];
    expect((await desk.run(older)).exit).toBe(0);
    expect(await readFile(desk.path('old.lic'))).toEqual(await readFile(desk.path('1.lic')));
  });

  it('may lie ready before the old term ends, and begins by itself', async () => {
    const { sell, change, refuse } = await openMarket('mailbox-backup');
    const first = await sell(['--duration', 'P12M', '--pool', 'mailboxes=100']);
    const today = day('2027-04-01');
    const next = await change('renew', first, ['--duration', 'P5Y', '--preload'], today);
    expect(next.use(today).state).toBe('pending');
    expect(first.use(day('2027-06-01') - 1).state).toBe('active');
    expect(next.use(day('2027-06-01')).state).toBe('active');
    expect(next.words.at(-1)).toBe(
      'the new file starts on 2027-06-01 (UTC); until then the old one holds unchanged',
    );
    // without --preload the five years are counted from today, and say what to do
    const other = await sell(['--duration', 'P12M'], today);
    expect(await refuse('renew', other, ['--duration', 'P5Y'], today)).toBe('renewal-too-long');
  });
});

describe('B08: an extension pack on the same key', () => {
  it('makes the pool larger at once', async () => {
    const { sell, change } = await openMarket('mailbox-backup');
    const first = await sell(['--duration', 'P12M', '--pool', 'mailboxes=100']);
    const second = await change('extend', first, ['--pool', 'mailboxes=+20']);
    const third = await change('extend', second, ['--pool', 'mailboxes=+5']);
    expect([first, second, third].map((held) => held.mailboxes(NOW))).toEqual([100, 120, 125]);
    expect(third).toMatchObject({ id: first.id, revision: 3 });
    expect(third.words).toEqual(['Mailbox licenses: 120 before, 125 after']);
    expect(third.use(NOW).license.claims.license.pools?.['mailboxes']?.lots).toEqual([
      { id: 'ordered', quantity: 100 },
      { id: 'pack-2', quantity: 20, kind: 'pack' },
      { id: 'pack-3', quantity: 5, kind: 'pack' },
    ]);
    // packs end with the term, and are renewed with it
    const renewed = await change('renew', third, ['--duration', 'P12M']);
    expect(renewed.mailboxes(day('2028-05-31'))).toBe(125);
    expect((await change('extend', renewed, ['--pool', 'mailboxes=200'])).mailboxes(NOW)).toBe(200);
  });

  it('may be a feature, or other identities', async () => {
    const { desk, sell, change } = await openMarket('endpoint-backup');
    const users = desk.path('users.txt');
    await writeFile(users, 'a@acme.example\n');
    const first = await sell(['--duration', 'P12M', '--pool', 'users=10']);
    const second = await change('extend', first, [
      '--feature',
      'legal-hold=2026-12-31',
      '--allow',
      `user=${users}`,
    ]);
    const { license } = second.use(NOW).license.claims;
    expect(license.features).toEqual({ 'legal-hold': { until: day('2027-01-01') } });
    expect(license.allowed).toEqual({ user: { list: ['a@acme.example'] } });
    expect(second.words).toEqual(['feature legal-hold: new, to the end of 2026-12-31 (UTC)']);
  });
});

describe('B09: a renewal for fewer mailboxes', () => {
  it('takes the smaller number from the first day of the new term', async () => {
    const { sell, change } = await openMarket('mailbox-backup');
    const first = await sell(['--duration', 'P12M', '--pool', 'mailboxes=100', '--zone', 'Europe/Vienna']);
    const second = await change(
      'renew',
      first,
      ['--duration', 'P12M', '--pool', 'mailboxes=80'],
      day('2027-05-01'),
    );
    const turn = day('2027-06-01', 'Europe/Vienna');
    expect(second.use(turn - 1).state).toBe('active');
    expect(second.mailboxes(turn - 1)).toBe(100);
    expect(second.mailboxes(turn)).toBe(80);
    expect(second.words).toContain(
      'Mailbox licenses: 100 before, 100 after, 80 from 2027-06-01 (Europe/Vienna)',
    );
    expect(second.words).toContain(
      '  Mailboxes: where more than 80 are in use, seats are given out again in alphabetical order, and the last ones lose theirs',
    );
  });

  it('takes it at once where the old term is over, and so does reduce within a term', async () => {
    const { sell, change } = await openMarket('mailbox-backup');
    const sold = await sell(['--duration', 'P12M', '--pool', 'mailboxes=100']);
    const today = day('2027-06-20');
    const late = await change('renew', sold, ['--duration', 'P12M', '--pool', 'mailboxes=80'], today);
    expect(late.mailboxes(today)).toBe(80);
    const fewer = await change('reduce', late, ['--pool', 'mailboxes=50'], today);
    expect(fewer.mailboxes(today)).toBe(50);
    expect(fewer.words[0]).toBe('Mailbox licenses: 80 before, 50 after');
    expect(late.judge(today, fewer)).toMatchObject({ arm: 'refused', finding: { code: 'revision-older' } });
    expect(fewer.use(day('2028-05-31')).state).toBe('active');
  });
});

describe('M08: unlimited in time', () => {
  it('is never renewed, and stays so when it is extended or reduced', async () => {
    const { sell, change, refuse } = await openMarket('mailbox-migration');
    const sold = await sell(['--perpetual', '--pool', 'mailboxes=50']);
    expect(await refuse('renew', sold, ['--duration', 'P12M'])).toBe('license-perpetual');
    const more = await change('extend', sold, ['--pool', 'mailboxes=+25']);
    const fewer = await change('reduce', more, ['--pool', 'mailboxes=60'], day('2026-12-01'));
    for (const at of [day('2027-01-01'), day('2099-12-31')]) {
      const { state, nextChange, license } = fewer.use(at);
      expect({ state, nextChange }).toEqual({ state: 'active', nextChange: undefined });
      expect(license.claims).not.toHaveProperty('exp');
      expect(fewer.mailboxes(at)).toBe(60);
    }
    expect(fewer.words).toEqual([
      'Mailbox licenses: 75 before, 60 after',
      '  Migrated mailboxes: where more than 60 are in use, what is used stays used, and nothing more is given out',
      '  Migrated public folders: where more than 60 are in use, what is used stays used, and nothing more is given out',
    ]);
  });
});

describe('the commands', () => {
  it.each([
    ['option-missing', 'renew', []],
    ['option-conflict', 'renew', ['--duration', 'P1Y', '--last-day', '2028-01-01']],
    ['option-invalid', 'renew', ['--duration', 'P1Y', '--basis', 'from-birth']],
    ['option-conflict', 'renew', ['--duration', 'P1Y', '--preload', '--basis', 'from-now']],
    ['option-invalid', 'renew', ['--duration', 'P1Y', '--pool', 'mailboxes=+1']],
    ['option-invalid', 'renew', ['--duration', 'P1Y', '--note', '']],
    ['option-missing', 'extend', []],
    ['option-invalid', 'extend', ['--pool', 'mailboxes=+0']],
    ['option-invalid', 'extend', ['--pool', 'mailboxes']],
    ['option-invalid', 'extend', ['--pool', 'mailboxes=-3']],
    ['option-missing', 'reduce', []],
    ['change-direction', 'reduce', ['--pool', 'mailboxes=11']],
    [
      'order-product',
      'extend',
      ['--pool', 'mailboxes=+1', '--product-file', catalogPath('endpoint-backup.yaml')],
    ],
  ])('refuse as %s: %s %j', async (code, command, options) => {
    const { sell, refuse } = await openMarket('mailbox-backup');
    const sold = await sell(['--duration', 'P12M', '--pool', 'mailboxes=10']);
    expect(await refuse(command, sold, options)).toBe(code);
  });

  it('say on the screen what they changed, and write to standard output when asked', async () => {
    const { desk, sell } = await openMarket('mailbox-backup');
    const { id } = await sell(['--duration', 'P12M', '--pool', 'mailboxes=10']);
    const args = ['reduce', id, '--pool', 'mailboxes=9', '--out'];
    const { out, err } = await desk.run([...args, desk.path('less.lic')]);
    expect(out).toBe(`${id}\n`);
    expect(err).toContain(`License:  ${id}, revision 2, commercial\n`);
    expect(err).toContain(
      'supersedes revision 1\nwhat the customer will see:\n  Mailbox licenses: 10 before, 9 after\n',
    );
    const product = catalogPath('mailbox-backup.yaml');
    const extended = await desk.run([
      ...['extend', id, '--pool', 'mailboxes=+1', '--product-file', product, '--out', '-'],
    ]);
    expect(extended.out).toMatch(new RegExp(`^License: +${id}, revision 3, commercial\n`));
  });
});
