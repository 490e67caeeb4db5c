import { Router, type Request, type Response } from 'express';
import { disableAccount, renewLink } from '../../../domain/accounts/change-account.js';
import { inviteAccount, type Invited } from '../../../domain/accounts/invite-account.js';
import type { Tries } from '../../../domain/accounts/tries.js';
import { issuerFault } from '../../../codes.js';
import type { Account } from '../../../register/account-store.js';
import { requireAccess } from '../../access.js';
import { fieldOf } from '../../http/form.js';
import { accountDesk } from '../../http/visit.js';
import { visitorOf } from '../../http/visitor.js';
import { AccountsPage } from '../../pages/accounts/accounts-page.js';
import { formFaultOf, type FormFault } from '../../pages/accounts/form-fault.js';
import { sendPage } from '../../pages/send-page.js';
import type { Portal } from '../../portal.js';
import { accountTexts as texts } from '../../texts/account-texts.js';
import { accountData } from '../account-data.js';

/** The accounts of everybody, for administrators. */
export function staffAccountsRoutes(portal: Portal, tries: Tries): Router {
  const router = Router();
  const { accounts, register } = portal.store;

  const adminOf = (request: Request): Account => requireAccess(visitorOf(request), { type: 'admin' }).account;

  /** A link is answered with at once: it is kept nowhere, so no redirect could show it. */
  const show = async (
    request: Request,
    response: Response,
    { fault, invited }: { readonly fault?: FormFault; readonly invited?: Invited } = {},
  ): Promise<void> => {
    const own = adminOf(request).id;
    const all = await accounts.listAccounts({});
    const link = invited === undefined ? undefined : `${portal.origin}/link/${invited.token}`;
    const made = link === undefined ? undefined : { name: invited?.account.name ?? '', link };
    const field = (name: string): string => fieldOf(request, name);
    const typed = fault && { email: field('email'), name: field('name'), customer: field('customer') };
    sendPage(request, response, {
      title: texts.accounts,
      status: fault?.status ?? 200,
      body: <AccountsPage accounts={all} own={own} made={made} fault={fault} typed={typed} />,
      data: { accounts: all.map(accountData), ...(link === undefined ? {} : { link }) },
    });
  };

  router.get('/staff/accounts', (request, response) => show(request, response));

  router.post('/staff/accounts', async (request, response) => {
    adminOf(request);
    let invited: Invited;
    try {
      const customer = fieldOf(request, 'customer').trim();
      // Bytes that no database takes are no customer's id.
      const isKnown = !/\p{C}/u.test(customer) && (await register.findCustomer(customer)) !== undefined;
      if (customer !== '' && !isKnown) {
        throw issuerFault('account-invalid', { where: 'customer', expected: 'a customer of the register' });
      }
      invited = await inviteAccount(accountDesk(portal, tries, request), {
        email: fieldOf(request, 'email'),
        name: fieldOf(request, 'name'),
        role: fieldOf(request, 'role'),
        ...(customer === '' ? {} : { customer }),
      });
    } catch (error) {
      const fault = formFaultOf(request, error, ['email', 'name', 'customer']);
      await show(request, response, { fault });
      return;
    }
    await show(request, response, { invited });
  });

  router.post('/staff/accounts/:id/link', async (request, response) => {
    adminOf(request);
    const invited = await renewLink(accountDesk(portal, tries, request), request.params.id);
    await show(request as Request, response, { invited });
  });

  router.post('/staff/accounts/:id/disable', async (request, response) => {
    const admin = adminOf(request);
    await disableAccount(accountDesk(portal, tries, request), admin, request.params.id);
    response.redirect(303, '/staff/accounts');
  });
  return router;
}
