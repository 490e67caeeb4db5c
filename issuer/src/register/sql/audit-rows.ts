import type { Kysely, Selectable, Transaction } from 'kysely';
import { CHAIN_START, chainHash, detailText } from '../audit-chain.js';
import type { AuditEntry, NewAuditEntry } from '../register.js';
import type { Tables } from './tables.js';

/** Adds an entry to the end of the audit trail; only one transaction may do so at a time. */
export async function insertAudit(transaction: Transaction<Tables>, entry: NewAuditEntry): Promise<void> {
  const { at, actor, action, object, detail } = entry;
  const last = await transaction
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const seq = (last?.seq ?? 0) + 1;
  const hash = chainHash(last?.hash ?? CHAIN_START, { seq, at, actor, action, object, detail });
  await transaction
    .insertInto('audit')
    .values({ seq, at, actor, action, object, detail: detailText(detail), hash })
    .execute();
}

export async function selectAudit(database: Kysely<Tables>): Promise<readonly AuditEntry[]> {
  return (await database.selectFrom('audit').selectAll().orderBy('seq').execute()).map(toEntry);
}

const toEntry = (row: Selectable<Tables['audit']>): AuditEntry => ({
  ...row,
  action: row.action as AuditEntry['action'],
  detail: JSON.parse(row.detail) as AuditEntry['detail'],
});
