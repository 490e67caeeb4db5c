import { Router, type RequestHandler } from 'express';
import { visitorOf } from '../../http/visitor.js';
import { prefersJson } from '../../pages/send-page.js';
import type { Portal } from '../../portal.js';
import { staffAsksRoutes } from './staff-asks.js';
import { staffAuditRoutes } from './staff-audit.js';
import { staffCustomersRoutes } from './staff-customers.js';
import { staffHomeRoutes } from './staff-home.js';
import { staffIssueRoutes } from './staff-issue.js';
import { staffLicenseRoutes } from './staff-license.js';
import { staffLicensesRoutes } from './staff-licenses.js';
import { staffOrdersRoutes } from './staff-orders.js';
import { staffTrustRoutes } from './staff-trust.js';

const ROUTES = [
  staffHomeRoutes,
  staffLicensesRoutes,
  staffLicenseRoutes,
  staffOrdersRoutes,
  staffAsksRoutes,
  staffCustomersRoutes,
  staffIssueRoutes,
  staffTrustRoutes,
  staffAuditRoutes,
];

/** Staff who come to a customer's page, such as after a change that they ordered, are led to their own of the same. */
const leadStaff: RequestHandler = (request, response, next) => {
  if (visitorOf(request).kind === 'staff' && !prefersJson(request))
    response.redirect(303, `/staff${request.path}`);
  else next();
};

/** The pages of the vendor's staff. */
export function staffRoutes(portal: Portal): Router {
  const router = Router();
  router.get(['/licenses/:id', '/orders/:id'], leadStaff);
  for (const routes of ROUTES) router.use(routes(portal));
  return router;
}
