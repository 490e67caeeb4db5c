import { issuerFault } from '../../codes.js';
import { auditOf, findOrder, type OrderDesk } from '../orders/order-desk.js';
import { settlePayment, type SettledPayment } from './settle-payment.js';

/**
 * Staff note that an order is paid otherwise, such as by a purchase order, whose number the audit trail then has; twice is once.
 *
 * Throws `order-unknown`, `payment-differs` for an order without a price, `order-state` for one that waits for no payment.
 */
export async function notePayment(desk: OrderDesk, id: string, number = ''): Promise<SettledPayment> {
  const { price, state, license, paidAt } = await findOrder(desk, id);
  if (state !== 'awaiting-payment' && paidAt === undefined) {
    throw issuerFault('order-state', { where: license, expected: 'awaiting-payment', actual: state });
  }
  if (price === undefined) throw issuerFault('payment-differs', { expected: 'no payment', actual: 'one' });
  if (number !== '' && paidAt === undefined) {
    const audit = { ...auditOf(desk), action: 'payment-noted', object: id, detail: { number } } as const;
    await desk.vendor.register.recordAudit(audit);
  }
  return settlePayment(desk, { id: `hand:${id}`, order: id, money: price, at: desk.vendor.now });
}
