import { Kysely, sql } from 'kysely';
import { issuerFault } from '../../codes.js';
import { isMigrated, migrate } from '../sql/migrate.js';
import { accessTo, type SqlAccess } from '../sql/sql-access.js';
import type { Tables } from '../sql/tables.js';
import type { OpenOptions } from '../store.js';
import { postgresWords } from './column-words.js';
import { postgresDialect } from './dialect.js';
import { isPassing, placeOf, postgresFault, requireUrl } from './fault.js';

/** The locks of this program in its database: any two numbers that nobody else there uses. */
const WRITERS = 7_465_001;
const MIGRATIONS = 7_465_002;

/**
 * Opens a PostgreSQL database and brings its tables up to date.
 *
 * Throws `register-unreachable`, `register-broken`, `register-busy`, `register-newer`, `register-unwritable`; no error
 * shows the address's password.
 */
export async function openPostgres(url: string, options: OpenOptions): Promise<SqlAccess> {
  const { create = false, busyTimeout = 5000 } = options;
  requireUrl(url);
  const where = placeOf(url);
  const fault = (error: unknown) => postgresFault(error, where);
  const database = new Kysely<Tables>({ dialect: postgresDialect(url, busyTimeout) });
  try {
    if (!create && !(await isMigrated(database))) {
      throw issuerFault('register-broken', { where, expected: 'a register', actual: 'no tables' });
    }
    await migrateAlone(database);
  } catch (error) {
    await database.destroy();
    throw fault(error);
  }
  return accessTo({
    database,
    fault,
    lockWriters: async (transaction) => {
      await sql`select pg_advisory_xact_lock(${WRITERS})`.execute(transaction);
    },
    isPassing,
    patience: busyTimeout,
    snapshot: (work) =>
      database.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work),
    close: () => database.destroy(),
  });
}

/** Two programs that start at once would make the migrator's own tables twice. */
async function migrateAlone(database: Kysely<Tables>): Promise<void> {
  await database.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${MIGRATIONS})`.execute(connection);
    try {
      await migrate(database, postgresWords);
    } finally {
      await sql`select pg_advisory_unlock(${MIGRATIONS})`.execute(connection);
    }
  });
}
