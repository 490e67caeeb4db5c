import { sql, type Kysely, type Transaction } from 'kysely';
import type { AuditEntry, Register } from '../register.js';
import { fileLicense, insertAudit, saveProduct } from './file-license.js';
import { selectFiles, toFile, toShard } from './file-rows.js';
import { sqliteFault } from './sqlite-fault.js';
import type { Tables } from './tables.js';

/** The register over tables in SQLite. */
export function sqliteRegister(database: Kysely<Tables>, path: string): Register {
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw sqliteFault(error, path);
    }
  };
  const write = (work: (transaction: Transaction<Tables>) => Promise<void>): Promise<void> =>
    guarded(() => database.transaction().execute(work));
  return {
    newestSignature: () =>
      guarded(async () => {
        const { iat } = await database
          .selectFrom('files')
          .select(({ fn }) => fn.max('iat').as('iat'))
          .executeTakeFirstOrThrow();
        const { at } = await database
          .selectFrom('audit')
          .select(({ fn }) => fn.max('at').as('at'))
          .executeTakeFirstOrThrow();
        // An empty table has no greatest value, whatever the types say.
        const known = [iat, at].filter((instant: number | null) => instant !== null);
        return known.length === 0 ? undefined : Math.max(...known);
      }),
    findCustomer: (id) =>
      guarded(() => database.selectFrom('customers').selectAll().where('id', '=', id).executeTakeFirst()),
    hasLicense: (id) =>
      guarded(
        async () =>
          (await database.selectFrom('licenses').select('id').where('id', '=', id).executeTakeFirst()) !==
          undefined,
      ),
    newestShard: () =>
      guarded(async () =>
        toShard(
          await database
            .selectFrom('shards')
            .selectAll()
            .orderBy('number', 'desc')
            .limit(1)
            .executeTakeFirst(),
        ),
      ),
    findShard: (number) =>
      guarded(async () =>
        toShard(
          await database.selectFrom('shards').selectAll().where('number', '=', number).executeTakeFirst(),
        ),
      ),
    usedIndices: (shard) =>
      guarded(async () => {
        const rows = await database
          .selectFrom('files')
          .select('status_index')
          .where('shard', '=', shard)
          .execute();
        return new Set(rows.map((row) => row.status_index));
      }),
    fileLicense: (filing) => write((transaction) => fileLicense(transaction, filing)),
    findFile: (license, revision) =>
      guarded(async () => {
        let query = selectFiles(database).select('files.text').where('files.license', '=', license);
        if (revision !== undefined) query = query.where('files.revision', '=', revision);
        const row = await query.orderBy('files.revision', 'desc').limit(1).executeTakeFirst();
        return row === undefined ? undefined : { ...toFile(row), text: row.text };
      }),
    listFiles: (filter) =>
      guarded(async () => {
        let query = selectFiles(database).where((builder) =>
          builder(
            'files.revision',
            '=',
            builder
              .selectFrom('files as newer')
              .whereRef('newer.license', '=', 'files.license')
              .select(({ fn }) => fn.max('newer.revision').as('revision')),
          ),
        );
        if (filter.customer !== undefined) query = query.where('licenses.customer', '=', filter.customer);
        if (filter.product !== undefined) query = query.where('licenses.product', '=', filter.product);
        return (await query.orderBy('files.license').execute()).map(toFile);
      }),
    saveRoot: (version, text) =>
      write(async (transaction) => {
        await transaction
          .insertInto('roots')
          .values({ version, text })
          .onConflict((conflict) => conflict.column('version').doNothing())
          .execute();
      }),
    findProduct: (digest) =>
      guarded(() =>
        database.selectFrom('products').selectAll().where('digest', '=', digest).executeTakeFirst(),
      ),
    saveProduct: (product, audit) =>
      write(async (transaction) => {
        await saveProduct(transaction, product);
        await insertAudit(transaction, audit);
      }),
    recordAudit: (entry) => write((transaction) => insertAudit(transaction, entry)),
    listAudit: () =>
      guarded(async () => {
        const rows = await database.selectFrom('audit').selectAll().orderBy('seq').execute();
        return rows.map((row) => ({
          ...row,
          action: row.action as AuditEntry['action'],
          detail: JSON.parse(row.detail) as AuditEntry['detail'],
        }));
      }),
    close: () =>
      guarded(async () => {
        // Not worth waiting for: whoever closes last will do it.
        await sql`pragma busy_timeout = 0`.execute(database);
        // So that the one file is the whole register, for whoever copies it.
        await sql`pragma wal_checkpoint(truncate)`.execute(database);
        await database.destroy();
      }),
  };
}
