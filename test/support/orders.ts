import { readFileSync } from 'node:fs';
import {
  IN_MEMORY,
  issueLicense,
  openStore,
  parseCatalogDocument,
  type Store,
  type Vendor,
} from '@counterfoil/issuer';
import type { Order } from '@counterfoil/schemas';
import { onTestFinished } from 'vitest';
import { placeChange } from '../../issuer/src/domain/orders/place-change.js';
import type { OrderDesk } from '../../issuer/src/domain/orders/order-desk.js';
import type { PlacedChange, WantedChange } from '../../issuer/src/register/order-store.js';
import { catalogPath, memoryVendor, NOW } from './vendor.js';

/** The account that orders in tests. */
export const BUYER = 'buyer-0000000000000000';

/** A desk at which customers order, over a store in memory, with published catalogs. */
export interface TestDesk {
  readonly store: Store;
  /** The desk at this instant. */
  readonly desk: (actor?: string) => OrderDesk;
  readonly clock: { now: number };
  /** Publishes a catalog, one of the examples unless a text is given. */
  readonly publish: (product: string, change?: (text: string) => string, version?: number) => Promise<void>;
  /** Issues a license by an example catalog and gives its id. */
  readonly issue: (order: Partial<Order> & Pick<Order, 'product'>) => Promise<string>;
  /** Orders a change of the newest revision. */
  readonly order: (license: string, wanted: WantedChange) => Promise<PlacedChange>;
}

export async function openOrderDesk(change: Partial<Vendor> = {}): Promise<TestDesk> {
  const store = await openStore({ path: IN_MEMORY });
  onTestFinished(() => store.close());
  const vendor = await memoryVendor({ register: store.register, ...change });
  const clock = { now: NOW };
  const by = { at: NOW, actor: 'tester' };
  const desk: TestDesk['desk'] = (actor = `portal:${BUYER}`) => ({
    vendor: { ...vendor, now: clock.now, actor },
    orders: store.orders,
  });
  const textOf = (product: string): string => readFileSync(catalogPath(`${product}.yaml`), 'utf8');
  const issue: TestDesk['issue'] = async (order) => {
    const { product, sales } = parseCatalogDocument(textOf(order.product), order.product);
    const { file } = await issueLicense(desk('tester').vendor, {
      order: { customer: { id: 'C-1', name: 'One' }, ...order },
      product,
      sales,
      identities: new Map(),
    });
    if ((await store.accounts.findAccount({ id: BUYER })) === undefined)
      await store.accounts.addAccount(
        {
          id: BUYER,
          kind: 'contact',
          role: 'owner',
          customer: 'C-1',
          email: 'buyer@example.com',
          name: 'The buyer',
          state: 'active',
          createdAt: NOW,
        },
        by,
      );
    return file.license;
  };
  return {
    store,
    desk,
    clock,
    issue,
    publish: (product, change = (text) => text, version = 1) =>
      store.register.saveCatalog({ id: product, version, text: change(textOf(product)), at: NOW }, by),
    order: async (license, wanted) => {
      const newest = await store.register.findFile(license);
      return placeChange(desk(), { license, wanted, seenRevision: newest!.revision, account: BUYER });
    },
  };
}
