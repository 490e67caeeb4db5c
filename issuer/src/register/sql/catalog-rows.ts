import { createHash } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import { issuerFault } from '../../codes.js';
import type { ActorAudit, StoredCatalog } from '../register.js';
import { insertAudit } from './audit-rows.js';
import type { Tables } from './tables.js';

/** Files a catalog under a higher version than the last; throws `register-conflict`. */
export async function saveCatalog(
  transaction: Transaction<Tables>,
  catalog: StoredCatalog,
  audit: ActorAudit,
): Promise<void> {
  const { id, version, text, at } = catalog;
  const newest = await selectCatalogs(transaction).where('id', '=', id).executeTakeFirst();
  if (newest?.version === version && newest.text === text) return;
  if (newest !== undefined && newest.version >= version) {
    throw issuerFault('register-conflict', {
      where: id,
      expected: `version ${String(newest.version + 1)} or higher`,
      actual: String(version),
    });
  }
  await transaction.insertInto('catalogs').values({ id, version, text, at }).execute();
  const digest = createHash('sha256').update(text).digest('base64url');
  await insertAudit(transaction, {
    ...audit,
    action: 'catalog-published',
    object: id,
    detail: { version, digest },
  });
}

/** The newest catalog of every product, by id. */
export const selectCatalogs = (database: Kysely<Tables>) =>
  database
    .selectFrom('catalogs')
    .selectAll()
    .where((builder) =>
      builder(
        'version',
        '=',
        builder
          .selectFrom('catalogs as newer')
          .whereRef('newer.id', '=', 'catalogs.id')
          .select(({ fn }) => fn.max('newer.version').as('version')),
      ),
    )
    .orderBy('id');
