import {
  extendLicense,
  issueLicense,
  listLicenses,
  parseProductDocument,
  reduceLicense,
  renewLicense,
  type ReissueRequest,
  type Vendor,
} from '@counterfoil/issuer';
import type { Grant, Order, Product } from '@counterfoil/schemas';
import { endOfDay, parseDate, startOfDay } from '@counterfoil/verifier';
import { beforeEach, describe, expect, it } from 'vitest';
import { carryAllowed } from '../../../issuer/src/domain/reissue/reissue-identities.js';
import { previewReissue } from '../../../issuer/src/domain/reissue/reissue-preview.js';
import { carryOpening } from '../../../issuer/src/domain/reissue/replaced-names.js';
import { memoryVendor } from '../../support/vendor.js';

const OLD = `schema: 1
id: mail-box
name: Mail Box
catalog: 1
kinds: { mailbox: { form: mail }, person: { form: mail } }
operations: { backup: { meters: [mailboxes] }, hold: { feature: legal-hold } }
states: { active: [backup, hold] }
pools: { mailboxes: { label: Mailboxes }, spare: {} }
meters: { mailboxes: { pools: [mailboxes, spare], kind: mailbox } }
features: { legal-hold: {}, old-hold: {} }
`;
/** Everything has a new name, and two of each became one. */
const NEW = `schema: 1
id: mail-box
name: Mail Box
catalog: 2
kinds: { user: { form: mail, replaces: [mailbox, person] } }
operations: { backup: { meters: [seats] }, hold: { feature: hold } }
states: { active: [backup, hold] }
pools: { seats: { label: Seats, replaces: [mailboxes, spare] } }
meters: { seats: { pools: [seats], kind: user, replaces: [mailboxes] } }
features: { hold: { replaces: [legal-hold, old-hold] } }
`;
const before = parseProductDocument(OLD, 'old.yaml');
const product = parseProductDocument(NEW, 'new.yaml');
const start = (date: string): number => startOfDay(parseDate(date), 'UTC');
const end = (date: string): number => endOfDay(parseDate(date), 'UTC');

let vendor: Vendor;
beforeEach(async () => {
  vendor = await memoryVendor();
});
const at = (date: string): void => void (vendor = { ...vendor, now: start(date) });
const issue = async (change: Partial<Order> = {}): Promise<string> => {
  const order: Order = {
    product: 'mail-box',
    customer: { id: 'C-1', name: 'One' },
    term: { duration: 'P12M' },
    pools: { mailboxes: 100, spare: 20 },
    features: { 'legal-hold': { lastDay: '2026-12-31' }, 'old-hold': { lastDay: '2027-02-28' } },
    ...change,
  };
  const { file } = await issueLicense(vendor, { order, product: before, identities: new Map() });
  return file.license;
};
const renew = (license: string, preload = false, request: Partial<ReissueRequest> = { product }) =>
  renewLicense(vendor, { license, ...request }, { length: { duration: 'P12M' }, preload, pools: new Map() });
const contentOf = ({ license }: { readonly license: unknown }) => license as Grant;

describe('a reissue under rules that renamed things', () => {
  it('carries lots, features and their ends over, and signs what they replace', async () => {
    const license = await issue();
    const renewed = await renew(license);
    const { pools, features, meters, kinds } = contentOf(renewed.file.claims);
    expect(pools).toEqual({
      seats: {
        label: 'Seats',
        lots: [
          { id: 'ordered', quantity: 100 },
          { id: 'ordered-2', quantity: 20 },
        ],
        replaces: ['mailboxes', 'spare'],
      },
    });
    expect(features).toEqual({ hold: { until: end('2027-02-28'), replaces: ['legal-hold', 'old-hold'] } });
    expect(meters).toEqual(product.meters);
    expect(kinds).toEqual(product.kinds);
    // nothing changed for the customer but the term
    const { words, pools: changes } = previewReissue(renewed.before.claims, renewed.file.claims, vendor.now);
    expect(changes).toEqual([]);
    expect(words.filter((line) => !line.startsWith('term'))).toEqual([
      `feature hold: to the end of 2026-12-31 (UTC) before, to the end of 2027-02-28 (UTC) after`,
    ]);
  });

  it('goes for extend and reduce by the new names', async () => {
    const license = await issue({ features: { 'old-hold': {} } });
    const more = await extendLicense(
      vendor,
      { license, product },
      { pools: new Map([['seats', { type: 'add', quantity: 5 }]]), features: new Map() },
    );
    expect(contentOf(more.file.claims).pools?.['seats']?.lots.map(({ quantity }) => quantity)).toEqual([
      100, 20, 5,
    ]);
    expect(contentOf(more.file.claims).features).toEqual({ hold: { replaces: ['legal-hold', 'old-hold'] } });
    expect(previewReissue(more.before.claims, more.file.claims, vendor.now).words).toEqual([
      'Seats: 120 before, 125 after',
    ]);
    const fewer = await reduceLicense(vendor, { license }, new Map([['seats', 60]]));
    expect(contentOf(fewer.file.claims).pools?.['seats']?.lots).toEqual([{ id: 'ordered', quantity: 60 }]);
    await expect(reduceLicense(vendor, { license }, new Map([['mailboxes', 1]]))).rejects.toThrowCode(
      'order-name-unknown',
    );
  });

  it('joins a preloaded renewal with the term that runs under the old names', async () => {
    const license = await issue({ pools: { mailboxes: 100 }, features: {} });
    at('2027-05-01');
    await renew(license, true, {});
    const more = await extendLicense(
      vendor,
      { license, product },
      { pools: new Map([['seats', { type: 'add', quantity: 5 }]]), features: new Map() },
    );
    expect(contentOf(more.file.claims).pools?.['seats']?.lots).toEqual([
      { id: 'ordered', quantity: 100 },
      { id: 'pack-3', quantity: 5, kind: 'pack' },
    ]);
    expect(more.verdict.state).toBe('active');
  });

  it('is refused where something is gone for which nothing stands', async () => {
    const license = await issue();
    const gone = (change: Partial<Product>) => renew(license, false, { product: { ...product, ...change } });
    await expect(gone({ pools: { seats: { replaces: ['mailboxes'] } } })).rejects.toThrow('pools.spare');
    await expect(gone({ features: { hold: { replaces: ['old-hold'] } } })).rejects.toThrow(
      'features.legal-hold',
    );
    const seats = { ...product.meters!['seats']!, replaces: ['folders'] };
    await expect(gone({ meters: { seats } })).rejects.toThrow('meters.mailboxes');
  });

  it('carries allowed identities over to the kind that replaces theirs', async () => {
    const allowed = {
      mailbox: { list: ['b@acme.example'], domains: ['acme.example'] },
      person: { list: ['a@acme.example', 'b@acme.example'] },
    };
    const license = await issue({ allowed });
    const { file } = await renew(license);
    expect(contentOf(file.claims).allowed).toEqual({
      user: { list: ['a@acme.example', 'b@acme.example'], domains: ['acme.example'] },
    });
    const old = (await vendor.register.findFile(license, 1))!;
    const paged = structuredClone(old.claims) as unknown as { license: Grant };
    paged.license.allowed!['person'] = { pages: { root: 'r'.repeat(43), count: 3000, salt: 's' } };
    const withPages = { ...old, claims: paged as unknown as typeof old.claims };
    expect(() => carryAllowed(withPages, product, { pages: [] })).toThrowCode('identities-invalid');
    const list = { user: { list: ['c@acme.example'] } };
    expect(carryAllowed(withPages, product, { allowed: list, pages: [] }).allowed).toEqual({
      user: { domains: ['acme.example'], list: ['c@acme.example'] },
    });
  });

  it('adds the totals that were carried from earlier ledgers', () => {
    const meters = { seats: { pools: ['seats'], kind: 'user', replaces: ['mailboxes', 'folders'] } };
    const opening = { size: 3, root: 'r', totals: { mailboxes: 7, folders: 2, other: 1 } };
    expect(carryOpening(opening, { ...product, meters })).toEqual({
      size: 3,
      root: 'r',
      totals: { seats: 9, other: 1 },
    });
  });
});

describe('the list of licenses', () => {
  it('tells the revision that runs now, and the preloaded one that follows', async () => {
    const license = await issue({ zone: 'Europe/Vienna' });
    at('2027-05-01');
    await renew(license, true, {});
    const listAt = async (date: string) => (await listLicenses(vendor.register, {}, start(date)))[0];
    expect(await listAt('2027-05-31')).toMatchObject({
      id: license,
      revision: 1,
      lastDay: '2027-05-31',
      state: 'active',
      next: { revision: 2, from: '2027-06-01' },
    });
    const after = await listAt('2027-06-02');
    expect(after).toMatchObject({ revision: 2, lastDay: '2028-05-31', state: 'active' });
    expect(after).not.toHaveProperty('next');
  });

  it('tells that a first one has not begun, and nothing of what was joined', async () => {
    const license = await issue();
    at('2027-05-01');
    await renew(license, true, {});
    const future = await issue({ term: { from: '2027-07-01', duration: 'P1M' } });
    await extendLicense(
      vendor,
      { license },
      { pools: new Map([['mailboxes', { type: 'add', quantity: 1 }]]), features: new Map() },
    );
    const rows = await listLicenses(vendor.register, {}, start('2027-05-03'));
    expect(rows.find(({ id }) => id === future)).toMatchObject({ revision: 1, state: 'pending' });
    expect(rows.find(({ id }) => id === future)).not.toHaveProperty('next');
    // the third joined both terms, so that nothing lies ready any more
    expect(rows.find(({ id }) => id === license)).toMatchObject({ revision: 3, state: 'active' });
    expect(rows.find(({ id }) => id === license)).not.toHaveProperty('next');
  });
});
