import { describe, expect, it } from 'vitest';
import type { PortalAnswer, PortalBrowser } from '../../support/portal.js';
import { HOSTILE, HOSTILE_BYTES, MARKUP } from './hostile-texts.js';
import { addressOf, fieldsOf, TABLE } from './route-table.js';
import { openWorld, type World } from './world.js';

const ROUTES = [...TABLE.keys()];
/** After these there is no session. */
const ENDING = new Set(['POST /sign-out', 'POST /account/sign-out-everywhere']);
const FORMS = ROUTES.filter((route) => route.startsWith('POST ') && !ENDING.has(route));
const PAGES = ROUTES.filter((route) => route.startsWith('GET '));
const PARAMETERS = [
  ...['text', 'customer', 'product', 'kind', 'state', 'ends', 'page', 'format', 'which', 'object', 'step'],
  ...['to', 'sent', 'license', 'revision', 'uploaded', 'damaged', 'changed', 'duration', 'pack', 'quantity'],
  ...['offer', 'from', 'zone', 'name', 'note', 'pool.mailboxes', 'add.mailboxes', 'seen'],
];
const NAMES = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'pool.__proto__',
  'add.constructor',
  'pool.',
  '',
];

/** What holds for every answer, whatever was asked. */
function expectSafe(world: World, asked: unknown, { status, headers, text }: PortalAnswer): void {
  const location = headers.get('location') ?? '/';
  const type = headers.get('content-type') ?? 'text/html';
  const told = {
    asked,
    isPlanned: status < 500,
    markup: /html/.test(type) ? MARKUP.exec(text)?.[0] : undefined,
    injected: headers.get('x-injected') ?? undefined,
    cookies: headers.getSetCookie().filter((line) => line.startsWith('session=x')),
    leadsAway: !/^\/(?![/\\])/.test(location),
    faults: world.faults.map(String),
  };
  expect(told).toEqual({
    asked,
    isPlanned: true,
    markup: undefined,
    injected: undefined,
    cookies: [],
    leadsAway: false,
    faults: [],
  });
}

const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();

const send = (browser: PortalBrowser, world: World, path: string, body: string): Promise<PortalAnswer> =>
  browser.send(path, {
    method: 'POST',
    body,
    headers: {
      accept: 'text/html',
      origin: world.portal.origin,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
  });

describe('hostile texts in forms', () => {
  it.each(FORMS)('are refused or taken as texts: %s', async (route) => {
    const world = await openWorld();
    const browser = await world.come('admin');
    const csrf = await browser.csrf('/account');
    const path = addressOf(world, route, 'C-1');
    const good = { ...fieldsOf(route, 'C-1'), csrf };
    for (const field of Object.keys(good)) {
      for (const [name, text] of HOSTILE) {
        const body = form({ ...good, [field]: text });
        expectSafe(world, [field, name], await send(browser, world, path, body));
      }
      const rest = form(Object.fromEntries(Object.entries(good).filter(([key]) => key !== field)));
      for (const [name, bytes] of HOSTILE_BYTES) {
        const body = `${rest}&${field}=${bytes}`;
        expectSafe(world, [field, name], await send(browser, world, path, body));
      }
      expectSafe(world, [field, 'missing'], await send(browser, world, path, rest));
    }
    for (const name of [...NAMES, ...HOSTILE.map(([, text]) => text)]) {
      const body = form({ ...good, [name]: name });
      expectSafe(world, ['as a name', name.slice(0, 50)], await send(browser, world, path, body));
    }
    // What was taken is shown where staff look.
    for (const page of PAGES) {
      const address = addressOf(world, page, 'C-1');
      expectSafe(world, [page, 'afterwards'], await browser.get(address));
    }
    expectSafe(world, 'as CSV', await browser.get('/staff/licenses?format=csv'));
  });
});

describe('hostile texts in addresses', () => {
  it.each(PAGES)('are refused or taken as texts: %s', async (route) => {
    const world = await openWorld();
    const browser = await world.come('admin');
    const path = addressOf(world, route, 'C-1');
    // What an address can hold.
    const short = HOSTILE.map(([name, text]) => [name, encodeURIComponent(text.slice(0, 800))] as const);
    const queries = [...short, ...HOSTILE_BYTES].flatMap(
      ([name, bytes]) =>
        [
          [
            name,
            PARAMETERS.filter((key) => key !== 'step' && key !== 'format')
              .map((key) => `${key}=${bytes}`)
              .join('&'),
          ],
          [
            `${name} in a preview`,
            `step=preview&${['duration', 'offer', 'quantity', 'pool.mailboxes', 'customer', 'name', 'zone', 'note', 'from', 'pack'].map((key) => `${key}=${bytes}`).join('&')}`,
          ],
          [`${name} as a name`, `step=preview&${bytes}=1&a[${bytes}]=1&__proto__[${bytes}]=1`],
          [`${name} twice`, `to=${bytes}&to=${bytes}&text=${bytes}&text=1&page=1&page=${bytes}`],
        ] as const,
    );
    for (const [name, query] of queries) {
      for (const accept of ['text/html', 'application/json']) {
        expectSafe(world, name, await browser.get(`${path}?${query}`, { accept }));
      }
    }
    const format = await browser.get(`${path}?format=csv&text=${encodeURIComponent('=1+1')}`);
    expectSafe(world, 'csv', format);
  });

  it.each(ROUTES.filter((route) => route.includes(':')))('are no object: %s', async (route) => {
    const world = await openWorld();
    const [method = ''] = route.split(' ');
    const pattern = route.slice(method.length + 1);
    for (const visitor of ['nobody', 'owner of C-1', 'admin'] as const) {
      const browser = await world.come(visitor);
      const csrf = await browser.csrf(visitor === 'nobody' ? '/sign-in' : '/account');
      const texts = [
        ...HOSTILE.map(([name, text]) => [name, encodeURIComponent(text.slice(0, 1_000))] as const),
        ...HOSTILE_BYTES,
      ];
      for (const parameter of pattern.match(/:\w+/g) ?? []) {
        for (const [name, bytes] of texts) {
          const own = addressOf(world, route, 'C-1').split('/');
          own[pattern.split('/').indexOf(parameter)] = bytes;
          const path = own.join('/');
          const answer =
            method === 'GET'
              ? await browser.get(path)
              : await send(browser, world, path, form({ ...fieldsOf(route, 'C-1'), csrf }));
          expectSafe(world, [visitor, parameter, name], answer);
          expect([parameter, name, [303, 400, 403, 404].includes(answer.status)]).toEqual([
            parameter,
            name,
            true,
          ]);
        }
      }
    }
  });
});

describe('hostile headers', () => {
  it.each([
    ['accept', 'x/y;q=__proto__, */*;q=1e309'],
    ['accept', 'a,'.repeat(4_000)],
    ['cookie', 'session=__proto__; visitor=constructor.constructor'],
    ['cookie', `session=${'A'.repeat(8_000)}`],
    ['cookie', ';;;=;session;visitor=.;session==='],
    ['x-forwarded-for', '1.2.3.4, evil'],
    ['x-forwarded-host', 'evil.example'],
    ['content-type', 'multipart/form-data; boundary='],
    ['content-length', '0'],
  ])('change nothing: %s: %.30s', async (name, value) => {
    const world = await openWorld();
    const answer = await world.browser().get('/sign-in', name === 'content-length' ? {} : { [name]: value });
    expectSafe(world, name, answer);
    expect(answer.text).not.toContain('evil.example');
  });
});
