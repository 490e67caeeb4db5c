import { Router } from 'express';
import { actorOf } from '../../../domain/accounts/account-desk.js';
import { trustStatus } from '../../../domain/trust-status.js';
import { requireAccess } from '../../access.js';
import { visitorOf } from '../../http/visitor.js';
import { TrustPage } from '../../pages/staff/trust-page.js';
import { sendPage } from '../../pages/send-page.js';
import type { Portal } from '../../portal.js';
import { trustTexts as texts } from '../../texts/trust-texts.js';

/** What the vendor's signatures rest on. */
export function staffTrustRoutes(portal: Portal): Router {
  const router = Router();
  router.get('/staff/trust', async (request, response) => {
    const { account } = requireAccess(visitorOf(request), { type: 'staff' });
    const status = await trustStatus(portal.desk(actorOf(account)));
    sendPage(request, response, { title: texts.title, body: <TrustPage status={status} />, data: status });
  });
  return router;
}
