import { Router, type Request, type Response } from 'express';
import { changePassword } from '../../domain/accounts/change-account.js';
import { signOut } from '../../domain/accounts/sign-in.js';
import type { Tries } from '../../domain/accounts/tries.js';
import { requireAccess } from '../access.js';
import { setCookie } from '../http/cookies.js';
import { fieldOf } from '../http/form.js';
import { accountDesk, keepSession } from '../http/visit.js';
import { visitorOf } from '../http/visitor.js';
import { AccountPage } from '../pages/accounts/account-page.js';
import { formFaultOf, type FormFault } from '../pages/accounts/form-fault.js';
import { sendPage } from '../pages/send-page.js';
import type { Portal } from '../portal.js';
import { accountTexts as texts } from '../texts/account-texts.js';
import { accountData } from './account-data.js';

/** Somebody's own account. */
export function ownAccountRoutes(portal: Portal, tries: Tries): Router {
  const router = Router();

  const show = (request: Request, response: Response, fault?: FormFault): void => {
    const { account } = requireAccess(visitorOf(request), { type: 'self' });
    const isChanged = request.query['changed'] !== undefined && fault === undefined;
    sendPage(request, response, {
      title: texts.account,
      status: fault?.status ?? 200,
      body: <AccountPage account={account} isChanged={isChanged} fault={fault} />,
      data: accountData(account),
    });
  };

  router.get('/account', (request, response) => {
    show(request, response);
  });

  router.post('/account/password', async (request, response) => {
    const { account } = requireAccess(visitorOf(request), { type: 'self' });
    try {
      const desk = accountDesk(portal, tries, request);
      const wish = { present: fieldOf(request, 'present'), next: fieldOf(request, 'password') };
      keepSession(portal, response, await changePassword(desk, account, wish));
      response.redirect(303, '/account?changed');
    } catch (error) {
      show(request, response, formFaultOf(request, error, ['present', 'password']));
    }
  });

  router.post('/account/sign-out-everywhere', async (request, response) => {
    const { session } = requireAccess(visitorOf(request), { type: 'self' });
    await signOut(portal.store, session, true);
    setCookie(portal, response, 'session', undefined);
    response.redirect(303, '/');
  });
  return router;
}
