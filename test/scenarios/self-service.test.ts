import { readFile } from 'node:fs/promises';
import { verifyLicense, type Usable } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { describe, expect, it } from 'vitest';
import { fulfilOrder } from '../../issuer/src/domain/orders/fulfil-order.js';
import { planChange } from '../../issuer/src/domain/orders/plan-change.js';
import { placeChange } from '../../issuer/src/domain/orders/place-change.js';
import { receivePayment } from '../../issuer/src/domain/payments/receive-payment.js';
import { signWebhook } from '../../issuer/src/domain/payments/read-webhook.js';
import { notePayment } from '../../issuer/src/domain/payments/note-payment.js';
import type { WantedChange } from '../../issuer/src/register/order-store.js';
import { BUYER, openOrderDesk, type TestDesk } from '../support/orders.js';
import { openSpoolPair } from '../support/spool.js';
import { catalogPath, memoryVendor, NOW, openDesk } from '../support/vendor.js';

const SECRET = Buffer.from('the secret of the shop, 32 bytes');

interface Shop extends TestDesk {
  readonly pay: (order: string, amount: number) => ReturnType<typeof receivePayment>;
  /** What the verifier says of the newest file of a license. */
  readonly use: (license: string, installed?: { id: string; revision: number }) => Promise<Usable>;
  readonly mailboxes: (license: string) => Promise<number>;
}

async function openShop(): Promise<Shop> {
  const market = await openOrderDesk();
  await market.publish('mailbox-backup');
  const { desk, store, clock } = market;
  const use: Shop['use'] = async (license, installed) => {
    const { text } = (await store.register.findFile(license))!;
    const context = {
      engine: nodeEngine,
      trust: desk().vendor.trust,
      product: 'mailbox-backup',
      host: {},
      now: clock.now,
    };
    const verdict = verifyLicense(text, installed === undefined ? context : { ...context, installed });
    if (verdict.arm !== 'usable') throw new Error(verdict.finding.code);
    return verdict;
  };
  return {
    ...market,
    use,
    pay: async (order, amount) => {
      const body = Buffer.from(
        JSON.stringify({ id: `pay ${order}`.replace(' ', '-'), order, amount, currency: 'EUR' }),
      );
      return receivePayment(desk('webhook'), { signature: signWebhook(SECRET, clock.now, body), body }, [
        SECRET,
      ]);
    },
    mailboxes: async (license) =>
      ((await use(license)).license.claims.license.pools?.['mailboxes']?.lots ?? [])
        .filter(({ from = 0, until = Infinity }) => from <= clock.now && clock.now < until)
        .reduce((sum, { quantity }) => sum + quantity, 0),
  };
}

/** Quote, order, payment, file: P07 for every change that has a price. */
async function buy(shop: Shop, license: string, wanted: WantedChange, amount: number): Promise<string> {
  const { how, price, before } = await planChange(shop.desk(), license, wanted);
  expect({ how, price }).toEqual({ how: 'payment', price: { amount, currency: 'EUR' } });
  const seenRevision = before.license.revision;
  const { id, state } = await placeChange(shop.desk(), { license, wanted, seenRevision, account: BUYER });
  expect(state).toBe('awaiting-payment');
  await expect(fulfilOrder(shop.desk(), id)).rejects.toThrowCode('order-state');
  const { order } = await shop.pay(id, amount);
  expect(order.state).toBe('done');
  return order.result!.license;
}

describe('P07: quote, order, payment, reissued file', () => {
  it('by a shop', async () => {
    const shop = await openShop();
    const license = await shop.issue({ product: 'mailbox-backup', offer: 'annual', quantity: 3 });
    await buy(shop, license, { type: 'extend', pack: { offer: 'extension', quantity: 2 } }, 19_800);
    expect(await shop.mailboxes(license)).toBe(50);
  });

  it('by a purchase order that staff note, signed on another machine', async () => {
    const shop = await openShop();
    const license = await shop.issue({ product: 'mailbox-backup', offer: 'annual', quantity: 3 });
    const { id } = await shop.order(license, { type: 'renew', duration: 'P12M' });
    const desk = shop.desk('portal:staff');
    const { portal: vendor, names } = await openSpoolPair(desk.vendor);
    expect((await notePayment({ ...desk, vendor }, id)).order.state).toBe('done');
    expect((await shop.use(license)).license.claims.license.revision).toBe(2);
    expect(await names('requests')).toEqual([]);
  });
});

describe('B07: a renewal that the customer orders', () => {
  it('has the same license id and the next revision, and holds a year longer', async () => {
    const shop = await openShop();
    const license = await shop.issue({ product: 'mailbox-backup', offer: 'annual', quantity: 3 });
    expect(await buy(shop, license, { type: 'renew', duration: 'P12M' }, 29_700)).toBe(license);
    shop.clock.now = NOW + 700 * 86_400;
    const installed = { id: license, revision: 1 };
    expect((await shop.use(license, installed)).state).toBe('active');
    expect(await shop.mailboxes(license)).toBe(30);
  });
});

describe('B08: an extension that the customer orders', () => {
  it('counts at once on the same license', async () => {
    const shop = await openShop();
    const license = await shop.issue({ product: 'mailbox-backup', offer: 'annual', quantity: 3 });
    await buy(shop, license, { type: 'extend', add: { mailboxes: 20 } }, 19_800);
    expect(await shop.mailboxes(license)).toBe(50);
    await buy(shop, license, { type: 'extend', pack: { offer: 'extension', quantity: 1 } }, 9900);
    expect(await shop.mailboxes(license)).toBe(60);
    // the next year costs what is held by then
    const renewal = await planChange(shop.desk(), license, { type: 'renew', duration: 'P12M' });
    expect(renewal.price).toEqual({ amount: 59_400, currency: 'EUR' });
  });
});

describe('B09: fewer mailboxes', () => {
  it('at once and for nothing, after a preview that says what is lost', async () => {
    const shop = await openShop();
    const license = await shop.issue({ product: 'mailbox-backup', offer: 'annual', quantity: 3 });
    const wanted: WantedChange = { type: 'reduce', pools: { mailboxes: 20 } };
    const { how, preview } = await planChange(shop.desk(), license, wanted);
    expect(how).toBe('at-once');
    expect(preview?.pools).toMatchObject([{ pool: 'mailboxes', before: 30, after: [{ total: 20 }] }]);
    expect(preview?.words.join('\n')).toContain('the last ones lose theirs');
    const { id, state } = await shop.order(license, wanted);
    expect(state).toBe('ready');
    expect((await fulfilOrder(shop.desk(), id)).file.revision).toBe(2);
    expect(await shop.mailboxes(license)).toBe(20);
  });

  it('from the next year on, for the price of fewer', async () => {
    const shop = await openShop();
    const license = await shop.issue({ product: 'mailbox-backup', offer: 'annual', quantity: 3 });
    await buy(shop, license, { type: 'renew', duration: 'P12M', pools: { mailboxes: 10 } }, 9900);
    expect(await shop.mailboxes(license)).toBe(30);
    shop.clock.now = NOW + 366 * 86_400;
    expect(await shop.mailboxes(license)).toBe(10);
  });
});

describe('B16: a trial becomes full by a key', () => {
  it('by an order: a commercial license of the same customer, which the host takes', async () => {
    const shop = await openShop();
    const trial = await shop.issue({ product: 'mailbox-backup', offer: 'trial', zone: 'Europe/Vienna' });
    expect((await shop.use(trial)).state).toBe('trial');
    const license = await buy(shop, trial, { type: 'convert', offer: 'annual', quantity: 5 }, 49_500);
    expect(license).not.toBe(trial);
    const { claims } = (await shop.use(license, { id: trial, revision: 1 })).license;
    expect(claims).toMatchObject({
      sub: 'C-1',
      license: { kind: 'commercial', offer: 'annual', revision: 1, term: { zone: 'Europe/Vienna' } },
    });
    expect(await shop.mailboxes(license)).toBe(50);
  });

  it('by the command, with host and allowed identities of the trial', async () => {
    const desk = await openDesk();
    const document = ['--product-file', catalogPath('endpoint-backup.yaml')];
    const users = await desk.write('users.txt', 'ann@example.com\nbob@example.com\n');
    const key = 'A'.repeat(43);
    const sold = await desk.ask([
      ...['issue', ...document, '--customer', 'C-1', '--customer-name', 'One', '--kind', 'trial'],
      ...['--duration', 'P30D', '--pool', 'users=10', '--allow', `user=${users}`, '--host-key', key],
      ...['--out', desk.path('trial.lic')],
    ]);
    const { exit, data } = await desk.ask(
      [
        'convert',
        sold.data.license,
        ...document,
        '--offer',
        'annual',
        '--quantity',
        '25',
        '--out',
        desk.path('full.lic'),
      ],
      { now: () => NOW + 20 * 86_400 },
    );
    expect(exit).toBe(0);
    expect(data.follows).toEqual({ license: sold.data.license, revision: 1 });
    const { trust } = await memoryVendor();
    const text = await readFile(desk.path('full.lic'), 'utf8');
    const payload = /BEGIN COUNTERFOIL LICENSE-----\n([^-]+)/
      .exec(text)![1]!
      .replaceAll('\n', '')
      .split('.')[1]!;
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    expect(trust.root.iss).toBe(claims.iss);
    expect(claims).toMatchObject({
      cnf: { jkt: key },
      license: {
        kind: 'commercial',
        binding: { type: 'host-key' },
        allowed: { user: { list: ['ann@example.com', 'bob@example.com'] } },
        pools: { users: { lots: [{ quantity: 25 }] } },
      },
    });
  });
});
