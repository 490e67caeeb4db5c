import { expect, it } from 'vitest';
import type { PlacedChange } from '@counterfoil/issuer';
import { makeDatabase } from '../support/database.js';
import { openPaidOrders, type PaidOrders } from '../support/paid-orders.js';
import type { PortalProcess } from '../support/portal-process.js';

const LICENSES = 12;

/** Tells two portals of payments at once, and kills the first after some of its answers; gives the answers of the second. */
async function payBoth(
  shop: PaidOrders,
  [doomed, other]: readonly [PortalProcess, PortalProcess],
  orders: readonly PlacedChange[],
  killAfter: number,
): Promise<readonly number[]> {
  let answers = 0;
  let killed: Promise<void> | undefined;
  const first = orders.map(async (order) => {
    await shop.pay(doomed, order);
    if (++answers === killAfter) killed = doomed.kill();
  });
  // Every third order only the first portal hears of: it is lost there, unless the shop asks again.
  const second = orders
    .filter((_, i) => i % 3 !== 0)
    .map(async (order) => (await shop.pay(other, order)).status);
  const ends = await Promise.allSettled(first);
  expect(killed).toBeDefined();
  await killed;
  expect(ends.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
  return Promise.all(second);
}

it('two portals on one PostgreSQL, one killed: every order is done once, or is still there and done when asked again', async () => {
  const shop = await openPaidOrders(await makeDatabase());
  const licenses = await shop.issue(LICENSES);
  let portals = [await shop.portal(), await shop.portal()] as const;
  for (const round of [1, 2]) {
    const orders = await shop.orderAll(licenses);
    const heard = await payBoth(shop, portals, orders, 2 * round);
    expect(new Set(heard)).toEqual(new Set([200]));
    const [, survivor] = portals;
    const between = await shop.check();
    for (const [i, { id }] of orders.entries()) {
      const possible = i % 3 === 0 ? ['awaiting-payment', 'ready', 'done'] : ['done'];
      expect(possible).toContain(between.get(id)?.state);
    }
    const again = await Promise.all(orders.map((order) => shop.pay(survivor, order)));
    expect(again.map(({ status, data }) => [status, data.state])).toEqual(orders.map(() => [200, 'done']));
    const after = await shop.check();
    expect(orders.map(({ id }) => after.get(id)?.result?.revision)).toEqual(orders.map(() => round + 1));
    // What was survived is killed next.
    if (round === 1) portals = [survivor, await shop.portal()];
  }
  expect(await portals[1].stop()).toBe(0);
}, 60_000);
