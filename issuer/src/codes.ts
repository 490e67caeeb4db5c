import { codeTable, faultsOf, type CounterfoilError, type Detail } from '@counterfoil/schemas';
import { codeRow as row } from './code-row.js';
import { accountRows } from './domain/accounts/account-codes.js';
import { orderRows, signingRows } from './domain/orders/order-codes.js';
import { portalRows } from './portal/portal-codes.js';
import { registerRows } from './register/register-codes.js';

/** What can go wrong when a vendor writes products and orders, issues licenses and keeps the register. */
export const issuerCodes = codeTable({
  // the command line
  'command-unknown': row('there is no such command', 'counterfoil --help lists the commands'),
  'command-missing': row('a command is missing', 'counterfoil --help lists the commands'),
  'option-unknown': row('there is no such option', 'add --help to the command to see its options'),
  'option-invalid': row(
    'an option has a value that it cannot have',
    'add --help to the command to see its options',
  ),
  'option-missing': row('an option or argument is missing', 'add --help to the command to see its options'),
  'option-conflict': row('two options exclude each other', 'give one of the two'),
  internal: row(
    'the program has an error',
    'report it with the command and the version',
    2,
    500,
    'developer',
  ),
  // files
  'output-exists': row(
    'the file exists and is not overwritten',
    'choose another name, or add --force',
    2,
    409,
  ),
  'output-unwritable': row(
    'a file cannot be written',
    'check the folder, its free space and who may write there',
    2,
    500,
  ),
  'folder-exists': row(
    'the folder exists and is not replaced',
    'choose another name, or add --force if it holds a kit',
    2,
    409,
  ),
  'folder-not-kit': row(
    'the folder holds something other than a kit, which is not deleted',
    'choose another name, or move what does not belong to the kit out of it',
    2,
    409,
  ),
  'host-bundle-missing': row(
    'the host command that goes into a kit is not there',
    'install @counterfoil/verifier as it is published, or run npm run build in its sources',
    2,
    500,
    'developer',
  ),
  'filed-not-written': row(
    'the license is signed and filed, but its file could not be written',
    'do not issue it again: counterfoil export license ID --out FILE gives the same file',
    2,
    500,
  ),
  // products and orders
  'document-invalid': row('the document has errors', 'correct each of the places named'),
  'order-product': row('the order is for another product', 'give the product document that the order names'),
  'order-name-unknown': row(
    'the order names something that the product does not have',
    'use one of the names in the product document',
  ),
  'order-term': row('the term of the order is not possible', 'correct the dates or durations of the order'),
  'order-offer': row(
    'the offer cannot be ordered so',
    'counterfoil catalog show lists the offers: issue takes trials, subscriptions and perpetual ones, extend takes packs',
  ),
  'order-lot': row(
    'a lot of the order is not possible',
    'give each lot its own id, and an end after its start',
  ),
  'identities-invalid': row(
    'some of the allowed identities are not of their kind',
    'correct the lines named; the product document says which form the kind has',
  ),
  'identities-none': row(
    'a list of allowed identities is empty',
    'fill it, or leave the kind out to allow every identity',
  ),
  'identities-too-many': row(
    'there are more allowed identities than a license can name',
    'allow domains instead',
  ),
  // issuing
  'clock-behind-register': row(
    'the clock of this machine stands before the newest signature in the register',
    'set the clock, or add --acknowledge-clock if that signature was the wrong one',
    2,
    409,
  ),
  'self-check': row(
    'the verifier does not accept what was just signed, so nothing was filed or written',
    'the finding says what to correct in order, product or keys',
    2,
    500,
  ),
  'customer-differs': row(
    'the register knows this customer under another name',
    'check the customer id; add --rename-customer if the customer has a new name',
    2,
    409,
  ),
  // reissuing
  'license-perpetual': row(
    'a license without end cannot be renewed',
    'counterfoil extend and reduce change its quantities',
    2,
    409,
  ),
  'trial-not-renewable': row(
    'a trial cannot be renewed',
    'issue a commercial license, which takes its place on the host',
    2,
    409,
  ),
  'license-over': row(
    'the license is over, grace included',
    'renew it; counterfoil renew takes --pool too',
    2,
    409,
  ),
  'license-withdrawn': row(
    'the license is revoked or suspended, and a reissued file would be in force again',
    'issue a new license if the customer is to have one',
    2,
    409,
  ),
  'license-superseded': row(
    'another program reissued the license at the same time',
    'see counterfoil audit, and run the command again if the change is still wanted',
    2,
    409,
  ),
  'catalog-older': row(
    'the product document is older than the one that the license was made with',
    'give a newer one, or leave it out to use the rules that were filed',
    2,
    409,
  ),
  'renewal-start': row(
    'the register does not know when the old term ends, because it runs from activation on the host',
    'give --last-day, or --basis from-now',
    2,
    409,
  ),
  'renewal-not-later': row(
    'the renewed term does not end later than the old one',
    'renew for longer; counterfoil extend and reduce change quantities alone',
    2,
    409,
  ),
  'renewal-preload': row(
    'a preloaded renewal cannot start there',
    'leave --preload out, or renew at another time',
    2,
    409,
  ),
  'renewal-too-long': row(
    'the renewed license would run for more than five years',
    'add --preload, so that the five years count from the end of the old term, or renew for less',
    2,
    409,
  ),
  'change-direction': row(
    'the change goes the other way, or changes nothing',
    'extend gives more, reduce gives less, and renew may do either',
  ),
  'pool-lots': row(
    'the pool has lots that begin or end apart, so that one number does not say what it is to hold',
    'add a pack with --pool POOL=+MORE, or set the number at the next renewal',
    2,
    409,
  ),
  // vendor folder
  'vendor-exists': row(
    'the folder is not empty, so no vendor is made in it',
    'choose a new folder; a vendor is made once and then backed up',
    2,
    409,
  ),
  'vendor-missing': row(
    'this is not a vendor folder',
    'name it with --dir, or make one with counterfoil init',
    2,
    404,
  ),
  'vendor-broken': row('the vendor folder is damaged', 'take the folder from a backup', 2, 500),
  // what is stored
  ...registerRows,
  // what customers order in the portal, and how it is signed
  ...orderRows,
  ...signingRows,
  // who signs in to the portal, and what a browser sends
  ...accountRows,
  ...portalRows,
});

export type IssuerCode = keyof typeof issuerCodes;

/** The error of an issuer code. */
export const issuerFault: (code: IssuerCode, detail?: Detail) => CounterfoilError = faultsOf(issuerCodes);
