import { codeRow as row } from '../../code-row.js';

/** What can go wrong from a customer's wish to a reissued file, as rows of the issuer's table. */
export const orderRows = {
  'trial-only': row(
    'only a trial is converted',
    'counterfoil renew and extend change other licenses',
    2,
    409,
  ),
  'trial-converted': row(
    'the trial was converted already',
    'use the license that came of it; the order names it',
    2,
    409,
  ),
  'change-not-offered': row(
    'the product does not offer this change to customers',
    'ask the vendor; counterfoil catalog show says what customers may do',
    2,
    409,
  ),
  'order-open': row(
    'the license has an order that is not done yet',
    'wait until it is done, or cancel it',
    2,
    409,
  ),
  'order-unknown': row('there is no such order', 'look at the list of orders', 2, 404),
  'order-reason': row('a reason is missing or too long', 'say in a sentence why, for the customer'),
  'quantity-invalid': row(
    'a quantity is missing or cannot be ordered',
    'order whole numbers of what the license has',
    2,
    422,
  ),
  'order-paid': row('the order is paid already', 'ask the vendor, who can refuse it and pay it back', 2, 409),
  'webhook-signature': row(
    'the payment is not signed by the shop',
    'sign the raw body with the webhook secret that the portal has',
    2,
    401,
    'developer',
  ),
  'webhook-old': row(
    'the payment was signed at another time than now',
    'sign it again when it is sent again, and check both clocks',
    2,
    401,
    'developer',
  ),
  'webhook-body': row(
    'the payment is not written as the portal reads it',
    'send JSON with id, order, amount in minor units and currency, and nothing else',
    2,
    422,
    'developer',
  ),
  'payment-differs': row(
    'the payment is not the one that the order asks for',
    'compare order, amount and currency in shop and portal',
    2,
    409,
  ),
} as const;

/** What can go wrong between a portal without keys and the machine that signs. */
export const signingRows = {
  'signing-timeout': row(
    'the machine with the keys did not answer in time',
    'check that counterfoil sign-worker runs there and that both see the spool folder; then try again',
    2,
    503,
  ),
  'signing-refused': row(
    'the machine with the keys refused to sign',
    'counterfoil sign-worker says why, and what it signs',
    2,
    409,
  ),
  'signing-answer': row(
    'the answer of the machine with the keys is not a signature of what was asked',
    'check who may write into the spool folder',
    2,
    500,
  ),
  'spool-unusable': row(
    'the spool folder cannot be used',
    'check the folder, its free space and who may write there',
    2,
    500,
  ),
  'spool-request': row(
    'the file in the spool folder is no request that is signed here',
    'check that portal and worker have the same version, and who may write into the folder',
  ),
  'spool-time': row(
    'the request was made at another time than now',
    'check the clocks of both machines',
    2,
    409,
  ),
  'spool-vendor': row(
    'the request is of another vendor',
    'give each vendor a spool folder of its own',
    2,
    409,
  ),
  'spool-limits': row(
    'the request goes beyond what this worker signs',
    'counterfoil sign-worker --help lists the limits; staff sign the rest at their desk',
    2,
    409,
  ),
} as const;
