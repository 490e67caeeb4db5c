import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openTestPortal, type TestPortal } from '../../support/portal.js';

const CSP =
  "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none'";

/** Sends bytes as they stand and gives back what comes until the other side hangs up. */
const rawCall = ({ url }: TestPortal, text: string): Promise<string> =>
  new Promise((done, fail) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk));
    socket.on('error', fail).on('close', () => done(answer));
    socket.end(text);
  });

describe('every answer', () => {
  it.each([
    ['a page', '/sign-in', 200],
    ['a redirect', '/account', 303],
    ['nothing', '/no-such-page', 404],
    ['an address that cannot be decoded', '/link/%ff', 400],
    ['the watchdog’s page', '/healthz', 200],
  ])('has the headers of safety: %s', async (_, path, status) => {
    const open = await openTestPortal();
    const { headers, ...answer } = await open.browser().get(path);
    expect(answer.status).toBe(status);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': CSP,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    for (const name of ['x-powered-by', 'server', 'strict-transport-security', 'etag']) {
      expect(headers.has(name)).toBe(false);
    }
    expect(open.faults).toEqual([]);
  });

  it('has them on assets too, which may be kept', async () => {
    const open = await openTestPortal();
    const [path = ''] = /\/assets\/[^"]+\.css/.exec((await open.browser().get('/sign-in')).text) ?? [];
    const { headers, status } = await open.browser().get(path);
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toBe(CSP);
    expect(headers.get('cache-control')).toContain('immutable');
  });

  it('asks for https from then on where the portal is reached by it, and binds cookies to the host', async () => {
    const open = await openTestPortal({ change: { origin: 'https://portal.example' } });
    const { headers } = await open.browser().get('/sign-in');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-visitor=[\w-]{22}\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/),
    ]);
    expect((await (await open.signedIn('staff')).get('/account')).status).toBe(200);
  });

  it('sets cookies for the portal alone, out of reach of scripts', async () => {
    const open = await openTestPortal();
    const { headers } = await open.browser().get('/sign-in');
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(/^visitor=[\w-]{22}\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
  });

  it('is what was asked for: a page, or problem+json', async () => {
    const open = await openTestPortal();
    const page = await open.browser().get('/no-such-page');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.text).toContain('<h1>Not found</h1>');
    for (const path of ['/no-such-page', '/link/nothing']) {
      const problem = await open.browser().get(path, { accept: 'application/json' });
      expect(problem.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(problem.json()).toEqual({
        type: path === '/link/nothing' ? 'link-invalid' : 'page-unknown',
        title: expect.any(String),
        status: 404,
        detail: expect.any(String),
        hint: expect.any(String),
      });
    }
    const missing = await open.browser().get('/account', { accept: 'application/json' });
    expect([missing.status, missing.json().type]).toEqual([401, 'session-missing']);
  });

  it('to HEAD is the head of the answer to GET', async () => {
    const open = await openTestPortal();
    for (const path of ['/sign-in', '/no-such-page', '/healthz']) {
      const get = await open.browser().get(path);
      const head = await open.browser().send(path, { method: 'HEAD', headers: { accept: 'text/html' } });
      expect([head.status, head.text]).toEqual([get.status, '']);
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
    }
  });

  it('says nothing about the inside when something fails there', async () => {
    const open = await openTestPortal();
    const secret = new Error('the password of the database is hunter2');
    const browser = await open.signedIn('admin');
    Object.assign(open.store.accounts, { listAccounts: () => Promise.reject(secret) });
    const page = await browser.get('/staff/accounts');
    const problem = await browser.get('/staff/accounts', { accept: 'application/json' });
    expect([page.status, problem.status, problem.json().type]).toEqual([500, 500, 'internal']);
    expect(page.text + problem.text).not.toMatch(/hunter2|node_modules|\.ts|at /);
    expect(open.faults).toEqual([secret, secret]);
  });

  it('cannot be split by what an address or a field brings', async () => {
    const open = await openTestPortal();
    const browser = open.browser();
    const away = await browser.get('/account?x=%0d%0aset-cookie:%20session=evil');
    expect(away.headers.getSetCookie()).toEqual([]);
    const to = '/account\r\nset-cookie: session=evil';
    const answer = await browser.post('/sign-in', { email: to, password: 'x'.repeat(12), to });
    expect(answer.status).toBe(401);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('shows what was typed as text', async () => {
    const open = await openTestPortal();
    const email = '"><script>alert(1)</script>';
    const { text } = await open.browser().post('/sign-in', { email, password: 'x'.repeat(12) });
    expect(text).toContain('&quot;>&lt;script>');
    expect(text).not.toContain('<script>alert');
  });

  it('does not come to what is no HTTP', async () => {
    const open = await openTestPortal();
    const host = 'Host: x\r\n';
    expect(await rawCall(open, `GET / HTTP/1.1\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await rawCall(open, `GET / HTTP/1.1\r\n${host}X: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
    const both = `POST /sign-in HTTP/1.1\r\n${host}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`;
    expect(await rawCall(open, both)).toMatch(/^HTTP\/1\.1 400 /);
    expect((await open.browser().get('/healthz')).status).toBe(200);
  });

  it('takes a cookie that is there twice for none', async () => {
    const open = await openTestPortal();
    const browser = await open.signedIn('staff');
    const own = `session=${browser.cookies.get('session')!}`;
    expect((await browser.get('/account', { cookie: own })).status).toBe(200);
    expect((await browser.get('/account', { cookie: `${own}; session=x` })).status).toBe(303);
    expect((await browser.get('/account', { cookie: `session=x; ${own}` })).status).toBe(303);
  });
});
