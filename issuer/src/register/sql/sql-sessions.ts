import type { AccountStore } from '../account-store.js';
import { toSession, toToken } from './account-rows.js';
import type { SqlAccess } from './sql-access.js';

type Sessions = Pick<
  AccountStore,
  | 'endTokens'
  | 'saveToken'
  | 'findToken'
  | 'useToken'
  | 'saveSession'
  | 'findSession'
  | 'touchSession'
  | 'endSession'
  | 'endSessions'
>;

/** Links and sessions over tables. */
export function sqlSessions({ read, change }: SqlAccess): Sessions {
  return {
    endTokens: (account) =>
      change(async (database) => {
        await database.deleteFrom('tokens').where('account', '=', account).execute();
      }),
    saveToken: ({ digest, purpose, account, expiresAt }) =>
      change(async (database) => {
        await database
          .insertInto('tokens')
          .values({ digest, purpose, account, expires_at: expiresAt })
          .execute();
      }),
    findToken: (digest, now) =>
      read(async (database) => {
        const row = await database
          .selectFrom('tokens')
          .selectAll()
          .where('digest', '=', digest)
          .where('expires_at', '>', now)
          .executeTakeFirst();
        return row === undefined ? undefined : toToken(row);
      }),
    useToken: (digest, now) =>
      change(async (database) => {
        const { numDeletedRows } = await database
          .deleteFrom('tokens')
          .where('digest', '=', digest)
          .where('expires_at', '>', now)
          .executeTakeFirst();
        return numDeletedRows === 1n;
      }),
    saveSession: ({ digest, account, stage, createdAt, seenAt, expiresAt }) =>
      change(async (database) => {
        const change = { stage, seen_at: seenAt, expires_at: expiresAt };
        // Nobody asks for the ones that are over.
        await database.deleteFrom('sessions').where('expires_at', '<=', createdAt).execute();
        await database
          .insertInto('sessions')
          .values({ digest, account, created_at: createdAt, ...change })
          .onConflict((conflict) => conflict.column('digest').doUpdateSet(change))
          .execute();
      }),
    findSession: (digest, now) =>
      read(async (database) => {
        const row = await database
          .selectFrom('sessions')
          .selectAll()
          .where('digest', '=', digest)
          .where('expires_at', '>', now)
          .executeTakeFirst();
        return row === undefined ? undefined : toSession(row);
      }),
    touchSession: (digest, seenAt) =>
      change(async (database) => {
        await database
          .updateTable('sessions')
          .set({ seen_at: seenAt })
          .where('digest', '=', digest)
          .execute();
      }),
    endSession: (digest) =>
      change(async (database) => {
        await database.deleteFrom('sessions').where('digest', '=', digest).execute();
      }),
    endSessions: (account, but) =>
      change(async (database) => {
        let query = database.deleteFrom('sessions').where('account', '=', account);
        if (but !== undefined) query = query.where('digest', '<>', but);
        await query.execute();
      }),
  };
}
