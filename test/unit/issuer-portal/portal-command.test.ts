import { chmod, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandIo } from '@counterfoil/issuer';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDesk, type Answer, type Desk } from '../../support/vendor.js';

interface Running {
  readonly said: () => string;
  readonly origin: string;
  readonly link: string | undefined;
  readonly stop: () => Promise<Answer>;
}

/** Starts the portal by its command and waits until it says where it is. */
async function start(
  desk: Desk,
  args: readonly string[] = [],
  change: Partial<CommandIo> = {},
): Promise<Running> {
  const controller = new AbortController();
  let said = '';
  let ended: Promise<Answer> | undefined;
  await new Promise<void>((done, fail) => {
    const err = (text: string): void => {
      said += text;
      if (said.includes('portal of')) done();
    };
    ended = desk.run(['portal', '--port', '0', ...args], {
      stopped: controller.signal,
      err,
      ...change,
    });
    ended.then(() => fail(new Error(said)), fail);
  });
  const stop = async (): Promise<Answer> => {
    controller.abort();
    return ended!;
  };
  onTestFinished(async () => {
    await stop();
  });
  const origin = /portal of \S+ at (\S+)/.exec(said)![1]!;
  return { said: () => said, origin, link: /administrator \(.*\): (\S+)/.exec(said)?.[1], stop };
}

describe('portal', () => {
  it('says its address and the link of the first administrator, and serves until it is stopped', async () => {
    const desk = await openDesk();
    const running = await start(desk);
    expect(running.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(running.said()).toContain('first administrator (admin@acme.example): ');
    expect(await (await fetch(`${running.origin}/healthz`)).text()).toBe('ok\n');
    const page = await (await fetch(running.link!)).text();
    expect(page).toContain('admin@acme.example');
    expect((await running.stop()).exit).toBe(0);
    await expect(fetch(`${running.origin}/healthz`)).rejects.toThrow('fetch failed');
  });

  it('makes its secret once, for the owner’s eyes alone', async () => {
    const desk = await openDesk();
    const path = join(desk.folder, 'portal.secret');
    await (await start(desk)).stop();
    const text = await readFile(path, 'utf8');
    expect(text).toMatch(/^[\w-]{43}\n$/);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await (await start(desk)).stop();
    expect(await readFile(path, 'utf8')).toBe(text);
    await chmod(path, 0o640);
    expect((await desk.run(['portal', '--port', '0'])).err).toContain('code: key-file-permissions');
    await chmod(path, 0o600);
  });

  it.each(['', 'short', 'A'.repeat(42), `${'A'.repeat(42)}B`, `${'A'.repeat(42)}!`])(
    'does not start with the secret %j, nor says it',
    async (secret) => {
      const desk = await openDesk();
      await writeFile(join(desk.folder, 'portal.secret'), `${secret}\n`, { mode: 0o600 });
      const { exit, err } = await desk.run(['portal', '--port', '0']);
      expect([exit, err.includes('code: portal-secret')]).toEqual([2, true]);
      if (secret !== '') expect(err).not.toContain(secret);
    },
  );

  it.each([
    [['--port', '65536'], 'option-invalid'],
    [['--port', '-1'], 'option-invalid'],
    [['--origin', 'http://portal.example'], 'option-invalid'],
    [['--origin', 'https://portal.example/path'], 'option-invalid'],
    [['--origin', 'portal.example'], 'option-invalid'],
    [['--host', '0.0.0.0'], 'option-invalid'],
    [['--webhook-secret', '/no/such/file'], 'portal-secret'],
    [['--passphrase-file', '/no/such/file'], 'file-unreadable'],
  ])('does not start with %j: %s', async (args, code) => {
    const desk = await openDesk();
    const { exit, err } = await desk.run(['portal', '--port', '0', ...args]);
    expect(err).toContain(`code: ${code}`);
    expect(exit).toBe(2);
  });

  it('does not take an address that is taken', async () => {
    const desk = await openDesk();
    const { origin } = await start(desk);
    const other = await openDesk();
    const { err } = await other.run(['portal', '--port', new URL(origin).port]);
    expect(err).toContain('code: address-taken');
  });

  it('takes an origin behind a proxy, and gives links there', async () => {
    const desk = await openDesk();
    const running = await start(desk, ['--origin', 'https://portal.example', '--trust-proxy']);
    expect(running.origin).toBe('https://portal.example');
    expect(running.link).toMatch(/^https:\/\/portal\.example\/link\/[\w-]{43}$/);
  });

  it('needs neither passphrase nor key where a worker signs through a folder', async () => {
    const desk = await openDesk();
    await rm(join(desk.folder, 'keys'), { recursive: true });
    const noPassphrase = { env: {} };
    const alone = await desk.run(['portal', '--port', '0'], noPassphrase);
    expect(alone.err).toContain('code: key-none-current');
    const running = await start(desk, ['--spool', desk.path('spool')], noPassphrase);
    expect((await fetch(`${running.origin}/healthz`)).status).toBe(200);
  });
});
