import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openPaidOrders, type PaidOrders } from '../support/paid-orders.js';

const LICENSES = 6;
const KILLS = 5;
/** Of one order: payment noted, order moved, license reissued, order done. */
const ENTRIES = 4;

const countEntries = (shop: PaidOrders): Promise<number> =>
  shop.withStore(async ({ register }) => (await register.listAudit()).length);

it('a portal on SQLite that is killed while it reissues loses nothing, and gives one file for each order when asked again', async () => {
  const shop = await openPaidOrders();
  const licenses = await shop.issue(LICENSES);
  const [extras = []] = fc.sample(
    fc.array(fc.nat({ max: ENTRIES - 1 }), { minLength: KILLS, maxLength: KILLS }),
    1,
  );
  let portal = await shop.portal();
  let cut = 0;
  for (const [i, extra] of extras.entries()) {
    const orders = await shop.orderAll(licenses);
    const until = (await countEntries(shop)) + i * ENTRIES + extra;
    const paid = Promise.allSettled(orders.map((order) => shop.pay(portal, order)));
    // At another entry each time, however fast the machine is; nothing of ours is open when it ends.
    while ((await countEntries(shop)) < until) await setTimeout(2);
    await portal.kill();
    const told = await paid;
    const between = await shop.check();
    for (const [k, end] of told.entries()) {
      const state = between.get(orders[k]!.id)?.state;
      // Who was told that it is done has it; of the others nobody can say.
      if (end.status === 'fulfilled') expect([end.value.data.state, state]).toEqual(['done', 'done']);
      else cut++;
    }
    portal = await shop.portal();
    const again = await Promise.all(orders.map((order) => shop.pay(portal, order)));
    expect(again.map(({ status, data }) => [status, data.state])).toEqual(orders.map(() => [200, 'done']));
    const after = await shop.check();
    expect(orders.map(({ id }) => after.get(id)?.result?.revision)).toEqual(orders.map(() => i + 2));
  }
  expect(cut).toBeGreaterThan(0);
  expect(await portal.stop()).toBe(0);
}, 60_000);
