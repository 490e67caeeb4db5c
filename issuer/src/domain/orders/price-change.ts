import type { Lot, Offer } from '@counterfoil/schemas';
import { parseDuration, type DeepReadonly, type Instant, type LicenseContent } from '@counterfoil/verifier';
import type { Sales } from '../../catalog/product-document.js';
import type { Money, WantedChange } from '../../register/order-store.js';
import { findOffer } from '../order/place-order.js';
import { totalAt } from '../reissue/change-lots.js';
import type { PlannedContent } from '../sign-and-file.js';

/**
 * What a change costs ahead. `unknown` where the catalog states prices and none of them fits: nobody may get for
 * nothing what is sold.
 */
export type ChangeCost =
  | { readonly type: 'nothing' }
  | { readonly type: 'price'; readonly money: Money }
  | { readonly type: 'unknown' };

/** What is priced: a wish, and the license before and after it. */
export interface PricedChange {
  readonly wanted: WantedChange;
  readonly before: LicenseContent;
  readonly after: PlannedContent;
  readonly now: Instant;
}

const UNKNOWN: ChangeCost = { type: 'unknown' };
const NOTHING: ChangeCost = { type: 'nothing' };

/** What a change costs by the offers of the catalog; whole minor units, nothing is prorated. */
export function priceChange(sales: Sales, change: PricedChange): ChangeCost {
  const { wanted } = change;
  const { currency, offers = {} } = sales;
  const isPriced = Object.values(offers).some(({ price }) => price !== undefined);
  if (wanted.type === 'reduce' || !isPriced || currency === undefined) return NOTHING;
  const amount = amountOf(sales, change);
  if (amount === undefined || amount > BigInt(Number.MAX_SAFE_INTEGER)) return UNKNOWN;
  return amount === 0n ? NOTHING : { type: 'price', money: { amount: Number(amount), currency } };
}

/** The amount in minor units, or undefined where no price fits. */
function amountOf(sales: Sales, { wanted, before, after, now }: PricedChange): bigint | undefined {
  switch (wanted.type) {
    case 'renew':
      return renewalAmount(sales, wanted.duration, { before, after, now });
    case 'extend': {
      const pack = wanted.pack === undefined ? 0n : offerAmount(sales, wanted.pack);
      const seats = wanted.add === undefined ? 0n : seatsAmount(sales, after.license.offer, wanted.add);
      return pack === undefined || seats === undefined ? undefined : pack + seats;
    }
    case 'reduce':
      return 0n;
    case 'convert':
      return offerAmount(sales, wanted);
  }
}

/** So many units at a price; an offer that states none is billed otherwise. */
function priced({ price }: Offer, units: number): bigint {
  if (price === undefined) return 0n;
  return price.per === 'unit' ? BigInt(price.amount) * BigInt(units) : BigInt(price.amount);
}

function offerAmount(
  sales: Sales,
  { offer, quantity }: { readonly offer: string; readonly quantity: number },
): bigint | undefined {
  const found = findOffer(sales, offer);
  return found === undefined ? undefined : priced(found.offer, quantity);
}

/** Seats without a pack cost what whole units of the license's offer do. */
function seatsAmount(
  sales: Sales,
  sold: string | undefined,
  seats: Readonly<Record<string, number>>,
): bigint | undefined {
  const offer = findOffer(sales, sold)?.offer;
  const units = offer === undefined ? undefined : unitsOf(new Map(Object.entries(seats)), offer);
  return offer?.price?.per !== 'unit' || units === undefined ? undefined : priced(offer, units);
}

/** The license's offer for what the new term holds; only where the offer gives all of that. */
function renewalAmount(
  sales: Sales,
  duration: string,
  { before, after, now }: Omit<PricedChange, 'wanted'>,
): bigint | undefined {
  const offer = findOffer(sales, after.license.offer)?.offer;
  const { term, pools = {}, features = {} } = after.license;
  if (offer?.type !== 'subscription' || term.type !== 'fixed') return undefined;
  const times = timesOf(duration, offer.term);
  const old = before.license.term;
  const start = old.type === 'fixed' ? Math.max(now, old.until) : now;
  const isCovered = Object.entries(features).every(
    ([id, { until = Infinity }]) => until <= start || offer.features?.includes(id) === true,
  );
  if (times === undefined || !isCovered) return undefined;
  const units = steadyUnits(pools, offer, { start, end: term.until });
  return units === undefined ? undefined : priced(offer, units) * BigInt(times);
}

/** How many units of an offer pools hold throughout a time; undefined where that changes or is no whole number. */
function steadyUnits(
  pools: Readonly<Record<string, { readonly lots: DeepReadonly<Lot[]> }>>,
  offer: Offer,
  { start, end }: { readonly start: Instant; readonly end: Instant },
): number | undefined {
  const turns = Object.values(pools)
    .flatMap(({ lots }) => lots.flatMap(({ from, until }) => [from, until]))
    .filter((at) => at !== undefined)
    .filter((at) => at > start && at < end);
  const counts = [start, ...turns].map((at) =>
    unitsOf(new Map(Object.entries(pools).map(([id, { lots }]) => [id, totalAt(lots, at)])), offer),
  );
  return counts.every((count) => count === counts[0]) ? counts[0] : undefined;
}

/** How many units of an offer quantities are; one where an offer that has a price as a whole gives none. */
function unitsOf(quantities: ReadonlyMap<string, number>, { pools = {}, price }: Offer): number | undefined {
  const ids = new Set([...Object.keys(pools), ...quantities.keys()]);
  const held = [...ids].filter((id) => pools[id] !== undefined || (quantities.get(id) ?? 0) > 0);
  if (held.length === 0) return price?.per === 'unit' ? undefined : 1;
  const counts = held.map((id) => (quantities.get(id) ?? 0) / (pools[id] ?? 0));
  const [first] = counts;
  const isWhole = first !== undefined && Number.isSafeInteger(first) && first > 0;
  return isWhole && counts.every((count) => count === first) ? first : undefined;
}

/** How many terms of an offer a duration is, where it is a whole number of them. */
function timesOf(duration: string, term: string): number | undefined {
  const [wanted, one] = [parseDuration(duration), parseDuration(term)];
  const times = one.months > 0 ? wanted.months / one.months : wanted.days / one.days;
  const isWhole = Number.isSafeInteger(times) && times > 0;
  return isWhole && wanted.months === times * one.months && wanted.days === times * one.days
    ? times
    : undefined;
}
