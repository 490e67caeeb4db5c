import type { Account } from '@counterfoil/issuer';
import { openSession } from '../../../issuer/src/domain/accounts/session.js';
import type { PortalBrowser } from '../../support/portal.js';
import { NOW } from '../../support/vendor.js';
import { openStaffDesk, RENEWAL, type StaffDesk } from '../issuer-portal-staff/staff-desk.js';

/** The kinds of objects that an address can name. */
export type ObjectKind = 'license' | 'sold' | 'order' | 'staff-order' | 'customer' | 'account' | 'ask';

/** Whose object: that of a customer, or one that does not exist. */
export type Whose = 'C-1' | 'C-2' | 'nobody';

export const VISITORS = [
  'nobody',
  'viewer of C-1',
  'owner of C-1',
  'owner of C-2',
  'staff',
  'admin',
] as const;
export type VisitorName = (typeof VISITORS)[number];

/** Two customers who have one object of each kind, and everybody who may come. */
export interface World extends StaffDesk {
  /** The first page as HTML. */
  readonly home: string;
  readonly idOf: (kind: ObjectKind, whose: Whose) => string;
  /** A browser with a session of its own. */
  readonly come: (visitor: VisitorName) => Promise<PortalBrowser>;
  /** All that the store tells of licenses, orders, asks, accounts, catalogs and deeds. */
  readonly stored: () => Promise<unknown>;
}

/** Well-formed, and of nobody. */
const MISSING: Readonly<Record<ObjectKind, string>> = {
  license: 'CF-7K2M-94QX-3',
  sold: 'CF-7K2M-94QX-3',
  order: 'A'.repeat(22),
  'staff-order': 'A'.repeat(22),
  customer: 'C-9',
  account: 'A'.repeat(22),
  ask: 'A'.repeat(22),
};

export async function openWorld(): Promise<World> {
  const many = { any: 1_000_000, signIn: 1_000_000, upload: 1_000_000 };
  const open = await openStaffDesk({ change: { rates: many, webhookSecret: Buffer.alloc(32, 7) } });
  const { store, portal, clock } = open;
  const ids = new Map<string, string>();
  const people = new Map<VisitorName, Account>();
  for (const customer of ['C-1', 'C-2'] as const) {
    const sell = (): Promise<string> =>
      open.sell({ customer: { id: customer, name: `Customer ${customer}` } });
    const set = (kind: ObjectKind, id: string): unknown => ids.set(`${kind} ${customer}`, id);
    set('license', await sell());
    set('sold', await sell());
    people.set(`owner of ${customer}`, await open.account('owner', customer));
    set('order', (await open.order(await sell(), RENEWAL)).id);
    set('staff-order', (await open.order(await sell(), RENEWAL)).id);
    set('customer', customer);
    set('account', (await open.account('viewer', customer)).id);
    const ask = `ask-of-${customer}`.padEnd(22, '_');
    set('ask', ask);
    const email = 'ann@example.com';
    await store.orders.addAsk(
      { id: ask, at: NOW, email, text: 'Hello', state: 'open' },
      { at: NOW, actor: 'visitor' },
    );
  }
  people.set('viewer of C-1', await open.account('viewer', 'C-1'));
  people.set('staff', await open.account('staff'));
  people.set('admin', await open.account('admin'));
  return {
    ...open,
    home: (await open.browser().get('/')).text,
    idOf: (kind, whose) => ids.get(`${kind} ${whose}`) ?? MISSING[kind],
    come: async (visitor) => {
      const browser = open.browser();
      const account = people.get(visitor);
      if (account === undefined) return browser;
      const desk = { accounts: store.accounts, now: clock.now, random: portal.random };
      browser.cookies.set('session', (await openSession(desk, account, 'full')).token);
      return browser;
    },
    stored: async () => {
      const accounts = await store.accounts.listAccounts({});
      return {
        accounts,
        credentials: await Promise.all(accounts.map(({ id }) => store.accounts.findCredentials(id))),
        files: await store.register.listFiles({}),
        catalogs: await store.register.listCatalogs(),
        orders: await store.orders.listOrders({}),
        asks: await store.orders.listAsks({}),
        audit: await store.register.listAudit(),
      };
    },
  };
}
