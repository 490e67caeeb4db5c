import { readFileSync } from 'node:fs';
import {
  extendLicense,
  issueLicense,
  issuerFault,
  parseProductDocument,
  reduceLicense,
  renewLicense,
  type IssueRequest,
  type Register,
  type ReissuedLicense,
  type ReissueRequest,
  type Renewal,
  type Sales,
  type Vendor,
} from '@counterfoil/issuer';
import { parseFile, type Order, type Product } from '@counterfoil/schemas';
import { DAY, endOfDay, parseDate, startOfDay } from '@counterfoil/verifier';
import { beforeEach, describe, expect, it } from 'vitest';
import { carryAllowed } from '../../../issuer/src/domain/reissue/reissue-identities.js';
import { previewReissue } from '../../../issuer/src/domain/reissue/reissue-preview.js';
import { catalogPath, memoryVendor, NOW } from '../../support/vendor.js';

const product = (name: string): Product =>
  parseProductDocument(readFileSync(catalogPath(`${name}.yaml`), 'utf8'), name);
const MAILBOX = product('mailbox-backup');
const ENDPOINT = product('endpoint-backup');
const start = (date: string, zone = 'UTC'): number => startOfDay(parseDate(date), zone);
const end = (date: string, zone = 'UTC'): number => endOfDay(parseDate(date), zone);

let vendor: Vendor;
beforeEach(async () => {
  vendor = await memoryVendor();
});
const at = (now: number): void => void (vendor = { ...vendor, now });

/** Issues a year of 100 mailboxes, from today to 2027-05-31 unless the order says otherwise. */
async function issue(change: Partial<Order> = {}, rest: Partial<IssueRequest> = {}): Promise<string> {
  const order: Order = {
    product: 'mailbox-backup',
    customer: { id: 'C-1', name: 'One' },
    term: { duration: 'P12M' },
    pools: { mailboxes: 100 },
    ...change,
  };
  const sales: Sales = { offers: { annual: { type: 'subscription', term: 'P12M' } } };
  const request = { order, product: MAILBOX, sales, identities: new Map(), ...rest };
  const { file } = await issueLicense(vendor, request);
  return file.license;
}
const endpoint = (change: Partial<Order> = {}, users?: string): Promise<string> =>
  issue(
    { product: 'endpoint-backup', pools: { users: 10 }, ...change },
    {
      product: ENDPOINT,
      identities: new Map(users === undefined ? [] : [['user', { name: 'users.txt', text: users }]]),
    },
  );

const renew = (
  license: string,
  renewal: Partial<Omit<Renewal, 'pools'>> & { pools?: Record<string, number> } = {},
  request: Partial<ReissueRequest> = {},
): Promise<ReissuedLicense> => {
  const { pools = {}, ...rest } = renewal;
  const length = { duration: 'P12M' };
  return renewLicense(
    vendor,
    { license, ...request },
    { length, basis: 'from-expiry', preload: false, ...rest, pools: new Map(Object.entries(pools)) },
  );
};
const add = (license: string, quantity: number, request: Partial<ReissueRequest> = {}, pool = 'mailboxes') =>
  extendLicense(
    vendor,
    { license, ...request },
    { pools: new Map([[pool, { type: 'add', quantity }]]), features: new Map() },
  );
const raise = (license: string, quantity: number) =>
  extendLicense(
    vendor,
    { license },
    { pools: new Map([['mailboxes', { type: 'total', quantity }]]), features: new Map() },
  );
const feature = (license: string, id: string, lastDay?: string) =>
  extendLicense(vendor, { license }, { pools: new Map(), features: new Map([[id, lastDay]]) });
const reduce = (license: string, quantity: number, pool = 'mailboxes') =>
  reduceLicense(vendor, { license }, new Map([[pool, quantity]]));
const lots = ({ file }: ReissuedLicense, pool = 'mailboxes') => file.claims.license.pools?.[pool]?.lots;
const termOf = ({ file }: ReissuedLicense) => {
  const { nbf, exp, license } = file.claims;
  return { nbf, exp, ...license.term };
};

describe('the term of a renewal', () => {
  it('follows the old one without a gap, and the file holds from the old start', async () => {
    const id = await issue({ zone: 'Europe/Vienna', grace: 'P14D' });
    at(start('2027-05-01'));
    const renewed = await renew(id);
    expect(termOf(renewed)).toEqual({
      nbf: start('2026-06-01', 'Europe/Vienna'),
      exp: end('2028-06-14', 'Europe/Vienna'),
      type: 'fixed',
      until: end('2028-05-31', 'Europe/Vienna'),
      zone: 'Europe/Vienna',
    });
    expect(renewed.verdict.state).toBe('active');
  });

  it.each([
    ['from-expiry', '2027-06-10', '2026-06-01', '2028-05-31'],
    ['from-now', '2027-06-10', '2027-06-10', '2028-06-09'],
    ['from-now-if-expired', '2027-06-10', '2027-06-10', '2028-06-09'],
    ['from-now-if-expired', '2027-05-31', '2026-06-01', '2028-05-31'],
    ['from-now-if-expired', '2027-06-01', '2026-06-01', '2028-05-31'],
    ['from-now', '2027-05-31', '2026-06-01', '2028-05-30'],
  ] as const)('counts %s on %s: from %s to %s', async (basis, today, from, last) => {
    const id = await issue();
    at(start(today));
    const renewed = await renew(id, { basis });
    expect(termOf(renewed)).toMatchObject({ nbf: start(from), until: end(last), exp: end(last) });
    expect(renewed.verdict.state).toBe('active');
  });

  it('starts on the day that it is in the zone of the license', async () => {
    const zone = 'Pacific/Auckland';
    const id = await issue({ zone });
    at(start('2027-06-09') + 20 * 3600);
    expect(termOf(await renew(id, { basis: 'from-now' }))).toMatchObject({
      nbf: start('2027-06-10', zone),
      until: end('2028-06-09', zone),
    });
  });

  it('may end on a day, with another grace or none', async () => {
    const id = await issue({ grace: 'P14D' });
    const length = { lastDay: '2027-12-31' };
    expect(termOf(await renew(id, { length, grace: 'P1M' }))).toMatchObject({
      until: end('2027-12-31'),
      exp: end('2028-01-31'),
    });
    const without = await renew(id, { grace: 'none' });
    expect(termOf(without)).toMatchObject({ until: end('2028-12-31'), exp: end('2028-12-31') });
    expect(without.file.revision).toBe(3);
  });

  it('may be preloaded: the new file holds the new term only', async () => {
    const id = await issue();
    at(start('2027-05-01'));
    const renewed = await renew(id, { preload: true, pools: { mailboxes: 80 } });
    expect(termOf(renewed)).toMatchObject({ nbf: start('2027-06-01'), until: end('2028-05-31') });
    expect(lots(renewed)).toEqual([{ id: 'ordered', quantity: 80 }]);
    expect(renewed.verdict.state).toBe('pending');
    await expect(renew(id, { preload: true })).rejects.toThrowCode('renewal-preload');
    expect(termOf(await renew(id))).toMatchObject({ nbf: start('2027-06-01'), until: end('2029-05-31') });
  });

  it.each([
    ['when the old one is over', '2027-08-01'],
    ['more than 400 days ahead', '2026-06-01'],
  ])('is not preloaded %s', async (_, today) => {
    const id = await issue({ term: { lastDay: '2027-07-31' } });
    at(start(today));
    await expect(renew(id, { preload: true })).rejects.toThrowCode('renewal-preload');
  });

  it('is at most five years from today, or from the old end when it is preloaded', async () => {
    const id = await issue();
    const length = { duration: 'P5Y' };
    await expect(renew(id, { length })).rejects.toThrowCode('renewal-too-long');
    await expect(renew(id, { length: { duration: 'P6Y' }, preload: true })).rejects.toThrowCode(
      'renewal-too-long',
    );
    expect(termOf(await renew(id, { length, preload: true }))).toMatchObject({ until: end('2032-05-31') });
    const other = await issue();
    expect(termOf(await renew(other, { length: { duration: 'P4Y' } }))).toMatchObject({
      until: end('2031-05-31'),
    });
  });

  it.each([
    ['license-perpetual', { term: { perpetual: true } }, {}],
    ['trial-not-renewable', { kind: 'trial' }, {}],
    ['renewal-not-later', {}, { length: { duration: 'P1M' }, basis: 'from-now' }],
    ['renewal-not-later', {}, { length: { lastDay: '2027-05-31' }, basis: 'from-now' }],
    ['order-term', {}, { length: { lastDay: '2027-05-31' } }],
    ['order-term', {}, { grace: 'P0D' }],
    ['duration-invalid', {}, { length: { duration: '12' } }],
    ['order-name-unknown', {}, { pools: { postbox: 1 } }],
    ['renewal-start', { term: { activateBy: '2026-12-31', activated: 'P1Y' } }, {}],
    [
      'renewal-start',
      { term: { activateBy: '2026-12-31', activated: 'P1Y' } },
      { length: { lastDay: '2030-01-01' }, preload: true },
    ],
    ['renewal-not-later', { term: { activateBy: '2026-12-31', activated: 'P1Y' } }, { basis: 'from-now' }],
  ] as const)('is refused as %s: %j %j', async (code, order, renewal) => {
    const id = await issue(order);
    await expect(renew(id, renewal)).rejects.toThrowCode(code);
    expect((await vendor.register.findFile(id))?.revision).toBe(1);
  });

  it('is refused when it would be over already', async () => {
    const id = await issue();
    at(start('2029-01-01'));
    await expect(renew(id)).rejects.toThrowCode('order-term');
  });

  it('becomes one of dates when the old one ran from activation', async () => {
    const id = await issue({ term: { activateBy: '2026-12-31', activated: 'P1Y' }, grace: 'P7D' });
    expect(termOf(await renew(id, { length: { lastDay: '2028-06-30' } }))).toEqual({
      nbf: NOW,
      exp: end('2028-07-07'),
      type: 'fixed',
      until: end('2028-06-30'),
    });
    const late = await issue({ term: { activateBy: '2026-12-31', activated: 'P1Y' } });
    at(start('2028-02-01'));
    expect(termOf(await renew(late, { basis: 'from-now-if-expired' }))).toMatchObject({
      nbf: start('2028-02-01'),
      until: end('2029-01-31'),
    });
  });
});

describe('quantities', () => {
  it('of a renewal hold from the new term on, and until then the old ones do', async () => {
    const id = await issue();
    at(start('2027-05-01'));
    const turn = start('2027-06-01');
    const fewer = await renew(id, { pools: { mailboxes: 80 } });
    expect(lots(fewer)).toEqual([
      { id: 'ordered', quantity: 100, until: turn },
      { id: 'renewal-2', quantity: 80, from: turn },
    ]);
    // one number does not say what such a pool is to hold; a pack does
    await expect(raise(id, 200)).rejects.toThrowCode('pool-lots');
    await expect(reduce(id, 10)).rejects.toThrowCode('pool-lots');
    const more = await add(id, 5);
    expect(lots(more)).toEqual([
      { id: 'ordered', quantity: 100, until: turn },
      { id: 'renewal-2', quantity: 80, from: turn },
      { id: 'pack-3', quantity: 5, kind: 'pack' },
    ]);
    expect(previewReissue(fewer.before.claims, fewer.file.claims, vendor.now).words.slice(2)).toEqual([
      'Mailbox licenses: 100 before, 100 after, 80 from 2027-06-01 (UTC)',
      '  Mailboxes: where more than 80 are in use, seats are given out again in alphabetical order, and the last ones lose theirs',
      '  Public folders: where more than 80 are in use, seats are given out again in alphabetical order, and the last ones lose theirs',
    ]);
    at(turn);
    // what is over is left out, and what has begun is no matter of dates any more
    expect(lots(await reduce(id, 60))).toEqual([{ id: 'renewal-2', quantity: 60, from: turn }]);
  });

  it('of a renewal hold at once when the new term has begun, or where there were none', async () => {
    const id = await issue({ pools: {} });
    expect(lots(await renew(id, { pools: { mailboxes: 7 } }))).toEqual([{ id: 'ordered', quantity: 7 }]);
    const over = await issue();
    at(start('2027-06-01'));
    expect(lots(await renew(over, { pools: { mailboxes: 7 } }))).toEqual([{ id: 'ordered', quantity: 7 }]);
  });

  it('and features that ended with the old term end with the new one', async () => {
    const id = await endpoint({
      pools: {
        users: [
          { id: 'a', quantity: 5, lastDay: '2027-05-31' },
          { id: 'b', quantity: 3, lastDay: '2026-12-31' },
          { id: 'c', quantity: 2, lastDay: '2026-06-30' },
        ],
      },
      features: { 'legal-hold': { lastDay: '2027-05-31' } },
    });
    at(start('2026-07-01'));
    const renewed = await renew(id);
    expect(lots(renewed, 'users')).toEqual([
      { id: 'a', quantity: 5, until: end('2028-05-31') },
      { id: 'b', quantity: 3, until: end('2026-12-31') },
    ]);
    expect(renewed.file.claims.license.features).toEqual({ 'legal-hold': { until: end('2028-05-31') } });
  });

  it('grow by packs or by the total, and shrink from the newest pack on', async () => {
    const id = await issue();
    await add(id, 20);
    expect(lots(await add(id, 5))).toEqual([
      { id: 'ordered', quantity: 100 },
      { id: 'pack-2', quantity: 20, kind: 'pack' },
      { id: 'pack-3', quantity: 5, kind: 'pack' },
    ]);
    expect(lots(await raise(id, 150))).toEqual([
      { id: 'ordered', quantity: 125 },
      { id: 'pack-2', quantity: 20, kind: 'pack' },
      { id: 'pack-3', quantity: 5, kind: 'pack' },
    ]);
    expect(lots(await reduce(id, 140))).toEqual([
      { id: 'ordered', quantity: 125 },
      { id: 'pack-2', quantity: 15, kind: 'pack' },
    ]);
    expect(lots(await reduce(id, 0))).toEqual([{ id: 'ordered', quantity: 0 }]);
    expect(lots(await raise(id, 1))).toEqual([{ id: 'ordered', quantity: 1 }]);
    await expect(raise(id, 1)).rejects.toThrowCode('change-direction');
    await expect(reduce(id, 1)).rejects.toThrowCode('change-direction');
    await expect(reduce(id, 0, 'postbox')).rejects.toThrowCode('order-name-unknown');
    await expect(add(id, 1, {}, 'postbox')).rejects.toThrowCode('order-name-unknown');
  });

  it('give every pack an id of its own', async () => {
    const id = await issue({ pools: { mailboxes: [{ id: 'pack-2', quantity: 1, kind: 'pack' }] } });
    expect(lots(await add(id, 1))?.map((lot) => lot.id)).toEqual(['pack-2', 'pack-2-2']);
    expect(lots(await raise(id, 10))?.map(({ quantity }) => quantity)).toEqual([9, 1]);
    const none = await issue({ pools: {} });
    expect(lots(await raise(none, 3))).toEqual([{ id: 'ordered', quantity: 3 }]);
  });

  it('change in grace, but not when the license is over', async () => {
    const id = await issue({ grace: 'P14D' });
    at(start('2027-06-14'));
    const extended = await add(id, 1);
    expect(extended.verdict.state).toBe('grace');
    at(start('2027-06-15'));
    await expect(add(id, 1)).rejects.toThrowCode('license-over');
    await expect(reduce(id, 1)).rejects.toThrowCode('license-over');
  });

  it('change in a license from activation, before and after it must be activated', async () => {
    const id = await issue({ term: { activateBy: '2026-12-31', activated: 'P1Y' }, grace: 'P7D' });
    expect((await add(id, 1)).verdict.state).toBe('pending');
    at(start('2027-03-01'));
    expect((await add(id, 1)).verdict.state).toBe('active');
    at(start('2028-01-02'));
    expect((await add(id, 1)).verdict.state).toBe('grace');
    at(start('2028-02-01'));
    await expect(add(id, 1)).rejects.toThrowCode('license-over');
  });

  it('grow at once although a renewal is preloaded: both terms are joined', async () => {
    const id = await issue({ pools: { mailboxes: [{ id: 'ordered', quantity: 100 }] }, grace: 'P14D' });
    const turn = start('2027-06-01');
    await renew(id, { preload: true });
    const same = await add(id, 20);
    expect(lots(same)).toEqual([
      { id: 'ordered', quantity: 100 },
      { id: 'pack-3', quantity: 20, kind: 'pack' },
    ]);
    expect(termOf(same)).toMatchObject({ nbf: NOW, until: end('2028-05-31') });
    expect(same.verdict.state).toBe('active');
    expect([same.before.revision, same.inForce.revision]).toEqual([2, 1]);

    const other = await issue();
    await renew(other, { preload: true, pools: { mailboxes: 80 } });
    // a change of what is preloaded already stays preloaded
    expect(termOf(await renew(other))).toMatchObject({ nbf: turn, until: end('2029-05-31') });
    const joined = await add(other, 5);
    expect(lots(joined)).toEqual([
      { id: 'ordered', quantity: 100, until: turn },
      { id: 'ordered-3', quantity: 80, from: turn },
      { id: 'pack-4', quantity: 5, kind: 'pack' },
    ]);
    expect(previewReissue(joined.inForce.claims, joined.file.claims, NOW).words[2]).toBe(
      'Mailbox licenses: 100 before, 105 after, 85 from 2027-06-01 (UTC)',
    );

    const empty = await issue({ pools: {} });
    await renew(empty, { preload: true, pools: { mailboxes: 80 } });
    expect(lots(await add(empty, 5))).toEqual([
      { id: 'ordered', quantity: 80, from: turn },
      { id: 'pack-3', quantity: 5, kind: 'pack' },
    ]);
  });

  it('wait with the preloaded renewal where both terms pass five years, or leave a gap', async () => {
    const id = await issue();
    await renew(id, { preload: true, length: { duration: 'P5Y' } });
    expect((await add(id, 5)).verdict.state).toBe('pending');
    const future = await issue({ term: { from: '2026-07-01', duration: 'P12M' } });
    const waiting = await add(future, 5);
    expect(waiting.verdict.state).toBe('pending');
    expect(waiting.inForce).toBe(waiting.before);
  });

  it('of a trial may change; it stays a trial', async () => {
    const id = await issue({ kind: 'trial' });
    expect((await add(id, 1)).verdict.state).toBe('trial');
  });
});

describe('features', () => {
  it('come, and end later, but never earlier', async () => {
    const id = await endpoint({ zone: 'Europe/Vienna' });
    const first = await feature(id, 'legal-hold', '2026-12-31');
    expect(first.file.claims.license.features).toEqual({
      'legal-hold': { until: end('2026-12-31', 'Europe/Vienna') },
    });
    await expect(feature(id, 'legal-hold', '2026-12-31')).rejects.toThrowCode('change-direction');
    const second = await feature(id, 'legal-hold', '2027-01-01');
    expect(previewReissue(second.before.claims, second.file.claims, NOW).words).toEqual([
      'feature legal-hold: to the end of 2026-12-31 (Europe/Vienna) before, to the end of 2027-01-01 (Europe/Vienna) after',
    ]);
    expect((await feature(id, 'legal-hold')).file.claims.license.features).toEqual({ 'legal-hold': {} });
    await expect(feature(id, 'legal-hold', '2030-01-01')).rejects.toThrowCode('change-direction');
    await expect(feature(id, 'legal-hold')).rejects.toThrowCode('change-direction');
    await expect(feature(id, 'legal')).rejects.toThrowCode('order-name-unknown');
    const other = await endpoint();
    await expect(feature(other, 'legal-hold', '2026-05-01')).rejects.toThrowCode('change-direction');
    const added = await feature(other, 'legal-hold');
    expect(previewReissue(added.before.claims, added.file.claims, NOW).words).toEqual([
      'feature legal-hold: new, no end',
    ]);
  });
});

describe('what a reissue carries over', () => {
  it('is everything but what names the file', async () => {
    const key = 'QxvTZfpRoI_gCo6RiDoLpHXAiCSALKzcReLZu9cHVeI';
    const id = await issue({ host: { key }, offer: 'annual', policies: { undo: 3 }, zone: 'Europe/Vienna' });
    at(NOW + DAY);
    const { before, file } = await add(id, 1, { note: 'order 4711' });
    const { license: was, ...old } = before.claims;
    const { license: is, ...now } = file.claims;
    expect(now).toEqual({ ...old, iat: NOW + DAY, jti: now.jti, status: now.status });
    expect(now.jti).not.toBe(old.jti);
    expect(file.index).not.toBe(before.index);
    expect(is).toEqual({ ...was, revision: 2, pools: is.pools });
    expect((await vendor.register.listAudit()).at(-1)).toMatchObject({
      at: NOW + DAY,
      action: 'license-extended',
      object: id,
      detail: { revision: 2, note: 'order 4711', digest: file.digest },
    });
    // of another host's id only a digest is known
    const bound = await issue({ host: { source: 'cluster', id: 'secret' } });
    const again = await add(bound, 1);
    expect(again.file.claims.license.binding).toEqual(again.before.claims.license.binding);
  });

  it('are the rules that were filed, or those of a newer product document', async () => {
    const id = await issue({ policies: { undo: 3 } });
    const newer: Product = {
      ...MAILBOX,
      catalog: 2,
      name: 'Mailbox Backup 2',
      pools: { mailboxes: { label: 'Seats' } },
      policies: { mode: 'advisory', undo: 9 },
    };
    const { license } = (await add(id, 1, { product: newer })).file.claims;
    expect(license).toMatchObject({
      product: { name: 'Mailbox Backup 2', catalog: 2 },
      policies: { mode: 'advisory', undo: 3 },
      pools: { mailboxes: { label: 'Seats' } },
    });
    expect((await add(id, 1)).file.claims.license.product.catalog).toBe(2);
    await expect(add(id, 1, { product: MAILBOX })).rejects.toThrowCode('catalog-older');
    await expect(add(id, 1, { product: ENDPOINT })).rejects.toThrowCode('order-product');
    const meters = { mailboxes: MAILBOX.meters!['mailboxes']! };
    await expect(add(id, 1, { product: { ...newer, meters } })).rejects.toThrowCode('order-name-unknown');
    const register: Register = { ...vendor.register, findProduct: () => Promise.resolve(undefined) };
    vendor = { ...vendor, register };
    await expect(add(id, 1)).rejects.toThrowCode('register-broken');
  });

  it('is the name that the customer has now', async () => {
    const id = await issue();
    await issue({ customer: { id: 'C-1', name: 'Renamed' } }, { renameCustomer: true });
    expect((await add(id, 1)).file.claims.license.licensee.name).toBe('Renamed');
  });

  const users = (count: number, name = 'user'): string =>
    Array.from({ length: count }, (_, i) => `${name}${i}@acme.example`).join('\n');

  it('are lists of identities and their pages, unless others are given', async () => {
    const allowed = { user: { file: 'users.txt', domains: ['acme.example'] } };
    const id = await endpoint({ allowed }, users(2001));
    const kept = await add(id, 1, {}, 'users');
    const pages = (text: string) =>
      parseFile(text)
        .blocks.filter(({ document }) => document === 'identity-pages')
        .map(({ body }) => body);
    expect(kept.file.claims.license.allowed).toEqual(kept.before.claims.license.allowed);
    expect(pages(kept.file.text)).toEqual(pages(kept.before.text));
    expect(pages(kept.file.text)).toHaveLength(1);
    const identities = new Map([['user', { name: 'other.txt', text: users(2002, 'other') }]]);
    const other = await add(id, 1, { identities }, 'users');
    expect(other.file.claims.license.allowed?.['user']).toMatchObject({
      domains: ['acme.example'],
      pages: { count: 2002 },
    });
    expect(pages(other.file.text)).toHaveLength(1);
    const few = new Map([['user', { name: 'few.txt', text: 'one@acme.example' }]]);
    const last = await add(id, 1, { identities: few }, 'users');
    expect(last.file.claims.license.allowed).toEqual({
      user: { domains: ['acme.example'], list: ['one@acme.example'] },
    });
    expect(pages(last.file.text)).toEqual([]);
  });

  it('are no identities that a newer product writes otherwise', async () => {
    const id = await endpoint({ allowed: { user: { list: ['a@acme.example'] } } });
    const file = (await vendor.register.findFile(id))!;
    const kinds = { ...ENDPOINT.kinds, user: { ...ENDPOINT.kinds!['user']!, form: 'text' as const } };
    const changed = { ...ENDPOINT, kinds };
    expect(() => carryAllowed(file, changed, { pages: [] })).toThrowCode('identities-invalid');
    expect(carryAllowed(file, changed, { allowed: { user: { list: ['x'] } }, pages: [] }).allowed).toEqual({
      user: { list: ['x'] },
    });
    expect(() => carryAllowed(file, { ...ENDPOINT, kinds: {} }, { pages: [] })).toThrowCode(
      'order-name-unknown',
    );
  });
});

describe('a license that is not to be reissued', () => {
  it('is unknown, or revoked, or was reissued by another program meanwhile', async () => {
    await expect(add('CF-0000-0000-0', 1)).rejects.toThrowCode('license-unknown');
    const id = await issue();
    const { register } = vendor;
    const file = (await register.findFile(id))!;
    const stored = (await register.newestShard())!;
    const bits = Uint8Array.from(stored.bits);
    bits[file.index >> 2]! |= 1 << ((file.index & 3) * 2);
    const original = vendor;
    vendor = { ...vendor, register: { ...register, findShard: () => Promise.resolve({ ...stored, bits }) } };
    await expect(renew(id)).rejects.toThrowCode('license-withdrawn');

    const racing = (failures: number, before: () => Promise<unknown>): void => {
      let count = 0;
      const fileLicense: Register['fileLicense'] = async (filing) => {
        if (++count > failures) return register.fileLicense(filing);
        await before();
        throw issuerFault('register-conflict');
      };
      vendor = { ...original, register: { ...register, fileLicense } };
    };
    // only the status index was taken
    racing(2, () => Promise.resolve());
    expect((await renew(id)).file.revision).toBe(2);
    // somebody else renewed: doing it again on top would renew twice
    const other = original;
    racing(1, async () => {
      vendor = other;
      await renew(id);
    });
    await expect(renew(id)).rejects.toThrowCode('license-superseded');
    expect((await register.findFile(id))?.revision).toBe(3);
    racing(3, () => Promise.resolve());
    await expect(renew(id)).rejects.toThrowCode('register-conflict');
  });

  it('wants a clock that is not behind', async () => {
    const id = await issue();
    at(NOW - 7200);
    await expect(add(id, 1)).rejects.toThrowCode('clock-behind-register');
    await add(id, 1, { acknowledgeClock: true });
  });
});

describe('the preview', () => {
  const words = (change: object): readonly string[] => {
    const claims = {
      nbf: 0,
      license: {
        term: { type: 'perpetual' },
        pools: { p: { lots: [{ id: 'a', quantity: 9 }] } },
        meters: { m: { pools: ['p'], kind: 'k', ...change } },
      },
    };
    const after = structuredClone(claims);
    after.license.pools.p.lots = [];
    return previewReissue(claims as never, after as never, NOW).words;
  };

  it.each([
    ['what is used stays used', { release: { type: 'never' } }],
    ['nothing more is given out until', {}],
    ['the oldest seats are kept', { overflow: 'oldest-first' }],
    ['the customer chooses', { overflow: 'choose' }],
  ])('says that %s', (text, rules) => {
    expect(words(rules)[0]).toBe('p: 9 before, 0 after');
    expect(words(rules)[1]).toContain(`  p: where more than 0 are in use, ${text}`);
  });

  it('says nothing of a loss where nothing is denied', () => {
    expect(words({ limit: { type: 'postpaid' } })).toEqual(['p: 9 before, 0 after']);
  });
});
