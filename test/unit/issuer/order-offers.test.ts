import {
  extendLicense,
  issueLicense,
  parseCatalogDocument,
  parseOrder,
  parseOrderDocument,
  renewLicense,
  type DocumentError,
  type Extension,
  type Renewal,
  type ReissueRequest,
  type Vendor,
} from '@counterfoil/issuer';
import type { Grant, Order } from '@counterfoil/schemas';
import { endOfDay, parseDate, startOfDay } from '@counterfoil/verifier';
import { beforeEach, describe, expect, it } from 'vitest';
import { memoryVendor, NOW } from '../../support/vendor.js';

const CATALOG = `schema: 1
id: mail-box
name: Mail Box
catalog: 1
kinds: { mailbox: { form: guid } }
operations: { backup: { meters: [mailboxes] }, hold: { feature: legal-hold } }
states: { active: [backup, hold] }
pools: { mailboxes: {}, folders: {} }
meters: { mailboxes: { pools: [mailboxes, folders], kind: mailbox } }
features: { legal-hold: {}, archive: {} }
offers:
  try: { type: trial, term: P30D, pools: { mailboxes: 5 } }
  annual:
    type: subscription
    replaces: [yearly]
    term: P12M
    grace: P14D
    renewal: from-now
    pools: { mailboxes: 10, folders: 2 }
    features: [legal-hold]
  site: { type: perpetual, pools: { mailboxes: 50 } }
  more: { type: pack, for: [annual], pools: { mailboxes: 5, folders: 1 }, features: [archive] }
  hold: { type: pack, features: [legal-hold] }
`;
const { product, sales } = parseCatalogDocument(CATALOG, 'p.yaml');
const start = (date: string): number => startOfDay(parseDate(date), 'UTC');
const end = (date: string): number => endOfDay(parseDate(date), 'UTC');

let vendor: Vendor;
beforeEach(async () => {
  vendor = await memoryVendor();
});

const CUSTOMER = { product: 'mail-box', customer: { id: 'C-1', name: 'One' } };
const issue = async (order: Partial<Order>) =>
  issueLicense(vendor, { order: { ...CUSTOMER, ...order }, product, sales, identities: new Map() });
const grantOf = async (order: Partial<Order>): Promise<Grant> =>
  (await issue(order)).file.claims.license as Grant;
const lotsOf = ({ pools = {} }: Grant): object =>
  Object.fromEntries(
    Object.entries(pools).map(([id, { lots }]) => [id, lots.map(({ quantity }) => quantity)]),
  );

describe('an order that names an offer', () => {
  it('gets kind, term, grace, pools times quantity and features from it', async () => {
    const { file } = await issue({ offer: 'annual', quantity: 3 });
    expect(file.claims).toMatchObject({
      nbf: NOW,
      exp: end('2027-06-14'),
      license: {
        kind: 'commercial',
        offer: 'annual',
        term: { type: 'fixed', until: end('2027-05-31') },
        features: { 'legal-hold': {} },
      },
    });
    expect(lotsOf(file.claims.license as Grant)).toEqual({ mailboxes: [30], folders: [6] });
    // what is sold is no matter of the host
    expect(JSON.stringify(file.claims)).not.toMatch(/"(offers|quantities|price|currency|renewal)"/);
  });

  it('is a trial of a trial, and has no end where the offer has none', async () => {
    expect(await grantOf({ offer: 'try' })).toMatchObject({
      kind: 'trial',
      term: { type: 'fixed', until: end('2026-06-30') },
      pools: { mailboxes: { lots: [{ quantity: 5 }] } },
    });
    expect(await grantOf({ offer: 'site' })).toMatchObject({
      kind: 'commercial',
      term: { type: 'perpetual' },
    });
  });

  it('says itself what is to be otherwise', async () => {
    const own = await grantOf({
      offer: 'annual',
      kind: 'not-for-production',
      term: { lastDay: '2026-12-31' },
      grace: 'P1D',
      pools: { folders: 7 },
      features: { archive: { lastDay: '2026-08-31' } },
    });
    expect(own).toMatchObject({
      kind: 'not-for-production',
      term: { until: end('2026-12-31') },
      features: { 'legal-hold': {}, archive: { until: end('2026-08-31') } },
    });
    expect(lotsOf(own)).toEqual({ mailboxes: [10], folders: [7] });
    expect(await grantOf({ offer: 'annual', term: { from: '2026-07-01' } })).toMatchObject({
      term: { until: end('2027-06-30') },
    });
    // grace comes after an end
    expect(await grantOf({ offer: 'annual', term: { perpetual: true } })).toMatchObject({
      term: { type: 'perpetual' },
    });
  });

  it.each<[string, string, Partial<Order>]>([
    ['an offer that there is not', 'order-name-unknown', { offer: 'anual' }],
    ['a pack alone', 'order-offer', { offer: 'more' }],
    ['more than a license can state', 'order-offer', { offer: 'annual', quantity: 2 ** 52 }],
    ['no term at all', 'order-term', {}],
    ['a first day without an offer', 'order-term', { term: { from: '2026-07-01' } }],
  ])('is refused for %s: %s', async (_, code, order) => {
    await expect(issue(order)).rejects.toThrowCode(code);
  });

  it('is told which offer was probably meant, and that there are none', async () => {
    await expect(issue({ offer: 'anual' })).rejects.toThrow(
      '(offer): expected annual (did you mean that?), got anual',
    );
    const order = { ...CUSTOMER, offer: 'annual' };
    await expect(issueLicense(vendor, { order, product, identities: new Map() })).rejects.toThrow(
      '(offer): expected none, got annual',
    );
  });
});

describe('the form of an order', () => {
  const issuesOf = (parse: () => unknown): readonly string[] => {
    expect(parse).toThrowCode('document-invalid');
    try {
      parse();
    } catch (error) {
      return (error as DocumentError).issues.map(
        ({ line, path, expected, actual }) => `${String(line)} ${path} | ${expected} | ${actual}`,
      );
    }
    return [];
  };
  const HEAD = 'product: mail-box\ncustomer: { id: C1, name: x }\n';

  it('needs a term or an offer, and an offer for a quantity', () => {
    expect(parseOrderDocument(`${HEAD}offer: annual\nquantity: 2\n`, 'o.yaml')).toMatchObject({
      quantity: 2,
    });
    expect(issuesOf(() => parseOrderDocument(HEAD, 'o.yaml'))).toEqual(['1 term | this member | nothing']);
    expect(
      issuesOf(() => parseOrderDocument(`${HEAD}term: { perpetual: true }\nquantity: 2\n`, 'o.yaml')),
    ).toEqual(['4 quantity | offer beside it | nothing']);
    expect(issuesOf(() => parseOrder({ ...CUSTOMER, offer: 'a', quantity: 0 }, 'options'))).toEqual([
      'undefined quantity | 1 or more | 0',
    ]);
  });
});

const extend = (license: string, change: Partial<Extension>, request: Partial<ReissueRequest> = {}) =>
  extendLicense(
    vendor,
    { license, product, sales, ...request },
    { pools: new Map(), features: new Map(), ...change },
  );
const pack = (offer: string, quantity = 1) => ({ pack: { offer, quantity } });

describe('a pack', () => {
  it('adds its pools so many times, and its features, for as long as the license runs', async () => {
    const { file } = await issue({ offer: 'annual', features: { archive: { lastDay: '2026-08-31' } } });
    const { license } = (await extend(file.license, pack('more', 3))).file.claims;
    expect(license.pools?.['mailboxes']?.lots).toEqual([
      { id: 'ordered', quantity: 10 },
      { id: 'pack-2', quantity: 15, kind: 'pack' },
    ]);
    expect(lotsOf(license as Grant)).toEqual({ mailboxes: [10, 15], folders: [2, 3] });
    expect(license.features).toEqual({ 'legal-hold': {}, archive: {} });
    expect(license.offer).toBe('annual');
    // together with what is added by hand
    const both = await extend(file.license, {
      ...pack('more'),
      pools: new Map([['folders', { type: 'add', quantity: 9 }]]),
    });
    expect(lotsOf(both.file.claims.license as Grant)).toEqual({
      mailboxes: [10, 15, 5],
      folders: [2, 3, 1, 9],
    });
  });

  it('may be for a license without an offer, when it is for any', async () => {
    const { file } = await issue({ term: { perpetual: true } });
    expect((await extend(file.license, pack('hold'))).file.claims.license.features).toEqual({
      'legal-hold': {},
    });
    await expect(extend(file.license, pack('more'))).rejects.toThrow(
      'a license of annual, got a license of no offer',
    );
    // it has that by now
    await expect(extend(file.license, pack('hold'))).rejects.toThrowCode('change-direction');
  });

  it('must be one, and for the offer of the license', async () => {
    const { file } = await issue({ offer: 'site' });
    await expect(extend(file.license, pack('mor'))).rejects.toThrowCode('order-name-unknown');
    await expect(extend(file.license, pack('annual'))).rejects.toThrowCode('order-offer');
    await expect(extend(file.license, pack('more'))).rejects.toThrowCode('order-offer');
    await expect(extend(file.license, pack('hold'), { sales: {} })).rejects.toThrowCode('order-name-unknown');
  });

  it('is also for a license of the offer that the present one replaces', async () => {
    const before = { offers: { yearly: { type: 'subscription', term: 'P12M' } as const } };
    const order = { ...CUSTOMER, offer: 'yearly' };
    const { file } = await issueLicense(vendor, { order, product, sales: before, identities: new Map() });
    const { license } = (await extend(file.license, pack('more'))).file.claims;
    expect(license).toMatchObject({ offer: 'annual', pools: { mailboxes: { lots: [{ quantity: 5 }] } } });
  });
});

describe('a renewal', () => {
  const renew = async (
    license: string,
    renewal: Partial<Renewal> = {},
    request: Partial<ReissueRequest> = {},
  ) => {
    const length = { duration: 'P12M' };
    const { file } = await renewLicense(
      vendor,
      { license, ...request },
      { length, preload: false, pools: new Map(), ...renewal },
    );
    return file.claims.license.term;
  };

  it('counts as the offer of the license says, where that is known', async () => {
    const { file } = await issue({ offer: 'annual' });
    vendor = { ...vendor, now: start('2027-06-05') };
    const known = { product, sales };
    expect(await renew(file.license, {}, known)).toMatchObject({ until: end('2028-06-04') });
    vendor = { ...vendor, now: start('2027-06-06') };
    // what is said beats the offer
    expect(await renew(file.license, { basis: 'from-expiry' }, known)).toMatchObject({
      until: end('2029-06-04'),
    });
  });

  it('counts from the last day for a preloaded file, and where no offer is known or says anything', async () => {
    const [unknown, preloaded] = [await issue({ offer: 'annual' }), await issue({ offer: 'annual' })];
    vendor = { ...vendor, now: start('2027-05-20') };
    expect(await renew(unknown.file.license)).toMatchObject({ until: end('2028-05-31') });
    expect(await renew(preloaded.file.license, { preload: true }, { product, sales })).toMatchObject({
      until: end('2028-05-31'),
    });
    const bare = { offers: { annual: { type: 'subscription', term: 'P12M' } as const } };
    expect(await renew(unknown.file.license, {}, { product, sales: bare })).toMatchObject({
      until: end('2029-05-31'),
    });
  });
});
