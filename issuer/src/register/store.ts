import type { AccountStore } from './account-store.js';
import type { OrderStore } from './order-store.js';
import type { Register } from './register.js';

/** Everything that a vendor stores, in one database: licenses, accounts, orders, one audit trail. */
export interface Store {
  readonly register: Register;
  readonly accounts: AccountStore;
  readonly orders: OrderStore;
  readonly close: () => Promise<void>;
}

/** Where a store is: a SQLite file, or a PostgreSQL database by its address. */
export type StorePlace = { readonly path: string } | { readonly url: string };

/** How a store is opened. */
export interface OpenOptions {
  /** Makes a new one where there is none; otherwise a missing one is `register-broken`. */
  readonly create?: boolean;
  /** Milliseconds to wait for another program, 5,000 unless given; in PostgreSQL also for a connection. */
  readonly busyTimeout?: number;
}
