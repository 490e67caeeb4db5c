import { sql, type Kysely, type Migration, type Selectable } from 'kysely';
import { CHAIN_START, chainHash } from '../../audit-chain.js';
import type { ColumnWords } from '../column-words.js';
import type { Tables } from '../tables.js';

const auditTable = ({ integer, text, strict }: ColumnWords): string =>
  `create table audit (
     seq ${integer} primary key check (seq > 0),
     at ${integer} not null,
     actor ${text} not null,
     action ${text} not null,
     object ${text} not null,
     detail ${text} not null,
     hash ${text} not null check (length(hash) = 43)
   )${strict}`;

const accountTables = ({ integer, text, strict }: ColumnWords): readonly string[] => [
  `create table accounts (
     id ${text} primary key,
     kind ${text} not null check (kind in ('staff', 'contact')),
     role ${text} not null check (role in ('admin', 'staff', 'owner', 'viewer')),
     customer ${text} references customers (id),
     email ${text} not null unique,
     name ${text} not null,
     state ${text} not null check (state in ('invited', 'active', 'disabled')),
     created_at ${integer} not null,
     check ((kind = 'contact') = (customer is not null)),
     check ((kind = 'staff') = (role in ('admin', 'staff')))
   )${strict}`,
  `create index accounts_customer on accounts (customer)`,
  `create table credentials (
     account ${text} primary key references accounts (id),
     password ${text},
     totp ${text},
     totp_step ${integer},
     failures ${integer} not null,
     locked_until ${integer}
   )${strict}`,
  `create table tokens (
     digest ${text} primary key,
     purpose ${text} not null check (purpose in ('invite', 'reset')),
     account ${text} not null references accounts (id),
     expires_at ${integer} not null
   )${strict}`,
  `create table sessions (
     digest ${text} primary key,
     account ${text} not null references accounts (id),
     stage ${text} not null check (stage in ('password', 'full')),
     created_at ${integer} not null,
     seen_at ${integer} not null,
     expires_at ${integer} not null
   )${strict}`,
  `create index sessions_account on sessions (account)`,
];

const orderTables = ({ integer, text, strict, appendOnly }: ColumnWords): readonly string[] => [
  `create table orders (
     id ${text} primary key,
     license ${text} not null references licenses (id),
     customer ${text} not null references customers (id),
     seen_revision ${integer} not null check (seen_revision > 0),
     wanted ${text} not null,
     amount ${integer},
     currency ${text},
     state ${text} not null
       check (state in ('awaiting-staff', 'awaiting-payment', 'ready', 'done', 'refused', 'cancelled')),
     reason ${text},
     reference ${text},
     paid_at ${integer},
     created_at ${integer} not null,
     created_by ${text} not null references accounts (id),
     result_license ${text},
     result_revision ${integer},
     unique (result_license, result_revision),
     foreign key (result_license, result_revision) references files (license, revision),
     check ((amount is null) = (currency is null)),
     check ((state = 'done') = (result_license is not null)),
     check ((result_license is null) = (result_revision is null))
   )${strict}`,
  `create index orders_customer on orders (customer)`,
  `create index orders_license on orders (license)`,
  `create table payments (
     id ${text} primary key,
     order_id ${text} not null references orders (id),
     amount ${integer} not null,
     currency ${text} not null,
     at ${integer} not null
   )${strict}`,
  `create table asks (
     id ${text} primary key,
     at ${integer} not null,
     email ${text} not null,
     text ${text} not null,
     license ${text},
     revision ${integer},
     state ${text} not null check (state in ('open', 'closed'))
   )${strict}`,
  `create table catalogs (
     id ${text} not null,
     version ${integer} not null check (version > 0),
     text ${text} not null,
     at ${integer} not null,
     primary key (id, version)
   )${strict}`,
  ...appendOnly(['audit', 'payments', 'catalogs']),
];

/** Chains the entries that stand there; nothing but their new column changes. */
async function chainAudit(database: Kysely<Pick<Tables, 'audit'>>, words: ColumnWords): Promise<void> {
  const entries = (await database
    .selectFrom('audit')
    .select(['seq', 'at', 'actor', 'action', 'object', 'detail'])
    .orderBy('seq')
    .execute()) as Omit<Selectable<Tables['audit']>, 'hash'>[];
  // Its triggers go with it.
  await sql.raw('drop table audit').execute(database);
  await sql.raw(auditTable(words)).execute(database);
  let hash = CHAIN_START;
  for (const entry of entries) {
    hash = chainHash(hash, { ...entry, detail: JSON.parse(entry.detail) as Record<string, string> });
    await database
      .insertInto('audit')
      .values({ ...entry, hash })
      .execute();
  }
}

/** What the portal needs: accounts and orders, and an audit trail in which each entry holds the ones before. */
export const addPortal = (words: ColumnWords): Migration => ({
  up: async (database: Kysely<unknown>) => {
    await chainAudit(database, words);
    for (const statement of [...accountTables(words), ...orderTables(words)])
      await sql.raw(statement).execute(database);
  },
});
