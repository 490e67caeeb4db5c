import { Router } from 'express';
import { actorOf } from '../../../domain/accounts/account-desk.js';
import { searchLicenses } from '../../../domain/license-list.js';
import { trustStatus } from '../../../domain/trust-status.js';
import { requireAccess } from '../../access.js';
import { visitorOf } from '../../http/visitor.js';
import { StaffHomePage, type Waiting } from '../../pages/staff/staff-home-page.js';
import { sendPage } from '../../pages/send-page.js';
import type { Portal } from '../../portal.js';
import { homeTexts as texts } from '../../texts/staff-texts.js';

/** What waits for staff, in one page. */
export function staffHomeRoutes(portal: Portal): Router {
  const { orders, register } = portal.store;
  const router = Router();
  router.get('/staff', async (request, response) => {
    const { account } = requireAccess(visitorOf(request), { type: 'staff' });
    const waiting: Waiting = {
      awaitingStaff: await orders.listOrders({ states: ['awaiting-staff'] }),
      awaitingPayment: await orders.listOrders({ states: ['awaiting-payment'] }),
      ready: await orders.listOrders({ states: ['ready'] }),
      asks: await orders.listAsks({ state: 'open' }),
      ending: (await searchLicenses(register, { endsSoon: true }, portal.now())).rows,
      concerns: (await trustStatus(portal.desk(actorOf(account)))).concerns,
    };
    sendPage(request, response, {
      title: texts.title,
      body: <StaffHomePage waiting={waiting} />,
      data: waiting,
    });
  });
  return router;
}
