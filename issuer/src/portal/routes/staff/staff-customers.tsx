import { Router, type Request, type Response } from 'express';
import { actorOf } from '../../../domain/accounts/account-desk.js';
import { inviteAccount, type Invited } from '../../../domain/accounts/invite-account.js';
import { listCustomers } from '../../../domain/list-customers.js';
import { searchLicenses } from '../../../domain/license-list.js';
import { issuerFault } from '../../../codes.js';
import type { Customer } from '../../../register/register.js';
import { isGranted, requireAccess } from '../../access.js';
import { fieldOf } from '../../http/form.js';
import { queryFields } from '../../http/read-wanted.js';
import { visitorOf } from '../../http/visitor.js';
import { formFaultOf, type FormFault } from '../../pages/accounts/form-fault.js';
import { CustomerPage } from '../../pages/staff/customer-page.js';
import { CustomersPage } from '../../pages/staff/customers-page.js';
import { pageOf } from '../../pages/staff/paging.js';
import { sendPage } from '../../pages/send-page.js';
import type { Portal } from '../../portal.js';
import { customerTexts as texts } from '../../texts/staff-texts.js';
import { accountData } from '../account-data.js';

/** Customers, their licenses and their people; only administrators invite. */
export function staffCustomersRoutes({ store, now, random, origin }: Portal): Router {
  const { accounts, register, orders } = store;
  const router = Router();
  const isAdmin = (request: Request): boolean => isGranted(visitorOf(request), { type: 'admin' });

  /** Throws `page-unknown` for what is no customer. */
  const findCustomer = async (request: Request): Promise<Customer> => {
    const id = String(request.params['id']);
    // Bytes that no database takes are no customer's id.
    const customer = /\p{C}/u.test(id) ? undefined : await register.findCustomer(id);
    if (customer === undefined) throw issuerFault('page-unknown');
    return customer;
  };
  const show = async (
    request: Request,
    response: Response,
    { fault, invited }: { readonly fault?: FormFault; readonly invited?: Invited } = {},
  ): Promise<void> => {
    const customer = await findCustomer(request);
    const { id } = customer;
    const { rows: licenses } = await searchLicenses(register, { customer: id }, now());
    const contacts = await accounts.listAccounts({ customer: id });
    const ordered = await orders.listOrders({ customer: id });
    const link = invited === undefined ? undefined : `${origin}/link/${invited.token}`;
    const made = link === undefined ? undefined : { name: invited?.account.name ?? '', link };
    const typed = fault && { email: fieldOf(request, 'email'), name: fieldOf(request, 'name') };
    sendPage(request, response, {
      title: customer.name,
      ...(fault === undefined ? {} : { status: fault.status }),
      body: (
        <CustomerPage
          customer={customer}
          licenses={licenses}
          contacts={contacts}
          orders={ordered}
          isAdmin={isAdmin(request)}
          made={made}
          fault={fault}
          typed={typed}
        />
      ),
      data: {
        customer,
        licenses,
        contacts: contacts.map(accountData),
        orders: ordered,
        ...(link === undefined ? {} : { link }),
      },
    });
  };

  router.get('/staff/customers', async (request, response) => {
    requireAccess(visitorOf(request), { type: 'staff' });
    const typed = request.query['text'];
    const text = typeof typed === 'string' ? typed.trim().slice(0, 200) : '';
    const plain = (words: string): string => words.normalize('NFKC').toLowerCase();
    const found = (await listCustomers(register, now())).filter(({ id, name }) =>
      plain(`${id} ${name}`).includes(plain(text)),
    );
    const paged = pageOf(found, queryFields(request.query).get('page'));
    const { rows, page, pages } = paged;
    sendPage(request, response, {
      title: texts.title,
      body: <CustomersPage paged={paged} found={found.length} text={text} isAdmin={isAdmin(request)} />,
      data: { customers: rows, found: found.length, page, pages },
    });
  });

  router.get('/staff/customers/:id', async (request, response) => {
    requireAccess(visitorOf(request), { type: 'staff' });
    await show(request, response);
  });

  /** The link is answered with at once: it is kept nowhere, so no redirect could show it. */
  router.post('/staff/customers/:id', async (request, response) => {
    const { account } = requireAccess(visitorOf(request), { type: 'admin' });
    const field = (name: string): string => fieldOf(request, name);
    const { id: customer } = await findCustomer(request);
    let invited: Invited;
    try {
      invited = await inviteAccount(
        { accounts, now: now(), random, actor: actorOf(account) },
        { email: field('email'), name: field('name'), role: field('role'), customer },
      );
    } catch (error) {
      await show(request, response, {
        fault: formFaultOf(request, error, ['email', 'name']),
      });
      return;
    }
    await show(request, response, { invited });
  });
  return router;
}
