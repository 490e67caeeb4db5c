import { CounterfoilError } from '@counterfoil/schemas';
import { openStore, type Store } from '@counterfoil/issuer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { account, BY, filing, LICENSE, order, stock } from './samples.js';
import { openNew, type StoreVariant } from './variants.js';

/** What came of each: `won`, or the code of its fault. */
const outcomes = async (all: readonly Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(all)).map((result) => {
    if (result.status === 'fulfilled') return 'won';
    if (result.reason instanceof CounterfoilError) return result.reason.code;
    throw result.reason;
  });

/** What two programs with one store cannot do to each other. */
export function describeRaces({ name, newPlace }: StoreVariant): void {
  describe(`two programs with one store in ${name}`, () => {
    let stores: readonly [Store, Store];
    beforeEach(async () => {
      const place = await newPlace();
      const first = await openNew(place);
      await stock(first);
      stores = [first, await openStore(place)];
    });
    afterEach(async () => {
      for (const store of stores) await store.close();
    });

    it('never file one revision twice', async () => {
      for (let revision = 2; revision < 8; revision++) {
        const both = stores.map(({ register }, who) =>
          register.fileLicense(
            filing({
              revision,
              index: 100 * who + revision,
              jti: `${String(revision)} of ${String(who)}`,
            }),
          ),
        );
        expect((await outcomes(both)).sort()).toEqual(['register-conflict', 'won']);
        expect((await stores[0].register.findFile(LICENSE))?.revision).toBe(revision);
      }
      const seqs = (await stores[1].register.listAudit()).map(({ seq }) => seq);
      expect(seqs).toEqual(Array.from({ length: 8 }, (_, index) => index + 1));
    });

    it('never do one order twice', async () => {
      await stores[0].orders.addOrder(order({ state: 'ready' }), BY);
      const both = stores.map(({ register }, who) =>
        register.fileLicense(
          filing({ revision: 2, index: 100 + who, jti: `of ${String(who)}` }, { order: 'O-1' }),
        ),
      );
      expect((await outcomes(both)).sort()).toEqual(['order-done', 'won']);
    });

    it('move one order once', async () => {
      await stores[0].orders.addOrder(order(), BY);
      const both = await Promise.all(
        stores.map(({ orders }, who) =>
          orders.moveOrder('O-1', ['awaiting-staff'], who === 0 ? 'ready' : 'refused', {}, BY),
        ),
      );
      expect(both.sort()).toEqual([false, true]);
    });

    it('note one payment once, and use a code and a link once', async () => {
      await stores[0].orders.addOrder(order(), BY);
      const payment = { id: 'shop-1', order: 'O-1', money: { amount: 1, currency: 'EUR' }, at: 1 };
      const link = { digest: 'T', purpose: 'reset', account: 'A-1', expiresAt: 2000 } as const;
      await stores[0].accounts.saveToken(link);
      await stores[0].accounts.saveCredentials('A-1', { totp: 'sealed' });
      for (const once of [
        ({ orders }: Store) => orders.addPayment(payment, BY),
        ({ accounts }: Store) => accounts.useTotpStep('A-1', 5),
        ({ accounts }: Store) => accounts.useToken('T', 1000),
      ])
        expect((await Promise.all([...stores, ...stores].map(once))).filter((won) => won)).toHaveLength(1);
    });

    it('give an address to one account', async () => {
      const both = stores.map(({ accounts }, who) =>
        accounts.addAccount(account({ id: `N-${String(who)}`, email: 'new@example.com' }), BY),
      );
      expect((await outcomes(both)).sort()).toEqual(['account-taken', 'won']);
    });
  });
}
