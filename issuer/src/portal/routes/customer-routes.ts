import { Router } from 'express';
import type { Portal } from '../portal.js';
import { askRoutes } from './asks.js';
import { changeRoutes } from './change.js';
import { licenseRoutes } from './license.js';
import { licensesRoutes } from './licenses.js';
import { orderRoutes } from './orders.js';
import { uploadRoutes } from './upload.js';

/** The pages of customers, and those that need no account. */
export function customerRoutes(portal: Portal): Router {
  const router = Router();
  for (const routes of [uploadRoutes, askRoutes, licensesRoutes, licenseRoutes, changeRoutes, orderRoutes])
    router.use(routes(portal));
  return router;
}
