import { Migrator, type Kysely, type Migration } from 'kysely';
import { issuerFault } from '../../codes.js';
import { createRegister } from './migrations/0001-register.js';
import type { Tables } from './tables.js';

/** Every migration, in the order in which they run; a released one is never changed. */
const migrations: Readonly<Record<string, Migration>> = Object.freeze({
  '0001-register': createRegister,
});

/** Brings the tables up to date; throws `register-newer` for a register that a later version migrated. */
export async function migrate(database: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
  });
  const tables = await database.introspection.getTables({ withInternalKyselyTables: true });
  if (tables.some(({ name }) => name === 'kysely_migration')) {
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
