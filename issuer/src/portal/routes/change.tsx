import { isDeepStrictEqual } from 'node:util';
import { Router, type Request } from 'express';
import { CounterfoilError } from '@counterfoil/schemas';
import type { CatalogDocument } from '../../catalog/product-document.js';
import { actorOf } from '../../domain/accounts/account-desk.js';
import { ownLicense, type OwnLicense } from '../../domain/license-window.js';
import { advanceOrder } from '../../domain/orders/decide-order.js';
import { findSales, type OrderDesk } from '../../domain/orders/order-desk.js';
import { OPEN_STATES, placeChange, type ChangeOrder } from '../../domain/orders/place-change.js';
import { planChange, type PlannedChange } from '../../domain/orders/plan-change.js';
import type { PlacedChange, WantedChange } from '../../register/order-store.js';
import type { IssuedFile } from '../../register/register.js';
import { issuerFault } from '../../codes.js';
import { requireAccess } from '../access.js';
import { findOwnLicense } from '../http/find-own-license.js';
import { formOf } from '../http/form.js';
import { queryFields, readWanted, type WantedFields } from '../http/read-wanted.js';
import type { SignedIn } from '../http/visitor.js';
import { offeredChanges } from '../pages/orders/change-choices.js';
import { labelsOf } from '../pages/orders/labels-of.js';
import { ChangeFormPage } from '../pages/orders/change-form-page.js';
import { ChangePreviewPage, type OfferedPlan } from '../pages/orders/change-preview-page.js';
import { prefersJson, sendPage } from '../pages/send-page.js';
import type { Portal } from '../portal.js';
import { changeTexts } from '../texts/change-texts.js';
import { findingHelp, orderTexts } from '../texts/order-texts.js';
import { asSentence } from '../texts/readable.js';

const TYPES: ReadonlyMap<string, WantedChange['type']> = new Map(
  (['renew', 'extend', 'reduce', 'convert'] as const).map((type) => [type, type]),
);

/** Everything that form, preview and order of a change need. */
interface Asked {
  readonly type: WantedChange['type'];
  readonly visitor: SignedIn;
  readonly file: IssuedFile;
  readonly license: OwnLicense;
  readonly desk: OrderDesk;
  readonly catalog: CatalogDocument | undefined;
}

/** From the wish for a change to its order: a form, a preview, a confirmation. */
export function changeRoutes(portal: Portal): Router {
  const router = Router();
  router.get('/licenses/:id/change/:type', async (request, response) => {
    const asked = await readAsked(portal, request);
    const fields = queryFields(request.query);
    if (fields.get('step') !== 'preview') {
      sendPage(request, response, formPage(asked, fields));
      return;
    }
    const plan = await planChange(asked.desk, asked.file.license, wantedOf(asked, fields));
    sendPage(request, response, isOffered(plan) ? previewPage(asked, plan) : formPage(asked, fields, plan));
  });
  router.post('/licenses/:id/change/:type', async (request, response) => {
    const asked = await readAsked(portal, request);
    const { fields } = formOf(request);
    const order = await place(asked, fields);
    // An order that is stored stays so: what keeps it from being done now, its page tells.
    const state = await tryAdvance(portal, asked.desk, order);
    if (prefersJson(request)) response.status(201).json({ id: order.id, state });
    else response.redirect(303, `/orders/${order.id}`);
  });
  return router;
}

async function readAsked(portal: Portal, request: Request): Promise<Asked> {
  const { visitor, file } = await findOwnLicense(portal, request);
  requireAccess(visitor, { type: 'place-order', customer: file.customer.id });
  const type = TYPES.get(String(request.params['type']));
  if (type === undefined) throw issuerFault('page-unknown');
  const { register, orders } = portal.store;
  const desk = { vendor: portal.desk(actorOf(visitor.account)), orders };
  const license = await ownLicense(register, file, portal.now());
  return { type, visitor, file, license, desk, catalog: await findSales(desk, file) };
}

const wantedOf = ({ type, license }: Asked, fields: WantedFields): WantedChange =>
  readWanted(type, fields, new Map(license.pools.map(({ id, limit }) => [id, limit])));

const isOffered = (plan: PlannedChange): plan is OfferedPlan =>
  plan.how !== 'not-offered' && plan.preview !== undefined;

type Page = Parameters<typeof sendPage>[2];

function formPage({ type, license, file, catalog }: Asked, fields: WantedFields, plan?: PlannedChange): Page {
  const isOffered = offeredChanges(license, catalog).includes(type);
  const finding = plan?.finding ?? (isOffered ? undefined : issuerFault('change-not-offered'));
  const problem =
    finding === undefined ? undefined : (findingHelp.get(finding.code) ?? asSentence(finding.message));
  return {
    title: changeTexts[type].title,
    ...(finding === undefined ? {} : { status: finding.entry.http }),
    body: (
      <ChangeFormPage
        license={license}
        type={type}
        catalog={catalog}
        sold={file.claims.license.offer}
        fields={fields}
        problem={problem}
        isOffered={isOffered}
      />
    ),
    data: {
      type,
      license,
      ...(finding === undefined ? {} : { problem: { code: finding.code, message: problem } }),
    },
  };
}

function previewPage({ type, file, catalog }: Asked, plan: OfferedPlan): Page {
  const { wanted, how, price, preview } = plan;
  return {
    title: orderTexts.previewTitle(changeTexts[type].title),
    body: <ChangePreviewPage plan={plan} labels={labelsOf(file, catalog)} />,
    data: { wanted, how, price, preview, seen: file.revision },
  };
}

async function place(asked: Asked, fields: WantedFields): Promise<PlacedChange> {
  const { desk, file, visitor } = asked;
  const reference = fields.get('reference')?.trim().slice(0, 100) ?? '';
  const seen = fields.get('seen') ?? '';
  const order: ChangeOrder = {
    license: file.license,
    wanted: wantedOf(asked, fields),
    seenRevision: /^[1-9]\d{0,8}$/.test(seen) ? Number(seen) : 0,
    account: visitor.account.id,
    ...(reference === '' ? {} : { reference }),
  };
  try {
    return await placeChange(desk, order);
  } catch (error) {
    // The order of a double click, or of a form that is sent again, is the one that stands already. By now a quantity
    // may be what the license holds, and is meant all the same.
    const again = { ...order, wanted: readWanted(asked.type, fields, new Map()) };
    const placed = error instanceof CounterfoilError ? await findPlaced(desk, again) : undefined;
    if (placed === undefined) throw error;
    return placed;
  }
}

/** The order that an account has placed by the same preview, unless it came to nothing. */
async function findPlaced(
  { orders }: OrderDesk,
  { license, wanted, seenRevision, account }: ChangeOrder,
): Promise<PlacedChange | undefined> {
  const listed = await orders.listOrders({ license, states: [...OPEN_STATES, 'done'] });
  return listed.find(
    (order) =>
      order.seenRevision === seenRevision &&
      order.createdBy === account &&
      isDeepStrictEqual(order.wanted, wanted),
  );
}

async function tryAdvance(
  portal: Portal,
  desk: OrderDesk,
  { id, state }: PlacedChange,
): Promise<PlacedChange['state']> {
  try {
    return (await advanceOrder(desk, id)).state;
  } catch (error) {
    if (!(error instanceof CounterfoilError)) throw error;
    portal.report(error);
    return state;
  }
}
