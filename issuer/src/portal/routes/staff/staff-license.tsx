import { Router } from 'express';
import { actorOf } from '../../../domain/accounts/account-desk.js';
import { licenseHistory } from '../../../domain/license-history.js';
import { ownLicense } from '../../../domain/license-window.js';
import { findSales } from '../../../domain/orders/order-desk.js';
import { requireAccess } from '../../access.js';
import { findOwnLicense } from '../../http/find-own-license.js';
import { visitorOf } from '../../http/visitor.js';
import { offeredChanges } from '../../pages/orders/change-choices.js';
import { StaffLicensePage } from '../../pages/staff/staff-license-page.js';
import { sendPage } from '../../pages/send-page.js';
import type { Portal } from '../../portal.js';

/** The page of one license for staff; its files are downloaded where customers do it. */
export function staffLicenseRoutes(portal: Portal): Router {
  const router = Router();
  router.get('/staff/licenses/:id', async (request, response) => {
    const { account } = requireAccess(visitorOf(request), { type: 'staff' });
    const { file } = await findOwnLicense(portal, request);
    const { register, orders } = portal.store;
    const license = await ownLicense(register, file, portal.now());
    const history = await licenseHistory(register, file);
    const desk = { vendor: portal.desk(actorOf(account)), orders };
    const changes = offeredChanges(license, await findSales(desk, file));
    const ordered = await orders.listOrders({ license: file.license });
    const { revision, customer, jti, iat, digest, shard, index, claims } = file;
    sendPage(request, response, {
      title: `${license.product.name} ${license.id}`,
      body: (
        <StaffLicensePage
          license={license}
          file={file}
          history={history}
          changes={changes}
          orders={ordered}
        />
      ),
      data: {
        license,
        file: { revision, customer, jti, iat, digest, shard, index, claims },
        history,
        changes,
        orders: ordered,
      },
    });
  });
  return router;
}
