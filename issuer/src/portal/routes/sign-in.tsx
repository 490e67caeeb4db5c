import { Router, type Request, type Response } from 'express';
import { signInByCode, signInByPassword, signOut } from '../../domain/accounts/sign-in.js';
import type { Tries } from '../../domain/accounts/tries.js';
import type { Account } from '../../register/account-store.js';
import { readCookie, setCookie } from '../http/cookies.js';
import { fieldOf } from '../http/form.js';
import { localPath } from '../http/local-path.js';
import { accountDesk, halfSignedIn, keepSession, sessionOf } from '../http/visit.js';
import { visitorOf } from '../http/visitor.js';
import { formFaultOf, type FormFault } from '../pages/accounts/form-fault.js';
import { CodePage, SignInPage } from '../pages/accounts/sign-in-page.js';
import { sendPage } from '../pages/send-page.js';
import type { Portal } from '../portal.js';
import { accountTexts as texts } from '../texts/account-texts.js';

/** Where somebody lands who came for no page in particular. */
export const homeOf = ({ kind }: Pick<Account, 'kind'>): string =>
  kind === 'staff' ? '/staff' : '/licenses';

const problemOf = ({ code, status }: FormFault): object => ({ type: code, status });

/** Signing in by password and code, and out. */
export function signInRoutes(portal: Portal, tries: Tries): Router {
  const router = Router();

  const showPassword = (request: Request, response: Response, to: string, fault?: FormFault): void => {
    sendPage(request, response, {
      title: texts.signIn,
      body: <SignInPage fault={fault} to={to} email={fieldOf(request, 'email')} />,
      status: fault?.status ?? 200,
      data: fault === undefined ? { step: 'password' } : problemOf(fault),
    });
  };
  const showCode = (request: Request, response: Response, to: string, fault?: FormFault): void => {
    sendPage(request, response, {
      title: texts.codeTitle,
      body: <CodePage fault={fault} to={to} />,
      status: fault?.status ?? 200,
      data: fault === undefined ? { step: 'code' } : problemOf(fault),
    });
  };
  const codePath = (to: string): string =>
    to === '' ? '/sign-in/code' : `/sign-in/code?to=${encodeURIComponent(to)}`;

  router.get('/sign-in', (request, response) => {
    const visitor = visitorOf(request);
    const to = localPath(request.query['to']);
    if (visitor.kind !== 'nobody') response.redirect(303, to === '' ? homeOf(visitor) : to);
    else showPassword(request, response, to);
  });

  router.post('/sign-in', async (request, response) => {
    const to = localPath(fieldOf(request, 'to'));
    try {
      const opened = await signInByPassword(accountDesk(portal, tries, request), {
        email: fieldOf(request, 'email'),
        password: fieldOf(request, 'password'),
        before: readCookie(portal, request, 'session'),
      });
      keepSession(portal, response, opened);
      response.redirect(303, codePath(to));
    } catch (error) {
      showPassword(request, response, to, formFaultOf(request, error, ['email', 'password']));
    }
  });

  router.get('/sign-in/code', (request, response) => {
    const to = localPath(request.query['to']);
    if (halfSignedIn(request) === undefined) response.redirect(303, '/sign-in');
    else showCode(request, response, to);
  });

  router.post('/sign-in/code', async (request, response) => {
    const half = halfSignedIn(request);
    const before = readCookie(portal, request, 'session');
    const to = localPath(fieldOf(request, 'to'));
    if (half === undefined || before === undefined) {
      response.redirect(303, '/sign-in');
      return;
    }
    try {
      const desk = accountDesk(portal, tries, request);
      const opened = await signInByCode(desk, half.account, fieldOf(request, 'code'), before);
      keepSession(portal, response, opened);
      response.redirect(303, to === '' ? homeOf(opened.account) : to);
    } catch (error) {
      showCode(request, response, to, formFaultOf(request, error, ['code']));
    }
  });

  router.post('/sign-out', async (request, response) => {
    const session = sessionOf(request);
    if (session !== undefined) await signOut(portal.store, session);
    setCookie(portal, response, 'session', undefined);
    response.redirect(303, '/');
  });
  return router;
}
