import express, { type Express, type RequestHandler, type Router } from 'express';
import { assetsRouter } from './assets/assets-router.js';
import { readPortalAssets } from './assets/portal-assets.js';
import { csrfReader, requireCsrf, requireOwnOrigin } from './http/csrf.js';
import { answerFault, answerUnknown } from './http/errors.js';
import { readForm } from './http/form.js';
import { limitRate } from './http/rate-limit.js';
import { securityHeaders } from './http/security-headers.js';
import { findVisitor } from './http/visit.js';
import { visitorOf } from './http/visitor.js';
import { usePages } from './pages/send-page.js';
import type { Portal } from './portal.js';
import { accountRoutes } from './routes/accounts.js';
import { customerRoutes } from './routes/customer-routes.js';
import { healthRoutes } from './routes/health.js';
import { staffRoutes } from './routes/staff/staff-routes.js';
import { webhookRoutes } from './routes/webhook.js';

/** Routes that programs call with signatures of their own: no session, no form. */
const PROGRAM_ROUTES: readonly ((portal: Portal) => Router)[] = [healthRoutes, webhookRoutes];
/** Routes of people: behind session, origin and token. */
const ROUTES: readonly ((portal: Portal) => Router)[] = [accountRoutes, staffRoutes, customerRoutes];
/** Paths whose forms may bring a file. */
const UPLOAD_PATHS: ReadonlySet<string> = new Set(['/', '/asks']);
/** Where passwords, codes and links are tried. */
const SIGN_IN_PATHS = ['/sign-in', '/link', '/account/password'];

const onPost =
  (handler: RequestHandler): RequestHandler =>
  (request, response, next) => {
    if (request.method === 'POST') return handler(request, response, next);
    next();
    return undefined;
  };

/** The portal as an application of express: what is cheap comes first, and no body is read before it is wanted. */
export function buildPortal(portal: Portal): Express {
  const app = express();
  const assets = readPortalAssets();
  const csrfOf = csrfReader(portal);
  app.disable('x-powered-by');
  app.set('etag', false);
  // One hop: what stands further left was written by whoever asks.
  app.set('trust proxy', portal.trustProxy === true ? 1 : false);
  app.use(securityHeaders(portal));
  app.use(assetsRouter(assets));
  app.use(
    usePages({
      vendor: portal.vendor,
      assets,
      personOf: (request) => {
        const visitor = visitorOf(request);
        return visitor.kind === 'nobody' ? undefined : { kind: visitor.kind, name: visitor.account.name };
      },
      csrfOf,
    }),
  );
  app.use(limitRate(portal, 'any'));
  for (const routes of PROGRAM_ROUTES) app.use(routes(portal));
  app.use(SIGN_IN_PATHS, onPost(limitRate(portal, 'signIn')));
  app.use(
    [...UPLOAD_PATHS].map((path) => (path === '/' ? /^\/$/ : path)),
    onPost(limitRate(portal, 'upload')),
  );
  app.use(requireOwnOrigin(portal));
  app.use(findVisitor(portal));
  app.use(readForm(UPLOAD_PATHS));
  app.use(requireCsrf(portal, csrfOf));
  for (const routes of ROUTES) app.use(routes(portal));
  app.use(answerUnknown);
  app.use(answerFault(portal));
  return app;
}
