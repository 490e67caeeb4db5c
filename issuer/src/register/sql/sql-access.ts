import { setTimeout as sleep } from 'node:timers/promises';
import type { CounterfoilError } from '@counterfoil/schemas';
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.js';

/** What a database does in its own way. */
export interface SqlVariant {
  readonly database: Kysely<Tables>;
  /** The error of the register for an error of the database; errors with a code of ours stay. */
  readonly fault: (error: unknown) => CounterfoilError;
  /** Lets one transaction write at a time, whatever other programs do, until it ends. */
  readonly lockWriters: (transaction: Transaction<Tables>) => Promise<void>;
  /** Whether a transaction, of which nothing is left, may be well a second time. */
  readonly isPassing: (error: unknown) => boolean;
  /** How long that is tried, in milliseconds. */
  readonly patience: number;
  /** Reads the whole store as it was at one instant, while others write. */
  readonly snapshot: <T>(work: (database: Kysely<Tables>) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** The ways to the tables: each error leaves them with a code. */
export interface SqlAccess {
  readonly read: <T>(work: (database: Kysely<Tables>) => Promise<T>) => Promise<T>;
  /**
   * One transaction after another, in all programs: what it reads nobody changes before it ends, and the audit trail
   * grows at one end.
   */
  readonly write: <T>(work: (transaction: Transaction<Tables>) => Promise<T>) => Promise<T>;
  /** A transaction that may run beside others: what it changes depends on nothing but the rows that it changes. */
  readonly change: SqlAccess['write'];
  readonly snapshot: SqlVariant['snapshot'];
  readonly close: () => Promise<void>;
}

/** Milliseconds before a transaction is tried again: short at first, as most transactions are. */
const PAUSES = [1, 2, 5, 10, 20, 50];

/** The access to the tables of a database. */
export function accessTo(variant: SqlVariant): SqlAccess {
  const { database, isPassing, patience } = variant;
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw variant.fault(error);
    }
  };
  const transact = async <T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> => {
    let waited = 0;
    for (let tries = 0; ; tries++) {
      try {
        return await database.transaction().execute(work);
      } catch (error) {
        if (waited >= patience || !isPassing(error)) throw error;
        const pause = PAUSES[Math.min(tries, PAUSES.length - 1)] ?? 1;
        waited += pause;
        await sleep(pause);
      }
    }
  };
  return {
    read: (work) => guarded(() => work(database)),
    write: (work) =>
      guarded(() =>
        transact(async (transaction) => {
          await variant.lockWriters(transaction);
          return work(transaction);
        }),
      ),
    change: (work) => guarded(() => transact(work)),
    snapshot: (work) => guarded(() => variant.snapshot(work)),
    close: () => guarded(variant.close),
  };
}
