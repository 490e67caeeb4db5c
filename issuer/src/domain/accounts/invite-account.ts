import { randomSalt } from '../random.js';
import type { Account } from '../../register/account-store.js';
import { auditOf, type AccountDesk } from './account-desk.js';
import { issuerFault } from '../../codes.js';
import { requireEmail } from './email.js';
import { makeLink } from './link.js';

type InviteDesk = Omit<AccountDesk, 'secret' | 'tries'>;

/** Whom to invite, as it was typed. */
export interface Invitation {
  readonly email: string;
  readonly name: string;
  readonly role: string;
  /** The customer of a contact, as the register has it; none for staff. */
  readonly customer?: string;
}

/** Somebody who was invited, and the token of the link that is to be handed over. */
export interface Invited {
  readonly account: Account;
  readonly token: string;
}

function requireRole(role: string, isContact: boolean): Account['role'] {
  if (isContact && (role === 'owner' || role === 'viewer')) return role;
  if (!isContact && (role === 'admin' || role === 'staff')) return role;
  const expected = isContact ? 'owner or viewer' : 'admin or staff';
  throw issuerFault('account-invalid', { where: 'role', expected });
}

function requireName(typed: string): string {
  const name = typed.normalize('NFC').trim();
  if (name !== '' && name.length <= 100 && !/\p{C}/u.test(name)) return name;
  throw issuerFault('account-invalid', { where: 'name', expected: '1 to 100 characters on one line' });
}

/** Adds an account that has no password yet, and makes the link that gives it one; throws `account-invalid`, `account-taken`. */
export async function inviteAccount(
  desk: InviteDesk,
  { email, name, role, customer }: Invitation,
): Promise<Invited> {
  const isContact = customer !== undefined;
  const account: Account = {
    id: randomSalt(desk.random),
    kind: isContact ? 'contact' : 'staff',
    role: requireRole(role, isContact),
    ...(isContact ? { customer } : {}),
    email: requireEmail(email),
    name: requireName(name),
    state: 'invited',
    createdAt: desk.now,
  };
  await desk.accounts.addAccount(account, auditOf(desk));
  return { account, token: await makeLink(desk, account.id, 'invite') };
}

/**
 * The administrator whom the console lets in while no staff has ever signed in; undefined afterwards.
 *
 * A link that got lost is replaced by starting the portal again.
 */
export async function inviteFirstAdministrator(
  desk: InviteDesk,
  email: string,
): Promise<Invited | undefined> {
  const staff = await desk.accounts.listAccounts({ kind: 'staff' });
  if (staff.some(({ state }) => state !== 'invited')) return undefined;
  const known = staff.find(({ role, email: own }) => role === 'admin' && own === requireEmail(email));
  if (known === undefined) return inviteAccount(desk, { email, name: 'Administrator', role: 'admin' });
  return { account: known, token: await makeLink(desk, known.id, 'invite') };
}
