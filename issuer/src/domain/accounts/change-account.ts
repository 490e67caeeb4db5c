import type { Account } from '../../register/account-store.js';
import { auditOf, type AccountDesk } from './account-desk.js';
import { issuerFault } from '../../codes.js';
import type { Invited } from './invite-account.js';
import { makeLink } from './link.js';
import { fitsPassword, hashPassword, requirePassword } from './password.js';
import { openSession, type OpenedSession } from './session.js';

/**
 * Gives an account another password, by its present one; its links and all its other sessions end and its own is rotated.
 *
 * Throws `password-wrong`, `password-weak`, `sign-in-locked`.
 */
export async function changePassword(
  desk: AccountDesk,
  account: Account,
  { present, next }: { readonly present: string; readonly next: string },
): Promise<OpenedSession> {
  const { accounts, now, random } = desk;
  await desk.tries.make(
    { email: account.email, account },
    now,
    () => issuerFault('password-wrong', { where: 'present' }),
    async (credentials) => ((await fitsPassword(present, credentials?.password)) ? true : undefined),
  );
  requirePassword(next, account.email);
  await accounts.saveCredentials(account.id, { password: await hashPassword(next, random), failures: 0 });
  await accounts.endTokens(account.id);
  await accounts.endSessions(account.id);
  return openSession(desk, account, 'full');
}

/** 16 bytes in base64url: an address may bring anything. */
const isAccountId = (id: string): boolean => /^[A-Za-z0-9_-]{22}$/.test(id);

async function findOther({ accounts }: Pick<AccountDesk, 'accounts'>, id: string): Promise<Account> {
  const account = isAccountId(id) ? await accounts.findAccount({ id }) : undefined;
  if (account === undefined) throw issuerFault('account-unknown');
  return account;
}

/** Disables an account and ends its sessions and links; throws `account-unknown`, `account-own`. */
export async function disableAccount(
  desk: Pick<AccountDesk, 'accounts' | 'now' | 'actor'>,
  by: Account,
  id: string,
): Promise<void> {
  if (by.id === id) throw issuerFault('account-own');
  await findOther(desk, id);
  await desk.accounts.changeAccount(id, { state: 'disabled' }, auditOf(desk));
  // After the state: a sign-in in between finds the account disabled at its next request.
  await desk.accounts.endTokens(id);
  await desk.accounts.endSessions(id);
}

/**
 * A new link for an account: who lost the password or the authenticator, missed the invitation, or was disabled and is
 * to come back. What the account has stays good until the link is used, but for other links. Throws `account-unknown`.
 */
export async function renewLink(
  desk: Pick<AccountDesk, 'accounts' | 'now' | 'random' | 'actor'>,
  id: string,
): Promise<Invited> {
  const account = await findOther(desk, id);
  const wasActive = account.state === 'active';
  if (account.state === 'disabled') {
    await desk.accounts.changeAccount(id, { state: 'invited' }, auditOf(desk));
  }
  return { account, token: await makeLink(desk, id, wasActive ? 'reset' : 'invite') };
}
