import { randomBytes } from 'node:crypto';
import { cp, mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { verifyLicense } from '@counterfoil/verifier';
import { nodeEngine, readKit, type Kit } from '@counterfoil/verifier/node';
import { expect, it } from 'vitest';
import { inviteAccount } from '../../issuer/src/domain/accounts/invite-account.js';
import { buildKit } from '../../issuer/src/domain/kit/product-kit.js';
import { clock, openPaidOrders, product, type PaidOrders } from '../support/paid-orders.js';
import {
  startCommand,
  startPortal,
  type CommandProcess,
  type PortalProcess,
} from '../support/portal-process.js';
import { makeBrowser, totpCode, type PortalBrowser } from '../support/portal.js';
import { PASSPHRASE } from '../support/vendor.js';

const JSON_ANSWER = { accept: 'application/json' };

/** Takes the keys away from the portal, to a machine of their own; gives its vendor folder. */
async function moveKeys(shop: PaidOrders): Promise<string> {
  const folder = shop.path('signer');
  await mkdir(folder);
  for (const name of ['vendor.json', 'roots'])
    await cp(join(shop.folder, name), join(folder, name), { recursive: true });
  await rename(join(shop.folder, 'keys'), join(folder, 'keys'));
  return folder;
}

/** Somebody of the customer follows an invitation, and signs in by password and code. */
async function signIn(shop: PaidOrders, { url }: PortalProcess): Promise<PortalBrowser> {
  const invitation = { email: 'ann@one.example', name: 'Ann', role: 'owner', customer: 'C-1' };
  const random = (length: number): Uint8Array => randomBytes(length);
  const { token } = await shop.withStore(({ accounts }) =>
    inviteAccount({ accounts, now: clock(), random, actor: 'tester' }, invitation),
  );
  const link = `/link/${token}`;
  const first = makeBrowser(url, url);
  const secret = (await first.get(link, JSON_ANSWER)).json().totp.text;
  const password = 'walnut Orbit 7 sandals';
  const accepted = await first.post(link, { password, code: totpCode(secret, clock()) });
  expect([accepted.status, accepted.headers.get('location')]).toEqual([303, '/licenses']);
  const browser = makeBrowser(url, url);
  expect((await browser.post('/sign-in', { email: invitation.email, password })).status).toBe(303);
  // The next code, since each is good once.
  const code = totpCode(secret, clock() + 30);
  expect((await browser.post('/sign-in/code', { code })).headers.get('location')).toBe('/licenses');
  return browser;
}

interface Placed {
  readonly id: string;
  readonly page: string;
  readonly state: () => Promise<string>;
  readonly pay: () => ReturnType<PaidOrders['pay']>;
}

/** Orders a year more of a license, as its form does. */
async function orderRenewal(
  { pay }: PaidOrders,
  portal: PortalProcess,
  browser: PortalBrowser,
  license: string,
  seen: number,
): Promise<Placed> {
  const form = `/licenses/${license}/change/renew`;
  const preview = `${form}?step=preview&duration=P12M`;
  const fields = { duration: 'P12M', seen: String(seen) };
  const placed = await browser.post(form, fields, { page: preview, headers: JSON_ANSWER });
  expect([placed.status, placed.json().state]).toEqual([201, 'awaiting-payment']);
  const { id } = placed.json();
  const page = `/orders/${id}`;
  const find = async (): Promise<any> => (await browser.get(page, JSON_ANSWER)).json().order;
  const { price } = await find();
  return { id, page, state: async () => (await find()).state, pay: () => pay(portal, { id, price }) };
}

/** Downloads a revision, and verifies it as the product does. */
async function download(browser: PortalBrowser, kit: Kit, license: string, revision: number): Promise<void> {
  const { status, text } = await browser.get(`/licenses/${license}/revisions/${String(revision)}`);
  expect(status).toBe(200);
  const verdict = verifyLicense(text, {
    engine: nodeEngine,
    trust: kit.trust,
    product: kit.product!.sub,
    host: {},
    now: clock(),
  });
  expect(verdict).toMatchObject({
    arm: 'usable',
    state: 'active',
    license: { claims: { license: { id: license, revision } } },
  });
}

it('a portal without any key: sign in, order, download; it waits for the machine that signs and goes on with it', async () => {
  const shop = await openPaidOrders();
  const [license = ''] = await shop.issue(1);
  const text = await shop.withStore((_store, vendor) => buildKit(vendor, { product }));
  const kit = readKit(text, nodeEngine);
  const signer = await moveKeys(shop);
  const spool = shop.path('spool');
  const args = ['--dir', shop.folder, '--webhook-secret', shop.secretFile];
  await expect(startPortal(args, { COUNTERFOIL_PASSPHRASE: PASSPHRASE })).rejects.toThrow(
    'code: key-none-current',
  );
  const startWorker = (): CommandProcess =>
    startCommand(['sign-worker', '--dir', signer, '--spool', spool], { COUNTERFOIL_PASSPHRASE: PASSPHRASE });
  const portal = await startPortal([...args, '--spool', spool], {});
  let worker = startWorker();
  const browser = await signIn(shop, portal);

  const renewal = await orderRenewal(shop, portal, browser, license, 1);
  expect(await renewal.pay()).toMatchObject({ status: 200, data: { state: 'done' } });
  expect(await renewal.state()).toBe('done');
  await download(browser, kit, license, 2);
  expect(await worker.stop()).toBe(0);

  const waiting = await orderRenewal(shop, portal, browser, license, 2);
  const paid = waiting.pay();
  while ((await waiting.state()) !== 'ready') await setTimeout(20);
  const again = browser.post(waiting.page, { action: 'continue' }, { headers: JSON_ANSWER });
  const timeout = { type: 'signing-timeout', status: 503 };
  expect(await paid).toMatchObject({ status: 503, data: timeout });
  expect((await again).json()).toMatchObject(timeout);
  expect(portal.said()).toContain('portal: signing-timeout: ');
  expect(await waiting.state()).toBe('ready');
  expect((await browser.get(`/licenses/${license}/revisions/3`)).status).toBe(404);
  expect(await readdir(join(spool, 'requests'))).toEqual([]);

  worker = startWorker();
  expect(await waiting.pay()).toMatchObject({ status: 200, data: { state: 'done', new: false } });
  expect(await waiting.state()).toBe('done');
  await download(browser, kit, license, 3);
  await shop.check();
  expect(await worker.stop()).toBe(0);
  expect(await portal.stop()).toBe(0);
  expect(await readdir(shop.folder)).not.toContain('keys');
}, 90_000);
