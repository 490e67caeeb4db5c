import { Router } from 'express';
import { Tries } from '../../domain/accounts/tries.js';
import type { Portal } from '../portal.js';
import { ownAccountRoutes } from './account.js';
import { linkRoutes } from './link.js';
import { signInRoutes } from './sign-in.js';
import { staffAccountsRoutes } from './staff/staff-accounts.js';

/** Everything about accounts; wrong tries are counted across all of it. */
export function accountRoutes(portal: Portal): Router {
  const tries = new Tries(portal.store.accounts);
  const router = Router();
  for (const routes of [signInRoutes, linkRoutes, ownAccountRoutes, staffAccountsRoutes]) {
    router.use(routes(portal, tries));
  }
  return router;
}
