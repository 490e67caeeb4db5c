import { describe, expect, it } from 'vitest';
import { inviteAccount } from '../../../issuer/src/domain/accounts/invite-account.js';
import { isIn, join, PASSWORD, stepOne, stepTwo } from '../../support/portal-member.js';
import { openTestPortal, totpCode } from '../../support/portal.js';

describe('signing in', () => {
  it('goes by password and code, to where one wanted to go, and out again', async () => {
    const open = await openTestPortal();
    const member = await join(open, 'ann@example.com');
    const browser = open.browser();
    const away = await browser.get('/account?x=1');
    expect(away.status).toBe(303);
    expect(away.headers.get('location')).toBe('/sign-in?to=%2Faccount%3Fx%3D1');
    const one = await browser.post('/sign-in', {
      email: ' Ann@Example.com ',
      password: PASSWORD,
      to: '/account?x=1',
    });
    expect(one.headers.get('location')).toBe('/sign-in/code?to=%2Faccount%3Fx%3D1');
    expect(await isIn(browser)).toBe(false);
    const two = await browser.post('/sign-in/code', {
      code: totpCode(member.secret, open.clock.now),
      to: '/account?x=1',
    });
    expect(two.headers.get('location')).toBe('/account?x=1');
    expect((await browser.get('/account')).text).toContain('ann@example.com');
    expect((await browser.get('/sign-in')).status).toBe(303);
    const kept = browser.cookies.get('session')!;
    expect((await browser.post('/sign-out', {}, { page: '/account' })).status).toBe(303);
    expect(browser.cookies.has('session')).toBe(false);
    // The cookie is worth nothing any more, not only gone.
    browser.cookies.set('session', kept);
    expect(await isIn(browser)).toBe(false);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/a\r\nX: y',
  ])('does not lead away to %j', async (to) => {
    const open = await openTestPortal();
    const member = await join(open, 'ann@example.com');
    const browser = open.browser();
    const one = await browser.post('/sign-in', { email: member.email, password: PASSWORD, to });
    expect(one.headers.get('location')).toBe('/sign-in/code');
    const code = totpCode(member.secret, open.clock.now);
    const two = await browser.post('/sign-in/code', { code, to });
    expect(two.headers.get('location')).toBe('/licenses');
  });

  it('gives a new session at each step, so that a planted one is worth nothing', async () => {
    const open = await openTestPortal();
    const member = await join(open, 'ann@example.com');
    const browser = open.browser();
    const planted = 'A'.repeat(43);
    browser.cookies.set('session', planted);
    await stepOne(browser, member.email);
    const half = browser.cookies.get('session')!;
    expect(half).not.toBe(planted);
    await stepTwo(open, browser, member);
    const full = browser.cookies.get('session')!;
    expect(full).not.toBe(half);
    for (const cookie of [planted, half]) {
      const other = open.browser();
      other.cookies.set('session', cookie);
      expect(await isIn(other)).toBe(false);
      expect((await other.get('/sign-in/code')).headers.get('location')).toBe('/sign-in');
    }
    expect(await isIn(browser)).toBe(true);
  });

  it('takes a code once, and says the same of a wrong one', async () => {
    const open = await openTestPortal();
    const member = await join(open, 'ann@example.com');
    const browser = open.browser();
    await stepOne(browser, member.email);
    const used = totpCode(member.secret, open.clock.now);
    expect((await browser.post('/sign-in/code', { code: used })).status).toBe(303);
    const again = open.browser();
    await stepOne(again, member.email);
    for (const code of [used, '000000x', '']) {
      const answer = await again.post('/sign-in/code', { code }, { headers: { accept: 'application/json' } });
      expect([answer.status, answer.json().type]).toEqual([401, 'code-wrong']);
    }
    expect(await isIn(again)).toBe(false);
  });

  it('says of an unknown address, an invited and a disabled one what it says of a wrong password', async () => {
    const open = await openTestPortal();
    const member = await join(open, 'ann@example.com');
    const { id } = (await open.store.accounts.findAccount({
      email: (await join(open, 'b@example.com')).email,
    }))!;
    await open.store.accounts.changeAccount(
      id,
      { state: 'disabled' },
      { at: open.clock.now, actor: 'tester' },
    );
    const desk = {
      accounts: open.store.accounts,
      now: open.clock.now,
      random: open.portal.random,
      actor: 't',
    };
    await inviteAccount(desk, { email: 'c@example.com', name: 'C', role: 'staff' });
    const told = async (email: string, password: string): Promise<string> => {
      const browser = open.browser();
      const page = await browser.post('/sign-in', { email, password });
      expect(page.status).toBe(401);
      const token = /name="csrf" value="[^"]*"/g;
      return page.text.replace(token, '').replaceAll(email, '…');
    };
    const wrong = await told(member.email, 'wrong password here');
    expect(wrong).toContain('Address or password are wrong');
    for (const email of ['nobody@example.com', 'b@example.com', 'c@example.com', 'no address', '\u0007x']) {
      expect(await told(email, PASSWORD)).toBe(wrong);
    }
  });

  it('locks after wrong tries for longer and longer, unknown addresses alike, and one address at a time', async () => {
    const open = await openTestPortal({ change: { rates: { signIn: 1000 } } });
    const member = await join(open, 'ann@example.com');
    await join(open, 'ben@example.com');
    const told = async (email: string, password = 'wrong password here') => {
      const json = { accept: 'application/json' };
      const answer = await open
        .browser()
        .post('/sign-in', { email, password }, { page: '/sign-in', headers: json });
      return answer.status === 303 ? 'in' : `${answer.status} ${answer.json().type} ${answer.json().detail}`;
    };
    for (const email of [member.email, 'nobody@example.com']) {
      for (let count = 0; count < 5; count += 1) expect(await told(email)).toContain('401 sign-in-failed');
      expect(await told(email)).toMatch(/^429 sign-in-locked .*1 min/);
    }
    expect(await told(member.email, PASSWORD)).toContain('sign-in-locked');
    expect(await told('ben@example.com', PASSWORD)).toBe('in');
    open.clock.now += 60;
    for (const email of [member.email, 'nobody@example.com']) {
      expect(await told(email)).toContain('401 sign-in-failed');
      expect(await told(email)).toMatch(/^429 sign-in-locked .*2 min/);
    }
    open.clock.now += 120;
    expect(await told(member.email, PASSWORD)).toBe('in');
    // The password alone does not wipe the slate clean: one wrong code locks again.
    const browser = open.browser();
    await stepOne(browser, member.email);
    expect((await browser.post('/sign-in/code', { code: '000000' })).status).toBe(401);
    expect((await stepTwo(open, browser, member)).text).toContain('too many wrong tries');
    open.clock.now += 240;
    expect((await stepTwo(open, browser, member)).status).toBe(303);
    expect(await told(member.email)).toContain('401');
  });

  it('counts tries that come at once one by one', async () => {
    const open = await openTestPortal({ change: { rates: { signIn: 1000 } } });
    const member = await join(open, 'ann@example.com');
    const browser = open.browser();
    const csrf = await browser.csrf();
    const headers = { accept: 'application/json' };
    const tries = Array.from({ length: 30 }, async (_, i) => {
      const fields = { email: member.email, password: `wrong password ${i}` };
      return (await browser.post('/sign-in', fields, { csrf, headers })).json().type;
    });
    const types = await Promise.all(tries);
    expect(types.filter((type) => type === 'sign-in-failed')).toHaveLength(5);
    for (const type of types) expect(['sign-in-failed', 'sign-in-locked', 'account-busy']).toContain(type);
  });

  it('limits tries by address of the network, and forgets with time', async () => {
    const open = await openTestPortal({ change: { rates: { signIn: 3 } } });
    const browser = open.browser();
    const csrf = await browser.csrf();
    const attempt = async (i: number) => {
      const fields = { email: `a${i}@example.com`, password: 'wrong password here' };
      return browser.post('/sign-in', fields, { csrf, headers: { 'x-forwarded-for': `10.0.0.${i}` } });
    };
    for (let i = 0; i < 3; i += 1) expect((await attempt(i)).status).toBe(401);
    const refused = await attempt(3);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('900');
    // Pages are still there.
    expect((await browser.get('/sign-in')).status).toBe(200);
    open.clock.now += 900;
    expect((await attempt(4)).status).toBe(401);
  });

  it('believes a proxy about the address only where it is told to, and only the nearest one', async () => {
    const open = await openTestPortal({ change: { rates: { any: 2 }, trustProxy: true } });
    const ask = async (address: string) =>
      (await open.browser().get('/healthz', { 'x-forwarded-for': address })).status;
    expect([await ask('10.0.0.1'), await ask('10.0.0.1'), await ask('10.0.0.1')]).toEqual([200, 200, 429]);
    expect(await ask('10.0.0.2')).toBe(200);
    expect(await ask('10.0.0.9, 10.0.0.1')).toBe(429);
    // One subscriber has a whole network of IPv6.
    expect([await ask('2001:db8::1'), await ask('2001:db8::2'), await ask('2001:db8::3')]).toEqual([
      200, 200, 429,
    ]);
  });
});
