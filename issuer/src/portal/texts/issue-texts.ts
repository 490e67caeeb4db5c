/** Words of issuing. */
export const issueTexts = Object.freeze({
  title: 'Issue a license',
  lead: 'A new license by an offer of a published catalog. A license that exists is changed from its own page.',
  offer: 'Offer',
  customer: 'Customer id',
  customerHint: 'Your own number of the customer.',
  name: 'Name of the customer',
  nameHint: 'Leave it empty for a customer whom the register knows.',
  quantity: 'Quantity',
  quantityHint: 'How many times the offer.',
  from: 'First day',
  fromHint: 'Today, where it is empty.',
  zone: 'Zone',
  zoneHint: 'In which days are whole, such as Europe/Vienna; UTC where it is empty.',
  note: 'Note',
  noteHint: 'For the audit trail; the customer does not see it.',
  preview: 'Show what would be issued',
  previewTitle: 'Please check: what would be issued',
  term: 'Term',
  pools: 'Quantities',
  new: 'new in the register',
  known: 'known in the register',
  submit: 'Sign and issue',
  submitHint: 'The license is signed and filed at once. It cannot be taken back, only revoked.',
  change: 'Change it again',
  noneTitle: 'Nothing is sold yet',
  none: 'The portal sells by published catalogs: counterfoil catalog publish FILE publishes one.',
  unreadable: (ids: string): string =>
    `The catalog of ${ids} was published by another version and cannot be read: publish it again.`,
  wrong: Object.freeze({
    offer: 'Choose an offer of the list.',
    customer: 'Enter the customer’s id.',
    name: 'The register does not know this customer: enter the name too.',
    quantity: 'Enter a whole number, 1 or more.',
    from: 'Enter a day as 2027-01-31.',
    note: 'Enter one line of at most 400 characters.',
  }),
});

/** What keeps a license from being issued, where the message of the code speaks of commands. */
export const issueHelp: ReadonlyMap<string, string> = new Map([
  [
    'customer-differs',
    'The register knows this customer id under another name. Leave the name empty, or check the id.',
  ],
  ['zone-unknown', 'There is no such zone. Enter one such as Europe/Vienna, or nothing.'],
  ['clock-behind-register', 'The clock of the portal stands before the newest signature in the register.'],
]);
