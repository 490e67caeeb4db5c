import type { Selectable, Transaction } from 'kysely';
import { issuerFault } from '../../codes.js';
import type { Ask, PlacedChange, WantedChange } from '../order-store.js';
import type { Filing } from '../register.js';
import { insertAudit } from './audit-rows.js';
import type { Tables } from './tables.js';

/** Throws `order-done`, `order-state` unless the order may have its license now. */
export async function requireReady(transaction: Transaction<Tables>, id: string): Promise<void> {
  const row = await transaction.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirst();
  if (row?.state === 'ready') return;
  if (row?.state === 'done') {
    const actual = `${row.result_license ?? ''}, revision ${String(row.result_revision)}`;
    throw issuerFault('order-done', { where: id, actual });
  }
  throw issuerFault('order-state', { where: id, expected: 'ready', actual: row?.state ?? 'no order' });
}

/** Gives an order its result. */
export async function finishOrder(
  transaction: Transaction<Tables>,
  id: string,
  { file: { license, revision }, audit: { at, actor } }: Filing,
): Promise<void> {
  await transaction
    .updateTable('orders')
    .set({ state: 'done', result_license: license, result_revision: revision })
    .where('id', '=', id)
    .execute();
  const detail = { license, revision };
  await insertAudit(transaction, { at, actor, action: 'order-done', object: id, detail });
}

export function toOrder(row: Selectable<Tables['orders']>): PlacedChange {
  const { id, license, customer, state, amount, currency, reason, reference } = row;
  return {
    id,
    license,
    customer,
    seenRevision: row.seen_revision,
    wanted: JSON.parse(row.wanted) as WantedChange,
    ...(amount === null || currency === null ? {} : { price: { amount, currency } }),
    state,
    ...(reason === null ? {} : { reason }),
    ...(reference === null ? {} : { reference }),
    ...(row.paid_at === null ? {} : { paidAt: row.paid_at }),
    createdAt: row.created_at,
    createdBy: row.created_by,
    ...(row.result_license === null || row.result_revision === null
      ? {}
      : { result: { license: row.result_license, revision: row.result_revision } }),
  };
}

export const fromOrder = (order: PlacedChange): Selectable<Tables['orders']> => ({
  id: order.id,
  license: order.license,
  customer: order.customer,
  seen_revision: order.seenRevision,
  wanted: JSON.stringify(order.wanted),
  amount: order.price?.amount ?? null,
  currency: order.price?.currency ?? null,
  state: order.state,
  reason: order.reason ?? null,
  reference: order.reference ?? null,
  paid_at: order.paidAt ?? null,
  created_at: order.createdAt,
  created_by: order.createdBy,
  result_license: order.result?.license ?? null,
  result_revision: order.result?.revision ?? null,
});

export function toAsk({ license, revision, ...row }: Selectable<Tables['asks']>): Ask {
  return {
    ...row,
    ...(license === null ? {} : { license }),
    ...(revision === null ? {} : { revision }),
  };
}
