import type { CodeEntry, Fixer } from '@counterfoil/schemas';
import { codeRow } from '../code-row.js';

// Most are mended by who sits at the browser.
const row = (message: string, hint: string, http: number, who: Fixer = 'administrator'): CodeEntry =>
  codeRow(message, hint, 2, http, who);

const RELOAD = 'load the page again and send the form from there';

/** What can go wrong between a browser and the portal, whatever the page, as rows of the issuer’s table. */
export const portalRows = {
  // who asks
  'session-missing': row('nobody is signed in', 'sign in, and try again', 401),
  'access-denied': row('the account may not do that', 'ask the owner of the account, or the vendor', 403),
  'page-unknown': row('there is no such page', 'check the address; it may belong to another account', 404),
  'method-unknown': row('pages take GET, HEAD and POST only', 'use one of these', 405, 'developer'),
  'address-taken': row(
    'the portal cannot listen at its address',
    'choose another port with --port, or end what listens there',
    500,
    'vendor',
  ),
  'portal-secret': row(
    'the secret of the portal cannot be used',
    'take the file from a backup; without it nobody’s authenticator works, and each account needs a new link',
    500,
    'vendor',
  ),
  // where a form comes from
  'origin-foreign': row('the form was not sent from a page of this portal', RELOAD, 403),
  'csrf-missing': row('the form does not belong to this session', RELOAD, 403),
  'rate-limited': row('there were too many requests from this address', 'wait, then try again', 429),
  // what is sent
  'request-invalid': row('the request cannot be read', 'send it from a page of the portal', 400, 'developer'),
  'field-missing': row('a field is missing or not allowed', 'correct the field and send the form again', 400),
  'body-type': row(
    'the body is of a kind that is not taken here',
    'send a form as the pages of the portal do',
    415,
    'developer',
  ),
  'body-too-large': row('the form is too large', 'send less', 413),
  'upload-too-large': row(
    'the upload is larger than any license',
    'check that this is the file that the vendor sent',
    413,
  ),
  'multipart-broken': row(
    'the upload is not well-formed',
    'send the file from a page of the portal',
    400,
    'developer',
  ),
} as const;
