import { describe, expect, it } from 'vitest';
import { tokenDigest } from '../../../issuer/src/domain/accounts/token.js';
import { isIn, join, PASSWORD, stepOne, stepTwo } from '../../support/portal-member.js';
import { openTestPortal, type PortalBrowser } from '../../support/portal.js';

describe('sessions', () => {
  it.each([
    ['staff' as const, 30 * 60, 12 * 3600],
    ['owner' as const, 8 * 3600, 7 * 86_400],
  ])('of %s end when idle or old', async (role, idle, whole) => {
    const open = await openTestPortal();
    const customer = role === 'owner' ? 'C-1' : undefined;
    const lazy = await open.signedIn(role, customer);
    open.clock.now += idle - 1;
    expect(await isIn(lazy)).toBe(true);
    open.clock.now += idle - 1;
    expect(await isIn(lazy)).toBe(true);
    open.clock.now += idle;
    expect(await isIn(lazy)).toBe(false);
    expect(lazy.cookies.has('session')).toBe(false);
    const busy = await open.signedIn(role, customer);
    const start = open.clock.now;
    while (open.clock.now + idle / 2 < start + whole) {
      open.clock.now += idle / 2;
      expect(await isIn(busy)).toBe(true);
    }
    open.clock.now = start + whole;
    expect(await isIn(busy)).toBe(false);
  });

  it('leave ten minutes for the second step', async () => {
    const open = await openTestPortal();
    const member = await join(open, 'ann@example.com');
    const browser = open.browser();
    await stepOne(browser, member.email);
    open.clock.now += 600;
    expect((await browser.get('/sign-in/code')).headers.get('location')).toBe('/sign-in');
  });

  it('end everywhere by wish, by another password, and by disabling the account', async () => {
    const open = await openTestPortal();
    const member = await join(open, 'ann@example.com');
    const enter = async (): Promise<PortalBrowser> => {
      const browser = open.browser();
      open.clock.now += 30;
      await stepOne(browser, member.email);
      await stepTwo(open, browser, member);
      expect(await isIn(browser)).toBe(true);
      return browser;
    };
    const [one, two] = [await enter(), await enter()];
    await one.post('/account/sign-out-everywhere', {}, { page: '/account' });
    expect([await isIn(one), await isIn(two)]).toEqual([false, false]);

    const [three, four] = [await enter(), await enter()];
    const change = (present: string, password: string) =>
      three.post('/account/password', { present, password }, { page: '/account' });
    const refused = await change('wrong password here', 'another walnut 88');
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('<a href="#field-present">');
    const csrf = await three.csrf('/account');
    const fields = { present: 'wrong password here', password: 'another walnut 88' };
    const headers = { accept: 'application/json' };
    const told = await three.post('/account/password', fields, { csrf, headers });
    expect(told.json().type).toBe('password-wrong');
    expect((await change(PASSWORD, 'short')).status).toBe(422);
    const before = three.cookies.get('session');
    expect((await change(PASSWORD, 'another walnut 88')).headers.get('location')).toBe('/account?changed');
    expect(three.cookies.get('session')).not.toBe(before);
    expect([await isIn(three), await isIn(four)]).toEqual([true, false]);
    expect((await stepOne(open.browser(), member.email)).status).toBe(401);

    const admin = await open.signedIn('admin');
    const { id } = (await open.store.accounts.findAccount({ email: member.email }))!;
    await admin.post(`/staff/accounts/${id}/disable`, {}, { page: '/staff/accounts' });
    expect(await isIn(three)).toBe(false);
  });

  it('are stored by digest alone', async () => {
    const open = await openTestPortal();
    const browser = await open.signedIn('admin');
    const token = browser.cookies.get('session')!;
    expect(await open.store.accounts.findSession(token, open.clock.now)).toBeUndefined();
    expect(await open.store.accounts.findSession(tokenDigest(token), open.clock.now)).toBeDefined();
  });
});
