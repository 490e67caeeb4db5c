import type { Register } from './register.js';
import { openSqlite } from './sqlite/open-store.js';
import type { SqlAccess } from './sql/sql-access.js';
import { sqlAccountStore } from './sql/sql-account-store.js';
import { sqlOrderStore } from './sql/sql-order-store.js';
import { sqlRegister } from './sql/sql-register.js';
import type { OpenOptions, Store, StorePlace } from './store.js';

/** Opens the tables at a place; the driver of PostgreSQL is loaded only for whoever uses it. */
export async function openAccess(place: StorePlace, options: OpenOptions): Promise<SqlAccess> {
  if ('path' in place) return openSqlite(place.path, options);
  const { openPostgres } = await import('./postgres/open-store.js');
  return openPostgres(place.url, options);
}

/** Opens a store and brings its tables up to date; throws what opening the place throws. */
export async function openStore(place: StorePlace, options: OpenOptions = {}): Promise<Store> {
  const access = await openAccess(place, options);
  return {
    register: sqlRegister(access),
    accounts: sqlAccountStore(access),
    orders: sqlOrderStore(access),
    close: access.close,
  };
}

/** Opens the register in a SQLite file alone; closing it closes the file. */
export async function openRegister(path: string, options: OpenOptions = {}): Promise<Register> {
  return (await openStore({ path }, options)).register;
}
