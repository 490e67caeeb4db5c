import { Router, type Request, type Response } from 'express';
import type { CounterfoilError } from '@counterfoil/schemas';
import { actorOf } from '../../../domain/accounts/account-desk.js';
import { advanceOrder, approveOrder, refuseOrder } from '../../../domain/orders/decide-order.js';
import { findSales, type OrderDesk } from '../../../domain/orders/order-desk.js';
import { OPEN_STATES } from '../../../domain/orders/place-change.js';
import { notePayment } from '../../../domain/payments/note-payment.js';
import type { PlacedChange } from '../../../register/order-store.js';
import { issuerFault } from '../../../codes.js';
import { requireAccess } from '../../access.js';
import { fieldOf } from '../../http/form.js';
import { queryFields } from '../../http/read-wanted.js';
import { visitorOf } from '../../http/visitor.js';
import { formFaultOf, type FormFault } from '../../pages/accounts/form-fault.js';
import { labelsOf } from '../../pages/orders/labels-of.js';
import { changeTitle } from '../../pages/orders/wanted-text.js';
import { pageOf } from '../../pages/staff/paging.js';
import { StaffOrderPage } from '../../pages/staff/staff-order-page.js';
import { StaffOrdersPage } from '../../pages/staff/staff-orders-page.js';
import { prefersJson, sendPage } from '../../pages/send-page.js';
import type { Portal } from '../../portal.js';
import { orderTexts } from '../../texts/order-texts.js';
import { staffOrderTexts as texts } from '../../texts/staff-texts.js';

/** The orders of all customers, and what staff do about them. */
export function staffOrdersRoutes(portal: Portal): Router {
  const { orders, register, accounts } = portal.store;
  const router = Router();

  const deskOf = (request: Request): OrderDesk => {
    const { account } = requireAccess(visitorOf(request), { type: 'staff' });
    return { vendor: portal.desk(actorOf(account)), orders };
  };
  const findOrder = async (request: Request): Promise<PlacedChange> => {
    const id = String(request.params['id']);
    // 16 bytes in base64url: an address may bring anything.
    const order = /^[A-Za-z0-9_-]{22}$/.test(id) ? await orders.findOrder(id) : undefined;
    if (order === undefined) throw issuerFault('page-unknown');
    return order;
  };
  const show = async (request: Request, response: Response, fault?: FormFault): Promise<void> => {
    const desk = deskOf(request);
    const order = await findOrder(request);
    const file = await register.findFile(order.license);
    const catalog = file === undefined ? undefined : await findSales(desk, file);
    const [reason, number] = [fieldOf(request, 'reason'), fieldOf(request, 'number')];
    sendPage(request, response, {
      title: orderTexts.orderTitle(changeTitle(order.wanted)),
      ...(fault === undefined ? {} : { status: fault.status }),
      body: (
        <StaffOrderPage
          order={order}
          labels={labelsOf(file, catalog)}
          customer={file?.customer ?? { id: order.customer, name: order.customer }}
          by={await accounts.findAccount({ id: order.createdBy })}
          fault={fault}
          typed={fault === undefined ? undefined : { reason, number }}
        />
      ),
      data: { order },
    });
  };

  router.get('/staff/orders', async (request, response) => {
    deskOf(request);
    const isAll = request.query['which'] === 'all';
    const paged = pageOf(
      await orders.listOrders(isAll ? {} : { states: OPEN_STATES }),
      queryFields(request.query).get('page'),
    );
    const { rows, page, pages } = paged;
    sendPage(request, response, {
      title: texts.title,
      body: <StaffOrdersPage paged={paged} isAll={isAll} />,
      data: { orders: rows, page, pages },
    });
  });

  router.get('/staff/orders/:id', (request, response) => show(request, response));

  router.post('/staff/orders/:id', async (request, response) => {
    const desk = deskOf(request);
    const { id } = await findOrder(request);
    const act = ACTIONS.get(fieldOf(request, 'action'));
    if (act === undefined) throw issuerFault('field-missing', { where: 'action' });
    let done: Acted;
    try {
      done = await act(desk, id, (name) => fieldOf(request, name).trim());
      if (done.finding !== undefined && !prefersJson(request)) throw done.finding;
    } catch (error) {
      await show(request, response, formFaultOf(request, error, ['reason', 'number']));
      return;
    }
    const { order, finding } = done;
    if (prefersJson(request)) {
      response.json({ id, state: order.state, ...(finding === undefined ? {} : { finding: finding.code }) });
    } else response.redirect(303, `/staff/orders/${id}`);
  });
  return router;
}

/** What came of an action: the order, and why it could not be finished where it could not. */
interface Acted {
  readonly order: PlacedChange;
  readonly finding?: CounterfoilError;
}

type Act = (desk: OrderDesk, id: string, field: (name: string) => string) => Promise<Acted>;

/** What staff do about an order, by the name of the button. */
const ACTIONS: ReadonlyMap<string, Act> = new Map<string, Act>([
  ['approve', async (desk, id) => ({ order: await approveOrder(desk, id) })],
  [
    'refuse',
    async (desk, id, field) => ({ order: await refuseOrder(desk, id, requireReason(field('reason'))) }),
  ],
  ['payment', (desk, id, field) => notePayment(desk, id, requireNumber(field('number')))],
  ['continue', async (desk, id) => ({ order: await advanceOrder(desk, id) })],
]);

/** Throws `field-missing` for characters that no database takes; lines are kept. */
function requireReason(typed: string): string {
  const reason = typed.replaceAll('\r\n', '\n');
  if (!/[^\P{Cc}\n\t]/u.test(reason)) return reason;
  throw issuerFault('field-missing', { where: 'reason', expected: 'text without control characters' });
}

/** Throws `field-missing` for what is no number of a document. */
function requireNumber(number: string): string {
  if (number.length <= 100 && !/\p{C}/u.test(number)) return number;
  throw issuerFault('field-missing', { where: 'number', expected: 'at most 100 characters on one line' });
}
