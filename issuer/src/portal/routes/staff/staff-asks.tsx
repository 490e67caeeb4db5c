import { Router } from 'express';
import { actorOf } from '../../../domain/accounts/account-desk.js';
import { issuerFault } from '../../../codes.js';
import { requireAccess } from '../../access.js';
import { fieldOf } from '../../http/form.js';
import { queryFields } from '../../http/read-wanted.js';
import { visitorOf } from '../../http/visitor.js';
import { pageOf } from '../../pages/staff/paging.js';
import { StaffAsksPage } from '../../pages/staff/staff-asks-page.js';
import { prefersJson, sendPage } from '../../pages/send-page.js';
import type { Portal } from '../../portal.js';
import { staffAskTexts as texts } from '../../texts/staff-texts.js';

/** What people wrote, for staff. */
export function staffAsksRoutes({ store: { orders }, now }: Portal): Router {
  const router = Router();
  router.get('/staff/asks', async (request, response) => {
    requireAccess(visitorOf(request), { type: 'staff' });
    const isAll = request.query['which'] === 'all';
    const paged = pageOf(
      await orders.listAsks(isAll ? {} : { state: 'open' }),
      queryFields(request.query).get('page'),
    );
    const { rows, page, pages } = paged;
    sendPage(request, response, {
      title: texts.title,
      body: <StaffAsksPage paged={paged} isAll={isAll} />,
      data: { asks: rows, page, pages },
    });
  });
  router.post('/staff/asks/:id', async (request, response) => {
    const { account } = requireAccess(visitorOf(request), { type: 'staff' });
    if (fieldOf(request, 'action') !== 'close') throw issuerFault('field-missing', { where: 'action' });
    const { id } = request.params;
    const all = await orders.listAsks({});
    if (!all.some((ask) => ask.id === id)) throw issuerFault('page-unknown');
    // One that somebody else closed meanwhile is as it should be.
    await orders.closeAsk(id, { at: now(), actor: actorOf(account) });
    if (prefersJson(request)) response.json({ id, state: 'closed' });
    else response.redirect(303, '/staff/asks');
  });
  return router;
}
