import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { openTestPortal, type PortalAnswer, type TestPortal } from '../../support/portal.js';

const JSON_ONLY = { accept: 'application/json' };
const TYPE = 'application/x-www-form-urlencoded';

const told = ({ status, json }: PortalAnswer): [number, string] => [status, json().type];

/** Posts to the portal as it stands: what is missing is missing. */
async function raw(
  { url }: TestPortal,
  headers: Record<string, string>,
  body: Iterable<Uint8Array | string> | AsyncIterable<Uint8Array>,
  path = '/',
): Promise<{ status: number; text: string; sent: number; closed: boolean }> {
  return new Promise((done, fail) => {
    let sent = 0;
    const call = request(`${url}${path}`, { method: 'POST', headers: { ...JSON_ONLY, ...headers } });
    call.on('error', (error: NodeJS.ErrnoException) => {
      // The other side has hung up while we were still sending: its answer comes first, or not at all.
      if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') fail(error);
    });
    call.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('error', fail);
      response.on('end', () => {
        call.destroy();
        const closed = response.headers.connection === 'close';
        done({ status: response.statusCode ?? 0, text, sent, closed });
      });
    });
    const write = async (): Promise<void> => {
      for await (const chunk of body) {
        if (call.destroyed) return;
        sent += chunk.length;
        if (!call.write(chunk)) {
          await new Promise<void>((next) => {
            call.once('drain', next).once('close', next);
          });
        }
      }
      call.end();
    };
    write().catch(fail);
  });
}

describe('a form', () => {
  it('is taken with the token of its session, from its own origin', async () => {
    const open = await openTestPortal();
    const browser = await open.signedIn('staff');
    expect((await browser.post('/sign-out', {}, { page: '/account' })).status).toBe(303);
  });

  it.each<[string, Record<string, string>]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['no origin that it may name', { origin: 'null' }],
    ['another scheme', { origin: 'https://127.0.0.1' }],
    ['another site by Sec-Fetch-Site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
  ])('is refused from %s', async (_, headers) => {
    const open = await openTestPortal();
    const browser = await open.signedIn('staff');
    const csrf = await browser.csrf('/account');
    const answer = await browser.post('/sign-out', {}, { csrf, headers: { ...JSON_ONLY, ...headers } });
    expect(told(answer)).toEqual([403, 'origin-foreign']);
    expect((await browser.get('/account')).status).toBe(200);
  });

  it('is refused from nowhere, and by another method', async () => {
    const open = await openTestPortal();
    const browser = await open.signedIn('staff');
    const csrf = await browser.csrf('/account');
    const body = new URLSearchParams({ csrf });
    const bare = await browser.send('/sign-out', { method: 'POST', body, headers: JSON_ONLY });
    expect(told(bare)).toEqual([403, 'origin-foreign']);
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      const headers = { ...JSON_ONLY, origin: open.portal.origin };
      expect(told(await browser.send('/account', { method, body, headers }))).toEqual([
        405,
        'method-unknown',
      ]);
    }
  });

  it('is refused without its token, with one of another session, browser or portal', async () => {
    const open = await openTestPortal();
    const browser = await open.signedIn('staff');
    const others = [
      '',
      'A'.repeat(43),
      await (await open.signedIn('staff')).csrf('/account'),
      await open.browser().csrf(),
      await (await (await openTestPortal()).signedIn('staff')).csrf('/account'),
    ];
    for (const csrf of others) {
      const answer = await browser.post('/sign-out', {}, { csrf, headers: JSON_ONLY });
      expect(told(answer)).toEqual([403, 'csrf-missing']);
    }
    expect((await browser.get('/account')).status).toBe(200);
  });

  it('of somebody without a session is bound to the browser, by a cookie that cannot be made up', async () => {
    const open = await openTestPortal();
    const fields = { email: 'a@example.com', password: 'wrong password here' };
    const post = async (browser: ReturnType<TestPortal['browser']>, csrf: string) =>
      told(await browser.post('/sign-in', fields, { csrf, headers: JSON_ONLY }));
    const one = open.browser();
    const csrf = await one.csrf();
    expect(await post(one, csrf)).toEqual([401, 'sign-in-failed']);
    const other = open.browser();
    expect(await post(other, csrf)).toEqual([403, 'csrf-missing']);
    await other.get('/sign-in');
    expect(await post(other, csrf)).toEqual([403, 'csrf-missing']);
    const [id = ''] = one.cookies.get('visitor')!.split('.');
    for (const value of [id, `${id}.`, `${id}.${'A'.repeat(43)}`, '.', '']) {
      const forged = open.browser();
      forged.cookies.set('visitor', value);
      expect(await post(forged, csrf)).toEqual([403, 'csrf-missing']);
    }
  });

  it('does not take the token of before signing in afterwards', async () => {
    const open = await openTestPortal();
    const nobody = open.browser();
    const csrf = await nobody.csrf();
    const browser = await open.signedIn('staff');
    browser.cookies.set('visitor', nobody.cookies.get('visitor')!);
    const answer = await browser.post('/sign-out', {}, { csrf, headers: JSON_ONLY });
    expect(told(answer)).toEqual([403, 'csrf-missing']);
  });
});

describe('a body', () => {
  const own = async (open: TestPortal): Promise<{ headers: Record<string, string>; csrf: string }> => {
    const browser = open.browser();
    const csrf = await browser.csrf();
    const cookie = `visitor=${browser.cookies.get('visitor')!}`;
    return { headers: { cookie, origin: open.portal.origin }, csrf };
  };
  const code = ({ text }: { text: string }): string => JSON.parse(text).type;

  it.each([
    ['application/json', '{}', '/sign-in'],
    ['text/plain', 'csrf=x', '/sign-in'],
    ['multipart/form-data; boundary=x', '--x--', '/sign-in'],
    ['application/octet-stream', 'x', '/'],
  ])('of the kind %s is not taken', async (type, body, path) => {
    const open = await openTestPortal();
    const { headers } = await own(open);
    const answer = await raw(open, { ...headers, 'content-type': type }, [body], path);
    expect([answer.status, code(answer)]).toEqual([415, 'body-type']);
  });

  it('without a type, or compressed, is not taken', async () => {
    const open = await openTestPortal();
    const { headers } = await own(open);
    expect(code(await raw(open, headers, ['csrf=x'], '/sign-in'))).toBe('body-type');
    const gzip = { 'content-type': TYPE, 'content-encoding': 'gzip' };
    expect(code(await raw(open, { ...headers, ...gzip }, ['csrf=x'], '/sign-in'))).toBe('body-type');
  });

  it('that names a field twice, or has hundreds, is not taken', async () => {
    const open = await openTestPortal();
    const { headers, csrf } = await own(open);
    for (const body of [
      `csrf=${csrf}&csrf=${csrf}`,
      Array.from({ length: 201 }, (_, i) => `f${i}=1`).join('&'),
    ]) {
      const answer = await raw(open, { ...headers, 'content-type': TYPE }, [body], '/sign-in');
      expect([answer.status, code(answer)]).toEqual([400, 'request-invalid']);
    }
  });

  it('with a NUL in a field is not taken, for not every store can keep it', async () => {
    const open = await openTestPortal();
    const told = await raw(open, { 'content-type': TYPE, origin: open.url }, ['csrf=x&text=a%00b']);
    expect([told.status, JSON.parse(told.text)]).toMatchObject([400, { type: 'request-invalid' }]);
  });

  it('of a form is cut at 64 kB', async () => {
    const open = await openTestPortal();
    const { headers, csrf } = await own(open);
    const sized = (size: number) => `csrf=${csrf}&email=`.padEnd(size, 'x');
    const post = (body: string) => raw(open, { ...headers, 'content-type': TYPE }, [body], '/sign-in');
    expect(code(await post(sized(65_536)))).toBe('sign-in-failed');
    const answer = await post(sized(65_537));
    expect([answer.status, code(answer), answer.closed]).toEqual([413, 'body-too-large', false]);
  });

  it.each(['with its length', 'in chunks'])('of 100 MB %s is cut off, and memory stays flat', async (how) => {
    const open = await openTestPortal();
    const { headers, csrf } = await own(open);
    const size = 100 * 1024 * 1024;
    const chunk = Buffer.alloc(64 * 1024, 'x');
    const head = `--b\r\ncontent-disposition: form-data; name="csrf"\r\n\r\n${csrf}\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="big.lic"\r\n\r\n`;
    let most = 0;
    async function* body(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(head);
      for (let at = 0; at < size; at += chunk.length) {
        most = Math.max(most, process.memoryUsage().arrayBuffers);
        yield chunk;
      }
    }
    const before = process.memoryUsage().arrayBuffers;
    const length = how === 'in chunks' ? {} : { 'content-length': String(head.length + size) };
    const type = { 'content-type': 'multipart/form-data; boundary=b' };
    const answer = await raw(open, { ...headers, ...type, ...length }, body());
    expect([answer.status, code(answer), answer.closed]).toEqual([413, 'upload-too-large', true]);
    expect(answer.sent).toBeLessThan(size / 2);
    expect(most - before).toBeLessThan(24 * 1024 * 1024);
    expect((await open.browser().get('/healthz')).text).toBe('ok\n');
    expect(open.faults).toEqual([]);
  });

  it('that breaks off harms nobody', async () => {
    const open = await openTestPortal();
    const { headers } = await own(open);
    await new Promise<void>((done) => {
      const call = request(`${open.url}/sign-in`, {
        method: 'POST',
        headers: { ...headers, 'content-type': TYPE, 'content-length': '1000' },
      });
      call.on('error', () => undefined).on('close', done);
      call.write('csrf=', () => call.destroy());
    });
    expect((await open.browser().get('/healthz')).status).toBe(200);
    expect(open.faults).toEqual([]);
  });
});
