import type { SqliteDatabase, SqliteStatement } from 'kysely';
import Database from 'libsql';

/** What begins and ends a transaction, and what is run for it. */
const TRANSACTION: ReadonlyMap<string, string> = new Map([
  // Takes the write lock at once, so that no statement inside can find the register busy.
  ['begin', 'begin immediate'],
  ['commit', 'commit'],
  ['rollback', 'rollback'],
]);

/**
 * A SQLite database of libsql as kysely wants it, and its own face for pragmas.
 *
 * In libsql a statement that found the database busy stays open until it is collected as garbage, and until then no
 * transaction of the connection can be committed. `exec` leaves no statement behind, so transactions go through it.
 */
export function openLibsql(path: string): {
  readonly database: Database.Database;
  readonly face: SqliteDatabase;
} {
  const database = new Database(path);
  const prepare = (text: string): SqliteStatement => {
    const whole = TRANSACTION.get(text);
    if (whole === undefined) return database.prepare(text);
    const run = (): { changes: number; lastInsertRowid: number } => {
      database.exec(whole);
      return { changes: 0, lastInsertRowid: 0 };
    };
    return { reader: false, all: () => [], run, iterate: () => [][Symbol.iterator]() };
  };
  const close = (): void => {
    database.close();
  };
  return { database, face: { prepare, close } };
}
