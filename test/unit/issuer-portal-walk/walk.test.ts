import { expect, describe, it } from 'vitest';
import { buildPortal } from '../../../issuer/src/portal/build-portal.js';
import type { PortalAnswer, PortalBrowser } from '../../support/portal.js';
import { addressOf, expectedStatus, fieldsOf, routesOf, TABLE } from './route-table.js';
import { openWorld, VISITORS, type VisitorName, type Whose, type World } from './world.js';

const WHOSE: readonly Whose[] = ['nobody', 'C-1', 'C-2'];
const ROUTES = [...TABLE.keys()];
const JSON_WANTED = { accept: 'application/json' };
const isGet = (route: string): boolean => route.startsWith('GET ');
const whoseOf = (route: string): readonly Whose[] =>
  TABLE.get(route)?.of === undefined ? ['nobody'] : WHOSE;

/** All of an answer that a visitor can see, but when it was given. */
const seen = ({ status, headers, text }: PortalAnswer): unknown => ({
  status,
  headers: [...headers].filter(([name]) => name !== 'date'),
  text,
});

/** A request as this browser, forms with the good token of its own session. */
async function ask(
  browser: PortalBrowser,
  visitor: VisitorName,
  [route, address, whose]: readonly [route: string, address: string, whose: Whose],
  headers: Record<string, string>,
): Promise<PortalAnswer> {
  if (isGet(route)) return browser.get(address, headers);
  const page = visitor === 'nobody' ? '/sign-in' : '/account';
  const answer = await browser.post(address, fieldsOf(route, whose), { page, headers });
  expect(answer.text).not.toMatch(/csrf-missing|origin-foreign|rate-limited/);
  return answer;
}

/** Walks in its own session each time, since some routes end it. */
async function visit(
  world: World,
  visitor: VisitorName,
  route: string,
  whose: Whose,
  headers: Record<string, string> = JSON_WANTED,
): Promise<PortalAnswer> {
  const browser = await world.come(visitor);
  return ask(browser, visitor, [route, addressOf(world, route, whose), whose], headers);
}

describe('the routes of the portal', () => {
  it('are the ones of the table', async () => {
    const { portal } = await openWorld();
    expect([...routesOf(buildPortal(portal))].sort()).toEqual(ROUTES.toSorted());
  });
});

describe.each(VISITORS)('%s', (visitor) => {
  it('is answered by the table on every route, and what is refused changes nothing', async () => {
    const world = await openWorld();
    for (const route of ROUTES) {
      for (const whose of whoseOf(route)) {
        const expected = expectedStatus(route, visitor, whose);
        const before = await world.stored();
        const { status, text } = await visit(world, visitor, route, whose);
        expect([route, whose, status, text.slice(0, status === expected ? 0 : 300)]).toEqual([
          route,
          whose,
          expected,
          '',
        ]);
        if (isGet(route) || expected >= 400)
          expect([route, whose, await world.stored()]).toEqual([route, whose, before]);
      }
    }
    expect(world.faults).toEqual([]);
  });

  it('cannot tell what is somebody else’s from what does not exist', async () => {
    const world = await openWorld();
    const foreign = ROUTES.flatMap((route) =>
      whoseOf(route)
        .filter((whose) => whose !== 'nobody' && expectedStatus(route, visitor, whose) === 404)
        .map((whose) => [route, whose] as const),
    );
    for (const [route, whose] of foreign) {
      for (const headers of [JSON_WANTED, { accept: 'text/html' }]) {
        const browser = await world.come(visitor);
        const answerAt = async (of: Whose): Promise<unknown> =>
          seen(await ask(browser, visitor, [route, addressOf(world, route, of), of], headers));
        expect([route, await answerAt(whose)]).toEqual([route, await answerAt('nobody')]);
      }
    }
    // Nothing is hidden from nobody, who is not told about anything, and from staff, who may see all.
    const isContact = visitor.includes(' of ');
    expect(foreign.length > 10).toBe(isContact);
  });
});

describe('the lists of a customer', () => {
  it.each([
    ['C-1', 'C-2'],
    ['C-2', 'C-1'],
  ] as const)('show what is of %s and nothing of %s', async (own, other) => {
    const world = await openWorld();
    const browser = await world.come(`owner of ${own}`);
    const { text } = await browser.get('/licenses');
    expect(text).toContain(world.idOf('license', own));
    expect(text).not.toContain(world.idOf('license', other));
    const orders = (await browser.get('/orders')).text;
    expect(orders).toContain(world.idOf('order', own));
    expect(orders).not.toContain(world.idOf('order', other));
  });
});

describe('somebody who is not signed in', () => {
  it('is led to sign in by every page that is not for everybody, and then back', async () => {
    const world = await openWorld();
    const closed = ROUTES.filter((route) => expectedStatus(route, 'nobody', 'C-1') === 401);
    for (const route of closed.filter((name) => name !== 'POST /sign-in')) {
      for (const whose of whoseOf(route)) {
        const { status, headers } = await visit(world, 'nobody', route, whose, { accept: 'text/html' });
        const to = encodeURIComponent(addressOf(world, route, whose));
        const expected = isGet(route) ? `/sign-in?to=${to}` : '/sign-in';
        expect([route, status, headers.get('location')]).toEqual([route, 303, expected]);
      }
    }
    expect(closed.length).toBeGreaterThan(20);
  });
});
