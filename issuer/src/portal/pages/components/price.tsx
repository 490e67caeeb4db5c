import type { VNode } from 'preact';
import { formatMoney } from '../../../catalog/describe/format-money.js';
import type { Money } from '../../../register/order-store.js';

/** An amount of money with its currency. */
export function Price({ money: { amount, currency } }: { readonly money: Money }): VNode {
  return <span class="number">{formatMoney(amount, currency)}</span>;
}
