import { expect } from 'vitest';
import { inviteAccount } from '../../issuer/src/domain/accounts/invite-account.js';
import { totpCode, type PortalAnswer, type PortalBrowser, type TestPortal } from './portal.js';

export const PASSWORD: string = 'walnut Orbit 7 sandals';

/** Somebody with a password and an authenticator. */
export interface Member {
  readonly email: string;
  readonly secret: string;
}

/** Invites somebody and follows the link to the end, in a browser of its own. */
export async function join(open: TestPortal, email: string, role = 'owner'): Promise<Member> {
  const { store, clock, portal } = open;
  const desk = { accounts: store.accounts, now: clock.now, random: portal.random, actor: 'tester' };
  const customer = role === 'owner' || role === 'viewer' ? { customer: 'C-1' } : {};
  if ('customer' in customer) await open.issue(customer.customer);
  const { token } = await inviteAccount(desk, { email, name: 'Ann', role, ...customer });
  const browser = open.browser();
  const page = `/link/${token}`;
  const secret = (await browser.get(page, { accept: 'application/json' })).json().totp.text;
  const answer = await browser.post(page, { password: PASSWORD, code: totpCode(secret, clock.now) });
  expect([open.faults, answer.status]).toEqual([[], 303]);
  clock.now += 30;
  return { email, secret };
}

/** Gives the password. */
export const stepOne = (browser: PortalBrowser, email: string, password = PASSWORD): Promise<PortalAnswer> =>
  browser.post('/sign-in', { email, password });
/** Gives the code of the moment. */
export const stepTwo = (
  open: TestPortal,
  browser: PortalBrowser,
  { secret }: Member,
): Promise<PortalAnswer> => browser.post('/sign-in/code', { code: totpCode(secret, open.clock.now) });

/** Whether a browser is signed in. */
export const isIn = async (browser: PortalBrowser): Promise<boolean> =>
  (await browser.get('/account')).status === 200;
