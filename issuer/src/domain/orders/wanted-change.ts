import { issuerFault } from '../../codes.js';
import type { WantedChange } from '../../register/order-store.js';

/** The most of a pool that a customer may order at once. */
const MOST = 1_000_000_000;

/** Throws `quantity-invalid` for quantities that are no whole numbers, and where nothing is wanted at all. */
export function requireWanted(wanted: WantedChange): void {
  switch (wanted.type) {
    case 'renew':
      requireQuantities(wanted.pools ?? {}, 0);
      return;
    case 'extend': {
      const { pack, add = {} } = wanted;
      if (pack === undefined) requireSome(add);
      else requireQuantity(pack.quantity, 'quantity', 1);
      requireQuantities(add, 1);
      return;
    }
    case 'reduce':
      requireSome(wanted.pools);
      requireQuantities(wanted.pools, 0);
      return;
    case 'convert':
      requireQuantity(wanted.quantity, 'quantity', 1);
  }
}

function requireSome(pools: Readonly<Record<string, number>>): void {
  if (Object.keys(pools).length > 0) return;
  throw issuerFault('quantity-invalid', { expected: 'at least one pool', actual: 'none' });
}

function requireQuantities(pools: Readonly<Record<string, number>>, least: number): void {
  for (const [pool, quantity] of Object.entries(pools)) requireQuantity(quantity, `pools.${pool}`, least);
}

function requireQuantity(quantity: number, where: string, least: number): void {
  if (Number.isSafeInteger(quantity) && quantity >= least && quantity <= MOST) return;
  const expected = `a whole number from ${String(least)} to ${String(MOST)}`;
  throw issuerFault('quantity-invalid', { where, expected, actual: String(quantity) });
}
