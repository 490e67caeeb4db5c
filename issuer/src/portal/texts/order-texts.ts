import type { Way } from '../../domain/orders/plan-change.js';
import type { OrderState } from '../../register/order-store.js';
import type { Tone } from '../pages/components/status-badge.js';

/** Where an order stands: in a word or two, and what happens next. */
export const orderStates: Readonly<
  Record<OrderState, { readonly tone: Tone; readonly badge: string; readonly next: string }>
> = Object.freeze({
  'awaiting-staff': {
    tone: 'warn',
    badge: 'With the vendor',
    next: 'Somebody at the vendor looks at your order and approves or refuses it. You need not do anything; look here again later.',
  },
  'awaiting-payment': {
    tone: 'warn',
    badge: 'Waiting for payment',
    next: 'The new file is made as soon as your payment is noted. Name the order number with the payment.',
  },
  ready: {
    tone: 'warn',
    badge: 'Being made',
    next: 'All is approved and paid. The file should be made at once; if this page stays like this, try again with the button below.',
  },
  done: {
    tone: 'good',
    badge: 'Done',
    next: 'Download the new file, carry it to your host and install it. The host shows a preview before anything changes.',
  },
  refused: { tone: 'bad', badge: 'Refused', next: 'Nothing was changed. The vendor’s reason stands below.' },
  cancelled: {
    tone: 'plain',
    badge: 'Taken back',
    next: 'Nothing was changed. You can order again at any time.',
  },
});

/** What confirming a preview does. */
export const wayTexts: Readonly<
  Record<Exclude<Way, 'not-offered'>, { readonly text: string; readonly submit: string }>
> = Object.freeze({
  'at-once': {
    text: 'There is nothing to pay. The new file is made at once.',
    submit: 'Order, and get the file',
  },
  payment: {
    text: 'When you order, the vendor gets your order. The new file is made as soon as it is paid.',
    submit: 'Place the order',
  },
  staff: {
    text: 'Somebody at the vendor looks at this change first. Nothing is changed or charged until it is approved.',
    submit: 'Send the request',
  },
});

/** Words of the pages of a change and of its order. */
export const orderTexts = Object.freeze({
  title: 'Your orders',
  table: 'Your orders',
  columns: ['Ordered', 'What', 'License', 'Price', 'State'],
  emptyTitle: 'No orders yet',
  emptyText: 'To renew, extend or reduce a license, open it in the list of your licenses.',
  toLicenses: 'To your licenses',
  orderTitle: (what: string): string => `Order: ${what}`,
  number: 'Order number',
  reference: 'Your reference',
  license: 'License',
  what: 'What',
  price: 'Price, without tax',
  noPrice: 'Nothing to pay',
  priceLater: 'Told by the vendor',
  ordered: 'Ordered',
  paid: 'Paid',
  reason: 'Reason',
  nextTitle: 'What happens next',
  download: (name: string): string => `Download ${name}`,
  newLicense: 'The new license',
  cancel: 'Take the order back',
  retry: 'Try again',
  back: 'Back to the license',
  nowTitle: 'What you have now',
  preview: 'Show what would change',
  previewTitle: (title: string): string => `${title}: please check`,
  changesTitle: 'What changes',
  change: 'Change it again',
  referenceLabel: 'Your own order number (optional)',
  referenceHint: 'It is shown with the order and on what the vendor sends you.',
  notPossible: 'This change is not possible',
  duration: 'For how long?',
  durationHint: 'Counted from the end of the present term, or from today where that is over.',
  poolTotal: (label: string): string => `${label}: how many in all?`,
  poolTotalNow: (now: number): string => `Now ${now.toLocaleString('en')}.`,
  poolAdd: (label: string): string => `${label}: how many more?`,
  pack: 'Pack',
  packQuantity: 'How many packs?',
  noPack: 'No pack',
  offer: 'What do you want instead of the trial?',
  offerQuantity: 'How many?',
  singleUnits: 'Or single units',
  lessNote:
    'Where more is in use than the new total, the host shows who would lose a seat before you install the file.',
});

/** What was wanted, in one line. */
export const wantedTexts = Object.freeze({
  renew: (duration: string): string => `Renew for ${duration}`,
  times: (count: string, offer: string): string => `${count} × ${offer}`,
  pool: (label: string, quantity: string): string => `${label}: ${quantity}`,
});

/** Why a change is not possible, for a customer; what stands here takes the place of the code's own message. */
export const findingHelp: ReadonlyMap<string, string> = new Map([
  ['change-not-offered', 'The vendor does not offer this change here. Write to the vendor.'],
  ['order-open', 'The license has an order that is not done yet. Wait until it is, or take it back first.'],
  ['trial-only', 'Only a trial is changed into a full license.'],
  ['trial-converted', 'This trial was changed into a full license already.'],
  ['trial-not-renewable', 'A trial cannot be renewed. Change it into a full license instead.'],
  ['license-perpetual', 'The license has no end, so there is nothing to renew.'],
  ['license-over', 'The license is over. Renew it first; a renewal takes other quantities too.'],
  ['license-withdrawn', 'The vendor has withdrawn this license. Write to the vendor.'],
  [
    'license-superseded',
    'The license was changed while you looked at the preview. Look at it again, then order.',
  ],
  ['renewal-not-later', 'The new term would not end later than the present one. Choose a longer one.'],
  [
    'renewal-too-long',
    'The license would run for more than five years. Choose a shorter term, or renew later.',
  ],
  [
    'renewal-start',
    'The license runs from its first use, and the vendor does not know that day. Write to the vendor.',
  ],
  ['quantity-invalid', 'Enter whole numbers, and change at least one.'],
  [
    'change-direction',
    'The numbers go the other way, or change nothing. Extend takes more, reduce takes less.',
  ],
  [
    'pool-lots',
    'Parts of this quantity begin or end on other days. Change it at the next renewal, or write to the vendor.',
  ],
  ['order-offer', 'This cannot be ordered for this license.'],
  ['order-name-unknown', 'This is no longer sold. Load the page again, and choose anew.'],
  ['catalog-older', 'The vendor has to update what is sold first. Write to the vendor.'],
  ['duration-invalid', 'Choose one of the terms of the list.'],
]);
