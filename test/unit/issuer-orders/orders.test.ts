import { describe, expect, it } from 'vitest';
import { approveOrder, cancelOrder, refuseOrder } from '../../../issuer/src/domain/orders/decide-order.js';
import { fulfilOrder } from '../../../issuer/src/domain/orders/fulfil-order.js';
import { placeChange } from '../../../issuer/src/domain/orders/place-change.js';
import { notePayment } from '../../../issuer/src/domain/payments/note-payment.js';
import { settlePayment } from '../../../issuer/src/domain/payments/settle-payment.js';
import type { WantedChange } from '../../../issuer/src/register/order-store.js';
import { BUYER, openOrderDesk, type TestDesk } from '../../support/orders.js';

const RENEW: WantedChange = { type: 'renew', duration: 'P12M' };
const REDUCE: WantedChange = { type: 'reduce', pools: { mailboxes: 20 } };
const ASKED: WantedChange = { type: 'extend', add: { mailboxes: 5 } };
const eur = (amount: number) => ({ amount, currency: 'EUR' });

async function openMailbox(change?: (text: string) => string): Promise<TestDesk & { id: string }> {
  const market = await openOrderDesk();
  await market.publish('mailbox-backup', change);
  const id = await market.issue({ product: 'mailbox-backup', offer: 'annual', quantity: 3 });
  return { ...market, id };
}
const askFirst = (text: string): string => text.replace('renew: at-once', 'renew: ask');

describe('placing an order', () => {
  it.each([
    [REDUCE, 'ready', undefined],
    [RENEW, 'awaiting-payment', eur(29_700)],
    [ASKED, 'awaiting-staff', undefined],
  ] as const)('%j: %s', async (wanted, state, price) => {
    const { order, id, store, clock } = await openMailbox();
    const placed = await order(id, wanted);
    expect(placed).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      license: id,
      customer: 'C-1',
      seenRevision: 1,
      wanted,
      ...(price === undefined ? {} : { price }),
      state,
      createdAt: clock.now,
      createdBy: BUYER,
    });
    expect(await store.orders.findOrder(placed.id)).toEqual(placed);
    expect((await store.register.listAudit()).at(-1)).toMatchObject({
      actor: `portal:${BUYER}`,
      action: 'order-placed',
      object: placed.id,
    });
  });

  it('refuses a second one while the first is open, and takes it afterwards', async () => {
    const { order, id, desk } = await openMailbox();
    const first = await order(id, RENEW);
    await expect(order(id, REDUCE)).rejects.toThrowCode('order-open');
    await cancelOrder(desk(), first.id);
    expect((await order(id, REDUCE)).state).toBe('ready');
  });

  it('takes one of several that are sent at once', async () => {
    const { order, id, store } = await openMailbox();
    const sent = await Promise.allSettled([order(id, RENEW), order(id, RENEW), order(id, REDUCE)]);
    const refused = sent.filter(({ status }) => status === 'rejected');
    expect(refused.map((one) => (one as PromiseRejectedResult).reason.code)).toEqual([
      'order-open',
      'order-open',
    ]);
    expect(await store.orders.listOrders({ license: id })).toHaveLength(1);
  });

  it('refuses a preview that is stale, and a wish that is not offered', async () => {
    const { desk, id, store } = await openMailbox();
    const wish = { license: id, account: BUYER, reference: 'PO 7' };
    await expect(placeChange(desk(), { ...wish, wanted: RENEW, seenRevision: 2 })).rejects.toThrowCode(
      'license-superseded',
    );
    const trial: WantedChange = { type: 'convert', offer: 'annual', quantity: 1 };
    await expect(placeChange(desk(), { ...wish, wanted: trial, seenRevision: 1 })).rejects.toThrowCode(
      'trial-only',
    );
    expect(await store.orders.listOrders({})).toEqual([]);
    expect(await placeChange(desk(), { ...wish, wanted: RENEW, seenRevision: 1 })).toMatchObject({
      reference: 'PO 7',
    });
  });
});

describe('what staff and customers do with an order', () => {
  it('is approved, paid and reissued', async () => {
    const { order, id, desk, store } = await openMailbox(askFirst);
    const placed = await order(id, RENEW);
    expect(placed).toMatchObject({ state: 'awaiting-staff', price: eur(29_700) });
    await expect(notePayment(desk('staff'), placed.id)).rejects.toThrowCode('order-state');
    expect((await approveOrder(desk('staff'), placed.id)).state).toBe('awaiting-payment');
    await expect(approveOrder(desk('staff'), placed.id)).rejects.toThrowCode('order-state');
    const { order: done, isNew } = await notePayment(desk('staff'), placed.id);
    expect({ state: done.state, result: done.result, isNew }).toEqual({
      state: 'done',
      result: { license: id, revision: 2 },
      isNew: true,
    });
    expect(await notePayment(desk('staff'), placed.id)).toMatchObject({
      isNew: false,
      order: { state: 'done' },
    });
    expect((await store.register.findFile(id))?.revision).toBe(2);
    const trail = (await store.register.listAudit()).map(({ action, actor }) => `${action} ${actor}`);
    expect(trail.slice(-6)).toEqual([
      `order-placed portal:${BUYER}`,
      'order-moved staff',
      'payment-noted staff',
      'order-moved staff',
      expect.stringMatching(/^(license-renewed|order-done) staff$/),
      expect.stringMatching(/^(license-renewed|order-done) staff$/),
    ]);
  });

  it('goes on at once when it is approved and there is nothing to pay, or it was paid before', async () => {
    const { order, id, desk } = await openMailbox(askFirst);
    const asked = await order(id, ASKED);
    expect(await approveOrder(desk('staff'), asked.id)).toMatchObject({
      state: 'done',
      result: { license: id, revision: 2 },
    });
    const early = await order(id, { type: 'renew', duration: 'P12M', pools: { mailboxes: 30 } });
    const payment = { id: 'shop-1', order: early.id, money: eur(29_700), at: desk().vendor.now };
    expect((await settlePayment(desk('webhook'), payment)).order).toMatchObject({
      state: 'awaiting-staff',
      paidAt: payment.at,
    });
    await expect(cancelOrder(desk(), early.id)).rejects.toThrowCode('order-paid');
    expect((await approveOrder(desk('staff'), early.id)).state).toBe('done');
  });

  it('is refused with a reason, also when it is paid', async () => {
    const { order, id, desk } = await openMailbox();
    const { id: placed } = await order(id, RENEW);
    await expect(refuseOrder(desk('staff'), placed, ' ')).rejects.toThrowCode('order-reason');
    await expect(refuseOrder(desk('staff'), placed, 'x'.repeat(401))).rejects.toThrowCode('order-reason');
    expect(await refuseOrder(desk('staff'), placed, 'sold elsewhere')).toMatchObject({
      state: 'refused',
      reason: 'sold elsewhere',
    });
    await expect(cancelOrder(desk(), placed)).rejects.toThrowCode('order-state');
    await expect(refuseOrder(desk('staff'), placed, 'again')).rejects.toThrowCode('order-state');
    await expect(fulfilOrder(desk(), placed)).rejects.toThrowCode('order-state');
    const late = { id: 'shop-1', order: placed, money: eur(29_700), at: 5 };
    expect((await settlePayment(desk('webhook'), late)).order).toMatchObject({ state: 'refused', paidAt: 5 });
  });

  it('is of nobody else', async () => {
    const { desk } = await openMailbox();
    for (const work of [fulfilOrder, approveOrder, cancelOrder, notePayment])
      await expect(work(desk(), 'nothing')).rejects.toThrowCode('order-unknown');
    await expect(refuseOrder(desk(), 'nothing', 'so')).rejects.toThrowCode('order-unknown');
  });
});

describe('fulfilling an order', () => {
  it('gives the same file however often it is asked for, also at once', async () => {
    const { order, id, desk, store } = await openMailbox();
    const { id: placed } = await order(id, REDUCE);
    const all = await Promise.all([1, 2, 3].map(() => fulfilOrder(desk(), placed)));
    all.push(await fulfilOrder(desk('staff'), placed));
    expect(new Set(all.map(({ file }) => file.digest)).size).toBe(1);
    expect(all[0]).toMatchObject({ order: { state: 'done', result: { license: id, revision: 2 } } });
    expect((await store.register.findFile(id))?.revision).toBe(2);
  });

  it('waits for payment and approval', async () => {
    const { order, id, desk, store } = await openMailbox();
    const { id: placed } = await order(id, RENEW);
    await expect(fulfilOrder(desk(), placed)).rejects.toThrowCode('order-state');
    expect((await store.register.findFile(id))?.revision).toBe(1);
  });

  it('refuses what was changed since it was ordered, and staff refuse it for good', async () => {
    const { order, id, desk, store } = await openMailbox();
    const { id: placed } = await order(id, RENEW);
    const { vendor } = desk('tester');
    const { reduceLicense } = await import('@counterfoil/issuer');
    await reduceLicense(vendor, { license: id }, new Map([['mailboxes', 10]]));
    const settled = await notePayment(desk('staff'), placed);
    expect(settled).toMatchObject({ order: { state: 'ready' }, finding: { code: 'license-superseded' } });
    await expect(fulfilOrder(desk(), placed)).rejects.toThrowCode('license-superseded');
    expect((await store.register.findFile(id))?.revision).toBe(2);
    expect((await refuseOrder(desk('staff'), placed, 'paid back')).state).toBe('refused');
  });

  it('throws what may pass, and goes on from there', async () => {
    const { order, id, desk } = await openMailbox();
    const { id: placed } = await order(id, RENEW);
    const { issuerFault } = await import('@counterfoil/issuer');
    const signer = () => Promise.reject(issuerFault('signing-timeout'));
    const blind = { ...desk('staff'), vendor: { ...desk('staff').vendor, signer } };
    await expect(notePayment(blind, placed)).rejects.toThrowCode('signing-timeout');
    expect((await notePayment(desk('staff'), placed)).order.state).toBe('done');
  });

  it('converts a trial once', async () => {
    const { issue, order, desk, store } = await openMailbox();
    const trial = await issue({ product: 'mailbox-backup', offer: 'trial' });
    const wanted: WantedChange = { type: 'convert', offer: 'annual', quantity: 10 };
    const { id: placed } = await order(trial, wanted);
    await notePayment(desk('staff'), placed);
    const { file } = await fulfilOrder(desk(), placed);
    expect(file.license).not.toBe(trial);
    expect(file).toMatchObject({ revision: 1, claims: { sub: 'C-1', license: { kind: 'commercial' } } });
    await expect(order(trial, wanted)).rejects.toThrowCode('trial-converted');
    expect((await store.register.listFiles({ customer: 'C-1' })).length).toBe(3);
  });
});
