import { access } from 'node:fs/promises';
import { Kysely, SqliteDialect } from 'kysely';
import { issuerFault } from '../../codes.js';
import type { Register } from '../register.js';
import { openLibsql } from './libsql-database.js';
import { migrate } from './migrate.js';
import { sqliteFault } from './sqlite-fault.js';
import { sqliteRegister } from './sqlite-register.js';
import type { Tables } from './tables.js';

/** How a register is opened. */
export interface OpenOptions {
  /** Makes a new register where there is none; otherwise a missing one is `register-broken`. */
  readonly create?: boolean;
  /** Milliseconds to wait for another program; 5,000 unless given. */
  readonly busyTimeout?: number;
}

/** The path of a register that lives in memory and is gone when closed. */
export const IN_MEMORY = ':memory:';

/**
 * Opens the register in a SQLite file and brings its tables up to date.
 *
 * Every commit is on the disk before it is answered: write-ahead log, synchronous full. Throws `register-broken`,
 * `register-busy`, `register-newer`, `register-unwritable`.
 */
export async function openRegister(path: string, options: OpenOptions = {}): Promise<Register> {
  const { create = false, busyTimeout = 5000 } = options;
  if (!create && path !== IN_MEMORY) await requireFile(path);
  let kysely: Kysely<Tables> | undefined;
  try {
    const { database, face } = openLibsql(path);
    kysely = new Kysely({ dialect: new SqliteDialect({ database: face }) });
    // First of all, so that the others wait too.
    database.pragma(`busy_timeout = ${String(busyTimeout)}`);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    await migrate(kysely);
    return sqliteRegister(kysely, path);
  } catch (error) {
    await kysely?.destroy();
    throw sqliteFault(error, path);
  }
}

async function requireFile(path: string): Promise<void> {
  try {
    await access(path);
  } catch (cause) {
    throw issuerFault('register-broken', { where: path, expected: 'a register', actual: 'no file', cause });
  }
}
