import { describe, expect, it } from 'vitest';
import { signWebhook } from '../../../issuer/src/domain/payments/read-webhook.js';
import { openTestPortal, type PortalAnswer, type TestPortal } from '../../support/portal.js';

const SECRET = new TextEncoder().encode('a secret that the shop knows as well');
const BODY = JSON.stringify({ id: 'pay-1', order: 'A'.repeat(22), amount: 100, currency: 'EUR' });

/** Posts as a shop does: no cookie, no origin, no token. */
const pay = (
  { url }: TestPortal,
  signature: string | undefined,
  { body = BODY, type = 'application/json' } = {},
): Promise<PortalAnswer> =>
  fetch(`${url}/payments/webhook`, {
    method: 'POST',
    body,
    headers: {
      accept: 'application/json',
      'content-type': type,
      ...(signature === undefined ? {} : { 'counterfoil-signature': signature }),
    },
  }).then(async (response) => {
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
  });
const told = async (answer: Promise<PortalAnswer>) => [(await answer).status, (await answer).json().type];

describe('the webhook', () => {
  it('needs a signature over the very bytes, and no session', async () => {
    const open = await openTestPortal({ change: { webhookSecret: SECRET } });
    const sign = (body: string, at = open.clock.now) => signWebhook(SECRET, at, Buffer.from(body));
    expect(await told(pay(open, sign(BODY)))).toEqual([404, 'order-unknown']);
    const spaced = `${BODY.slice(0, -1)} }`;
    expect((await told(pay(open, sign(BODY), { body: spaced })))[1]).toBe('webhook-signature');
    expect(await told(pay(open, sign(spaced), { body: spaced }))).toEqual([404, 'order-unknown']);
    expect((await told(pay(open, undefined)))[1]).toBe('webhook-signature');
    expect((await told(pay(open, sign(BODY, open.clock.now - 301))))[1]).toBe('webhook-old');
    expect(open.faults).toEqual([]);
  });

  it('takes JSON alone, and 64 kB of it', async () => {
    const open = await openTestPortal({ change: { webhookSecret: SECRET } });
    expect(await told(pay(open, 'x', { type: 'text/plain' }))).toEqual([415, 'body-type']);
    expect(await told(pay(open, 'x', { body: 'x'.repeat(65_537) }))).toEqual([413, 'body-too-large']);
  });

  it('is not there without a secret', async () => {
    const open = await openTestPortal();
    const signature = signWebhook(new Uint8Array(32), open.clock.now, Buffer.from(BODY));
    expect(await told(pay(open, signature))).toEqual([404, 'page-unknown']);
  });
});
