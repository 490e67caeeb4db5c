import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { servePortal } from '../../../issuer/src/portal/http/serve-portal.js';
import { openTestPortal } from '../../support/portal.js';

describe('a portal that stops', () => {
  it('finishes what is under way and takes nothing new', async () => {
    let finish = (): void => undefined;
    let arrived = (): void => undefined;
    const here = new Promise<void>((done) => (arrived = done));
    const served = await servePortal({ host: '127.0.0.1', port: 0 }, () => (_request, response) => {
      finish = () => response.end('done');
      arrived();
    });
    const url = `http://127.0.0.1:${served.port}/`;
    const answer = fetch(url).then((response) => response.text());
    await here;
    const closed = served.close();
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    finish();
    expect(await answer).toBe('done');
    await closed;
  });

  it('does not wait for connections that only lie there', async () => {
    const served = await servePortal({ host: '127.0.0.1', port: 0 }, () => (_request, response) => {
      response.end('done');
    });
    expect(await (await fetch(`http://127.0.0.1:${served.port}/`)).text()).toBe('done');
    await served.close();
  });
});

describe('uploads and asks', () => {
  it('are limited by address, together, and nothing else with them', async () => {
    const open = await openTestPortal({ change: { rates: { upload: 2 } } });
    const browser = open.browser();
    const csrf = await browser.csrf();
    const post = async (path: string) => (await browser.post(path, {}, { csrf })).status;
    expect([await post('/'), await post('/asks')]).not.toContain(429);
    expect([await post('/'), await post('/asks')]).toEqual([429, 429]);
    expect([await post('/sign-in'), await post('/sign-out')]).toEqual([401, 303]);
    const json = { accept: 'application/json' };
    expect((await browser.post('/', {}, { csrf, headers: json })).json().type).toBe('rate-limited');
    expect((await browser.get('/')).status).toBe(200);
  });
});

describe('a method', () => {
  it('that nobody needs is not taken', async () => {
    const open = await openTestPortal();
    const status = await new Promise<number | undefined>((done, fail) => {
      request(`${open.url}/`, { method: 'TRACE', headers: { origin: open.portal.origin } })
        .on('response', (response) => {
          response.resume();
          done(response.statusCode);
        })
        .on('error', fail)
        .end();
    });
    expect(status).toBe(405);
  });
});
