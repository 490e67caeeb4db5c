import { Router } from 'express';
import { findSales } from '../../domain/orders/order-desk.js';
import { actorOf } from '../../domain/accounts/account-desk.js';
import { fileNameOf, licenseHistory } from '../../domain/license-history.js';
import { ownLicense } from '../../domain/license-window.js';
import { issuerFault } from '../../codes.js';
import { isGranted } from '../access.js';
import { findOwnLicense } from '../http/find-own-license.js';
import { LicensePage } from '../pages/licenses/license-page.js';
import type { UploadedCopy } from '../pages/licenses/uploaded-notice.js';
import { offeredChanges } from '../pages/orders/change-choices.js';
import { prefersJson, sendPage } from '../pages/send-page.js';
import type { Portal } from '../portal.js';

/** The page of one license, and its files. */
export function licenseRoutes(portal: Portal): Router {
  const router = Router();
  router.get('/licenses/:id', async (request, response) => {
    const { visitor, file } = await findOwnLicense(portal, request);
    const { register, orders } = portal.store;
    const license = await ownLicense(register, file, portal.now());
    const history = await licenseHistory(register, file);
    const desk = { vendor: portal.desk(actorOf(visitor.account)), orders };
    const changes = offeredChanges(license, await findSales(desk, file));
    const uploaded = uploadedOf(request.query, file.revision);
    sendPage(request, response, {
      title: `${license.product.name} ${license.id}`,
      body: (
        <LicensePage
          license={license}
          history={history}
          changes={changes}
          mayOrder={isGranted(visitor, { type: 'place-order', customer: file.customer.id })}
          {...(uploaded === undefined ? {} : { uploaded })}
        />
      ),
      data: { license, history, changes },
    });
  });
  router.get('/licenses/:id/revisions/:revision', async (request, response) => {
    const typed = request.params.revision;
    // What is no number is looked for as a revision that no license has, so that access comes first.
    const revision = /^[1-9]\d{0,8}$/.test(typed) ? Number(typed) : 0;
    const { file } = await findOwnLicense(portal, request, revision);
    if (file.revision !== revision) throw issuerFault('page-unknown');
    response.set('cache-control', 'no-store');
    if (prefersJson(request)) {
      const { license, digest, text } = file;
      response.json({ license, revision, digest, text });
      return;
    }
    response.attachment(fileNameOf(file)).type('application/octet-stream').send(Buffer.from(file.text));
  });
  return router;
}

/** The copy that led here, as the address says it; a revision that the license does not have is none. */
function uploadedOf(query: Readonly<Record<string, unknown>>, newest: number): UploadedCopy | undefined {
  const { uploaded, damaged } = query;
  if (typeof uploaded !== 'string' || !/^[1-9]\d{0,8}$/.test(uploaded)) return undefined;
  const revision = Number(uploaded);
  return revision > newest ? undefined : { revision, isDamaged: damaged === '1' };
}
