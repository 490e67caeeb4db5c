import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readWebhook, signWebhook } from '../../../issuer/src/domain/payments/read-webhook.js';
import { receivePayment } from '../../../issuer/src/domain/payments/receive-payment.js';
import { openOrderDesk, type TestDesk } from '../../support/orders.js';
import { NOW } from '../../support/vendor.js';

const SECRET = Buffer.from('the secret of the shop, 32 bytes');
const OLD = Buffer.from('the secret that was used until now');
const bodyOf = (value: unknown): Buffer =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const PAYMENT = { id: 'pay-1', order: 'O-1', amount: 100, currency: 'EUR' };
const read = (value: unknown, at = NOW, secret = SECRET, secrets: readonly Uint8Array[] = [SECRET]) => {
  const body = bodyOf(value);
  return () => readWebhook({ signature: signWebhook(secret, at, body), body }, secrets, NOW);
};

describe('reading a payment of a shop', () => {
  it('takes what is signed as documented', () => {
    const body = bodyOf(PAYMENT);
    const mac = createHmac('sha256', SECRET).update(`${NOW}.${body.toString()}`).digest('hex');
    expect(readWebhook({ signature: `t=${NOW},v1=${mac}`, body }, [SECRET], NOW)).toEqual({
      id: 'pay-1',
      order: 'O-1',
      money: { amount: 100, currency: 'EUR' },
      at: NOW,
    });
  });

  it('takes every secret that is in use, so that it can be changed', () => {
    expect(read(PAYMENT, NOW, OLD, [SECRET, OLD])()).toMatchObject({ id: 'pay-1' });
    expect(read(PAYMENT, NOW, OLD, [SECRET])).toThrowCode('webhook-signature');
    expect(read(PAYMENT, NOW, SECRET, [])).toThrowCode('webhook-signature');
  });

  it.each([
    undefined,
    '',
    `t=${NOW}`,
    `v1=${'0'.repeat(64)}`,
    `t=${NOW},v1=${'0'.repeat(64)}`,
    `t=${NOW},v1=${'0'.repeat(63)}`,
    `t=${NOW},v1=${'G'.repeat(64)}`,
    `t=,v1=${'0'.repeat(64)}`,
    `t=-1,v1=${'0'.repeat(64)}`,
    ` t=${NOW},v1=${'0'.repeat(64)}`,
    `t=${NOW},v1=${'0'.repeat(64)}\n`,
  ])('refuses the header %j', (signature) => {
    expect(() => readWebhook({ signature, body: bodyOf(PAYMENT) }, [SECRET], NOW)).toThrowCode(
      'webhook-signature',
    );
  });

  it('refuses another body, another time or capitals under a good signature', () => {
    const body = bodyOf(PAYMENT);
    const signature = signWebhook(SECRET, NOW, body);
    const other = bodyOf({ ...PAYMENT, amount: 1 });
    for (const wrong of [
      { signature, body: other },
      { signature: signature.replace(`t=${NOW}`, `t=${NOW + 1}`), body },
      { signature: signature.toUpperCase(), body },
    ])
      expect(() => readWebhook(wrong, [SECRET], NOW)).toThrowCode('webhook-signature');
  });

  it('takes five minutes either way, and no second more', () => {
    expect(read(PAYMENT, NOW - 300)()).toMatchObject({ id: 'pay-1' });
    expect(read(PAYMENT, NOW + 300)()).toMatchObject({ id: 'pay-1' });
    expect(read(PAYMENT, NOW - 301)).toThrowCode('webhook-old');
    expect(read(PAYMENT, NOW + 301)).toThrowCode('webhook-old');
  });

  it.each([
    ['no JSON', 'pay'],
    ['a list', [PAYMENT]],
    ['nothing', {}],
    ['no id', { ...PAYMENT, id: undefined }],
    ['an empty id', { ...PAYMENT, id: '' }],
    ['an id with a line break', { ...PAYMENT, id: 'a\nb' }],
    ['a long id', { ...PAYMENT, id: 'x'.repeat(201) }],
    ['a number for the order', { ...PAYMENT, order: 1 }],
    ['a text for the amount', { ...PAYMENT, amount: '100' }],
    ['cents of cents', '{"id":"a","order":"b","amount":1.5,"currency":"EUR"}'],
    ['an amount below zero', { ...PAYMENT, amount: -1 }],
    ['no amount', { ...PAYMENT, amount: 0 }],
    ['another writing of the currency', { ...PAYMENT, currency: 'eur' }],
    ['a member more', { ...PAYMENT, note: 'x' }],
    ['a member twice', '{"id":"a","id":"a","order":"b","amount":1,"currency":"EUR"}'],
    ['bytes after it', `${JSON.stringify(PAYMENT)}x`],
    ['much', { ...PAYMENT, note: 'x'.repeat(5000) }],
  ])('refuses a body with %s', (_, value) => {
    expect(read(value)).toThrowCode('webhook-body');
  });

  it('refuses a body that is no text', () => {
    const body = Buffer.from([0xff, 0xfe]);
    expect(() => readWebhook({ signature: signWebhook(SECRET, NOW, body), body }, [SECRET], NOW)).toThrowCode(
      'webhook-body',
    );
  });
});

async function openShop(): Promise<TestDesk & { placed: string; license: string }> {
  const market = await openOrderDesk();
  await market.publish('mailbox-backup');
  const license = await market.issue({ product: 'mailbox-backup', offer: 'annual', quantity: 3 });
  const { id: placed } = await market.order(license, { type: 'renew', duration: 'P12M' });
  return { ...market, placed, license };
}
const pay = ({ desk, clock }: TestDesk, value: unknown, at = clock.now) => {
  const body = bodyOf(value);
  return Promise.resolve().then(() =>
    receivePayment(desk('webhook'), { signature: signWebhook(SECRET, at, body), body }, [SECRET]),
  );
};

describe('a payment of an order', () => {
  it('reissues at once, and is one however often it is sent', async () => {
    const shop = await openShop();
    const money = { order: shop.placed, amount: 29_700, currency: 'EUR' };
    const all = await Promise.all([1, 2, 3].map(() => pay(shop, { id: 'pay-1', ...money })));
    expect(all.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect((await shop.store.register.findFile(shop.license))?.revision).toBe(2);
    // within the window: the same answer; after it: refused
    expect(await pay(shop, { id: 'pay-1', ...money })).toMatchObject({
      isNew: false,
      order: { state: 'done' },
    });
    shop.clock.now += 301;
    await expect(pay(shop, { id: 'pay-1', ...money }, NOW)).rejects.toThrowCode('webhook-old');
    // signed anew by the shop: the same answer
    expect(await pay(shop, { id: 'pay-1', ...money })).toMatchObject({ isNew: false });
    expect(await pay(shop, { id: 'pay-2', ...money })).toMatchObject({
      isNew: true,
      order: { state: 'done' },
    });
    expect((await shop.store.register.findFile(shop.license))?.revision).toBe(2);
  });

  it('must be of the order and of its whole price', async () => {
    const shop = await openShop();
    const good = { id: 'pay-1', order: shop.placed, amount: 29_700, currency: 'EUR' };
    await expect(pay(shop, { ...good, amount: 29_699 })).rejects.toThrowCode('payment-differs');
    await expect(pay(shop, { ...good, amount: 29_701 })).rejects.toThrowCode('payment-differs');
    await expect(pay(shop, { ...good, currency: 'USD' })).rejects.toThrowCode('payment-differs');
    await expect(pay(shop, { ...good, order: 'nothing' })).rejects.toThrowCode('order-unknown');
    expect(await shop.store.orders.findPayment('pay-1')).toBeUndefined();
    await pay(shop, good);
    const other = await shop.order(shop.license, { type: 'renew', duration: 'P12M' });
    await expect(pay(shop, { ...good, order: other.id })).rejects.toThrowCode('payment-differs');
    expect((await shop.store.orders.findOrder(other.id))?.state).toBe('awaiting-payment');
    const free = await shop.issue({ product: 'mailbox-backup', offer: 'annual', quantity: 3 });
    const less = await shop.order(free, { type: 'reduce', pools: { mailboxes: 1 } });
    await expect(pay(shop, { ...good, id: 'pay-3', order: less.id })).rejects.toThrowCode('payment-differs');
  });
});
