import { Router, type Request } from 'express';
import { CounterfoilError, describe, encodeBase64url } from '@counterfoil/schemas';
import { actorOf } from '../../../domain/accounts/account-desk.js';
import { issueLicense, planLicense } from '../../../domain/order/issue-license.js';
import { issuerFault } from '../../../codes.js';
import { requireAccess } from '../../access.js';
import { formOf } from '../../http/form.js';
import { readIssue, type ReadIssue } from '../../http/read-issue.js';
import { queryFields, type WantedFields } from '../../http/read-wanted.js';
import { visitorOf } from '../../http/visitor.js';
import type { FormError } from '../../pages/components/error-summary.js';
import { issueChoices } from '../../pages/staff/issue-choices.js';
import { IssuePage } from '../../pages/staff/issue-page.js';
import { IssuePreviewPage, termOf } from '../../pages/staff/issue-preview-page.js';
import { prefersJson, sendPage } from '../../pages/send-page.js';
import type { Portal } from '../../portal.js';
import { issueHelp, issueTexts as texts } from '../../texts/issue-texts.js';
import { asSentence } from '../../texts/readable.js';

type Page = Parameters<typeof sendPage>[2];

/** Forms that were sent lately are remembered, so that one that is sent twice issues once. */
const MOST_REMEMBERED = 1000;

/** From a form by the published offers to a new license: form, preview, confirmation. */
export function staffIssueRoutes(portal: Portal): Router {
  const { register } = portal.store;
  const issued = new Map<string, Promise<string>>();
  const router = Router();

  const formPage = async (
    fields: WantedFields,
    errors: readonly FormError[] = [],
    status?: number,
  ): Promise<Page> => {
    const choices = issueChoices(await register.listCatalogs());
    const { offers, unreadable } = choices;
    return {
      title: texts.title,
      ...(status === undefined ? {} : { status }),
      body: <IssuePage choices={choices} fields={fields} errors={errors} />,
      data: { offers, unreadable },
    };
  };
  const knownCustomer = async (fields: WantedFields): Promise<ReturnType<typeof register.findCustomer>> => {
    const id = fields.get('customer')?.trim() ?? '';
    // Bytes that no database takes are no customer's id.
    return /\p{C}/u.test(id) ? undefined : register.findCustomer(id);
  };
  const read = async (fields: WantedFields): Promise<ReadIssue> => {
    const { catalogs } = issueChoices(await register.listCatalogs());
    return readIssue(fields, { catalogs, known: await knownCustomer(fields) });
  };

  router.get('/staff/issue', async (request, response) => {
    const { account } = requireAccess(visitorOf(request), { type: 'staff' });
    const fields = queryFields(request.query);
    if (fields.get('step') !== 'preview') {
      sendPage(request, response, await formPage(fields));
      return;
    }
    try {
      const asked = await read(fields);
      if ('wrong' in asked) {
        sendPage(request, response, await formPage(fields, wrongOf(request, asked.wrong), 400));
        return;
      }
      const draft = await planLicense(portal.desk(actorOf(account)), asked.request);
      const once = encodeBase64url(portal.random(16));
      const isKnown = (await knownCustomer(fields)) !== undefined;
      const { customer, grant } = draft;
      sendPage(request, response, {
        title: texts.previewTitle,
        body: <IssuePreviewPage draft={draft} isKnown={isKnown} fields={fields} once={once} />,
        data: {
          order: asked.request.order,
          customer,
          isKnown,
          term: termOf(draft),
          pools: grant.pools,
          once,
        },
      });
    } catch (error) {
      const { errors, status } = faultOf(request, error);
      sendPage(request, response, await formPage(fields, errors, status));
    }
  });

  router.post('/staff/issue', async (request, response) => {
    const { account } = requireAccess(visitorOf(request), { type: 'staff' });
    const { fields } = formOf(request);
    const once = fields.get('once') ?? '';
    if (!/^[A-Za-z0-9_-]{22}$/.test(once)) throw issuerFault('field-missing', { where: 'once' });
    const form = `${account.id} ${once}`;
    const issue = async (): Promise<string> => {
      const asked = await read(fields);
      if ('wrong' in asked) throw issuerFault('field-missing', { where: asked.wrong[0] ?? '' });
      const { file } = await issueLicense(portal.desk(actorOf(account)), asked.request);
      return file.license;
    };
    let license: string;
    try {
      const first = issued.get(form) ?? issue();
      remember(issued, form, first);
      license = await first;
    } catch (error) {
      issued.delete(form);
      const { errors, status } = faultOf(request, error);
      sendPage(request, response, await formPage(fields, errors, status));
      return;
    }
    if (prefersJson(request)) response.status(201).json({ license, revision: 1 });
    else response.redirect(303, `/staff/licenses/${license}`);
  });
  return router;
}

function remember(issued: Map<string, Promise<string>>, form: string, license: Promise<string>): void {
  issued.set(form, license);
  const [oldest] = issued.keys();
  if (issued.size > MOST_REMEMBERED && oldest !== undefined) issued.delete(oldest);
}

/** What is wrong with fields, for the form; throws `field-missing` where a program asks. */
function wrongOf(
  request: Request,
  wrong: Extract<ReadIssue, { wrong: unknown }>['wrong'],
): readonly FormError[] {
  if (prefersJson(request)) throw issuerFault('field-missing', { where: wrong.join(', ') });
  return wrong.map((field) => ({ field, text: texts.wrong[field] }));
}

/** What stands against a license, for the form; throws again what no other input would mend. */
function faultOf(request: Request, error: unknown): { errors: readonly FormError[]; status: number } {
  if (!(error instanceof CounterfoilError) || error.entry.http >= 500 || prefersJson(request)) throw error;
  const { code, entry, detail } = error;
  const text = issueHelp.get(code) ?? asSentence(describe(entry, detail));
  return { errors: [{ text }], status: entry.http };
}
