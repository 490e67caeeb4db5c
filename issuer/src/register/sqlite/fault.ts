import { CounterfoilError } from '@counterfoil/schemas';
import { issuerFault, type IssuerCode } from '../../codes.js';

/** What SQLite's result codes mean here; the first entry that a code starts with holds. */
const MEANINGS: readonly (readonly [string, IssuerCode])[] = [
  ['SQLITE_BUSY', 'register-busy'],
  ['SQLITE_LOCKED', 'register-busy'],
  ['SQLITE_CONSTRAINT_UNIQUE', 'register-conflict'],
  ['SQLITE_CONSTRAINT_PRIMARYKEY', 'register-conflict'],
  ['SQLITE_CONSTRAINT_FOREIGNKEY', 'register-conflict'],
  ['SQLITE_FULL', 'register-unwritable'],
  ['SQLITE_READONLY', 'register-unwritable'],
  ['SQLITE_IOERR', 'register-unwritable'],
  ['SQLITE_CANTOPEN', 'register-unwritable'],
];

const resultOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

export const isBusy = (error: unknown): boolean => resultOf(error).startsWith('SQLITE_BUSY');

/** The error of the register for an error of SQLite; errors with a code of ours stay. */
export function sqliteFault(error: unknown, path: string): CounterfoilError {
  if (error instanceof CounterfoilError) return error;
  const result = resultOf(error);
  const meaning = MEANINGS.find(([start]) => result.startsWith(start)) ?? cannotOpen(error);
  return issuerFault(meaning?.[1] ?? 'register-broken', {
    where: path,
    ...(result === '' ? {} : { actual: result }),
    cause: error,
  });
}

/** libsql has no result code for a file that it cannot open, only this text. */
function cannotOpen(error: unknown): (typeof MEANINGS)[number] | undefined {
  const isThat = error instanceof Error && /unable to open connection/i.test(error.message);
  return isThat ? ['', 'register-unwritable'] : undefined;
}
