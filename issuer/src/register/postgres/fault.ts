import { CounterfoilError } from '@counterfoil/schemas';
import { issuerFault, type IssuerCode } from '../../codes.js';

/** What PostgreSQL's states mean here; the first entry that a state starts with holds. */
const MEANINGS: readonly (readonly [string, IssuerCode])[] = [
  ['23505', 'register-conflict'],
  ['23503', 'register-conflict'],
  // lock not available, serialization failure, deadlock
  ['55P03', 'register-busy'],
  ['40001', 'register-busy'],
  ['40P01', 'register-busy'],
  // too many connections, starting or stopping
  ['53300', 'register-busy'],
  ['57P03', 'register-busy'],
  ['53', 'register-unwritable'],
  ['25006', 'register-unwritable'],
  ['42501', 'register-unwritable'],
  // who may sign in, which database, connections that break or are ended
  ['28', 'register-unreachable'],
  ['3D000', 'register-unreachable'],
  ['08', 'register-unreachable'],
  ['57P', 'register-unreachable'],
  ['25P03', 'register-unreachable'],
];

/** The states of a transaction that was given up for another one and would be well a second time. */
const PASSING: ReadonlySet<string> = new Set(['40001', '40P01']);

const stateOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

export const isPassing = (error: unknown): boolean => PASSING.has(stateOf(error) ?? '');

/** The error of the register for an error of PostgreSQL or of the way to it; errors with a code of ours stay. */
export function postgresFault(error: unknown, where: string): CounterfoilError {
  if (error instanceof CounterfoilError) return error;
  const state = stateOf(error);
  const meaning = MEANINGS.find(([start]) => state?.startsWith(start) === true)?.[1];
  return issuerFault(meaning ?? (isOfTheWay(error, state) ? 'register-unreachable' : 'register-broken'), {
    where,
    ...(state === undefined ? {} : { actual: state }),
    cause: error,
  });
}

/** Errors of sockets have codes such as ECONNREFUSED; those of the driver have none, only a text. */
const isOfTheWay = (error: unknown, state: string | undefined): boolean =>
  state === undefined
    ? error instanceof Error && /connect|timeout|terminated|password/i.test(error.message)
    : /^E[A-Z]/.test(state);

/** A database's address as it may be shown: no password, and no setting behind the question mark, which may hold one too. */
export function placeOf(url: string): string {
  const { protocol, username, host, pathname } = new URL(url);
  return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`;
}

/** Throws `register-unreachable` for what is no address of PostgreSQL; never repeats it, as it may hold a password. */
export function requireUrl(url: string): void {
  const expected = 'postgres://USER:PASSWORD@HOST:PORT/DATABASE';
  const protocol = URL.canParse(url) ? new URL(url).protocol : undefined;
  if (protocol === 'postgres:' || protocol === 'postgresql:') return;
  throw issuerFault('register-unreachable', { where: 'DATABASE_URL', expected, actual: 'something else' });
}
