import { CounterfoilError } from '@counterfoil/schemas';
import { issuerFault } from '../../codes.js';
import type { Money, PaymentEvent, PlacedChange } from '../../register/order-store.js';
import { advanceOrder } from '../orders/decide-order.js';
import { auditOf, findOrder, type OrderDesk } from '../orders/order-desk.js';

/** What came of a payment. */
export interface SettledPayment {
  readonly order: PlacedChange;
  /** False where the payment was known already. */
  readonly isNew: boolean;
  /** Why the paid order could not be reissued: it waits for staff. */
  readonly finding?: CounterfoilError;
}

/**
 * Notes the payment of an order, and reissues what only waited for it; the same payment twice is one.
 *
 * Throws `order-unknown`, `payment-differs` unless it is of this order and of its whole price; a fault that may pass,
 * such as `register-busy`, is thrown, and the same payment sent again goes on from there.
 */
export async function settlePayment(desk: OrderDesk, payment: PaymentEvent): Promise<SettledPayment> {
  const { orders } = desk;
  const { price } = await findOrder(desk, payment.order);
  requireMoney(price, payment.money);
  const isNew = await orders.addPayment(payment, auditOf(desk));
  if (!isNew) await requireSame(desk, payment);
  await markPaid(desk, payment);
  try {
    return { order: await advanceOrder(desk, payment.order), isNew };
  } catch (error) {
    if (!(error instanceof CounterfoilError) || error.entry.http >= 500) throw error;
    return { order: await findOrder(desk, payment.order), isNew, finding: error };
  }
}

function requireMoney(price: Money | undefined, { amount, currency }: Money): void {
  if (price?.amount === amount && price.currency === currency) return;
  throw issuerFault('payment-differs', {
    expected: price === undefined ? 'no payment' : `${String(price.amount)} ${price.currency}`,
    actual: `${String(amount)} ${currency}`,
  });
}

/** One payment pays one order. */
async function requireSame({ orders }: OrderDesk, { id, order, money }: PaymentEvent): Promise<void> {
  const known = await orders.findPayment(id);
  if (known?.order !== order)
    throw issuerFault('payment-differs', { where: 'id', expected: 'a new payment' });
  requireMoney(known.money, money);
}

/** Writes down that an order is paid, wherever it stands; staff see it also on one that was refused meanwhile. */
async function markPaid(desk: OrderDesk, { order: id, at: paidAt }: PaymentEvent): Promise<void> {
  for (;;) {
    const { state, paidAt: known } = await findOrder(desk, id);
    if (known !== undefined || state === 'done') return;
    const next = state === 'awaiting-payment' ? 'ready' : state;
    if (await desk.orders.moveOrder(id, [state], next, { paidAt }, auditOf(desk))) return;
  }
}
