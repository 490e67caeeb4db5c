import { readFileSync } from 'node:fs';
import {
  bitAt,
  issueLicense,
  issuerFault,
  listLicenses,
  parseProductDocument,
  publishShard,
  takeStatusPlace,
  type IdentityText,
  type IssuedLicense,
  type IssueRequest,
  type Register,
  type Sales,
  type Vendor,
} from '@counterfoil/issuer';
import { limits, parseFile, type Order, type Product } from '@counterfoil/schemas';
import { checkIdentity, openShard } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { beforeEach, describe, expect, it } from 'vitest';
import { buildAllowed } from '../../../issuer/src/domain/order/allowed-identities.js';
import { catalogPath, memoryVendor, NOW } from '../../support/vendor.js';

const product = (name: string): Product =>
  parseProductDocument(readFileSync(catalogPath(`${name}.yaml`), 'utf8'), name);
const MAILBOX = product('mailbox-backup');
const ENDPOINT = product('endpoint-backup');
/** What an order may name. */
const SALES: Sales = { offers: { annual: { type: 'subscription', term: 'P12M' } } };
const order = (change: Partial<Order> = {}): Order => ({
  product: 'mailbox-backup',
  customer: { id: 'C-1', name: 'One' },
  term: { duration: 'P1Y' },
  pools: { mailboxes: 100 },
  ...change,
});

let vendor: Vendor;
beforeEach(async () => {
  vendor = await memoryVendor();
});
const issue = (change: Partial<Order> = {}, rest: Partial<IssueRequest> = {}): Promise<IssuedLicense> =>
  issueLicense(vendor, {
    order: order(change),
    product: MAILBOX,
    sales: SALES,
    identities: new Map(),
    ...rest,
  });
const endpoint = (change: Partial<Order>, lines?: string): Promise<IssuedLicense> => {
  const identities = new Map<string, IdentityText>(
    lines === undefined ? [] : [['user', { name: 'users.txt', text: lines }]],
  );
  return issue(
    { product: 'endpoint-backup', pools: { users: 1 }, ...change },
    { product: ENDPOINT, identities },
  );
};

describe('the claims', () => {
  it('are the order and the rules, and nothing that says nothing', async () => {
    const { file, verdict } = await issue();
    const { license, ...rest } = file.claims;
    expect(verdict.state).toBe('active');
    expect(rest).toMatchObject({
      iss: 'acme.example',
      aud: 'mailbox-backup',
      sub: 'C-1',
      iat: NOW,
      nbf: NOW,
    });
    expect(Object.keys(license).sort()).toEqual(
      'forms id kind kinds licensee links meters needs operations policies pools product revision schema states term'.split(
        ' ',
      ),
    );
    expect(license).toMatchObject({
      kind: 'commercial',
      revision: 1,
      needs: { root: 1, status: 1 },
      forms: 1,
    });
    expect(license.pools).toEqual({
      mailboxes: { label: 'Mailbox licenses', lots: [{ id: 'ordered', quantity: 100 }] },
    });
    expect(license.states).toEqual(MAILBOX.states);
  });

  it('take lots, features and policies of the order', async () => {
    const { file } = await endpoint({
      zone: 'Europe/Vienna',
      offer: 'annual',
      pools: {
        users: [
          { id: 'a', quantity: 5, from: '2026-07-01', lastDay: '2026-07-31' },
          { id: 'b', quantity: 0 },
        ],
      },
      features: { 'legal-hold': { lastDay: '2026-12-31' } },
      policies: { undo: 3 },
    });
    const { license } = file.claims;
    expect(license.offer).toBe('annual');
    expect(license.pools?.['users']?.lots).toEqual([
      { id: 'a', quantity: 5, from: 1_782_856_800, until: 1_785_535_200 },
      { id: 'b', quantity: 0 },
    ]);
    expect(license.features).toEqual({ 'legal-hold': { until: 1_798_758_000 } });
    expect(license.policies).toEqual({ ...ENDPOINT.policies, undo: 3 });
    expect(license.roles).toEqual(ENDPOINT.roles);
  });

  it.each([
    ['trial', { kind: 'trial' }, 'trial'],
    ['pending', { term: { from: '2026-07-01', duration: 'P1Y' } }, 'pending'],
    ['to be activated', { term: { activateBy: '2026-07-01', activated: 'P1Y' } }, 'pending'],
    ['perpetual', { term: { perpetual: true } }, 'active'],
  ] as const)('of a license that is %s are in the state that was expected', async (_, change, state) => {
    expect((await issue(change as Partial<Order>)).verdict.state).toBe(state);
  });

  it('bind to a host key or to an id of a host, which the file does not tell', async () => {
    const key = 'QxvTZfpRoI_gCo6RiDoLpHXAiCSALKzcReLZu9cHVeI';
    expect((await issue({ host: { key } })).file.claims).toMatchObject({
      cnf: { jkt: key },
      license: { binding: { type: 'host-key' } },
    });
    const { file } = await issue({ host: { source: 'cluster', id: 'secret-cluster-id' } });
    expect(file.claims.license.binding).toMatchObject({ type: 'host-id', source: 'cluster' });
    expect(JSON.stringify(file.claims)).not.toContain('secret-cluster-id');
  });

  it('stay within 3 kB for a usual license', async () => {
    const { file } = await issue({ grace: 'P14D', zone: 'Europe/Vienna' });
    expect(parseFile(file.text).blocks[0]!.body.length).toBeLessThanOrEqual(3072);
  });
});

describe('an order that cannot be filled', () => {
  it.each([
    ['order-product', { product: 'endpoint-backup' }],
    ['order-name-unknown', { pools: { mailbox: 1 } }],
    ['order-name-unknown', { features: { archive: {} } }],
    ['order-name-unknown', { allowed: { postbox: { list: ['a'] } } }],
    [
      'order-lot',
      {
        pools: {
          mailboxes: [
            { id: 'a', quantity: 1 },
            { id: 'a', quantity: 2 },
          ],
        },
      },
    ],
    [
      'order-lot',
      { pools: { mailboxes: [{ id: 'a', quantity: 1, from: '2026-07-02', lastDay: '2026-07-01' }] } },
    ],
    ['identities-invalid', { allowed: { mailbox: { list: ['no guid'] } } }],
    ['identities-invalid', { allowed: { mailbox: { domains: ['acme.example'] } } }],
    ['identities-invalid', { allowed: { 'public-folder': { list: ['x'.repeat(401)] } } }],
    ['identities-none', { allowed: { mailbox: {} } }],
    ['date-invalid', { term: { lastDay: '2027-02-29' } }],
    ['self-check', { term: { duration: 'P9Y' } }],
    ['self-check', { term: { duration: 'P1Y' }, critical: ['quantum'] }],
    ['self-check', { term: { from: '2028-06-01', duration: 'P1Y' } }],
  ] as const)('is refused as %s, and nothing is filed: %j', async (code, change) => {
    await expect(issue(change as unknown as Partial<Order>)).rejects.toThrowCode(code);
    expect(await vendor.register.listFiles({})).toEqual([]);
    expect(await vendor.register.listAudit()).toEqual([]);
    expect(await vendor.register.newestShard()).toBeUndefined();
  });
});

describe('the customer', () => {
  it('has one name, until it is renamed', async () => {
    await issue();
    const renamed = { customer: { id: 'C-1', name: 'Another' } };
    await expect(issue(renamed)).rejects.toThrowCode('customer-differs');
    await issue(renamed, { renameCustomer: true });
    expect(await vendor.register.findCustomer('C-1')).toEqual(renamed.customer);
    expect((await vendor.register.listAudit()).map(({ action }) => action)).toEqual([
      'license-issued',
      'customer-renamed',
      'license-issued',
    ]);
  });
});

describe('the clock', () => {
  it('must not stand an hour behind the newest signature', async () => {
    await issue();
    vendor = { ...vendor, now: NOW - 3599 };
    await issue();
    vendor = { ...vendor, now: NOW - 3600 };
    await expect(issue()).rejects.toThrowCode('clock-behind-register');
    await issue({}, { acknowledgeClock: true });
  });
});

describe('allowed identities', () => {
  it('are canonical, sorted, each once', async () => {
    const { file } = await endpoint(
      { allowed: { user: { file: 'users.txt', list: ['C@acme.example'] } } },
      '\ufeffB@Acme.Example\r\n# a comment\r\n\r\na@acme.example\r\nb@acme.example',
    );
    expect(file.claims.license.allowed).toEqual({
      user: { list: ['a@acme.example', 'b@acme.example', 'c@acme.example'] },
    });
  });

  it('may be domains', async () => {
    const { file } = await endpoint({
      allowed: { user: { domains: ['*.BÜCHER.example', 'acme.example', 'acme.example'] } },
    });
    expect(file.claims.license.allowed).toEqual({
      user: { domains: ['*.xn--bcher-kva.example', 'acme.example'] },
    });
  });

  it('name the lines that are wrong, five of them', async () => {
    const lines = Array.from({ length: 9 }, (_, i) => (i === 4 ? 'ok@acme.example' : `bad ${i}`)).join('\n');
    await expect(endpoint({ allowed: { user: { file: 'users.txt' } } }, lines)).rejects.toMatchObject({
      code: 'identities-invalid',
      detail: {
        where: 'users.txt',
        expected: 'a mail',
        actual: 'line 1 "bad 0", line 2 "bad 1", line 3 "bad 2", line 4 "bad 3", line 6 "bad 5", and 3 more',
      },
    });
    await expect(endpoint({ allowed: { user: { file: 'users.txt' } } }, '# nothing\n')).rejects.toThrowCode(
      'identities-none',
    );
    await expect(endpoint({ allowed: { user: { domains: ['*'] } } })).rejects.toThrowCode(
      'identities-invalid',
    );
  });

  it('stand on pages beyond 2,000', async () => {
    const users = (count: number): string =>
      Array.from({ length: count }, (_, i) => `user${i}@acme.example`).join('\n');
    const listed = await endpoint({ allowed: { user: { file: 'users.txt' } } }, users(2000));
    expect(listed.file.claims.license.allowed?.['user']?.list).toHaveLength(2000);
    const { file, verdict } = await endpoint({ allowed: { user: { file: 'users.txt' } } }, users(2001));
    const { pages, list } = file.claims.license.allowed!['user']!;
    expect(list).toBeUndefined();
    expect(pages?.count).toBe(2001);
    const { blocks } = parseFile(file.text);
    expect(blocks.map(({ document }) => document)).toEqual([
      'license',
      'trust-root',
      'status-list',
      'identity-pages',
    ]);
    const bytes = Buffer.from(blocks[3]!.body, 'base64');
    const read = (block: number): Uint8Array =>
      bytes.subarray(block * limits.page, (block + 1) * limits.page);
    expect(checkIdentity(nodeEngine, verdict.license, 'user', 'USER1999@acme.example', read).allowed).toBe(
      true,
    );
    expect(checkIdentity(nodeEngine, verdict.license, 'user', 'user2001@acme.example', read).allowed).toBe(
      false,
    );
  });

  it('are limited in number', () => {
    const allowed = { user: { list: ['a@acme.example', 'b@acme.example', 'c@acme.example'] } };
    const build = (most: number) => () =>
      buildAllowed(order({ allowed }), ENDPOINT, new Map(), () => 'AAAAAAAAAAAAAAAAAAAAAA', most);
    expect(build(3)().allowed).toEqual(allowed);
    expect(build(2)).toThrowCode('identities-too-many');
  });

  it('stand on pages when their list would not fit into a license', async () => {
    const users = Array.from({ length: 1000 }, (_, i) => `${'x'.repeat(150)}${i}@acme.example`).join('\n');
    const { file } = await endpoint({ allowed: { user: { file: 'users.txt' } } }, users);
    expect(file.claims.license.allowed?.['user']?.pages?.count).toBe(1000);
  });
});

describe('the status list', () => {
  const signing = (change: Partial<Vendor> = {}) => ({
    vendor: vendor.id,
    trust: vendor.trust,
    now: NOW,
    random: vendor.random,
    status: () => vendor.signer('status'),
    ...change,
  });

  it('begins with a shard of zeros, and gives every file its own index', async () => {
    const files = [await issue(), await issue(), await issue()].map(({ file }) => file);
    expect(new Set(files.map(({ index }) => index)).size).toBe(3);
    const shard = (await vendor.register.newestShard())!;
    expect(shard).toMatchObject({ number: 1, uri: 'counterfoil:acme.example:status:1', version: 1 });
    expect(shard.bits).toHaveLength(4096);
    const opened = openShard(nodeEngine, vendor.trust, shard.token);
    expect(opened.at(16_383)).toBe('valid');
    expect(opened.at(16_384)).toBeUndefined();
    expect(parseFile(files[2]!.text).blocks[2]!.body).toBe(shard.token);
  });

  it('takes only free indices, and a new shard at three quarters', async () => {
    await issue();
    const { register } = vendor;
    const used = new Set(Array.from({ length: 12_287 }, (_, i) => i));
    const full: Register = { ...register, usedIndices: () => Promise.resolve(used) };
    for (let i = 0; i < 50; i++) {
      const place = await takeStatusPlace(full, signing());
      expect(place.index).toBeGreaterThanOrEqual(12_287);
      expect(place).toMatchObject({ isNew: false, shard: { number: 1 } });
    }
    used.add(12_287);
    expect(await takeStatusPlace(full, signing())).toMatchObject({
      isNew: true,
      shard: { number: 2, version: 1 },
    });
  });

  it('is signed again under the next version when its key is no longer trusted', async () => {
    await issue();
    const fresh = await memoryVendor({ register: vendor.register });
    const place = await takeStatusPlace(
      vendor.register,
      signing({ trust: fresh.trust, status: () => fresh.signer('status') } as Partial<Vendor>),
    );
    expect(place).toMatchObject({ isNew: true, shard: { number: 1, version: 2 } });
    expect(openShard(nodeEngine, fresh.trust, place.shard.token).version).toBe(2);
  });

  it('shows its bits in the list of licenses', async () => {
    const { file } = await issue();
    const shard = (await vendor.register.newestShard())!;
    const bits = Uint8Array.from(shard.bits);
    bits[file.index >> 2]! |= 1 << ((file.index & 3) * 2);
    expect(bitAt({ bits }, file.index)).toBe('revoked');
    expect(
      openShard(nodeEngine, vendor.trust, (await publishShard({ ...shard, bits }, signing())).token).at(
        file.index,
      ),
    ).toBe('revoked');
    const register: Register = { ...vendor.register, findShard: () => Promise.resolve({ ...shard, bits }) };
    expect((await listLicenses(register, {}, NOW)).map(({ state }) => state)).toEqual(['revoked']);
  });
});

describe('a race with another program', () => {
  const racing = (failures: number): { vendor: Vendor; ids: string[] } => {
    const ids: string[] = [];
    const { register } = vendor;
    const fileLicense: Register['fileLicense'] = async (filing) => {
      ids.push(filing.file.license);
      if (ids.length <= failures) throw issuerFault('register-conflict');
      await register.fileLicense(filing);
    };
    return { vendor: { ...vendor, register: { ...register, fileLicense } }, ids };
  };

  it('is tried again with another id', async () => {
    const race = racing(2);
    ({ vendor } = race);
    const { file } = await issue();
    expect(new Set(race.ids).size).toBe(3);
    expect((await vendor.register.listFiles({})).map(({ license }) => license)).toEqual([file.license]);
  });

  it('is given up after three times', async () => {
    const race = racing(3);
    ({ vendor } = race);
    await expect(issue()).rejects.toThrowCode('register-conflict');
    expect(race.ids).toHaveLength(3);
  });
});
