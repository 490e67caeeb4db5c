import { SOON } from '../../domain/license-list.js';
import { TRUST_SOON } from '../../domain/trust-status.js';
import type { OrderState } from '../../register/order-store.js';
import type { Tone } from '../pages/components/status-badge.js';

const count = (number: number, one: string, many: string): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** Words that several pages of staff share. */
export const staffTexts = Object.freeze({
  all: 'All',
  apply: 'Search',
  reset: 'Show all',
  failed: 'That did not work',
  pages: 'Pages',
  page: (page: number, pages: number): string => `Page ${String(page)} of ${String(pages)}`,
  before: 'Previous page',
  next: 'Next page',
  license: 'License',
  customer: 'Customer',
  product: 'Product',
  type: 'Type',
  ends: 'Ends',
  state: 'State',
  audit: 'Audit trail',
});

/** The first page of staff. */
export const homeTexts = Object.freeze({
  title: 'Overview',
  lead: 'What waits for somebody of the vendor.',
  more: (number: number): string => `and ${String(number)} more`,
  awaitingStaff: (number: number): string =>
    `${count(number, 'order waits', 'orders wait')} for your decision`,
  noAwaitingStaff: 'No order waits for a decision.',
  awaitingPayment: (number: number): string => `${count(number, 'order waits', 'orders wait')} for a payment`,
  noAwaitingPayment: 'No order waits for a payment.',
  ready: (number: number): string => `${count(number, 'order', 'orders')} could not be finished`,
  asks: (number: number): string => count(number, 'open ask', 'open asks'),
  noAsks: 'No ask is open.',
  ending: (number: number): string =>
    `${count(number, 'license ends', 'licenses end')} within ${String(SOON)} days, or in grace now`,
  noEnding: `No license in force ends within ${String(SOON)} days without another to follow.`,
  trust: (number: number): string => `Trust: ${count(number, 'thing', 'things')} to look after`,
  noTrust: `No key, root or status list needs anything within ${String(TRUST_SOON)} days.`,
  toOrders: 'All orders',
  toAsks: 'All asks',
  toEnding: 'All of these licenses',
  toTrust: 'Trust status',
});

/** Words of the list of licenses. */
export const searchTexts = Object.freeze({
  title: 'Licenses',
  text: 'Search',
  textHint: 'Words of license key, customer or product.',
  end: 'End',
  endsSoon: 'Soon',
  soon: `In force, and ending within ${String(SOON)} days or in grace, with none to follow.`,
  found: (found: number, total: number): string =>
    found === total
      ? count(total, 'license', 'licenses')
      : `${found.toLocaleString('en')} of ${count(total, 'license', 'licenses')}`,
  only: (customer: string): string => `Only licenses of customer ${customer}.`,
  csv: 'Download as CSV',
  csvName: 'licenses.csv',
  csvColumns: [
    'license',
    'revision',
    'customer',
    'name',
    'product',
    'type',
    'state',
    'last day',
    'zone',
    'issued',
  ],
  issue: 'Issue a license',
  noneTitle: 'No licenses yet',
  none: 'The first license is issued with a form, or with counterfoil issue.',
  notFoundTitle: 'Nothing found',
  notFound: 'No license has all of that. Search for less, or show all.',
});

/** Words of the page of a license, for staff. */
export const fileTexts = Object.freeze({
  details: 'In force now',
  facts: 'In the register',
  offer: 'Offer',
  catalog: 'Catalog version',
  issued: 'Newest file issued',
  file: 'File id',
  digest: 'SHA-256 of the file',
  place: 'Status place',
  placeText: (shard: number, index: number): string => `list ${String(shard)}, entry ${String(index)}`,
  needs: 'Needs',
  needsText: (root: number, status: number | undefined): string =>
    `trust root ${String(root)}${status === undefined ? '' : `, status list version ${String(status)}`}`,
  nothing: 'The product’s catalog offers no change of this license here; use the counterfoil command.',
  orders: 'Orders',
  noOrders: 'Nothing was ordered for this license.',
});

/** Where an order stands for staff: in a word or two, and what to do next. */
export const staffOrderStates: Readonly<
  Record<OrderState, { readonly tone: Tone; readonly badge: string; readonly next: string }>
> = Object.freeze({
  'awaiting-staff': {
    tone: 'warn',
    badge: 'Waits for you',
    next: 'Approve it, or refuse it with a reason that the customer reads.',
  },
  'awaiting-payment': {
    tone: 'warn',
    badge: 'Waits for payment',
    next: 'Note the payment when it is there or sure; the new file is then made at once.',
  },
  ready: {
    tone: 'bad',
    badge: 'Not made yet',
    next: 'Nothing is missing but the file, which could not be made. Try again, or refuse the order.',
  },
  done: { tone: 'good', badge: 'Done', next: 'The customer has the new file.' },
  refused: { tone: 'bad', badge: 'Refused', next: 'Nothing was changed. The customer reads the reason.' },
  cancelled: {
    tone: 'plain',
    badge: 'Taken back',
    next: 'The customer took it back. Nothing was changed.',
  },
});

/** Words of orders, for staff. */
export const staffOrderTexts = Object.freeze({
  title: 'Orders',
  columns: ['Ordered', 'What', 'License', 'Customer', 'Price', 'State'],
  which: 'Which orders',
  open: 'Open orders',
  all: 'All orders',
  noneTitle: 'No orders',
  noneOpen: 'No order is open. What customers order, and what waits for you, is listed here.',
  by: 'Ordered by',
  seen: 'Made on revision',
  approve: 'Approve',
  refuse: 'Refuse',
  reason: 'Reason',
  reasonHint: 'The customer reads it: say in a sentence why.',
  payment: 'Note a payment',
  number: 'Number of purchase order or receipt (optional)',
  numberHint: 'It stands in the audit trail.',
  note: 'Note the payment, and make the file',
  retry: 'Try again to make the file',
  payBack: 'It is paid: pay the money back.',
  reference: 'Customer’s reference',
  noPrice: 'None by the catalog',
});

/** Words of the asks. */
export const staffAskTexts = Object.freeze({
  title: 'Asks',
  lead: 'What people wrote to you, with an account or without. Answer by mail, then close the ask.',
  open: 'Open asks',
  all: 'All asks',
  from: (email: string): string => `From ${email}`,
  about: (license: string, revision: number): string => `About ${license}, revision ${String(revision)}`,
  unproven: 'The sender may have typed address and license: nothing was checked.',
  close: 'Close',
  closed: 'Closed',
  noneTitle: 'No open asks',
  none: 'What people write on the page of a file, or from their licenses, arrives here.',
});

/** Words of customers and their contacts. */
export const customerTexts = Object.freeze({
  title: 'Customers',
  columns: ['Customer', 'Id', 'Licenses', 'In force'],
  found: (found: number): string => count(found, 'customer', 'customers'),
  noneTitle: 'No customers yet',
  none: 'Who gets a license becomes a customer: issue the first one.',
  notFound: 'No customer has that name or id.',
  accounts: 'All accounts',
  licenses: 'Licenses',
  allLicenses: 'Search in these licenses',
  contacts: 'Contacts',
  contactColumns: ['Email address', 'Name', 'Role', 'State'],
  noContacts: 'Nobody of this customer can sign in yet.',
  invite: 'Invite a contact',
  inviteAdmin: 'An administrator of the vendor invites contacts.',
  orders: 'Orders',
  noOrders: 'This customer has ordered nothing.',
  issue: 'Issue a license to this customer',
});

/** Words of the audit trail. */
export const auditTexts = Object.freeze({
  title: 'Audit trail',
  whole: (entries: number): string => `The chain of all ${count(entries, 'entry', 'entries')} holds.`,
  broken: (seq: number): string => `The chain is broken at entry ${String(seq)}`,
  brokenText: 'That entry, or one before it, was changed outside of the program. Compare with a backup.',
  object: 'License, customer, order, account or product',
  objectHint: 'The id, as it stands in the trail.',
  columns: ['No.', 'When', 'Who', 'What', 'Object', 'Details'],
  noneTitle: 'No entries',
  none: 'Nothing in the trail has this id.',
});
