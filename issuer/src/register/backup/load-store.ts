import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import { issuerFault } from '../../codes.js';
import type { SqlAccess } from '../sql/sql-access.js';
import type { Tables } from '../sql/tables.js';
import { STORED_TABLES, type BackupHeader, type StoredRow } from './stored-tables.js';

/** How many rows are written at once, and how many characters they may have together. */
const BATCH = { rows: 100, length: 1_000_000 };

const TABLE_NAMES: ReadonlySet<unknown> = new Set(STORED_TABLES.map(({ name }) => name));

const broken = (expected: string, actual: string): Error =>
  issuerFault('backup-broken', { expected, actual });

interface BackupLine extends Partial<BackupHeader> {
  readonly table?: keyof Tables;
  readonly row?: StoredRow;
  readonly end?: true;
  readonly rows?: number;
  readonly digest?: string;
}

function parseLine(line: string): BackupLine {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below.
  }
  throw broken('lines of JSON', 'another line');
}

/** The first line of a backup; throws `backup-broken`. */
export async function readHeader(lines: AsyncIterable<string>): Promise<BackupHeader> {
  for await (const line of lines) {
    const header = parseLine(line);
    const { counterfoil, version, vendor, roots } = header;
    if (counterfoil !== 'backup' || version !== 1 || vendor === undefined || !Array.isArray(roots)) break;
    return header as BackupHeader;
  }
  throw broken('a backup of counterfoil', 'something else');
}

/** Throws `register-not-empty` unless nothing is stored. */
export async function requireEmpty(transaction: Transaction<Tables>): Promise<void> {
  for (const { name } of STORED_TABLES) {
    const row = await transaction.selectFrom(name).selectAll().limit(1).executeTakeFirst();
    if (row !== undefined) {
      throw issuerFault('register-not-empty', { expected: 'no rows', actual: `some in ${name}` });
    }
  }
}

const bytesIn = (row: StoredRow): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      typeof value === 'object' && value !== null ? Buffer.from(value.base64, 'base64') : value,
    ]),
  );

/** Writes rows in batches, each batch of one table. */
function batchWriter(transaction: Transaction<Tables>): {
  readonly add: (table: keyof Tables, row: StoredRow, length: number) => Promise<void>;
  readonly flush: () => Promise<void>;
} {
  let table: keyof Tables = 'customers';
  let rows: Record<string, unknown>[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    if (rows.length > 0) await transaction.insertInto(table).values(rows).execute();
    rows = [];
    size = 0;
  };
  const add = async (name: keyof Tables, row: StoredRow, length: number): Promise<void> => {
    if (name !== table || rows.length === BATCH.rows || size + length > BATCH.length) await flush();
    table = name;
    rows.push(bytesIn(row));
    size += length;
  };
  return { add, flush };
}

/** Throws `backup-broken` unless every line is there that was written, as it was written. */
async function requireWhole(lines: AsyncIterable<string>): Promise<void> {
  const hash = createHash('sha256');
  let count = 0;
  let last: BackupLine | undefined;
  for await (const line of lines) {
    if (last !== undefined) throw broken('nothing after the last line', 'more lines');
    const value = parseLine(line);
    if (value.end === true) {
      last = value;
      continue;
    }
    hash.update(`${line}\n`);
    if (value.counterfoil === undefined) count++;
  }
  if (last === undefined) throw broken('a last line', 'none: the file was cut');
  if (last.rows !== count || last.digest !== hash.digest('base64url'))
    throw broken('the lines that were written', 'other lines');
}

/**
 * Writes the rows of a backup into an empty store, all or none; gives their number.
 *
 * Throws `backup-broken`, `register-not-empty`, and what the store throws.
 */
export async function loadStore(access: SqlAccess, readLines: () => AsyncIterable<string>): Promise<number> {
  await requireWhole(readLines());
  return access.write(async (transaction) => {
    await requireEmpty(transaction);
    const writer = batchWriter(transaction);
    let count = 0;
    for await (const line of readLines()) {
      const { table, row, end, counterfoil } = parseLine(line);
      if (end === true || counterfoil !== undefined) continue;
      if (row === undefined || !TABLE_NAMES.has(table)) throw broken('rows of known tables', 'another line');
      await writer.add(table as keyof Tables, row, line.length);
      count++;
    }
    await writer.flush();
    return count;
  });
}
