import { describe, expect, it } from 'vitest';
import { openTestPortal, totpCode, type PortalBrowser, type TestPortal } from '../../support/portal.js';

const PASSWORD = 'walnut Orbit 7 sandals';
const JSON_ONLY = { accept: 'application/json' };
const PAGE = '/staff/accounts';

const invite = (admin: PortalBrowser, fields: Record<string, string>) =>
  admin.post(PAGE, { name: 'Ann', role: 'staff', customer: '', ...fields }, { headers: JSON_ONLY });
const pathOf = (open: TestPortal, link: string): string => {
  expect(link.startsWith(`${open.portal.origin}/link/`)).toBe(true);
  return new URL(link).pathname;
};
const secretOf = async (browser: PortalBrowser, path: string): Promise<string> =>
  (await browser.get(path, JSON_ONLY)).json().totp.text;

describe('a link', () => {
  it('lets who has it set password and authenticator, once, and signs in', async () => {
    const open = await openTestPortal();
    const admin = await open.signedIn('admin');
    const made = await invite(admin, { email: 'ann@example.com' });
    const path = pathOf(open, made.json().link);
    const browser = open.browser();
    const page = await browser.get(path);
    expect(page.text).toContain('src="data:image/svg+xml,');
    const secret = await secretOf(browser, path);
    expect(secret).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    expect(page.text).toContain(secret);
    const code = totpCode(secret, open.clock.now);
    for (const [fields, status, error] of [
      [{ password: 'short', code }, 422, 'password-weak'],
      [{ password: 'ann@example.com!', code }, 422, 'password-weak'],
      [{ password: PASSWORD, code: '000000' }, 401, 'code-wrong'],
    ] as const) {
      const refused = await browser.post(path, fields, { headers: JSON_ONLY });
      expect([refused.status, refused.json().type]).toEqual([status, error]);
      // The same secret is still on the page, so that nobody has to set it up again.
      expect(await secretOf(browser, path)).toBe(secret);
    }
    expect((await browser.post(path, { password: PASSWORD, code })).status).toBe(303);
    expect((await browser.get('/account')).text).toContain('ann@example.com');
    expect((await open.browser().get(path)).status).toBe(404);
    const csrf = await browser.csrf('/account');
    const again = await browser.post(path, { password: PASSWORD, code }, { csrf, headers: JSON_ONLY });
    expect([again.status, again.json().type]).toEqual([404, 'link-invalid']);
    // The code of the confirmation is used up too.
    const second = open.browser();
    await second.post('/sign-in', { email: 'ann@example.com', password: PASSWORD });
    expect((await second.post('/sign-in/code', { code })).status).toBe(401);
  });

  it('counts for seven days', async () => {
    const open = await openTestPortal();
    const path = pathOf(
      open,
      (await invite(await open.signedIn('admin'), { email: 'a@example.com' })).json().link,
    );
    open.clock.now += 7 * 86_400 - 1;
    expect((await open.browser().get(path)).status).toBe(200);
    open.clock.now += 1;
    expect((await open.browser().get(path)).status).toBe(404);
  });

  it.each(['A'.repeat(43), 'A', '%00', "'; drop table tokens; --", '..%2f..%2fetc%2fpasswd'])(
    'is not made up: %s',
    async (token) => {
      const open = await openTestPortal();
      const answer = await open.browser().get(`/link/${token}`, JSON_ONLY);
      expect([answer.status, answer.json().type]).toEqual([404, 'link-invalid']);
      expect(open.faults).toEqual([]);
    },
  );

  it('goes to one of two who use it at once', async () => {
    const open = await openTestPortal();
    const path = pathOf(
      open,
      (await invite(await open.signedIn('admin'), { email: 'a@example.com' })).json().link,
    );
    const browsers = [open.browser(), open.browser()];
    const code = totpCode(await secretOf(browsers[0]!, path), open.clock.now);
    const answers = await Promise.all(browsers.map((one) => one.post(path, { password: PASSWORD, code })));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 404]);
  });

  it('for a new password leaves the old one good until it is used, and ends all sessions then', async () => {
    const open = await openTestPortal();
    const admin = await open.signedIn('admin');
    const account = await open.account('staff');
    const make = async (): Promise<string> => {
      const made = await admin.post(`${PAGE}/${account.id}/link`, {}, { page: PAGE, headers: JSON_ONLY });
      return pathOf(open, made.json().link);
    };
    const enter = async (path: string, password: string): Promise<PortalBrowser> => {
      const browser = open.browser();
      const code = totpCode(await secretOf(browser, path), open.clock.now);
      expect((await browser.post(path, { password, code })).status).toBe(303);
      return browser;
    };
    const one = await enter(await make(), PASSWORD);
    expect((await one.get('/account')).status).toBe(200);
    const second = await make();
    expect((await one.get('/account')).status).toBe(200);
    const two = await enter(second, 'another walnut 88');
    expect([(await one.get('/account')).status, (await two.get('/account')).status]).toEqual([303, 200]);
    expect((await open.browser().post('/sign-in', { email: account.email, password: PASSWORD })).status).toBe(
      401,
    );
  });

  it('ends with the next one, and with the account, even when that comes back', async () => {
    const open = await openTestPortal();
    const admin = await open.signedIn('admin');
    const { id } = await open.account('staff');
    const make = async (): Promise<string> => {
      const made = await admin.post(`${PAGE}/${id}/link`, {}, { page: PAGE, headers: JSON_ONLY });
      return pathOf(open, made.json().link);
    };
    const statusOf = async (path: string): Promise<number> => (await open.browser().get(path)).status;
    const [first, second] = [await make(), await make()];
    expect([await statusOf(first), await statusOf(second)]).toEqual([404, 200]);
    await admin.post(`${PAGE}/${id}/disable`, {}, { page: PAGE });
    const third = await make();
    expect([await statusOf(second), await statusOf(third)]).toEqual([404, 200]);
  });
});

describe('the page of accounts', () => {
  it('is for administrators alone', async () => {
    const open = await openTestPortal();
    const { id } = await open.account('staff');
    const posts = [PAGE, `${PAGE}/${id}/link`, `${PAGE}/${id}/disable`];
    const people: [PortalBrowser, number, string][] = [
      [open.browser(), 401, 'session-missing'],
      [await open.signedIn('staff'), 403, 'access-denied'],
      [await open.signedIn('owner', 'C-1'), 404, 'page-unknown'],
      [await open.signedIn('viewer', 'C-1'), 404, 'page-unknown'],
    ];
    for (const [browser, status, type] of people) {
      const page = status === 401 ? '/sign-in' : '/account';
      const answers = [await browser.get(PAGE, JSON_ONLY)];
      const fields = { email: 'x@example.com', name: 'X', role: 'admin', customer: '' };
      for (const path of posts) answers.push(await browser.post(path, fields, { page, headers: JSON_ONLY }));
      expect(answers.map((answer) => [answer.status, answer.json().type])).toEqual(
        answers.map(() => [status, type]),
      );
    }
    expect(await open.store.accounts.findAccount({ email: 'x@example.com' })).toBeUndefined();
    expect((await open.store.accounts.findAccount({ id }))?.state).toBe('active');
  });

  it('lists and invites, contacts to a customer of the register', async () => {
    const open = await openTestPortal();
    await open.issue('C-1');
    const admin = await open.signedIn('admin');
    const owner = await invite(admin, { email: ' Bea@Example.com ', role: 'owner', customer: 'C-1' });
    expect(owner.json().accounts).toContainEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      kind: 'contact',
      role: 'owner',
      email: 'bea@example.com',
      name: 'Ann',
      state: 'invited',
      customer: 'C-1',
    });
    const page = await admin.get(PAGE);
    expect(page.text).toContain('bea@example.com');
    expect(page.text).not.toContain(owner.json().link);
    const made = await admin.post(PAGE, { email: 'c@example.com', name: 'C', role: 'staff', customer: '' });
    expect(made.text).toMatch(/\/link\/[\w-]{43}</);
  });

  it.each([
    [{ email: 'no address' }, 422, 'account-invalid'],
    [{ email: 'a@example.com\r\nbcc: b@example.com' }, 422, 'account-invalid'],
    [{ name: ' ' }, 422, 'account-invalid'],
    [{ name: 'two\nlines' }, 422, 'account-invalid'],
    [{ role: 'owner' }, 422, 'account-invalid'],
    [{ role: 'root' }, 422, 'account-invalid'],
    [{ role: 'admin', customer: 'C-1' }, 422, 'account-invalid'],
    [{ role: 'owner', customer: 'C-2' }, 422, 'account-invalid'],
    [{ role: 'owner', customer: '\u0007' }, 422, 'account-invalid'],
    [{ email: 'ADMIN-1@example.com' }, 409, 'account-taken'],
  ])('does not invite %j', async (fields, status, type) => {
    const open = await openTestPortal();
    const admin = await open.signedIn('admin');
    await open.issue('C-1');
    const answer = await invite(admin, { email: 'a@example.com', ...fields });
    expect([answer.status, answer.json().type]).toEqual([status, type]);
    const page = await admin.post(PAGE, {
      name: 'Ann',
      email: 'a@example.com',
      role: 'staff',
      customer: '',
      ...fields,
    });
    expect(page.status).toBe(status);
    expect(page.text).toContain('role="alert"');
    expect(await open.store.accounts.listAccounts({})).toHaveLength(1);
  });

  it('disables, brings back by a new link, and keeps one’s own account', async () => {
    const open = await openTestPortal();
    const admin = await open.signedIn('admin');
    const own = (await open.store.accounts.listAccounts({}))[0]!;
    const { id } = await open.account('staff');
    const act = (path: string) => admin.post(`${PAGE}/${path}`, {}, { page: PAGE, headers: JSON_ONLY });
    const link = pathOf(open, (await act(`${id}/link`)).json().link);
    expect((await act(`${id}/disable`)).status).toBe(303);
    expect((await open.browser().get(link)).status).toBe(404);
    expect((await open.store.accounts.findAccount({ id }))?.state).toBe('disabled');
    const back = pathOf(open, (await act(`${id}/link`)).json().link);
    expect((await open.browser().get(back, JSON_ONLY)).json().purpose).toBe('invite');
    const refused = await act(`${own.id}/disable`);
    expect([refused.status, refused.json().type]).toEqual([409, 'account-own']);
    for (const unknown of ['A'.repeat(22), '%00', 'x']) {
      for (const deed of ['link', 'disable']) {
        const answer = await act(`${unknown}/${deed}`);
        expect([answer.status, answer.json().type]).toEqual([404, 'account-unknown']);
      }
    }
    const actors = (await open.store.register.listAudit()).filter(({ object }) => object === id);
    expect(actors.map(({ action, actor }) => [action, actor]).slice(-2)).toEqual([
      ['account-changed', `portal:${own.id}`],
      ['account-changed', `portal:${own.id}`],
    ]);
  });
});
