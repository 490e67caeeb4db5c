import { Router } from 'express';
import type { Portal } from '../portal.js';

/** Answers whether the portal works, the store included: for a watchdog, without a word about anything. */
export function healthRoutes({ store }: Portal): Router {
  const router = Router();
  router.get('/healthz', async (_request, response) => {
    await store.accounts.countStaff();
    response.type('text').send('ok\n');
  });
  return router;
}
