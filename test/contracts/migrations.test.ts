import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openStore, type StorePlace } from '@counterfoil/issuer';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { makeDatabase } from '../support/database.js';
import { runSql } from '../support/postgres-server.js';
import { makeScratch } from '../support/vendor.js';
import { firstTables } from '../../issuer/src/register/sql/migrations/0001-register.js';
import { postgresWords } from '../../issuer/src/register/postgres/column-words.js';
import { sqliteWords } from '../../issuer/src/register/sqlite/column-words.js';

const MIGRATIONS = [
  'create table kysely_migration (name varchar(255) not null primary key, timestamp varchar(255) not null)',
  'create table kysely_migration_lock (id varchar(255) not null primary key, is_locked integer default 0 not null)',
  `insert into kysely_migration values ('0001-register', '2026-01-01T00:00:00Z')`,
  `insert into kysely_migration_lock values ('migration_lock', 0)`,
];
const ROWS = [
  `insert into audit (seq, at, actor, action, object, detail)
   values (1, 10, 'anna', 'vendor-made', 'v', '{"threshold":2,"environment":"test"}')`,
  `insert into audit (seq, at, actor, action, object, detail)
   values (2, 20, 'ben', 'license-issued', 'CF-1', '{"revision":1}')`,
];

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');
/** By hand, as the specification of the chain has it. */
const FIRST = sha256(
  '{"seq":1,"at":10,"actor":"anna","action":"vendor-made","object":"v","detail":{"environment":"test","threshold":2}}',
);
const SECOND = sha256(
  `${FIRST}{"seq":2,"at":20,"actor":"ben","action":"license-issued","object":"CF-1","detail":{"revision":1}}`,
);

/** A store as the first release left it, with two entries in its audit trail. */
const released: Readonly<Record<string, () => Promise<StorePlace>>> = {
  SQLite: async () => {
    const path = join(await makeScratch(), 'register.db');
    const database = new Database(path);
    for (const text of [...firstTables(sqliteWords), ...MIGRATIONS, ...ROWS]) database.exec(text);
    database.close();
    return { path };
  },
  PostgreSQL: async () => {
    const url = await makeDatabase();
    for (const text of [...firstTables(postgresWords), ...MIGRATIONS, ...ROWS]) await runSql(url, text);
    return { url };
  },
};

describe('the migrations', () => {
  it('leave the first tables of SQLite as they were released', () => {
    expect(sha256(JSON.stringify(firstTables(sqliteWords)))).toBe(
      's5TAj9G5eZWzXYSJ4S2rNkX36T5UNq3pj8kOpoKBkUM',
    );
  });

  it.each(Object.entries(released))('chain the audit trail that stands there, in %s', async (_, make) => {
    const place = await make();
    const store = await openStore(place);
    expect(await store.register.listAudit()).toMatchObject([
      { seq: 1, at: 10, detail: { threshold: 2, environment: 'test' }, hash: FIRST },
      { seq: 2, actor: 'ben', hash: SECOND },
    ]);
    await store.register.recordAudit({ at: 30, actor: 'x', action: 'kit-signed', object: 'p', detail: {} });
    expect((await store.register.listAudit()).at(-1)?.hash).toBe(
      sha256(`${SECOND}{"seq":3,"at":30,"actor":"x","action":"kit-signed","object":"p","detail":{}}`),
    );
    await store.close();
    const again = await openStore(place);
    expect(await again.register.listAudit()).toHaveLength(3);
    await again.close();
  });
});
