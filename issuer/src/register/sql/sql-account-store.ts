import { issuerFault } from '../../codes.js';
import type { AccountStore } from '../account-store.js';
import { fromChange, toAccount, toCredentials } from './account-rows.js';
import { insertAudit } from './audit-rows.js';
import type { SqlAccess } from './sql-access.js';
import { sqlSessions } from './sql-sessions.js';

/** Accounts, credentials, links and sessions over tables. */
export function sqlAccountStore(access: SqlAccess): AccountStore {
  const { read, write, change } = access;
  return {
    findAccount: (by) =>
      read(async (database) => {
        const accounts = database.selectFrom('accounts').selectAll();
        const query = 'id' in by ? accounts.where('id', '=', by.id) : accounts.where('email', '=', by.email);
        const row = await query.executeTakeFirst();
        return row === undefined ? undefined : toAccount(row);
      }),
    listAccounts: ({ customer, kind }) =>
      read(async (database) => {
        let query = database.selectFrom('accounts').selectAll();
        if (customer !== undefined) query = query.where('customer', '=', customer);
        if (kind !== undefined) query = query.where('kind', '=', kind);
        return (await query.orderBy('email').execute()).map(toAccount);
      }),
    countStaff: () =>
      read(async (database) => {
        const { count } = await database
          .selectFrom('accounts')
          .where('kind', '=', 'staff')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        return count;
      }),
    addAccount: (account, audit) =>
      write(async (transaction) => {
        const { id, kind, role, customer, email, name, state, createdAt } = account;
        const taken = await transaction
          .selectFrom('accounts')
          .select('id')
          .where('email', '=', email)
          .executeTakeFirst();
        if (taken !== undefined) throw issuerFault('account-taken', { where: email });
        await transaction
          .insertInto('accounts')
          .values({ id, kind, role, customer: customer ?? null, email, name, state, created_at: createdAt })
          .execute();
        const detail = { kind, role, email, ...(customer === undefined ? {} : { customer }) };
        await insertAudit(transaction, { ...audit, action: 'account-added', object: id, detail });
      }),
    changeAccount: (id, { name, role, state }, audit) =>
      write(async (transaction) => {
        const columns = {
          ...(name === undefined ? {} : { name }),
          ...(role === undefined ? {} : { role }),
          ...(state === undefined ? {} : { state }),
        };
        const known = await transaction
          .selectFrom('accounts')
          .select('id')
          .where('id', '=', id)
          .executeTakeFirst();
        if (known === undefined) throw issuerFault('account-unknown', { where: id });
        if (Object.keys(columns).length === 0) return;
        await transaction.updateTable('accounts').set(columns).where('id', '=', id).execute();
        await insertAudit(transaction, { ...audit, action: 'account-changed', object: id, detail: columns });
      }),
    findCredentials: (account) =>
      read(async (database) => {
        const row = await database
          .selectFrom('credentials')
          .selectAll()
          .where('account', '=', account)
          .executeTakeFirst();
        return row === undefined ? undefined : toCredentials(row);
      }),
    saveCredentials: (account, wanted) =>
      change(async (database) => {
        const values = fromChange(wanted);
        const row = { account, password: null, totp: null, totp_step: null, failures: 0, locked_until: null };
        await database
          .insertInto('credentials')
          .values({ ...row, ...values })
          .onConflict((conflict) => {
            const known = conflict.column('account');
            return Object.keys(values).length === 0 ? known.doNothing() : known.doUpdateSet(values);
          })
          .execute();
      }),
    countFailure: (account) =>
      change(async (database) => {
        const row = await database
          .updateTable('credentials')
          .set((builder) => ({ failures: builder('failures', '+', 1) }))
          .where('account', '=', account)
          .returning('failures')
          .executeTakeFirst();
        return row?.failures ?? 0;
      }),
    useTotpStep: (account, step) =>
      change(async (database) => {
        const { numUpdatedRows } = await database
          .updateTable('credentials')
          .set({ totp_step: step })
          .where('account', '=', account)
          .where((eb) => eb.or([eb('totp_step', 'is', null), eb('totp_step', '<', step)]))
          .executeTakeFirst();
        return numUpdatedRows === 1n;
      }),
    ...sqlSessions(access),
  };
}
