import { CounterfoilError } from '@counterfoil/schemas';
import { issuerFault } from '../../codes.js';
import type { PlacedChange } from '../../register/order-store.js';
import type { IssuedFile } from '../../register/register.js';
import { findLicense } from '../find-license.js';
import { findOrder, type OrderDesk } from './order-desk.js';
import { issueWanted, requestFor } from './plan-change.js';

/** An order that is done, and the license file that came of it. */
export interface FulfilledOrder {
  readonly order: PlacedChange;
  readonly file: IssuedFile;
}

/**
 * Reissues the license of an order that is ready; of one that is done, gives the file that was made.
 *
 * An order has one file however often and by whomever it is asked for. Throws `order-unknown`, `order-state`,
 * `license-superseded` when the license was changed since it was ordered, and the codes of issuing; the order then
 * stays as it is.
 */
export async function fulfilOrder(desk: OrderDesk, id: string): Promise<FulfilledOrder> {
  const order = await findOrder(desk, id);
  if (order.state !== 'ready') return requireDone(desk, order);
  const { vendor } = desk;
  try {
    const request = await requestFor(desk, await findLicense(vendor.register, order.license));
    await issueWanted(vendor, { ...request, seen: order.seenRevision, order: id }, order.wanted);
  } catch (error) {
    if (!(error instanceof CounterfoilError)) throw error;
    // Whoever did it meanwhile is why it could not be done here.
    const now = await findOrder(desk, id);
    if (now.state !== 'done') throw error;
    return requireDone(desk, now);
  }
  return requireDone(desk, await findOrder(desk, id));
}

async function requireDone({ vendor }: OrderDesk, order: PlacedChange): Promise<FulfilledOrder> {
  const { state, result, license } = order;
  if (state !== 'done' || result === undefined)
    throw issuerFault('order-state', { where: license, expected: 'ready or done', actual: state });
  return { order, file: await findLicense(vendor.register, result.license, result.revision) };
}
