import { join } from 'node:path';
import { IN_MEMORY, openStore, type OpenOptions, type Store, type StorePlace } from '@counterfoil/issuer';
import { makeDatabase } from '../support/database.js';
import { makeScratch } from '../support/vendor.js';

/** One way to store all that a vendor stores. */
export interface StoreVariant {
  readonly name: string;
  /** A place where nothing is stored yet. */
  readonly newPlace: () => Promise<StorePlace>;
  /** Whether several programs can open one place. */
  readonly isShared: boolean;
}

export const variants: readonly StoreVariant[] = [
  { name: 'memory', newPlace: () => Promise.resolve({ path: IN_MEMORY }), isShared: false },
  {
    name: 'a SQLite file',
    newPlace: async () => ({ path: join(await makeScratch(), 'register.db') }),
    isShared: true,
  },
  { name: 'PostgreSQL', newPlace: async () => ({ url: await makeDatabase() }), isShared: true },
];

/** Opens a place as the first program does. */
export const openNew = (place: StorePlace, options: OpenOptions = {}): Promise<Store> =>
  openStore(place, { create: true, ...options });
