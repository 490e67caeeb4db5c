import type { Offer, Order } from '@counterfoil/schemas';
import type { Sales } from '../../catalog/product-document.js';
import { issuerFault } from '../../codes.js';
import { requireName } from './order-grant.js';
import type { PlacedOrder, StatedTerm } from './placed-order.js';

type Offers = NonNullable<Sales['offers']>;

/** An offer and the id that it has now. */
export interface FoundOffer {
  readonly id: string;
  readonly offer: Offer;
}

/** The offer of an id, or the one that stands for it by now. */
export function findOffer({ offers = {} }: Sales, id: string | undefined): FoundOffer | undefined {
  return Object.entries(offers)
    .map(([known, offer]) => ({ id: known, offer }))
    .find(({ id: known, offer }) => id !== undefined && (known === id || offer.replaces?.includes(id)));
}

/**
 * The order with what its offer says where it says nothing itself: kind, term, grace, pools times quantity, features.
 *
 * Throws `order-name-unknown` for an offer that the catalog does not have, `order-offer`, `order-term`.
 */
export function placeOrder(order: Order, { offers = {} }: Sales): PlacedOrder {
  const { term, quantity = 1, ...said } = order;
  if (order.offer === undefined) return { ...said, term: requireTerm(term) };
  requireName(offers, order.offer, 'offer');
  const offer = offers[order.offer] as Offers[string];
  const placed = isStated(term) ? term : { ...term, ...termOf(offer, order.offer) };
  const grace = order.grace ?? ('grace' in offer && !('perpetual' in placed) ? offer.grace : undefined);
  return {
    ...said,
    kind: order.kind ?? (offer.type === 'trial' ? 'trial' : 'commercial'),
    term: placed,
    ...(grace === undefined ? {} : { grace }),
    pools: { ...poolsOf(offer, quantity), ...order.pools },
    features: { ...featuresOf(offer), ...order.features },
  };
}

/** The pools of a quantity of an offer; throws `order-offer` where that is more than a license can state. */
export function poolsOf({ pools = {} }: Offer, quantity: number): Record<string, number> {
  return Object.fromEntries(
    Object.entries(pools).map(([id, one]) => {
      const most = Math.floor(Number.MAX_SAFE_INTEGER / one);
      if (quantity > most) {
        const [expected, actual] = [`at most ${String(most)}`, String(quantity)];
        throw issuerFault('order-offer', { where: 'quantity', expected, actual });
      }
      return [id, one * quantity];
    }),
  );
}

const featuresOf = ({ features = [] }: Offer): Record<string, object> =>
  Object.fromEntries(features.map((id) => [id, {}]));

const isStated = (term: Order['term']): term is StatedTerm =>
  term !== undefined && Object.keys(term).some((name) => name !== 'from');

function requireTerm(term: Order['term']): StatedTerm {
  if (isStated(term)) return term;
  const expected = 'a duration, a last day, a day to activate it by, or no end';
  throw issuerFault('order-term', {
    where: 'term',
    expected,
    actual: term === undefined ? 'nothing' : 'a first day alone, without an offer',
  });
}

function termOf(offer: Offer, id: string): { readonly duration: string } | { readonly perpetual: true } {
  switch (offer.type) {
    case 'trial':
    case 'subscription':
      return { duration: offer.term };
    case 'perpetual':
      return { perpetual: true };
    case 'pack':
      throw issuerFault('order-offer', {
        where: 'offer',
        expected: 'an offer that is no pack',
        actual: `the pack ${id}`,
      });
  }
}
