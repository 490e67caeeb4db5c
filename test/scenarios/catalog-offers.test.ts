import { readFile } from 'node:fs/promises';
import { nodeEngine, readKit } from '@counterfoil/verifier/node';
import { describe, expect, it } from 'vitest';
import { catalogPath, openDesk, runCommand, type Desk } from '../support/vendor.js';

const at = (date: string) => ({ now: () => Date.parse(`${date}T09:00:00Z`) / 1000 });
const file = (name: string): string => catalogPath(`${name}.yaml`);
const CUSTOMER = ['--customer', 'C-1', '--customer-name', 'Harbour Trading'];

/** Issues by options; gives the claims of what is signed. */
async function issue(desk: Desk, product: string, args: readonly string[]) {
  const out = desk.path(`${product}.lic`);
  const answer = await desk.ask([
    ...['issue', '--product-file', file(product), ...CUSTOMER, ...args, '--out', out, '--force'],
  ]);
  expect(answer.exit).toBe(0);
  return { license: answer.data.license as string, out, claims: await claimsOf(desk, out) };
}
const claimsOf = async (desk: Desk, path: string) => (await desk.ask(['inspect', path])).data.claims;

describe('B05, B08: a subscription is sold by its offer, and extended by a pack', () => {
  it('for twelve months, with its grace and quantities; packs come on top, on the same license id', async () => {
    const desk = await openDesk();
    const { license, claims, out } = await issue(desk, 'mailbox-backup', [
      '--offer',
      'annual',
      '--quantity',
      '3',
    ]);
    expect(claims.license).toMatchObject({
      offer: 'annual',
      kind: 'commercial',
      pools: { mailboxes: { lots: [{ id: 'ordered', quantity: 30 }] } },
    });
    expect((await desk.run(['inspect', out])).out).toContain(
      'from 2026-06-01 to the end of 2027-05-31 (UTC)',
    );
    const extended = await desk.run([
      ...['extend', license, '--offer', 'extension', '--quantity', '2', '--out', out, '--force'],
      ...['--product-file', file('mailbox-backup')],
    ]);
    expect(extended).toMatchObject({ exit: 0, out: `${license}\n` });
    expect(extended.err).toContain('Mailbox licenses: 30 before, 50 after');
  });

  it('from another first day, or with what the order says itself', async () => {
    const desk = await openDesk();
    const later = await issue(desk, 'mailbox-backup', ['--offer', 'annual', '--from', '2026-07-01']);
    expect((await desk.run(['inspect', later.out])).out).toContain(
      'from 2026-07-01 to the end of 2027-06-30',
    );
    const own = ['--offer', 'annual', '--duration', 'P1M', '--pool', 'mailboxes=7'];
    const { claims, out } = await issue(desk, 'mailbox-backup', own);
    expect(claims.license.pools.mailboxes.lots).toEqual([{ id: 'ordered', quantity: 7 }]);
    expect((await desk.run(['inspect', out])).out).toContain(
      'to the end of 2026-06-30 (UTC), grace to 2026-07-14',
    );
  });
});

describe('M08, E09: other kinds of offers', () => {
  it('a license without end, and a feature that is sold apart', async () => {
    const desk = await openDesk();
    const forever = await issue(desk, 'mailbox-migration', ['--offer', 'mailboxes-25', '--quantity', '2']);
    expect(forever.claims).toMatchObject({
      license: { term: { type: 'perpetual' }, pools: { mailboxes: { lots: [{ quantity: 50 }] } } },
    });
    expect(forever.claims).not.toHaveProperty('exp');
    const users = await issue(desk, 'endpoint-backup', ['--offer', 'annual', '--quantity', '10']);
    expect(users.claims.license).not.toHaveProperty('features');
    const args = [
      '--offer',
      'legal-hold',
      '--product-file',
      file('endpoint-backup'),
      '--out',
      users.out,
      '--force',
    ];
    expect((await desk.run(['extend', users.license, ...args])).err).toContain(
      'feature legal-hold: new, no end',
    );
  });
});

describe('G10: monthly only', () => {
  it('is what the catalog offers: an annual plan has no name to order it by', async () => {
    const desk = await openDesk();
    const { out } = await issue(desk, 'managed-backup', ['--offer', 'monthly']);
    expect((await desk.run(['inspect', out])).out).toContain(
      'to the end of 2026-06-30 (UTC), grace to 2026-07-07',
    );
    const args = ['--product-file', file('managed-backup'), ...CUSTOMER, '--out', '-', '--offer', 'annual'];
    const refused = await desk.run(['issue', ...args]);
    expect(refused).toMatchObject({ exit: 2, out: '' });
    expect(refused.err).toContain('(offer): expected monthly, got annual');
    expect(refused.err).toContain('code: order-name-unknown');
  });

  it('is not so where the catalog has both', async () => {
    const desk = await openDesk();
    for (const [offer, last] of [
      ['monthly', '2026-06-30'],
      ['annual', '2027-05-31'],
    ] as const) {
      const { out } = await issue(desk, 'managed-backup-prepaid', ['--offer', offer, '--pool', 'server=5']);
      expect((await desk.run(['inspect', out])).out).toContain(`to the end of ${last} (UTC)`);
    }
  });
});

describe('offers and prices', () => {
  it('are told by catalog show, and stay with the vendor: neither kit nor license has them', async () => {
    const desk = await openDesk();
    const shown = await runCommand(['catalog', 'show', file('mailbox-backup')]);
    expect(shown.out.replace(/\s+/g, ' ')).toContain(
      'Annual subscription (annual): subscription for 12 months, 14 days of grace, renewal from the last day; 10 mailbox licenses; 99.00 EUR for each.',
    );
    expect(shown.out).toContain('Prices are without tax');
    const { out: json } = await runCommand(['catalog', 'show', file('mailbox-backup'), '--json']);
    expect(JSON.parse(json)).toMatchObject({
      currency: 'EUR',
      offers: { annual: { price: { amount: 9900 } } },
    });
    const kit = ['export', 'kit', '--product-file', file('mailbox-backup'), '--out', desk.path('kit')];
    expect((await desk.run(kit)).exit).toBe(0);
    const { product } = readKit(await readFile(desk.path('kit')), nodeEngine);
    const { claims } = await issue(desk, 'mailbox-backup', ['--offer', 'annual']);
    const secret = /"(offers|currency|price|amount)"/;
    expect(json).toMatch(secret);
    for (const signed of [product, claims]) expect(JSON.stringify(signed)).not.toMatch(secret);
  });

  it.each([
    'mailbox-backup',
    'mailbox-migration',
    'managed-backup',
    'managed-backup-prepaid',
    'endpoint-backup',
  ])('the order of %s is filled by an offer or by itself', async (name) => {
    const desk = await openDesk();
    const args = ['--product-file', file(name), '--out', desk.path('x.lic')];
    expect((await desk.run(['issue', catalogPath(`orders/${name}.yaml`), ...args])).exit).toBe(0);
  });
});

describe('the commands', () => {
  it.each([
    ['option-missing', ['--quantity', '2']],
    ['option-invalid', ['--offer', 'annual', '--quantity', '0']],
    ['option-invalid', ['--offer', 'annual', '--quantity', 'many']],
    ['option-missing', ['--from', '2026-07-01']],
    ['option-missing', ['--offer', 'annual', '--activated', 'P1M']],
    ['order-offer', ['--offer', 'extension']],
  ])('issue refuses with %s: %j', async (code, args) => {
    const desk = await openDesk();
    const all = ['issue', '--product-file', file('mailbox-backup'), ...CUSTOMER, ...args, '--out', '-'];
    const answer = await desk.run(all);
    expect(answer).toMatchObject({ exit: 2, out: '' });
    expect(answer.err).toContain(`code: ${code}\n`);
  });

  it('extend wants the product document beside an offer, which the register does not keep', async () => {
    const desk = await openDesk();
    const { license } = await issue(desk, 'mailbox-backup', ['--offer', 'annual']);
    const { err } = await desk.run(['extend', license, '--offer', 'extension', '--out', '-']);
    expect(err).toContain('--product-file');
    expect(err).toContain('code: option-missing');
    expect((await desk.run(['extend', license, '--quantity', '2', '--out', '-'])).err).toContain('--offer');
    expect((await desk.run(['extend', license, '--out', '-'])).err).toContain('one of --offer, --pool');
  });

  it('renew takes the basis of the offer, or says that it does not know it', async () => {
    const desk = await openDesk();
    const text = (await readFile(file('mailbox-backup'), 'utf8')).replace(
      'renewal: from-expiry',
      'renewal: from-now',
    );
    const path = await desk.write('p.yaml', text);
    const { license } = await issue(desk, 'mailbox-backup', ['--offer', 'annual']);
    const renew = ['renew', license, '--duration', 'P12M', '--out', desk.path('r.lic'), '--force'];
    const unknown = await desk.run(renew, at('2027-05-01'));
    expect(unknown.err).toContain('to the end of 2028-05-31');
    expect(unknown.err).toContain(
      'counted from-expiry: what the offer annual says stands in the product document',
    );
    const told = await desk.run([...renew, '--basis', 'from-expiry'], at('2027-05-01'));
    expect(told.err).not.toContain('counted from-expiry');
    const known = await desk.run([...renew, '--product-file', path], at('2029-06-10'));
    expect(known.err).toContain('to the end of 2030-06-09');
    expect(known.err).not.toContain('counted from-expiry');
  });

  it('list shows what runs now, and what lies ready to follow', async () => {
    const desk = await openDesk();
    const { license } = await issue(desk, 'mailbox-backup', ['--offer', 'annual']);
    const renew = ['renew', license, '--duration', 'P12M', '--preload', '--out', desk.path('next.lic')];
    expect((await desk.run(renew, at('2027-05-10'))).exit).toBe(0);
    const rows = (await desk.run(['list'], at('2027-05-20'))).out.split('\n');
    expect(rows[0]).toMatch(/STATE +NEXT$/);
    expect(rows[1]).toMatch(/ 1 +C-1 .* 2027-05-31 UTC +active +revision 2 from 2027-06-01$/);
    const after = (await desk.run(['list'], at('2027-06-01'))).out.split('\n');
    expect(after[1]).toMatch(/ 2 +C-1 .* 2028-05-31 UTC +active$/);
  });
});

describe('a bad product document', () => {
  it('is the answer of catalog check, which ends with 1; every other command cannot do its work: 2', async () => {
    const desk = await openDesk();
    const { license } = await issue(desk, 'mailbox-backup', ['--offer', 'annual']);
    const bad = await desk.write('bad.yaml', 'schema: 1\n');
    const [out, order] = [['--out', desk.path('x')], catalogPath('orders/mailbox-backup.yaml')];
    expect((await desk.run(['catalog', 'check', bad])).exit).toBe(1);
    for (const args of [
      ['catalog', 'show', bad],
      ['catalog', 'check', file('mailbox-backup'), '--against', bad],
      ['issue', order, '--product-file', bad, ...out],
      ['export', 'kit', '--product-file', bad, ...out],
      ['renew', license, '--duration', 'P1Y', '--product-file', bad, ...out],
      ['extend', license, '--pool', 'mailboxes=+1', '--product-file', bad, ...out],
      ['reduce', license, '--pool', 'mailboxes=1', '--product-file', bad, ...out],
    ]) {
      const answer = await desk.run(args);
      expect(answer).toMatchObject({ exit: 2, out: '' });
      expect(answer.err).toContain('code: document-invalid\n');
    }
  });
});
