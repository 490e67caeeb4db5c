import { Router } from 'express';
import { listOwnLicenses } from '../../domain/license-window.js';
import { requireAccess } from '../access.js';
import { visitorOf } from '../http/visitor.js';
import { LicensesPage } from '../pages/licenses/licenses-page.js';
import { sendPage } from '../pages/send-page.js';
import type { Portal } from '../portal.js';
import { licenseTexts as texts } from '../texts/license-texts.js';

/** The list of a customer's licenses; staff are led to theirs. */
export function licensesRoutes({ store, now }: Portal): Router {
  const router = Router();
  router.get('/licenses', async (request, response) => {
    const { account } = requireAccess(visitorOf(request), { type: 'self' });
    if (account.customer === undefined) {
      response.redirect(303, '/staff/licenses');
      return;
    }
    const licenses = await listOwnLicenses(store.register, { customer: account.customer }, now());
    sendPage(request, response, {
      title: texts.title,
      body: <LicensesPage licenses={licenses} />,
      data: { licenses },
    });
  });
  return router;
}
