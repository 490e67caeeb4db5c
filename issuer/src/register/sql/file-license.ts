import type { Transaction } from 'kysely';
import { issuerFault } from '../../codes.js';
import type { Filing } from '../register.js';
import { insertAudit } from './audit-rows.js';
import { finishOrder, requireReady } from './order-rows.js';
import type { Tables } from './tables.js';

/** Writes all of a filing; throws `order-done`, `order-state`, `customer-differs`, `register-conflict`, and what the database throws. */
export async function fileLicense(transaction: Transaction<Tables>, filing: Filing): Promise<void> {
  const { file, product, shard, order, audit } = filing;
  // First of all: who comes second with an order is to hear of the result, not of a revision that is taken.
  if (order !== undefined) await requireReady(transaction, order);
  await saveProduct(transaction, product);
  await saveCustomer(transaction, filing);
  if (shard !== undefined) {
    const { number, version, ...rest } = shard;
    const older = await transaction
      .selectFrom('shards')
      .select('version')
      .where('number', '=', number)
      .executeTakeFirst();
    if ((older?.version ?? 0) + 1 !== version) {
      throw issuerFault('register-conflict', {
        where: shard.uri,
        expected: `version ${String((older?.version ?? 0) + 1)}`,
        actual: String(version),
      });
    }
    await transaction
      .insertInto('shards')
      .values({ number, version, ...rest })
      .onConflict((conflict) => conflict.column('number').doUpdateSet({ version, ...rest }))
      .execute();
  }
  if (file.revision === 1) {
    const { license: id, product: name } = file;
    await transaction
      .insertInto('licenses')
      .values({ id, customer: file.customer.id, product: name })
      .execute();
  } else await requireNext(transaction, file);
  await insertFile(transaction, file);
  await insertAudit(transaction, audit);
  if (order !== undefined) await finishOrder(transaction, order, filing);
}

export async function insertFile(transaction: Transaction<Tables>, file: Filing['file']): Promise<void> {
  await transaction
    .insertInto('files')
    .values({
      license: file.license,
      revision: file.revision,
      jti: file.jti,
      iat: file.iat,
      exp: file.exp ?? null,
      shard: file.shard,
      status_index: file.index,
      product_digest: file.productDigest,
      digest: file.digest,
      text: file.text,
      claims: JSON.stringify(file.claims),
    })
    .execute();
}

/** Revisions have no gaps: each follows the newest. */
async function requireNext(
  transaction: Transaction<Tables>,
  { license, revision }: Filing['file'],
): Promise<void> {
  const newest = await transaction
    .selectFrom('files')
    .select('revision')
    .where('license', '=', license)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  const next = (newest?.revision ?? 0) + 1;
  if (revision === next) return;
  throw issuerFault('register-conflict', {
    where: license,
    expected: `revision ${String(next)}`,
    actual: String(revision),
  });
}

async function saveCustomer(
  transaction: Transaction<Tables>,
  { file, rename, audit }: Filing,
): Promise<void> {
  const { id, name } = file.customer;
  const known = await transaction
    .selectFrom('customers')
    .select('name')
    .where('id', '=', id)
    .executeTakeFirst();
  if (known === undefined) {
    await transaction.insertInto('customers').values({ id, name }).execute();
    return;
  }
  if (known.name === name) return;
  if (rename !== true)
    throw issuerFault('customer-differs', { where: id, expected: known.name, actual: name });
  await transaction.updateTable('customers').set({ name }).where('id', '=', id).execute();
  const detail = { from: known.name, to: name };
  await insertAudit(transaction, { ...audit, action: 'customer-renamed', object: id, detail });
}

export async function saveProduct(
  transaction: Transaction<Tables>,
  product: Tables['products'],
): Promise<void> {
  await transaction
    .insertInto('products')
    .values(product)
    .onConflict((conflict) => conflict.column('digest').doNothing())
    .execute();
}
