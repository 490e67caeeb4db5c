import type { Transaction } from 'kysely';
import { issuerFault } from '../../codes.js';
import type { OrderState, OrderStore, PlacedChange } from '../order-store.js';
import { insertAudit } from './audit-rows.js';
import { fromOrder, toAsk, toOrder } from './order-rows.js';
import type { SqlAccess } from './sql-access.js';
import type { Tables } from './tables.js';

const OPEN: readonly OrderState[] = ['awaiting-staff', 'awaiting-payment', 'ready'];

/** Of two that are open the second would change what the first was ordered upon. */
async function requireNoneOpen(
  transaction: Transaction<Tables>,
  { license, state }: PlacedChange,
): Promise<void> {
  if (!OPEN.includes(state)) return;
  const open = await transaction
    .selectFrom('orders')
    .select('id')
    .where('license', '=', license)
    .where('state', 'in', OPEN)
    .executeTakeFirst();
  if (open !== undefined) throw issuerFault('order-open', { where: license });
}

/** Orders, payments and asks over tables. */
export function sqlOrderStore({ read, write }: SqlAccess): OrderStore {
  return {
    addOrder: (order, audit) =>
      write(async (transaction) => {
        await requireNoneOpen(transaction, order);
        await transaction.insertInto('orders').values(fromOrder(order)).execute();
        const { id: object, license, seenRevision, wanted, state } = order;
        const detail = { license, seenRevision, type: wanted.type, state };
        await insertAudit(transaction, { ...audit, action: 'order-placed', object, detail });
      }),
    findOrder: (id) =>
      read(async (database) => {
        const row = await database.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirst();
        return row === undefined ? undefined : toOrder(row);
      }),
    listOrders: ({ customer, license, states }) =>
      read(async (database) => {
        if (states?.length === 0) return [];
        let query = database.selectFrom('orders').selectAll();
        if (customer !== undefined) query = query.where('customer', '=', customer);
        if (license !== undefined) query = query.where('license', '=', license);
        if (states !== undefined) query = query.where('state', 'in', states);
        return (await query.orderBy('created_at', 'desc').orderBy('id').execute()).map(toOrder);
      }),
    moveOrder: (id, from, to, { reason, paidAt }, audit) =>
      write(async (transaction) => {
        const row = await transaction
          .selectFrom('orders')
          .select('state')
          .where('id', '=', id)
          .executeTakeFirst();
        if (row === undefined || !from.includes(row.state)) return false;
        await transaction
          .updateTable('orders')
          .set({
            state: to,
            ...(reason === undefined ? {} : { reason }),
            ...(paidAt === undefined ? {} : { paid_at: paidAt }),
          })
          .where('id', '=', id)
          .execute();
        const detail = { from: row.state, to, ...(reason === undefined ? {} : { reason }) };
        await insertAudit(transaction, { ...audit, action: 'order-moved', object: id, detail });
        return true;
      }),
    addPayment: ({ id, order, money: { amount, currency }, at }, audit) =>
      write(async (transaction) => {
        const known = await transaction
          .selectFrom('payments')
          .select('id')
          .where('id', '=', id)
          .executeTakeFirst();
        if (known !== undefined) return false;
        await transaction
          .insertInto('payments')
          .values({ id, order_id: order, amount, currency, at })
          .execute();
        const detail = { payment: id, amount, currency };
        await insertAudit(transaction, { ...audit, action: 'payment-noted', object: order, detail });
        return true;
      }),
    findPayment: (id) =>
      read(async (database) => {
        const row = await database.selectFrom('payments').selectAll().where('id', '=', id).executeTakeFirst();
        if (row === undefined) return undefined;
        const { order_id: order, amount, currency, at } = row;
        return { id, order, money: { amount, currency }, at };
      }),
    addAsk: (ask, audit) =>
      write(async (transaction) => {
        const { id, at, email, text, license, revision, state } = ask;
        await transaction
          .insertInto('asks')
          .values({ id, at, email, text, license: license ?? null, revision: revision ?? null, state })
          .execute();
        const detail = license === undefined ? {} : { license, revision: revision ?? 0 };
        await insertAudit(transaction, { ...audit, action: 'ask-noted', object: id, detail });
      }),
    listAsks: ({ state }) =>
      read(async (database) => {
        let query = database.selectFrom('asks').selectAll();
        if (state !== undefined) query = query.where('state', '=', state);
        return (await query.orderBy('at', 'desc').orderBy('id').execute()).map(toAsk);
      }),
    closeAsk: (id, audit) =>
      write(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('asks')
          .set({ state: 'closed' })
          .where('id', '=', id)
          .where('state', '=', 'open')
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        await insertAudit(transaction, { ...audit, action: 'ask-closed', object: id, detail: {} });
        return true;
      }),
  };
}
