import { Router, type Request } from 'express';
import { CounterfoilError, encodeBase64url, parseLicenseId } from '@counterfoil/schemas';
import { actorOf } from '../../domain/accounts/account-desk.js';
import { canonicalEmail, isEmail } from '../../domain/accounts/email.js';
import { issuerFault } from '../../codes.js';
import { fieldOf } from '../http/form.js';
import { visitorOf } from '../http/visitor.js';
import type { FormError } from '../pages/components/error-summary.js';
import { prefersJson, sendPage } from '../pages/send-page.js';
import { AskForm, AskSentPage, type AskInput } from '../pages/upload/ask-form.js';
import type { Portal } from '../portal.js';
import { askTexts as texts } from '../texts/upload-texts.js';

/** Characters of an ask. */
const MOST = 4000;

/** Asks to the vendor's staff, from everybody. */
export function askRoutes(portal: Portal): Router {
  const router = Router();
  router.get('/asks', (request, response) => {
    if (request.query['sent'] !== undefined) {
      sendPage(request, response, { title: texts.sentTitle, body: <AskSentPage />, data: { sent: true } });
      return;
    }
    const visitor = visitorOf(request);
    const email = visitor.kind === 'nobody' ? '' : visitor.account.email;
    const about = aboutOf(request.query['license'], request.query['revision']);
    const input: AskInput = { email, text: '', ...(about === undefined ? {} : { about }) };
    sendPage(request, response, {
      title: texts.title,
      body: <AskForm input={input} isPage />,
      data: { title: texts.title },
    });
  });
  router.post('/asks', async (request, response) => {
    const { input, errors } = readAsk(request);
    if (errors.length > 0) {
      if (prefersJson(request)) throw issuerFault('field-missing', { where: String(errors[0]?.field) });
      sendPage(request, response, {
        title: texts.errors,
        status: 400,
        body: <AskForm input={input} errors={errors} isPage />,
        data: {},
      });
      return;
    }
    const at = portal.now();
    const visitor = visitorOf(request);
    const id = encodeBase64url(portal.random(16));
    await portal.store.orders.addAsk(
      { id, at, email: input.email, text: input.text, ...input.about, state: 'open' },
      { at, actor: visitor.kind === 'nobody' ? 'visitor' : actorOf(visitor.account) },
    );
    if (prefersJson(request)) response.status(201).json({ sent: true });
    else response.redirect(303, '/asks?sent=1');
  });
  return router;
}

function readAsk(request: Request): { input: AskInput; errors: readonly FormError[] } {
  const email = canonicalEmail(fieldOf(request, 'email'));
  const text = fieldOf(request, 'text').replaceAll('\r\n', '\n').trim();
  const about = aboutOf(fieldOf(request, 'license'), fieldOf(request, 'revision'));
  return {
    input: { email, text, ...(about === undefined ? {} : { about }) },
    errors: [
      ...(!isEmail(email) ? [{ field: 'email', text: texts.emailInvalid }] : []),
      ...(text === '' ? [{ field: 'text', text: texts.textMissing }] : []),
      ...(text.length > MOST ? [{ field: 'text', text: texts.textLong(MOST) }] : []),
    ],
  };
}

/** What the sender's file says that it is; nothing where that is no license id and revision. */
function aboutOf(license: unknown, revision: unknown): AskInput['about'] {
  if (typeof license !== 'string' || typeof revision !== 'string' || !/^[1-9]\d{0,8}$/.test(revision))
    return undefined;
  try {
    return { license: parseLicenseId(license), revision: Number(revision) };
  } catch (error) {
    if (error instanceof CounterfoilError) return undefined;
    throw error;
  }
}
