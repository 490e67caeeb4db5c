import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPortalAssets } from '../../../issuer/src/portal/assets/portal-assets.js';
import { LicensePage } from '../../../issuer/src/portal/pages/licenses/license-page.js';
import { LicensesPage } from '../../../issuer/src/portal/pages/licenses/licenses-page.js';
import { ChangeFormPage } from '../../../issuer/src/portal/pages/orders/change-form-page.js';
import { OrderPage } from '../../../issuer/src/portal/pages/orders/order-page.js';
import { OrdersPage } from '../../../issuer/src/portal/pages/orders/orders-page.js';
import { renderPage } from '../../../issuer/src/portal/pages/render-page.js';
import { AskForm } from '../../../issuer/src/portal/pages/upload/ask-form.js';
import { ResultPage } from '../../../issuer/src/portal/pages/upload/result-page.js';
import type { OwnLicense } from '../../../issuer/src/domain/license-window.js';
import type { PlacedChange } from '../../../issuer/src/register/order-store.js';
import { NOW } from '../../support/vendor.js';

const assets = readPortalAssets();

type VNode = ReturnType<typeof LicensesPage>;

function render(body: VNode, title = 'A page'): string {
  const page = {
    vendor: { name: 'Acme', environment: 'production' as const },
    assets,
    csrf: 'token',
    path: '/',
    person: { kind: 'contact' as const, name: title },
  };
  return renderPage(page, title, body);
}

const licenseOf = (text: string): OwnLicense => ({
  id: text,
  revision: 1,
  product: { id: text, name: text },
  licensee: text,
  kind: 'commercial',
  state: 'active',
  zone: 'UTC',
  from: NOW,
  term: { type: 'fixed', until: NOW + 86_400, zone: 'UTC' },
  pools: [{ id: text, label: text, limit: 5 }],
  features: [{ id: text }, { id: `${text}2`, until: NOW + 5 }],
  customer: text,
  issued: NOW,
  newest: 2,
  newestFrom: NOW + 50,
});

const orderOf = (text: string): PlacedChange => ({
  id: text,
  license: text,
  customer: text,
  seenRevision: 1,
  wanted: { type: 'extend', pack: { offer: text, quantity: 1 }, add: { [text]: 2 } },
  state: 'refused',
  reason: text,
  reference: text,
  createdAt: NOW,
  createdBy: text,
  result: { license: text, revision: 1 },
});

/** Every page with the same text in each place where somebody else's words may stand. */
const PAGES: readonly (readonly [string, (text: string) => VNode])[] = [
  ['licenses', (text) => LicensesPage({ licenses: [licenseOf(text)] })],
  [
    'license',
    (text) =>
      LicensePage({
        license: licenseOf(text),
        history: [{ revision: 2, issued: NOW, fileName: text, changes: [text] }],
        changes: ['renew', 'extend', 'reduce', 'convert'],
        mayOrder: true,
        uploaded: { revision: 1, isDamaged: true },
      }),
  ],
  ['orders', (text) => OrdersPage({ orders: [orderOf(text)] })],
  [
    'order',
    (text) =>
      OrderPage({
        order: orderOf(text),
        labels: { pools: new Map([[text, text]]), offers: new Map([[text, text]]) },
        mayOrder: true,
      }),
  ],
  [
    'change',
    (text) =>
      ChangeFormPage({
        license: licenseOf(text),
        type: 'reduce',
        catalog: undefined,
        sold: text,
        fields: new Map([[`pool.${text}`, text]]),
        problem: text,
        isOffered: true,
      }),
  ],
  [
    'ask',
    (text) =>
      AskForm({
        input: { email: text, text, about: { license: text, revision: 1 } },
        errors: [{ field: 'email', text }],
      }),
  ],
  [
    'result',
    (text) =>
      ResultPage({
        view: {
          kind: 'problem',
          repairs: [{ code: 'bom', what: text, where: text, count: 2 }],
          problem: { code: text, message: text, hint: text, where: text, expected: text, actual: text },
          looksLike: text,
          license: licenseOf(text),
          canInstall: false,
        },
        licensePath: text,
        isSignedIn: false,
      }),
  ],
];

/** The tags of a page with the names of their attributes: what a browser would make of it. */
function skeleton(html: string): string {
  return [...html.matchAll(/<(?:"[^"]*"|[^">])*>/g)].map(([tag]) => tag.replace(/="[^"]*"/g, '=')).join('\n');
}

const PIECES = fc.array(
  fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '&',
    '</',
    '<script>',
    '<img src=x onerror=',
    '-->',
    '<!--',
    'é',
    ' ',
    'a',
  ),
  { minLength: 1, maxLength: 12 },
);

describe('words of somebody else on a page', () => {
  it.each(PAGES)('make no markup: %s', (_, page) => {
    const plain = skeleton(render(page('plain')));
    expect(plain).toContain('<main');
    fc.assert(
      fc.property(PIECES, (pieces) => {
        const text = `x${pieces.join('')}`;
        expect(skeleton(render(page(text), text))).toBe(plain);
      }),
      { numRuns: 60 },
    );
  });

  it('would be noticed', () => {
    const page = render(LicensesPage({ licenses: [licenseOf('plain')] }));
    expect(skeleton(page.replaceAll('>plain<', '>x<i><'))).not.toBe(skeleton(page));
  });

  it.each(PAGES)('stand on a page without inline script or style: %s', (_, page) => {
    const html = render(page('plain'));
    expect(html).not.toMatch(/<style| style=| on[a-z]+=|javascript:/);
    expect(
      [...html.matchAll(/<script([^>]*)>([^<]*)/g)].map(([, attributes, text]) => [attributes, text]),
    ).toEqual([[` type="module" src="${assets.script.path}"`, '']]);
  });
});
