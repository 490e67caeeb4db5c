import { sql, type Kysely, type Migration } from 'kysely';
import type { ColumnWords } from '../column-words.js';

/** The first tables of the register; in SQLite they stand as they were released, byte for byte. */
export const firstTables = ({ integer, text, blob, strict, appendOnly }: ColumnWords): readonly string[] => [
  `create table customers (id ${text} primary key, name ${text} not null)${strict}`,
  `create table products (digest ${text} primary key, id ${text} not null, catalog ${integer} not null, json ${text} not null)${strict}`,
  `create table licenses (
     id ${text} primary key,
     customer ${text} not null references customers (id),
     product ${text} not null
   )${strict}`,
  `create table shards (
     number ${integer} primary key check (number > 0),
     uri ${text} not null unique,
     version ${integer} not null check (version > 0),
     bits ${blob} not null,
     token ${text} not null
   )${strict}`,
  `create table files (
     license ${text} not null references licenses (id),
     revision ${integer} not null check (revision > 0),
     jti ${text} not null unique,
     iat ${integer} not null,
     exp ${integer},
     shard ${integer} not null references shards (number),
     status_index ${integer} not null,
     product_digest ${text} not null references products (digest),
     digest ${text} not null,
     text ${text} not null,
     claims ${text} not null,
     primary key (license, revision),
     unique (shard, status_index)
   )${strict}`,
  `create table roots (version ${integer} primary key, text ${text} not null)${strict}`,
  `create table audit (
     seq ${integer} primary key,
     at ${integer} not null,
     actor ${text} not null,
     action ${text} not null,
     object ${text} not null,
     detail ${text} not null
   )${strict}`,
  `create index licenses_customer on licenses (customer)`,
  // What was handed out and who did what is never rewritten, not even by a program error.
  ...appendOnly(['files', 'audit']),
];

export const createRegister = (words: ColumnWords): Migration => ({
  up: async (database: Kysely<unknown>) => {
    for (const statement of firstTables(words)) await sql.raw(statement).execute(database);
  },
});
