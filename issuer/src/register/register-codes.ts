import { codeRow as row } from '../code-row.js';

const RETRY = 'run the command again; nothing was changed';

/** What can go wrong with what a vendor stores, as rows of the issuer's table. */
export const registerRows = {
  'license-unknown': row('the register has no such license', 'counterfoil list shows the licenses', 2, 404),
  'revision-unknown': row('the license has no such revision', 'counterfoil list shows the newest', 2, 404),
  'account-taken': row(
    'the address has an account',
    'use another address, or the account that there is',
    2,
    409,
  ),
  'account-unknown': row('there is no such account', 'the portal lists the accounts', 2, 404),
  'order-done': row(
    'the order is done already',
    'take the license that came of it; the order names it',
    2,
    409,
  ),
  'order-state': row('the order does not stand where this is done', 'look at the order again', 2, 409),
  'register-busy': row('the register is in use by another program', RETRY, 2, 503),
  'register-conflict': row('another program changed the register at the same time', RETRY, 2, 409),
  'register-newer': row(
    'the register was written by a newer version of this program',
    'update the program',
    2,
    409,
  ),
  'register-broken': row('the register cannot be read', 'take it from a backup', 2, 500),
  'register-unreachable': row(
    'the database of the register does not answer',
    'check DATABASE_URL, the network and the database server',
    2,
    503,
  ),
  'register-unwritable': row(
    'the register cannot be written',
    'check the folder, its free space and who may write there',
    2,
    500,
  ),
  'register-not-empty': row(
    'the register holds something already, and nothing of it is replaced',
    'choose a new folder or an empty database',
    2,
    409,
  ),
  'backup-broken': row(
    'the backup is not whole',
    'take another one; counterfoil backup writes a file that restore can check',
  ),
  'backup-foreign': row(
    'the backup is of another vendor',
    'choose a new folder, or the folder of the vendor that the backup is of',
    2,
    409,
  ),
} as const;
