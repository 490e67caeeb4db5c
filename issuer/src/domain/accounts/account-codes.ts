import type { CodeEntry, Fixer } from '@counterfoil/schemas';
import { codeRow } from '../../code-row.js';

// Most are mended by who sits at the browser.
const row = (message: string, hint: string, http: number, who: Fixer = 'administrator'): CodeEntry =>
  codeRow(message, hint, 2, http, who);

/** What can go wrong when somebody signs in or an account is changed, as rows of the issuer’s table. */
export const accountRows = {
  // One row for a wrong password, an unknown address and a disabled account: else it would say which addresses exist.
  'sign-in-failed': row(
    'address or password are wrong',
    'type both again; who has lost the password asks for a new link',
    401,
  ),
  'sign-in-locked': row('there were too many wrong tries', 'wait as long as is said, then try again', 429),
  'code-wrong': row(
    'the code is wrong, or was used already',
    'wait for the next code of the authenticator, and check the clock of its device',
    401,
  ),
  'link-invalid': row(
    'the link was used, has passed, or never was',
    'ask for a new link: each works once, for seven days',
    404,
  ),
  'password-weak': row(
    'the password is too easy to guess',
    'take 12 characters or more, such as four words that nobody would expect together',
    422,
  ),
  'password-wrong': row('the present password is wrong', 'type it again', 403),
  'account-invalid': row('the account cannot be as it is described', 'correct the field that is named', 422),
  'account-own': row(
    'nobody may disable the own account',
    'ask another administrator, so that one remains',
    409,
  ),
  'account-busy': row(
    'too many sign-ins to this account are under way',
    'wait a moment, then try again',
    429,
  ),
  'secret-broken': row(
    'a sealed secret cannot be opened',
    'take the portal’s secret from a backup; else give the account a new link',
    500,
    'vendor',
  ),
} as const;
