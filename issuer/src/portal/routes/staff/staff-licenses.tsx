import { stringify } from 'csv-stringify/sync';
import { Router } from 'express';
import type { State } from '@counterfoil/verifier';
import { searchLicenses, type LicenseSearch } from '../../../domain/license-list.js';
import type { LicenseRow } from '../../../domain/list-licenses.js';
import { requireAccess } from '../../access.js';
import { queryFields, type WantedFields } from '../../http/read-wanted.js';
import { visitorOf } from '../../http/visitor.js';
import { pageOf } from '../../pages/staff/paging.js';
import { StaffLicensesPage } from '../../pages/staff/staff-licenses-page.js';
import { sendPage } from '../../pages/send-page.js';
import type { Portal } from '../../portal.js';
import { stateTexts } from '../../texts/license-texts.js';
import { searchTexts as texts } from '../../texts/staff-texts.js';

const FIELDS = ['text', 'customer', 'product', 'kind', 'state', 'ends'] as const;
const STATES: ReadonlyMap<string, State> = new Map(
  Object.keys(stateTexts).map((state) => [state, state as State]),
);

/** The list of all licenses: page, JSON, or CSV with all that was found. */
export function staffLicensesRoutes({ store, now }: Portal): Router {
  const router = Router();
  router.get('/staff/licenses', async (request, response) => {
    requireAccess(visitorOf(request), { type: 'staff' });
    const fields = queryFields(request.query);
    const query = new Map(FIELDS.map((name) => [name, fields.get(name) ?? '']));
    const found = await searchLicenses(store.register, searchOf(query), now());
    if (fields.get('format') === 'csv') {
      response.set('cache-control', 'no-store').attachment(texts.csvName).type('text/csv');
      response.send(csvOf(found.rows));
      return;
    }
    const paged = pageOf(found.rows, fields.get('page'));
    sendPage(request, response, {
      title: texts.title,
      body: <StaffLicensesPage found={found} paged={paged} query={query} />,
      data: { licenses: paged.rows, found: found.rows.length, total: found.total, ...paging(paged) },
    });
  });
  return router;
}

const paging = ({ page, pages }: { readonly page: number; readonly pages: number }): object => ({
  page,
  pages,
});

function searchOf(query: WantedFields): LicenseSearch {
  const text = (name: string): string | undefined => {
    const value = query.get(name)?.trim() ?? '';
    return value === '' ? undefined : value;
  };
  const [words, customer, product, kind] = ['text', 'customer', 'product', 'kind'].map(text);
  const state = STATES.get(text('state') ?? '');
  return {
    ...(words === undefined ? {} : { text: words.slice(0, 200) }),
    // Bytes that no database takes are no customer's id.
    ...(customer === undefined ? {} : { customer: customer.replace(/\p{C}/gu, '\uFFFD') }),
    ...(product === undefined ? {} : { product }),
    ...(kind === undefined ? {} : { kind }),
    ...(state === undefined ? {} : { state }),
    endsSoon: text('ends') === 'soon',
  };
}

/** For spreadsheets, which would run what begins like a formula, and need the mark of UTF-8 to read umlauts. */
function csvOf(rows: readonly LicenseRow[]): string {
  const lines = rows.map(({ id, revision, customer, product, kind, state, lastDay = '', zone, issued }) => [
    id,
    revision,
    customer.id,
    customer.name,
    product,
    kind,
    state,
    lastDay,
    zone,
    new Date(issued * 1000).toISOString(),
  ]);
  return stringify([texts.csvColumns, ...lines], {
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}
