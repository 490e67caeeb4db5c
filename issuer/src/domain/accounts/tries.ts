import type { CounterfoilError } from '@counterfoil/schemas';
import type { Instant } from '@counterfoil/verifier';
import type { Account, AccountStore, Credentials } from '../../register/account-store.js';
import { issuerFault } from '../../codes.js';

/** Wrong tries that cost nothing; each further one locks for twice as long. */
const FREE_TRIES = 5;
const FIRST_LOCK = 60;
const LONGEST_LOCK = 3600;
/** Tries of one address that wait for their turn. */
const MOST_WAITING = 8;
/** Addresses that are remembered. */
const MOST_STRANGERS = 10_000;

/** Whose turn it is: an address, and its account where it has one that may sign in. */
export interface Tried {
  readonly email: string;
  readonly account?: Account;
}

interface Count {
  readonly failures: number;
  readonly lockedUntil?: Instant;
}

/** Until when a number of wrong tries in a row locks; undefined while they are few. */
export function lockOf(failures: number, now: Instant): Instant | undefined {
  if (failures < FREE_TRIES) return undefined;
  return now + Math.min(LONGEST_LOCK, FIRST_LOCK * 2 ** Math.min(failures - FREE_TRIES, 20));
}

/** What is asked for in place of an account that is not there, so that asking costs the same. */
const NO_ACCOUNT = '';

/**
 * Counts wrong tries by account, and of addresses without one in memory, in the same way: a lock does not tell which
 * addresses there are, nor does the time until the answer, since it does not wait for the count to be written.
 *
 * Tries of one address take turns. Side by side they would all read the same count, and a hundred at once be one.
 */
export class Tries {
  readonly #accounts: AccountStore;
  readonly #turns = new Map<string, { waiting: number; last: Promise<unknown> }>();
  readonly #memory = new Map<string, Count>();

  constructor(accounts: AccountStore) {
    this.#accounts = accounts;
  }

  /**
   * Lets one try be made and counts it where it comes to nothing, which it says by `undefined`.
   *
   * Throws `sign-in-locked` without making it, `account-busy`, and the fault given for a wrong try.
   */
  make<T>(
    { email, account }: Tried,
    now: Instant,
    fault: () => CounterfoilError,
    work: (credentials: Credentials | undefined) => Promise<T | undefined>,
  ): Promise<T> {
    return this.#inTurn(email, async () => {
      const credentials = await this.#accounts.findCredentials(account?.id ?? NO_ACCOUNT);
      const until = Math.max(credentials?.lockedUntil ?? 0, this.#memory.get(email)?.lockedUntil ?? 0);
      if (until > now) {
        const minutes = Math.ceil((until - now) / 60);
        throw issuerFault('sign-in-locked', { expected: `a try in ${minutes} min or later` });
      }
      const result = await work(credentials);
      if (result !== undefined) return { answer: Promise.resolve(result) };
      return { answer: Promise.reject<T>(fault()), after: this.#count(email, account, now) };
    });
  }

  async #count(email: string, account: Account | undefined, now: Instant): Promise<void> {
    const inMemory = (this.#memory.get(email)?.failures ?? 0) + 1;
    try {
      if (account !== undefined) {
        // The store counts by itself, since another portal on the same store may count too.
        const lockedUntil = lockOf(await this.#accounts.countFailure(account.id), now);
        if (lockedUntil !== undefined) await this.#accounts.saveCredentials(account.id, { lockedUntil });
        return;
      }
    } catch {
      // A store that cannot be written is no reason to let somebody guess on: it is counted here.
    }
    const lockedUntil = lockOf(inMemory, now);
    this.#remember(email, { failures: inMemory, ...(lockedUntil === undefined ? {} : { lockedUntil }) });
  }

  #remember(email: string, count: Count): void {
    this.#memory.delete(email);
    const [oldest] = this.#memory.size < MOST_STRANGERS ? [] : this.#memory.keys();
    if (oldest !== undefined) this.#memory.delete(oldest);
    this.#memory.set(email, count);
  }

  /** The next turn begins when what comes after the answer is done too. */
  async #inTurn<T>(
    email: string,
    work: () => Promise<{ answer: Promise<T>; after?: Promise<void> }>,
  ): Promise<T> {
    const turn = this.#turns.get(email) ?? { waiting: 0, last: Promise.resolve() };
    if (turn.waiting >= MOST_WAITING) throw issuerFault('account-busy');
    this.#turns.set(email, turn);
    turn.waiting += 1;
    const mine = turn.last.then(work);
    turn.last = mine
      .then(({ after }) => after)
      .catch(() => undefined)
      .then(() => {
        turn.waiting -= 1;
        if (turn.waiting === 0) this.#turns.delete(email);
      });
    return (await mine).answer;
  }
}
