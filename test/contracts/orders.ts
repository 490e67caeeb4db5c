import type { OrderStore, PlacedChange, Store } from '@counterfoil/issuer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BY, LICENSE, order, stock } from './samples.js';
import { openNew, type StoreVariant } from './variants.js';

/** What orders do, however they are stored. */
export function describeOrders({ name, newPlace }: StoreVariant): void {
  describe(`the orders in ${name}`, () => {
    let store: Store;
    let orders: OrderStore;
    beforeEach(async () => {
      store = await openNew(await newPlace());
      ({ orders } = store);
      await stock(store);
    });
    afterEach(async () => {
      await store.close();
    });
    const actions = async (): Promise<unknown[]> =>
      (await store.register.listAudit())
        .slice(2)
        .map(({ action, object, detail }) => [action, object, detail]);
    const ids = (found: readonly { readonly id: string }[]): string[] => found.map(({ id }) => id);

    it('are given back as they were placed', async () => {
      const full: PlacedChange = order({
        id: 'O-2',
        wanted: { type: 'convert', offer: 'year', quantity: 3 },
        price: { amount: 120_000, currency: 'EUR' },
        reference: 'PO 4711',
        reason: 'because',
        paidAt: 1500,
        state: 'refused',
      });
      await orders.addOrder(order(), BY);
      await orders.addOrder(full, BY);
      expect(await orders.findOrder('O-1')).toEqual(order());
      expect(await orders.findOrder('O-2')).toEqual(full);
      expect(await orders.findOrder('O-3')).toBeUndefined();
      const again = order({ state: 'refused' });
      await expect(orders.addOrder(again, BY)).rejects.toThrowCode('register-conflict');
      const stray = order({ id: 'O-4', createdBy: 'A-9', state: 'refused' });
      await expect(orders.addOrder(stray, BY)).rejects.toThrowCode('register-conflict');
      expect(await actions()).toEqual([
        [
          'order-placed',
          'O-1',
          { license: LICENSE, seenRevision: 1, type: 'renew', state: 'awaiting-staff' },
        ],
        ['order-placed', 'O-2', { license: LICENSE, seenRevision: 1, type: 'convert', state: 'refused' }],
      ]);
    });

    it('are open one at a time for each license, whoever is first', async () => {
      const sent = ['O-1', 'O-2', 'O-3'].map((id) => orders.addOrder(order({ id, state: 'ready' }), BY));
      const refused = (await Promise.allSettled(sent)).filter(({ status }) => status === 'rejected');
      expect(refused.map((one) => (one as PromiseRejectedResult).reason.code)).toEqual([
        'order-open',
        'order-open',
      ]);
      const [first] = await orders.listOrders({});
      await expect(orders.addOrder(order({ id: 'O-4' }), BY)).rejects.toThrowCode('order-open');
      await orders.moveOrder(first!.id, ['ready'], 'refused', {}, BY);
      await orders.addOrder(order({ id: 'O-4' }), BY);
      expect(await orders.listOrders({})).toHaveLength(2);
    });

    it('are listed, the newest first', async () => {
      await orders.addOrder(order(), BY);
      await orders.addOrder(order({ id: 'O-3', createdAt: 2000, state: 'refused' }), BY);
      await orders.addOrder(order({ id: 'O-2', createdAt: 2000, state: 'cancelled' }), BY);
      expect(ids(await orders.listOrders({}))).toEqual(['O-2', 'O-3', 'O-1']);
      expect(ids(await orders.listOrders({ states: ['ready', 'refused'] }))).toEqual(['O-3']);
      expect(await orders.listOrders({ states: [] })).toEqual([]);
      expect(ids(await orders.listOrders({ customer: 'C-1', license: LICENSE }))).toHaveLength(3);
      expect(await orders.listOrders({ customer: 'C-2' })).toEqual([]);
      expect(await orders.listOrders({ license: 'CF-1' })).toEqual([]);
    });

    it('move from where they stand, and nowhere else', async () => {
      await orders.addOrder(order(), BY);
      const move = orders.moveOrder;
      expect(await move('O-1', ['ready'], 'cancelled', {}, BY)).toBe(false);
      expect(await move('O-9', ['ready'], 'cancelled', {}, BY)).toBe(false);
      expect(await move('O-1', ['ready', 'awaiting-staff'], 'awaiting-payment', {}, BY)).toBe(true);
      expect(await move('O-1', ['awaiting-payment'], 'ready', { paidAt: 1700 }, BY)).toBe(true);
      expect(await move('O-1', ['ready'], 'refused', { reason: 'too late' }, BY)).toBe(true);
      expect(await orders.findOrder('O-1')).toEqual(
        order({ state: 'refused', paidAt: 1700, reason: 'too late' }),
      );
      expect((await actions()).slice(1)).toEqual([
        ['order-moved', 'O-1', { from: 'awaiting-staff', to: 'awaiting-payment' }],
        ['order-moved', 'O-1', { from: 'awaiting-payment', to: 'ready' }],
        ['order-moved', 'O-1', { from: 'ready', to: 'refused', reason: 'too late' }],
      ]);
    });

    it('note a payment once', async () => {
      await orders.addOrder(order(), BY);
      const payment = { id: 'shop-1', order: 'O-1', money: { amount: 500, currency: 'EUR' }, at: 1600 };
      expect(await orders.findPayment('shop-1')).toBeUndefined();
      expect(await orders.addPayment(payment, BY)).toBe(true);
      expect(await orders.addPayment({ ...payment, order: 'O-9' }, BY)).toBe(false);
      expect(await orders.findPayment('shop-1')).toEqual(payment);
      const stray = orders.addPayment({ ...payment, id: 'shop-2', order: 'O-9' }, BY);
      await expect(stray).rejects.toThrowCode('register-conflict');
      expect((await actions()).slice(1)).toEqual([
        ['payment-noted', 'O-1', { payment: 'shop-1', amount: 500, currency: 'EUR' }],
      ]);
    });

    it('have asks beside them', async () => {
      const ask = { id: 'Q-1', at: 1000, email: 'x@y.z', text: 'how? ü', state: 'open' } as const;
      const other = { ...ask, id: 'Q-2', at: 1001, license: 'CF-9', revision: 4 };
      await orders.addAsk(ask, BY);
      await orders.addAsk(other, BY);
      expect(await orders.listAsks({})).toEqual([other, ask]);
      expect(await orders.closeAsk('Q-1', BY)).toBe(true);
      expect(await orders.closeAsk('Q-1', BY)).toBe(false);
      expect(await orders.closeAsk('Q-9', BY)).toBe(false);
      expect(await orders.listAsks({ state: 'open' })).toEqual([other]);
      expect(await orders.listAsks({ state: 'closed' })).toEqual([{ ...ask, state: 'closed' }]);
      expect(await actions()).toEqual([
        ['ask-noted', 'Q-1', {}],
        ['ask-noted', 'Q-2', { license: 'CF-9', revision: 4 }],
        ['ask-closed', 'Q-1', {}],
      ]);
    });
  });
}
