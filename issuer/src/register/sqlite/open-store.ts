import { access } from 'node:fs/promises';
import { Kysely, sql } from 'kysely';
import { issuerFault } from '../../codes.js';
import { migrate } from '../sql/migrate.js';
import { accessTo, type SqlAccess } from '../sql/sql-access.js';
import type { Tables } from '../sql/tables.js';
import type { OpenOptions } from '../store.js';
import { sqliteWords } from './column-words.js';
import { sqliteDialect } from './dialect.js';
import { isBusy, sqliteFault } from './fault.js';

/** The path of a store that lives in memory and is gone when closed. */
export const IN_MEMORY = ':memory:';

/**
 * Opens a SQLite file and brings its tables up to date.
 *
 * Every commit is on the disk before it is answered: write-ahead log, synchronous full. Throws `register-broken`,
 * `register-busy`, `register-newer`, `register-unwritable`.
 */
export async function openSqlite(path: string, options: OpenOptions): Promise<SqlAccess> {
  const { create = false, busyTimeout = 5000 } = options;
  if (!create && path !== IN_MEMORY) await requireFile(path);
  const fault = (error: unknown) => sqliteFault(error, path);
  let database: Kysely<Tables> | undefined;
  try {
    const kysely = new Kysely<Tables>({ dialect: sqliteDialect(path, busyTimeout) });
    database = kysely;
    await migrate(kysely, sqliteWords);
    return accessTo({
      database: kysely,
      fault,
      // A transaction of SQLite has the database for itself from its begin.
      lockWriters: () => Promise.resolve(),
      isPassing: isBusy,
      patience: busyTimeout,
      snapshot: (work) => readSnapshot(kysely, work),
      close: () => closeFile(kysely),
    });
  } catch (error) {
    await database?.destroy();
    throw fault(error);
  }
}

async function requireFile(path: string): Promise<void> {
  try {
    await access(path);
  } catch (cause) {
    throw issuerFault('register-broken', { where: path, expected: 'a register', actual: 'no file', cause });
  }
}

function readSnapshot<T>(
  database: Kysely<Tables>,
  work: (database: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  return database.connection().execute(async (connection) => {
    await sql`begin snapshot`.execute(connection);
    try {
      return await work(connection);
    } finally {
      await sql`rollback`.execute(connection);
    }
  });
}

async function closeFile(database: Kysely<Tables>): Promise<void> {
  // Not worth waiting for: whoever closes last will do it.
  await sql`pragma busy_timeout = 0`.execute(database);
  // So that the one file is the whole register, for whoever copies it.
  await sql`pragma wal_checkpoint(truncate)`.execute(database);
  await database.destroy();
}
