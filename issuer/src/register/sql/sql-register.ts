import type { Register } from '../register.js';
import { insertAudit, selectAudit } from './audit-rows.js';
import { saveCatalog, selectCatalogs } from './catalog-rows.js';
import { fileLicense, saveProduct } from './file-license.js';
import { selectFiles, toFile, toShard } from './file-rows.js';
import type { SqlAccess } from './sql-access.js';

/** Licenses, products, catalogs and the audit trail over tables. */
export function sqlRegister({ read, write, close }: SqlAccess): Register {
  return {
    newestSignature: () =>
      read(async (database) => {
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
      read((database) =>
        database.selectFrom('customers').selectAll().where('id', '=', id).executeTakeFirst(),
      ),
    hasLicense: (id) =>
      read(
        async (database) =>
          (await database.selectFrom('licenses').select('id').where('id', '=', id).executeTakeFirst()) !==
          undefined,
      ),
    newestShard: () =>
      read(async (database) =>
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
      read(async (database) =>
        toShard(
          await database.selectFrom('shards').selectAll().where('number', '=', number).executeTakeFirst(),
        ),
      ),
    usedIndices: (shard) =>
      read(async (database) => {
        const rows = await database
          .selectFrom('files')
          .select('status_index')
          .where('shard', '=', shard)
          .execute();
        return new Set(rows.map((row) => row.status_index));
      }),
    fileLicense: (filing) => write((transaction) => fileLicense(transaction, filing)),
    findFile: (license, revision) =>
      read(async (database) => {
        let query = selectFiles(database).select('files.text').where('files.license', '=', license);
        if (revision !== undefined) query = query.where('files.revision', '=', revision);
        const row = await query.orderBy('files.revision', 'desc').limit(1).executeTakeFirst();
        return row === undefined ? undefined : { ...toFile(row), text: row.text };
      }),
    listFiles: (filter) =>
      read(async (database) => {
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
      read((database) =>
        database.selectFrom('products').selectAll().where('digest', '=', digest).executeTakeFirst(),
      ),
    saveProduct: (product, audit) =>
      write(async (transaction) => {
        await saveProduct(transaction, product);
        await insertAudit(transaction, audit);
      }),
    recordAudit: (entry) => write((transaction) => insertAudit(transaction, entry)),
    listAudit: () => read(selectAudit),
    saveCatalog: (catalog, audit) => write((transaction) => saveCatalog(transaction, catalog, audit)),
    findCatalog: (id) => read((database) => selectCatalogs(database).where('id', '=', id).executeTakeFirst()),
    listCatalogs: () => read((database) => selectCatalogs(database).execute()),
    close,
  };
}
