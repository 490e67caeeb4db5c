import type { Account, Session } from '../../register/account-store.js';
import type { AccountDesk } from './account-desk.js';
import { isToken, newToken, tokenDigest } from './token.js';

type SessionDesk = Pick<AccountDesk, 'accounts' | 'now' | 'random'>;

/** Seconds without a request, and seconds in all. */
const LIFE: Readonly<Record<Account['kind'], { readonly idle: number; readonly whole: number }>> = {
  staff: { idle: 30 * 60, whole: 12 * 3600 },
  contact: { idle: 8 * 3600, whole: 7 * 86_400 },
};
/** Seconds for the second step. */
const STEP_LIFE = 600;
/** Seconds that a session is not written again, so that pages do not become writes. */
const TOUCH = 60;

/** A session with the token that its browser is to bring. */
export interface OpenedSession {
  readonly token: string;
  readonly session: Session;
  readonly account: Account;
}

/** Opens a session under a token of its own, and ends the one that was there: nobody else can have planted it. */
export async function openSession(
  { accounts, now, random }: SessionDesk,
  account: Account,
  stage: Session['stage'],
  before?: string,
): Promise<OpenedSession> {
  const token = newToken(random);
  const life = stage === 'full' ? LIFE[account.kind].whole : STEP_LIFE;
  const session: Session = {
    digest: tokenDigest(token),
    account: account.id,
    stage,
    createdAt: now,
    seenAt: now,
    expiresAt: now + life,
  };
  await accounts.saveSession(session);
  if (before !== undefined && isToken(before)) await accounts.endSession(tokenDigest(before));
  return { token, session, account };
}

/** The session of a token and its account; undefined where it has ended, was idle too long, or the account is disabled. */
export async function findSession(
  { accounts, now }: Pick<SessionDesk, 'accounts' | 'now'>,
  token: string,
): Promise<Omit<OpenedSession, 'token'> | undefined> {
  if (!isToken(token)) return undefined;
  const session = await accounts.findSession(tokenDigest(token), now);
  if (session === undefined) return undefined;
  const account = await accounts.findAccount({ id: session.account });
  const isOver =
    account?.state !== 'active' ||
    session.expiresAt <= now ||
    now - session.seenAt >= LIFE[account.kind].idle;
  if (isOver) {
    await accounts.endSession(session.digest);
    return undefined;
  }
  if (now - session.seenAt < TOUCH) return { session, account };
  await accounts.touchSession(session.digest, now);
  return { session: { ...session, seenAt: now }, account };
}
