import fc from 'fast-check';
import { CounterfoilError } from '@counterfoil/schemas';
import { describe, expect, it } from 'vitest';
import { approveOrder, cancelOrder, refuseOrder } from '../../issuer/src/domain/orders/decide-order.js';
import { fulfilOrder } from '../../issuer/src/domain/orders/fulfil-order.js';
import { notePayment } from '../../issuer/src/domain/payments/note-payment.js';
import { settlePayment } from '../../issuer/src/domain/payments/settle-payment.js';
import type { WantedChange } from '../../issuer/src/register/order-store.js';
import { openOrderDesk } from '../support/orders.js';

const STEPS = ['approve', 'pay', 'pay again', 'note', 'fulfil', 'cancel', 'refuse', 'order'] as const;
/** What may stand against a step; anything else is an error of the program. */
const REFUSALS = new Set([
  'order-state',
  'order-open',
  'order-paid',
  'order-reason',
  'payment-differs',
  'license-superseded',
  'trial-converted',
]);
const PRICE = { amount: 9900, currency: 'EUR' };

describe('orders', () => {
  it.each([
    ['renew', 'annual', { type: 'renew', duration: 'P12M' }],
    ['convert', 'trial', { type: 'convert', offer: 'annual', quantity: 1 }],
  ] as const)(
    '%s: whatever several do at once, each has one file or none',
    async (change, offer, wanted: WantedChange) => {
      const market = await openOrderDesk();
      await market.publish('mailbox-backup', (text) => text.replace(`${change}: at-once`, `${change}: ask`));
      const { desk, store, issue, order } = market;
      // Waves of steps: those of one wave start together, and the register decides.
      const waves = fc.array(fc.array(fc.constantFrom(...STEPS), { minLength: 1, maxLength: 4 }), {
        maxLength: 6,
      });
      await fc.assert(
        fc.asyncProperty(waves, async (steps) => {
          const license = await issue({
            product: 'mailbox-backup',
            offer,
            ...(offer === 'annual' ? { quantity: 1 } : {}),
          });
          const known = new Set((await store.register.listFiles({})).map((file) => file.license));
          let { id } = await order(license, wanted);
          const take = (step: (typeof STEPS)[number], i: number): Promise<unknown> => {
            const actor = desk(`actor ${String(i)}`);
            switch (step) {
              case 'approve':
                return approveOrder(actor, id);
              case 'pay':
                return settlePayment(actor, {
                  id: `pay ${id}`,
                  order: id,
                  money: PRICE,
                  at: actor.vendor.now,
                });
              case 'pay again':
                return settlePayment(actor, {
                  id: `again ${id}`,
                  order: id,
                  money: PRICE,
                  at: actor.vendor.now,
                });
              case 'note':
                return notePayment(actor, id);
              case 'fulfil':
                return fulfilOrder(actor, id);
              case 'cancel':
                return cancelOrder(actor, id);
              case 'refuse':
                return refuseOrder(actor, id, 'because');
              case 'order':
                return order(license, wanted).then((next) => void ({ id } = next));
            }
          };
          for (const wave of steps) {
            for (const end of await Promise.allSettled(wave.map(take))) {
              if (end.status === 'fulfilled') continue;
              if (!(end.reason instanceof CounterfoilError)) throw end.reason;
              expect(REFUSALS).toContain(end.reason.code);
            }
          }
          const orders = await store.orders.listOrders({ license });
          const done = orders.filter(({ state }) => state === 'done');
          for (const { result, paidAt } of done) {
            expect(paidAt).toBeDefined();
            expect(await store.register.findFile(result!.license, result!.revision)).toBeDefined();
          }
          expect(orders.filter(({ result }) => result !== undefined)).toHaveLength(done.length);
          expect(
            orders.filter(({ state }) => ['awaiting-staff', 'awaiting-payment', 'ready'].includes(state))
              .length,
          ).toBeLessThanOrEqual(1);
          const newest = (await store.register.findFile(license))!.revision;
          const others = (await store.register.listFiles({})).filter((file) => !known.has(file.license));
          expect(newest - 1 + others.length).toBe(done.length);
        }),
        { numRuns: 25 },
      );
    },
  );
});
