import { PostgresDialect, type Dialect } from 'kysely';
import pg from 'pg';
import { issuerFault } from '../../codes.js';

function parseInteger(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw issuerFault('register-broken', { expected: 'a whole number up to 2^53', actual: text });
}

/** PostgreSQL at an address as kysely wants it; whole numbers come as numbers. */
export function postgresDialect(url: string, busyTimeout: number): Dialect {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'counterfoil',
    connectionTimeoutMillis: busyTimeout,
    lock_timeout: busyTimeout,
    // A program that stops in the middle must not hold the others for ever.
    idle_in_transaction_session_timeout: 60_000,
    types: {
      getTypeParser: (oid: typeof pg.types.builtins.INT8, format?: 'text' | 'binary') =>
        oid === pg.types.builtins.INT8 && format !== 'binary'
          ? parseInteger
          : (pg.types.getTypeParser(oid, format) as never),
    },
  });
  // A connection that breaks while nobody uses it: the pool makes another one.
  pool.on('error', () => undefined);
  return new PostgresDialect({ pool });
}
