import type { Offer, Product } from '@counterfoil/schemas';
import { countWords, inside, labelOf } from './describe-meter.js';
import { formatMoney } from './format-money.js';
import type { Sales } from '../product-document.js';
import { wrapText } from './wrap-text.js';

const RENEWALS = {
  'from-expiry': 'renewal from the last day',
  'from-now': 'renewal from the day it is renewed',
  'from-now-if-expired': 'renewal from the last day, or from the day it is renewed once it is over',
} as const;

const UNITS = { Y: 'year', M: 'month', W: 'week', D: 'day' } as const;

/** A calendar duration in words: `1 year and 6 months`. */
const durationWords = (duration: string): string =>
  [...duration.matchAll(/([0-9]+)([YMWD])/g)]
    .map(([, count, unit]) => countWords(Number(count), UNITS[unit as keyof typeof UNITS]))
    .join(' and ');

/** What a policy of self-service lets customers do. */
const POLICIES = {
  'at-once': 'at once, when it is paid or costs nothing',
  ask: 'once staff approve it',
  no: 'not offered',
} as const;

const CHANGES = ['renew', 'extend', 'reduce', 'convert'] as const;
const CHANGE_WORDS = {
  renew: 'Renew',
  extend: 'Extend',
  reduce: 'Reduce',
  convert: 'Convert a trial',
} as const;

/** What customers may order in the portal, in words; what a product does not say is asked of staff. None of rules alone. */
export function selfServiceLines({ selfService, offers }: Sales): readonly string[] {
  if (selfService === undefined && offers === undefined) return [];
  if (selfService === undefined) return wrapText('Each change that customers want is asked of staff.', '  ');
  return CHANGES.flatMap((change) =>
    wrapText(`${CHANGE_WORDS[change]}: ${POLICIES[selfService[change] ?? 'ask']}.`, '  '),
  );
}

/** What is sold, in words for people who sell it; none without offers. */
export function offerLines(product: Product, { offers = {}, currency }: Sales): readonly string[] {
  const all = Object.entries(offers);
  const isPriced = all.some(([, { price }]) => price !== undefined);
  return [
    ...all.flatMap(([id, offer]) => {
      const parts = [
        ...termWords(offer, offers),
        contentWords(product, offer),
        ...(currency === undefined ? [] : priceWords(offer, currency)),
      ];
      return wrapText(`${labelOf(id, offer)} (${id}): ${parts.join('; ')}.`, '  ');
    }),
    ...(all.length === 0
      ? []
      : wrapText('What an order says itself, such as another term, holds in place of the offer.', '  ')),
    ...(isPriced
      ? wrapText('Prices are without tax; the portal asks for them before it hands out a file.', '  ')
      : []),
  ];
}

function termWords(offer: Offer, offers: NonNullable<Sales['offers']>): readonly string[] {
  switch (offer.type) {
    case 'trial':
      return [`trial for ${durationWords(offer.term)}`];
    case 'subscription': {
      const { term, grace, renewal = 'from-expiry' } = offer;
      const graced = grace === undefined ? 'no grace' : `${durationWords(grace)} of grace`;
      return [`subscription for ${durationWords(term)}, ${graced}, ${RENEWALS[renewal]}`];
    }
    case 'perpetual':
      return ['without end'];
    case 'pack': {
      const names = offer.for?.map((id) => `“${labelOf(id, offers[id])}”`);
      return [`pack on top of ${names === undefined ? 'any offer' : names.join(' or ')}`];
    }
  }
}

function contentWords(
  { pools: known, features: named }: Product,
  { pools = {}, features = [] }: Offer,
): string {
  const parts = [
    ...Object.entries(pools).map(([id, count]) => quantityWords(count, labelOf(id, known?.[id]))),
    ...features.map((id) => `“${labelOf(id, named?.[id])}”`),
  ];
  return parts.length === 0 ? 'quantities by the order' : parts.join(' and ');
}

/** A label in the plural reads on; any other is quoted. */
const quantityWords = (count: number, label: string): string =>
  count > 1 && /^[A-Z]?[a-z ]+s$/.test(label)
    ? `${new Intl.NumberFormat('en').format(count)} ${inside(label)}`
    : `${new Intl.NumberFormat('en').format(count)} of “${label}”`;

function priceWords({ type, price }: Offer, currency: string): readonly string[] {
  if (price === undefined) return type === 'trial' ? [] : ['no price is stated'];
  const money = formatMoney(price.amount, currency);
  return [price.per === 'unit' ? `${money} for each` : `${money}, whatever the quantity`];
}
