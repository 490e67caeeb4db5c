import { issuerFault } from '../../codes.js';
import type { OrderState, PlacedChange } from '../../register/order-store.js';
import { findLicense } from '../find-license.js';
import { requireRevision } from '../reissue/plan-reissue.js';
import { fulfilOrder } from './fulfil-order.js';
import { auditOf, findOrder, type OrderDesk } from './order-desk.js';
import { OPEN_STATES } from './place-change.js';

/** Characters of a reason. */
const LONGEST_REASON = 400;

/**
 * Staff approve an order: it then waits for its payment, or is reissued where there is nothing left to pay.
 *
 * Throws `order-unknown`, `order-state`, `license-superseded`, and what `fulfilOrder` throws.
 */
export async function approveOrder(desk: OrderDesk, id: string): Promise<PlacedChange> {
  const order = await findOrder(desk, id);
  requireState(order, ['awaiting-staff']);
  requireRevision(await findLicense(desk.vendor.register, order.license), order.seenRevision);
  const isPaid = order.price === undefined || order.paidAt !== undefined;
  const next = isPaid ? 'ready' : 'awaiting-payment';
  if (!(await desk.orders.moveOrder(id, ['awaiting-staff'], next, {}, auditOf(desk))))
    throw stateFault(await findOrder(desk, id), ['awaiting-staff']);
  return advanceOrder(desk, id);
}

/**
 * Takes an order as far as it goes without anybody: what is paid becomes ready, what is ready is reissued.
 *
 * Throws `order-unknown` and what `fulfilOrder` throws.
 */
export async function advanceOrder(desk: OrderDesk, id: string): Promise<PlacedChange> {
  const order = await findOrder(desk, id);
  if (order.state === 'awaiting-payment' && order.paidAt !== undefined)
    // Paid while staff approved it: one of the two saw the other.
    await desk.orders.moveOrder(id, ['awaiting-payment'], 'ready', {}, auditOf(desk));
  const { state } = await findOrder(desk, id);
  return state === 'ready' ? (await fulfilOrder(desk, id)).order : findOrder(desk, id);
}

/** Staff refuse an order with a reason for the customer, also a paid one; throws `order-reason`, `order-unknown`, `order-state`. */
export async function refuseOrder(desk: OrderDesk, id: string, reason: string): Promise<PlacedChange> {
  if (reason.trim() === '' || reason.length > LONGEST_REASON) {
    const expected = `1 to ${String(LONGEST_REASON)} characters`;
    throw issuerFault('order-reason', { expected, actual: String(reason.length) });
  }
  return moveOpen(desk, id, 'refused', { reason });
}

/** The customer takes an order back; throws `order-paid` where that is for staff to do, `order-unknown`, `order-state`. */
export async function cancelOrder(desk: OrderDesk, id: string): Promise<PlacedChange> {
  if ((await findOrder(desk, id)).paidAt !== undefined) throw issuerFault('order-paid');
  return moveOpen(desk, id, 'cancelled', {});
}

async function moveOpen(
  desk: OrderDesk,
  id: string,
  to: 'refused' | 'cancelled',
  change: { readonly reason?: string },
): Promise<PlacedChange> {
  const order = await findOrder(desk, id);
  // What a payment made ready meanwhile is not taken back with what waited for it.
  const from = order.state === 'ready' || to === 'refused' ? OPEN_STATES : OPEN_STATES.slice(0, 2);
  requireState(order, from);
  if (!(await desk.orders.moveOrder(id, from, to, change, auditOf(desk))))
    throw stateFault(await findOrder(desk, id), from);
  return findOrder(desk, id);
}

function requireState(order: PlacedChange, states: readonly OrderState[]): void {
  if (!states.includes(order.state)) throw stateFault(order, states);
}

const stateFault = ({ license, state }: PlacedChange, states: readonly OrderState[]): Error =>
  issuerFault('order-state', { where: license, expected: states.join(' or '), actual: state });
