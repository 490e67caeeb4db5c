import { Router, type Request, type Response } from 'express';
import { toString as drawQr } from 'qrcode';
import { acceptLink, openLink } from '../../domain/accounts/link.js';
import { totpSetup } from '../../domain/accounts/totp.js';
import type { Tries } from '../../domain/accounts/tries.js';
import { readCookie } from '../http/cookies.js';
import { fieldOf } from '../http/form.js';
import { accountDesk, keepSession } from '../http/visit.js';
import { formFaultOf, type FormFault } from '../pages/accounts/form-fault.js';
import { LinkPage } from '../pages/accounts/link-page.js';
import { sendPage } from '../pages/send-page.js';
import type { Portal } from '../portal.js';
import { accountTexts as texts } from '../texts/account-texts.js';
import { homeOf } from './sign-in.js';

/** The links that set a password and an authenticator. */
export function linkRoutes(portal: Portal, tries: Tries): Router {
  const router = Router();

  const show = async (
    request: Request<{ token: string }>,
    response: Response,
    fault?: FormFault,
  ): Promise<void> => {
    const link = await openLink(accountDesk(portal, tries, request), request.params.token);
    const { email, name } = link.account;
    const totp = totpSetup(link.totp, portal.vendor.name, email);
    const svg = await drawQr(totp.uri, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });
    const picture = `data:image/svg+xml,${encodeURIComponent(svg)}`;
    sendPage(request, response, {
      title: texts.linkTitle(link.purpose === 'reset'),
      status: fault?.status ?? 200,
      body: <LinkPage link={link} path={request.path} totp={totp} picture={picture} fault={fault} />,
      data: { purpose: link.purpose, name, email, totp },
    });
  };

  router.get('/link/:token', (request, response) => show(request, response));

  router.post('/link/:token', async (request, response) => {
    try {
      const opened = await acceptLink(accountDesk(portal, tries, request), request.params.token, {
        password: fieldOf(request, 'password'),
        code: fieldOf(request, 'code'),
        before: readCookie(portal, request, 'session'),
      });
      keepSession(portal, response, opened);
      response.redirect(303, homeOf(opened.account));
    } catch (error) {
      await show(request, response, formFaultOf(request, error, ['password', 'code']));
    }
  });
  return router;
}
