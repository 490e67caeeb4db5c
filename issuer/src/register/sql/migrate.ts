import { Migrator, type Kysely, type Migration } from 'kysely';
import { issuerFault } from '../../codes.js';
import type { ColumnWords } from './column-words.js';
import { createRegister } from './migrations/0001-register.js';
import { addPortal } from './migrations/0002-portal.js';
import type { Tables } from './tables.js';

/** Every migration, in the order in which they run; a released one is never changed. */
const migrationsIn = (words: ColumnWords): Readonly<Record<string, Migration>> => ({
  '0001-register': createRegister(words),
  '0002-portal': addPortal(words),
});

/** Brings the tables up to date; throws `register-newer` for a register that a later version migrated. */
export async function migrate(database: Kysely<Tables>, words: ColumnWords): Promise<void> {
  const migrations = migrationsIn(words);
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
  });
  if (await isMigrated(database)) {
    // The table is the migrator's own, so the register's types do not list it.
    const done = await (database as unknown as Kysely<{ kysely_migration: { name: string } }>)
      .selectFrom('kysely_migration')
      .select('name')
      .execute();
    const unknown = done.find(({ name }) => !Object.hasOwn(migrations, name));
    if (unknown !== undefined) {
      throw issuerFault('register-newer', {
        expected: `at most ${Object.keys(migrations).at(-1) ?? 'none'}`,
        actual: unknown.name,
      });
    }
    if (done.length === Object.keys(migrations).length) return;
  }
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error as Error;
}

/** Whether a register was ever made in the database. */
export async function isMigrated(database: Kysely<Tables>): Promise<boolean> {
  const tables = await database.introspection.getTables({ withInternalKyselyTables: true });
  return tables.some(({ name }) => name === 'kysely_migration');
}
