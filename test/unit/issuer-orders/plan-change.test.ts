import { describe, expect, it } from 'vitest';
import { planChange } from '../../../issuer/src/domain/orders/plan-change.js';
import type { WantedChange } from '../../../issuer/src/register/order-store.js';
import { openOrderDesk, type TestDesk } from '../../support/orders.js';
import { NOW } from '../../support/vendor.js';

const RENEW: WantedChange = { type: 'renew', duration: 'P12M' };
const eur = (amount: number) => ({ amount, currency: 'EUR' });

async function openMailbox(quantity = 3): Promise<TestDesk & { id: string }> {
  const market = await openOrderDesk();
  await market.publish('mailbox-backup');
  const id = await market.issue({ product: 'mailbox-backup', offer: 'annual', quantity });
  return { ...market, id };
}
const plan = ({ desk }: TestDesk, id: string, wanted: WantedChange) => planChange(desk(), id, wanted);
const codeOf = async (market: TestDesk, id: string, wanted: WantedChange) => {
  const { how, finding, after } = await plan(market, id, wanted);
  expect({ how, after }).toEqual({ how: 'not-offered', after: undefined });
  return finding?.code;
};

describe('the plan of a change', () => {
  it('shows dates, pools and price, and signs nothing', async () => {
    const market = await openMailbox();
    const { desk, store, id } = market;
    const blind = desk();
    const signer = () => Promise.reject(new Error('a key was asked for'));
    const planned = await planChange({ ...blind, vendor: { ...blind.vendor, signer } }, id, {
      ...RENEW,
      pools: { mailboxes: 20 },
    });
    expect(planned).toMatchObject({ how: 'payment', price: eur(19_800), file: { license: id, revision: 1 } });
    expect(planned.preview?.words).toEqual([
      'term before: from 2026-06-01 to the end of 2027-05-31 (UTC), grace to 2027-06-14',
      'term after:  from 2026-06-01 to the end of 2028-05-31 (UTC), grace to 2028-06-14',
      'Mailbox licenses: 30 before, 30 after, 20 from 2027-06-01 (UTC)',
      '  Mailboxes: where more than 20 are in use, seats are given out again in alphabetical order, and the last ones lose theirs',
      '  Public folders: where more than 20 are in use, seats are given out again in alphabetical order, and the last ones lose theirs',
    ]);
    expect(planned.after).toMatchObject({ aud: 'mailbox-backup', sub: 'C-1', license: { id, revision: 2 } });
    expect(planned.after).not.toHaveProperty('jti');
    expect(planned.after).not.toHaveProperty('status');
    expect((await store.register.findFile(id))?.revision).toBe(1);
  });

  it.each([
    [RENEW, 29_700],
    [{ type: 'renew', duration: 'P24M' }, 59_400],
    [{ type: 'renew', duration: 'P2Y' }, 59_400],
    [{ type: 'extend', pack: { offer: 'extension', quantity: 2 } }, 19_800],
    [{ type: 'extend', add: { mailboxes: 20 } }, 19_800],
    [{ type: 'extend', pack: { offer: 'extension', quantity: 1 }, add: { mailboxes: 10 } }, 19_800],
  ] as const)('prices %j by the catalog', async (wanted, amount) => {
    const market = await openMailbox();
    expect(await plan(market, market.id, wanted)).toMatchObject({ how: 'payment', price: eur(amount) });
  });

  it.each([
    [{ type: 'renew', duration: 'P18M' }],
    [{ type: 'renew', duration: 'P365D' }],
    [{ type: 'renew', duration: 'P12M', pools: { mailboxes: 15 } }],
    [{ type: 'extend', add: { mailboxes: 5 } }],
  ] as const)('asks staff where no price fits: %j', async (wanted) => {
    const market = await openMailbox();
    const planned = await plan(market, market.id, wanted);
    expect(planned).toMatchObject({ how: 'staff' });
    expect(planned.price).toBeUndefined();
  });

  it('asks staff for what the offer of the license does not give', async () => {
    const market = await openOrderDesk();
    await market.publish('endpoint-backup');
    const product = 'endpoint-backup';
    const plain = await market.issue({ product, offer: 'annual', quantity: 2 });
    const held = await market.issue({
      product,
      offer: 'annual',
      quantity: 2,
      features: { 'legal-hold': {} },
    });
    const both = await market.issue({ product, offer: 'annual-legal-hold', quantity: 2 });
    const none = await market.issue({ product, term: { duration: 'P12M' }, pools: { users: 2 } });
    expect(await plan(market, plain, RENEW)).toMatchObject({ how: 'payment', price: eur(9600) });
    expect(await plan(market, both, RENEW)).toMatchObject({ how: 'payment', price: eur(12_000) });
    expect(await plan(market, held, RENEW)).toMatchObject({ how: 'staff' });
    expect(await plan(market, none, RENEW)).toMatchObject({ how: 'staff' });
    const hold = { type: 'extend', pack: { offer: 'legal-hold', quantity: 1 } } as const;
    expect(await plan(market, plain, hold)).toMatchObject({ how: 'payment', price: eur(12_000) });
    expect(await plan(market, plain, { type: 'reduce', pools: { users: 1 } })).toMatchObject({
      how: 'staff',
    });
  });

  it('costs nothing to have less, or where the vendor states no prices', async () => {
    const market = await openMailbox();
    const less = await plan(market, market.id, { type: 'reduce', pools: { mailboxes: 20 } });
    expect(less).toMatchObject({ how: 'at-once' });
    expect(less.price).toBeUndefined();
    await market.publish('managed-backup');
    const managed = await market.issue({ product: 'managed-backup', offer: 'monthly' });
    expect(await plan(market, managed, { type: 'renew', duration: 'P1M' })).toMatchObject({ how: 'at-once' });
  });

  it('asks staff where nothing is published, and where the license is newer', async () => {
    const market = await openOrderDesk();
    const id = await market.issue({ product: 'mailbox-backup', offer: 'annual', quantity: 3 });
    expect(await plan(market, id, RENEW)).toMatchObject({ how: 'staff' });
    expect(await codeOf(market, id, { type: 'extend', pack: { offer: 'extension', quantity: 1 } })).toBe(
      'order-name-unknown',
    );
    await market.publish('mailbox-backup', (text) => text.replace('renew: at-once', 'renew: no'));
    expect(await codeOf(market, id, RENEW)).toBe('change-not-offered');
    const test = await market.issue({
      product: 'mailbox-backup',
      kind: 'not-for-production',
      offer: 'annual',
    });
    expect(await plan(market, test, { type: 'extend', add: { mailboxes: 10 } })).toMatchObject({
      how: 'staff',
    });
  });

  it.each([
    [{ type: 'reduce', pools: { mailboxes: 30 } }, 'change-direction'],
    [{ type: 'reduce', pools: {} }, 'quantity-invalid'],
    [{ type: 'reduce', pools: { mailboxes: -1 } }, 'quantity-invalid'],
    [{ type: 'reduce', pools: { seats: 1 } }, 'order-name-unknown'],
    [{ type: 'extend' }, 'quantity-invalid'],
    [{ type: 'extend', add: { mailboxes: 0 } }, 'quantity-invalid'],
    [{ type: 'extend', add: { mailboxes: 0.5 } }, 'quantity-invalid'],
    [{ type: 'extend', pack: { offer: 'extension', quantity: Number.NaN } }, 'quantity-invalid'],
    [{ type: 'extend', pack: { offer: 'annual', quantity: 1 } }, 'order-offer'],
    [{ type: 'renew', duration: 'P7Y' }, 'renewal-too-long'],
    [{ type: 'renew', duration: 'a year' }, 'duration-invalid'],
    [{ type: 'renew', duration: 'P12M', pools: { mailboxes: 1e12 } }, 'quantity-invalid'],
    [{ type: 'convert', offer: 'annual', quantity: 1 }, 'trial-only'],
    [{ type: 'convert', offer: 'annual', quantity: 0 }, 'quantity-invalid'],
  ] as const)('finds what stands against %j: %s', async (wanted, code) => {
    const market = await openMailbox();
    expect(await codeOf(market, market.id, wanted)).toBe(code);
  });

  it('gives a trial nothing but what follows it', async () => {
    const market = await openOrderDesk();
    await market.publish('mailbox-backup');
    const id = await market.issue({ product: 'mailbox-backup', offer: 'trial' });
    expect(await codeOf(market, id, RENEW)).toBe('trial-not-renewable');
    expect(await codeOf(market, id, { type: 'extend', add: { mailboxes: 10 } })).toBe('change-not-offered');
    expect(await codeOf(market, id, { type: 'reduce', pools: { mailboxes: 10 } })).toBe('change-not-offered');
    expect(await codeOf(market, id, { type: 'convert', offer: 'trial', quantity: 1 })).toBe('order-offer');
    expect(await codeOf(market, id, { type: 'convert', offer: 'extension', quantity: 1 })).toBe(
      'order-offer',
    );
    expect(await plan(market, id, { type: 'convert', offer: 'annual', quantity: 20 })).toMatchObject({
      how: 'payment',
      price: eur(198_000),
      after: { license: { kind: 'commercial', revision: 1 } },
    });
    market.clock.now = NOW - 4000;
    expect(await codeOf(market, id, { type: 'convert', offer: 'annual', quantity: 1 })).toBe(
      'clock-behind-register',
    );
  });

  it('knows no license that is not there', async () => {
    const { desk } = await openOrderDesk();
    await expect(planChange(desk(), 'CF-7K2M-94QX-A', RENEW)).rejects.toThrowCode('license-unknown');
    await expect(planChange(desk(), 'nothing', RENEW)).rejects.toThrowCode('license-id');
  });
});
