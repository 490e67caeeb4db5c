import type { Account } from '../../register/account-store.js';

/** An account as programs see it. */
export type AccountData = Pick<Account, 'id' | 'kind' | 'role' | 'email' | 'name' | 'state' | 'customer'>;

/** What an account shows of itself, member by member, so that nothing new gets out by accident. */
export const accountData = ({ id, kind, role, email, name, state, customer }: Account): AccountData => ({
  id,
  kind,
  role,
  email,
  name,
  state,
  ...(customer === undefined ? {} : { customer }),
});
