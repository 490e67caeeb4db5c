import { createHash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { SqlAccess } from '../sql/sql-access.js';
import type { Tables } from '../sql/tables.js';
import { STORED_TABLES, type BackupHeader, type StoredRow, type StoredTable } from './stored-tables.js';

/** How many rows are read at once; files one by one, as each may have many megabytes. */
const PAGE = 500;

type Row = Readonly<Record<string, unknown>>;

async function readPage(
  database: Kysely<Tables>,
  { name, key }: StoredTable,
  after: Row | undefined,
): Promise<readonly Row[]> {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const beyond =
    after === undefined
      ? sql``
      : sql`where (${columns}) > (${sql.join(key.map((column) => sql`${after[column]}`))})`;
  const size = sql.lit(name === 'files' ? 1 : PAGE);
  const page = sql<Row>`select * from ${sql.table(name)} ${beyond} order by ${columns} limit ${size}`;
  return (await page.execute(database)).rows;
}

function storedRow(row: Row): StoredRow {
  const bytes = (value: ArrayBuffer | Uint8Array) => ({
    base64: Buffer.from(new Uint8Array(value)).toString('base64'),
  });
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value instanceof ArrayBuffer || value instanceof Uint8Array ? bytes(value) : (value as string),
    ]),
  );
}

/**
 * Writes a store as JSON lines, as it is at one instant, while others go on writing; gives the number of rows.
 *
 * The last line holds the digest of those before it, so that a part of a backup is not taken for the whole.
 */
export async function dumpStore(
  access: SqlAccess,
  header: BackupHeader,
  put: (line: string) => Promise<void>,
): Promise<number> {
  const hash = createHash('sha256');
  const write = async (value: object): Promise<void> => {
    const line = `${JSON.stringify(value)}\n`;
    hash.update(line);
    await put(line);
  };
  await write(header);
  const rows = await access.snapshot(async (database) => {
    let count = 0;
    for (const table of STORED_TABLES) {
      let page = await readPage(database, table, undefined);
      while (page.length > 0) {
        for (const row of page) await write({ table: table.name, row: storedRow(row) });
        count += page.length;
        page = await readPage(database, table, page.at(-1));
      }
    }
    return count;
  });
  await put(`${JSON.stringify({ end: true, rows, digest: hash.digest('base64url') })}\n`);
  return rows;
}
