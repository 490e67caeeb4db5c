import type { Transaction } from 'kysely';
import type { ActorAudit, Customer, IssuedFile, ProductSnapshot, StoredShard } from '../register.js';
import { insertAudit } from '../sql/audit-rows.js';
import { insertFile, saveProduct } from '../sql/file-license.js';
import type { SqlAccess } from '../sql/sql-access.js';
import type { Tables } from '../sql/tables.js';
import { requireEmpty } from './load-store.js';

/** What copies of license files tell of a register. */
export interface FoundFiles {
  readonly customers: readonly Customer[];
  readonly products: readonly ProductSnapshot[];
  readonly shards: readonly StoredShard[];
  /** In order of license and revision; revisions may be missing. */
  readonly files: readonly IssuedFile[];
  /** General JSON JWS of the trust roots from version 1 on. */
  readonly roots: readonly string[];
}

async function saveLicenses(transaction: Transaction<Tables>, files: readonly IssuedFile[]): Promise<void> {
  const licenses = new Map(files.map(({ license, customer, product }) => [license, { customer, product }]));
  for (const [id, { customer, product }] of licenses)
    await transaction.insertInto('licenses').values({ id, customer: customer.id, product }).execute();
}

/** Files what was found in an empty store, with an audit entry for each file; throws `register-not-empty`. */
export function loadFiles(access: SqlAccess, found: FoundFiles, audit: ActorAudit): Promise<void> {
  return access.write(async (transaction) => {
    await requireEmpty(transaction);
    for (const product of found.products) await saveProduct(transaction, product);
    for (const customer of found.customers)
      await transaction.insertInto('customers').values(customer).execute();
    for (const shard of found.shards) await transaction.insertInto('shards').values(shard).execute();
    for (const [index, text] of found.roots.entries())
      await transaction
        .insertInto('roots')
        .values({ version: index + 1, text })
        .execute();
    await saveLicenses(transaction, found.files);
    for (const file of found.files) {
      await insertFile(transaction, file);
      const { license: object, revision, product, customer, digest } = file;
      const detail = { revision, product, customer: customer.id, digest };
      await insertAudit(transaction, { ...audit, action: 'license-restored', object, detail });
    }
  });
}
