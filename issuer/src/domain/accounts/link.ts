import type { Account, LinkToken } from '../../register/account-store.js';
import { auditOf, type AccountDesk } from './account-desk.js';
import { issuerFault } from '../../codes.js';
import { hashPassword, requirePassword } from './password.js';
import { macFor, sealTotp } from './sealed-secret.js';
import { openSession, type OpenedSession } from './session.js';
import { isToken, newToken, tokenDigest } from './token.js';
import { totpStep } from './totp.js';

const LINK_LIFE = 7 * 86_400;
const TOTP_BYTES = 20;

/** What somebody finds behind a link. */
export interface OpenedLink {
  readonly account: Account;
  readonly purpose: LinkToken['purpose'];
  /** The TOTP secret that the account is to get. */
  readonly totp: Uint8Array;
}

/** What is typed behind a link, and the token that the browser had before. */
export interface Acceptance {
  readonly password: string;
  readonly code: string;
  readonly before?: string | undefined;
}

/** Makes a link that works once, for seven days, and ends those before it; its token is given to whom it is for and stored nowhere. */
export async function makeLink(
  { accounts, now, random }: Pick<AccountDesk, 'accounts' | 'now' | 'random'>,
  account: string,
  purpose: LinkToken['purpose'],
): Promise<string> {
  const token = newToken(random);
  await accounts.endTokens(account);
  await accounts.saveToken({ digest: tokenDigest(token), purpose, account, expiresAt: now + LINK_LIFE });
  return token;
}

/** What stands behind a link, without using it up; throws `link-invalid`. */
export async function openLink(
  { accounts, now, secret }: Pick<AccountDesk, 'accounts' | 'now' | 'secret'>,
  token: string,
): Promise<OpenedLink> {
  const found = isToken(token) ? await accounts.findToken(tokenDigest(token), now) : undefined;
  if (found === undefined) throw issuerFault('link-invalid');
  const account = await accounts.findAccount({ id: found.account });
  if (account === undefined || account.state === 'disabled') throw issuerFault('link-invalid');
  // Made of the link, so that it is the same each time the page is loaded and need not be kept until it is confirmed.
  const totp = macFor(secret, 'enrol-totp', token).subarray(0, TOTP_BYTES);
  return { account, purpose: found.purpose, totp };
}

/**
 * Gives the account of a link its password and second factor, ends its sessions and signs it in.
 *
 * Throws `link-invalid`, `password-weak`, `code-wrong`; the link is used up only when all is well.
 */
export async function acceptLink(
  desk: AccountDesk,
  token: string,
  { password, code, before }: Acceptance,
): Promise<OpenedSession> {
  const { accounts, now, random, secret } = desk;
  const { account, totp } = await openLink(desk, token);
  requirePassword(password, account.email);
  const step = totpStep(totp, code, now);
  if (step === undefined) throw issuerFault('code-wrong');
  const hashed = await hashPassword(password, random);
  if (!(await accounts.useToken(tokenDigest(token), now))) throw issuerFault('link-invalid');
  await accounts.saveCredentials(account.id, {
    password: hashed,
    totp: sealTotp(secret, account.id, totp, random),
    totpStep: step,
    failures: 0,
    lockedUntil: undefined,
  });
  await accounts.endTokens(account.id);
  await accounts.endSessions(account.id);
  if (account.state !== 'active')
    await accounts.changeAccount(account.id, { state: 'active' }, auditOf(desk));
  return openSession(desk, { ...account, state: 'active' }, 'full', before);
}
