import { Router } from 'express';
import { actorOf } from '../../../domain/accounts/account-desk.js';
import { firstBroken } from '../../../register/audit-chain.js';
import { requireAccess } from '../../access.js';
import { queryFields } from '../../http/read-wanted.js';
import { visitorOf } from '../../http/visitor.js';
import { AuditPage } from '../../pages/staff/audit-page.js';
import { pageOf } from '../../pages/staff/paging.js';
import { sendPage } from '../../pages/send-page.js';
import type { Portal } from '../../portal.js';
import { auditTexts as texts } from '../../texts/staff-texts.js';

/** The audit trail. All of it is read each time, because only all of it tells whether its chain holds. */
export function staffAuditRoutes({ store: { register, accounts } }: Portal): Router {
  const router = Router();
  router.get('/staff/audit', async (request, response) => {
    requireAccess(visitorOf(request), { type: 'staff' });
    const fields = queryFields(request.query);
    const object = (fields.get('object') ?? '').trim().slice(0, 200);
    const all = await register.listAudit();
    const broken = firstBroken(all);
    const found = object === '' ? all : all.filter((entry) => entry.object === object);
    const paged = pageOf(found.toReversed(), fields.get('page'));
    const people = await accounts.listAccounts({});
    const names = new Map(people.map((account) => [actorOf(account), account.email]));
    const { rows, page, pages } = paged;
    sendPage(request, response, {
      title: texts.title,
      body: <AuditPage paged={paged} total={all.length} broken={broken} object={object} names={names} />,
      data: {
        entries: rows,
        found: found.length,
        total: all.length,
        isWhole: broken === undefined,
        ...(broken === undefined ? {} : { broken }),
        page,
        pages,
      },
    });
  });
  return router;
}
