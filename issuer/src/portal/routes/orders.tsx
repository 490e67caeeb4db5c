import { Router, type Request } from 'express';
import { actorOf } from '../../domain/accounts/account-desk.js';
import { advanceOrder, cancelOrder } from '../../domain/orders/decide-order.js';
import { findSales, type OrderDesk } from '../../domain/orders/order-desk.js';
import type { PlacedChange } from '../../register/order-store.js';
import { issuerFault } from '../../codes.js';
import { isGranted, requireAccess } from '../access.js';
import { fieldOf } from '../http/form.js';
import { visitorOf, type SignedIn } from '../http/visitor.js';
import { labelsOf } from '../pages/orders/labels-of.js';
import { OrderPage } from '../pages/orders/order-page.js';
import { OrdersPage } from '../pages/orders/orders-page.js';
import { changeTitle } from '../pages/orders/wanted-text.js';
import { prefersJson, sendPage } from '../pages/send-page.js';
import type { Portal } from '../portal.js';
import { orderTexts as texts } from '../texts/order-texts.js';

/** A customer's orders. */
export function orderRoutes(portal: Portal): Router {
  const { orders, register } = portal.store;
  const deskOf = ({ account }: SignedIn): OrderDesk => ({ vendor: portal.desk(actorOf(account)), orders });
  const router = Router();
  router.get('/orders', async (request, response) => {
    const { account } = requireAccess(visitorOf(request), { type: 'self' });
    if (account.customer === undefined) {
      response.redirect(303, '/staff/orders');
      return;
    }
    const listed = await orders.listOrders({ customer: account.customer });
    const newest = listed.toSorted((a, b) => b.createdAt - a.createdAt);
    sendPage(request, response, {
      title: texts.title,
      body: <OrdersPage orders={newest} />,
      data: { orders: newest.map(orderData) },
    });
  });
  router.get('/orders/:id', async (request, response) => {
    const { visitor, order } = await findOwnOrder(portal, request, 'order');
    const file = await register.findFile(order.license);
    const catalog = file === undefined ? undefined : await findSales(deskOf(visitor), file);
    sendPage(request, response, {
      title: texts.orderTitle(changeTitle(order.wanted)),
      body: (
        <OrderPage
          order={order}
          labels={labelsOf(file, catalog)}
          mayOrder={isGranted(visitor, { type: 'place-order', customer: order.customer })}
        />
      ),
      data: { order: orderData(order) },
    });
  });
  router.post('/orders/:id', async (request, response) => {
    const { visitor, order } = await findOwnOrder(portal, request, 'place-order');
    const act = ACTIONS.get(fieldOf(request, 'action'));
    if (act === undefined) throw issuerFault('field-missing', { where: 'action' });
    const { state } = await act(deskOf(visitor), order.id);
    if (prefersJson(request)) response.json({ id: order.id, state });
    else response.redirect(303, `/orders/${order.id}`);
  });
  return router;
}

/** What a customer does with an order, by the name of the button. */
const ACTIONS: ReadonlyMap<string, (desk: OrderDesk, id: string) => Promise<PlacedChange>> = new Map([
  ['cancel', cancelOrder],
  ['continue', advanceOrder],
]);

/** An order for a program; which account ordered is for the vendor. */
function orderData(order: PlacedChange): object {
  return { ...order, createdBy: undefined };
}

/** The order that the address names; throws `session-missing`, and `page-unknown` for what does not exist and what is somebody else's alike. */
async function findOwnOrder(
  { store }: Portal,
  request: Request,
  type: 'order' | 'place-order',
): Promise<{ readonly visitor: SignedIn; readonly order: PlacedChange }> {
  requireAccess(visitorOf(request), { type: 'self' });
  const id = String(request.params['id']);
  // 16 bytes in base64url: an address may bring anything.
  const order = /^[A-Za-z0-9_-]{22}$/.test(id) ? await store.orders.findOrder(id) : undefined;
  const visitor = requireAccess(visitorOf(request), { type, customer: order?.customer });
  if (order === undefined) throw issuerFault('page-unknown');
  return { visitor, order };
}
