import { issuerFault } from '../../codes.js';
import type { OrderState, PlacedChange, WantedChange } from '../../register/order-store.js';
import { randomSalt } from '../random.js';
import { requireRevision } from '../reissue/plan-reissue.js';
import { auditOf, type OrderDesk } from './order-desk.js';
import { planChange, type Way } from './plan-change.js';

/** What a customer confirms. */
export interface ChangeOrder {
  readonly license: string;
  readonly wanted: WantedChange;
  /** The revision that the preview was of. */
  readonly seenRevision: number;
  /** The account that orders. */
  readonly account: string;
  /** The customer's own number of the purchase. */
  readonly reference?: string;
}

const FIRST_STATES: Readonly<Record<Exclude<Way, 'not-offered'>, OrderState>> = {
  'at-once': 'ready',
  payment: 'awaiting-payment',
  staff: 'awaiting-staff',
};

/** The states of an order that is still to come to something. */
export const OPEN_STATES = ['awaiting-staff', 'awaiting-payment', 'ready'] as const;

/**
 * Stores the order of a change in the state that policy and price give it; one that is `ready` is for `fulfilOrder`.
 *
 * Throws `license-superseded` for a preview of another revision, `order-open`, what stands against the wish, and what
 * `planChange` throws.
 */
export async function placeChange(
  desk: OrderDesk,
  { license, wanted, seenRevision, account, reference }: ChangeOrder,
): Promise<PlacedChange> {
  const { orders, vendor } = desk;
  const { file, how, finding, price } = await planChange(desk, license, wanted);
  requireRevision(file, seenRevision);
  if (finding !== undefined || how === 'not-offered') throw finding ?? issuerFault('change-not-offered');
  const [open] = await orders.listOrders({ license: file.license, states: OPEN_STATES });
  if (open !== undefined) throw issuerFault('order-open', { where: file.license, actual: open.wanted.type });
  const order: PlacedChange = {
    id: randomSalt(vendor.random),
    license: file.license,
    customer: file.customer.id,
    seenRevision,
    wanted,
    ...(price === undefined ? {} : { price }),
    state: FIRST_STATES[how],
    ...(reference === undefined ? {} : { reference }),
    createdAt: vendor.now,
    createdBy: account,
  };
  await orders.addOrder(order, auditOf(desk));
  return order;
}
