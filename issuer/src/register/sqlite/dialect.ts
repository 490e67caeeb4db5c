import { SqliteDialect, type Dialect, type SqliteDatabase, type SqliteStatement } from 'kysely';
import Database from 'libsql';

/** What begins and ends a transaction, and what is run for it. */
const TRANSACTION: ReadonlyMap<string, string> = new Map([
  // Takes the write lock at once, so that no statement inside can find the register busy.
  ['begin', 'begin immediate'],
  // Reads what was there when it began, and keeps nobody from writing.
  ['begin snapshot', 'begin deferred'],
  ['commit', 'commit'],
  ['rollback', 'rollback'],
]);

/**
 * A SQLite database of libsql as kysely wants it.
 *
 * In libsql a statement that found the database busy stays open until it is collected as garbage, and until then no
 * transaction of the connection can be committed. `exec` leaves no statement behind, so transactions go through it.
 */
export function sqliteDialect(path: string, busyTimeout: number): Dialect {
  const database = new Database(path);
  const prepare = (text: string): SqliteStatement => {
    const whole = TRANSACTION.get(text);
    if (whole === undefined) return database.prepare(text);
    const run = (): { changes: number; lastInsertRowid: number } => {
      if (text === 'begin') beginAtOnce(database, whole, busyTimeout);
      else database.exec(whole);
      return { changes: 0, lastInsertRowid: 0 };
    };
    return { reader: false, all: () => [], run, iterate: () => [][Symbol.iterator]() };
  };
  const close = (): void => {
    database.close();
  };
  try {
    // First of all, so that the others wait too.
    database.pragma(`busy_timeout = ${String(busyTimeout)}`);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
  } catch (error) {
    close();
    throw error;
  }
  const face: SqliteDatabase = { prepare, close };
  return new SqliteDialect({ database: face });
}

/** Begins or throws at once: SQLite's own waiting would stop the whole program, and with it whoever it waits for in here. */
function beginAtOnce(database: Database.Database, whole: string, busyTimeout: number): void {
  database.exec('pragma busy_timeout = 0');
  try {
    database.exec(whole);
  } finally {
    database.exec(`pragma busy_timeout = ${String(busyTimeout)}`);
  }
}
