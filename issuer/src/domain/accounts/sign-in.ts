import type { Account, Session } from '../../register/account-store.js';
import type { AccountDesk } from './account-desk.js';
import { issuerFault } from '../../codes.js';
import { canonicalEmail, isEmail, LONGEST_EMAIL } from './email.js';
import { fitsPassword } from './password.js';
import { openTotp } from './sealed-secret.js';
import { openSession, type OpenedSession } from './session.js';
import { totpStep } from './totp.js';
import type { Tried } from './tries.js';

/** What was typed at the first step, and the token that the browser had before. */
export interface PasswordStep {
  readonly email: string;
  readonly password: string;
  readonly before?: string | undefined;
}

/**
 * The first step: address and password.
 *
 * An address without an active account costs as much time and is locked as any other. Throws `sign-in-failed`,
 * `sign-in-locked`, `account-busy`.
 */
export async function signInByPassword(
  desk: AccountDesk,
  { email: typed, password, before }: PasswordStep,
): Promise<OpenedSession> {
  const email = canonicalEmail(typed).slice(0, LONGEST_EMAIL);
  // What is no address is nobody's; a database need not see it.
  const found = isEmail(email) ? await desk.accounts.findAccount({ email }) : undefined;
  const tried: Tried = found?.state === 'active' ? { email, account: found } : { email };
  const account = await desk.tries.make(
    tried,
    desk.now,
    () => issuerFault('sign-in-failed'),
    async (credentials) =>
      (await fitsPassword(password, credentials?.password)) ? tried.account : undefined,
  );
  return openSession(desk, account, 'password', before);
}

/**
 * The second step: a code of the authenticator. Only now the wrong tries are forgotten, since otherwise who knows the
 * password could try codes for ever.
 *
 * Throws `code-wrong`, `sign-in-locked`, `account-busy`.
 */
export async function signInByCode(
  desk: AccountDesk,
  account: Account,
  code: string,
  before: string,
): Promise<OpenedSession> {
  const { accounts, now, secret } = desk;
  await desk.tries.make(
    { email: account.email, account },
    now,
    () => issuerFault('code-wrong'),
    async (credentials) => {
      if (credentials?.totp === undefined) return undefined;
      const step = totpStep(openTotp(secret, account.id, credentials.totp), code, now);
      if (step === undefined || !(await accounts.useTotpStep(account.id, step))) return undefined;
      await accounts.saveCredentials(account.id, { failures: 0, lockedUntil: undefined });
      return true;
    },
  );
  return openSession(desk, account, 'full', before);
}

/** Ends one session, or all that the account has. */
export async function signOut(
  { accounts }: Pick<AccountDesk, 'accounts'>,
  session: Session,
  everywhere = false,
): Promise<void> {
  await (everywhere ? accounts.endSessions(session.account) : accounts.endSession(session.digest));
}
