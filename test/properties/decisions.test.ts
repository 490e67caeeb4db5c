import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseProductDocument } from '@counterfoil/issuer';
import type { Product } from '@counterfoil/schemas';
import {
  decide,
  openTrust,
  readProduct,
  standingOf,
  verifyLicense,
  type ProductContent,
  type Standing,
  type State,
  type Subject,
} from '@counterfoil/verifier';
import { nodeEngine, openLicense, type OpenedLicense } from '@counterfoil/verifier/node';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import {
  DAY,
  kitFile,
  licenseFile,
  licenseOf,
  makeVendor,
  NOW,
  productOf,
  shardOf,
  signCompact,
  type Loose,
} from '../support/signing.js';
import { catalogPath } from '../support/vendor.js';
import { makeFolder, run } from '../unit/verifier-cli/host.js';

const CATALOGS = [
  'mailbox-backup',
  'mailbox-migration',
  'managed-backup',
  'managed-backup-prepaid',
  'endpoint-backup',
] as const;
const vendor = makeVendor();
const trust = openTrust(nodeEngine, [vendor.root]);
const files = makeFolder();
afterAll(files.remove);

const rulesOf = (catalog: string): Product =>
  parseProductDocument(readFileSync(catalogPath(`${catalog}.yaml`), 'utf8'), catalog);
const PRODUCTS = new Map(CATALOGS.map((catalog) => [catalog, rulesOf(catalog)]));

/** Signed product documents, each once. */
function documentOf(product: Product): string {
  return signCompact(vendor.issuing, 'product', productOf({ sub: product.id }, product));
}
const contentOf = (product: Product): ProductContent => readProduct(nodeEngine, trust, documentOf(product));

let count = 0;
/** A license of a product, signed; its term ends 100 days after NOW, its grace two weeks later. */
function licenseText(product: Product, grant: Loose = {}, change: Loose = {}, bits: Loose = {}): string {
  const { kinds, operations, states, roles, meters, policies } = product;
  const rules = { kinds, operations, states, roles, meters, policies, pools: undefined };
  const jti = Buffer.alloc(16, (count += 1)).toString('base64url');
  const claims = licenseOf({ aud: product.id, jti, ...change }, { ...rules, ...grant });
  return licenseFile(signCompact(vendor.issuing, 'license', claims), {
    roots: [vendor.root],
    shard: shardOf(vendor, bits),
  });
}

const ROWS = [
  'none',
  'pending',
  'trial',
  'active',
  'grace',
  'expired',
  'trial-expired',
  'suspended',
  'revoked',
] as const;
const subsetOf = (items: readonly string[]): fc.Arbitrary<string[]> => fc.subarray([...items]);

/** Any catalog: which state allows what is drawn, also what no sane vendor writes. */
function anyProduct(base: Product): fc.Arbitrary<Product> {
  const operations = Object.keys(base.operations);
  const roles = Object.keys(base.roles ?? {});
  const entries = operations.flatMap((operation) => [
    operation,
    ...roles.map((role) => `${operation}@${role}`),
  ]);
  const features = Object.keys(base.features ?? {});
  return fc
    .record({
      states: fc.record(Object.fromEntries(ROWS.map((row) => [row, subsetOf(entries)])), {
        requiredKeys: [],
      }),
      featured: fc.dictionary(fc.constantFrom(...operations), fc.constantFrom(...features, undefined)),
    })
    .map(({ states, featured }) => ({
      ...base,
      states: states,
      operations: Object.fromEntries(
        Object.entries(base.operations).map(([id, { feature: own, ...rest }]) => {
          const feature = Object.hasOwn(featured, id) ? featured[id] : own;
          return [id, { ...rest, ...(feature === undefined ? {} : { feature }) }];
        }),
      ),
    }));
}

const anySubject = (product: Product): fc.Arbitrary<Subject> =>
  fc
    .record({
      role: fc.constantFrom(undefined, ...Object.keys(product.roles ?? {})),
      ids: fc.constantFrom(
        undefined,
        ...Object.keys(product.kinds ?? {}).flatMap((kind) => [
          { [kind]: 'nobody' },
          { [kind]: 'a@example.com' },
        ]),
      ),
    })
    .map(({ role, ids }) => ({
      ...(role === undefined ? {} : { role }),
      ...(ids === undefined ? {} : { ids }),
    }));

const instant = fc.constantFrom(-20, -5, 0, 50, 99, 100, 105, 113, 114, 400).map((days) => NOW + days * DAY);
const restriction = (product: Product): fc.Arbitrary<Loose> =>
  fc.dictionary(
    fc.constantFrom(...Object.keys(product.kinds ?? {})),
    fc.constant({ list: ['b@example.com'] }),
  );

describe.each(CATALOGS)('%s', (catalog) => {
  const base = PRODUCTS.get(catalog) as Product;

  it('no license is worse than none: whatever is allowed without one, every state allows', () => {
    fc.assert(
      fc.property(
        anyProduct(base),
        anyProduct(base),
        anySubject(base),
        instant,
        fc.constantFrom('trial', 'commercial'),
        fc.constantFrom(0, 1, 2),
        restriction(base),
        (inKit, inLicense, subject, now, kind, bit, allowed) => {
          const product = contentOf(inKit);
          const text = licenseText(inLicense, { kind, allowed }, {}, { 7: bit });
          const verdict = verifyLicense(text, { engine: nodeEngine, trust, product: base.id, host: {}, now });
          const context = { engine: nodeEngine, product, at: now };
          const none = standingOf(undefined, context);
          const some = standingOf(verdict, context);
          for (const operation of Object.keys(base.operations)) {
            const ask = (from: Standing): boolean => decide(from, { operation, subject }).allowed;
            if (ask(none)) expect([operation, some.state, ask(some)]).toEqual([operation, some.state, true]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('what the shipped catalog says of expired and revoked is what is answered', () => {
    const product = contentOf(base);
    const states: readonly (readonly [State, number, number, string])[] = [
      ['active', 0, 0, 'commercial'],
      ['grace', 105, 0, 'commercial'],
      ['expired', 200, 0, 'commercial'],
      ['trial', 0, 0, 'trial'],
      ['trial-expired', 200, 0, 'trial'],
      ['revoked', 0, 1, 'commercial'],
      ['suspended', 0, 2, 'commercial'],
    ];
    const features = Object.fromEntries(Object.keys(base.features ?? {}).map((id) => [id, {}]));
    for (const [state, days, bit, kind] of states) {
      const now = NOW + days * DAY;
      const text = licenseText(base, { kind, features }, {}, { 7: bit });
      const verdict = verifyLicense(text, { engine: nodeEngine, trust, product: base.id, host: {}, now });
      const standing = standingOf(verdict, { engine: nodeEngine, product, at: now });
      expect(standing.state).toBe(state);
      const row = [...(base.states[state] ?? []), ...(base.states.none ?? [])];
      const allowed = Object.keys(base.operations).flatMap((operation) =>
        [undefined, ...Object.keys(base.roles ?? {})].flatMap((role) =>
          decide(standing, { operation, subject: role === undefined ? {} : { role } }).allowed
            ? [role === undefined ? operation : `${operation}@${role}`]
            : [],
        ),
      );
      const roles = Object.keys(base.roles ?? {});
      const expected = Object.keys(base.operations).flatMap((operation) => {
        if (row.includes(operation)) return [operation, ...roles.map((role) => `${operation}@${role}`)];
        return row.filter((entry) => entry.startsWith(`${operation}@`));
      });
      expect([state, allowed.toSorted()]).toEqual([state, [...new Set(expected)].toSorted()]);
    }
  });

  it('can be installed in every state', async () => {
    const kit = files.put(`${catalog}.kit`, kitFile([vendor.root], documentOf(base)));
    const DAYS: Readonly<Record<State, number>> = {
      none: 0,
      pending: -5,
      active: 0,
      grace: 105,
      expired: 200,
      trial: 0,
      'trial-expired': 200,
      suspended: 0,
      revoked: 0,
    };
    for (const state of ROWS) {
      const data = join(files.path, `${catalog}-${state}`);
      const now = NOW + DAYS[state] * DAY;
      const host = async (...argv: readonly string[]): Promise<any> => {
        const { exit, out } = await run([...argv, '--kit', kit, '--data', data, '--json'], now);
        return { exit, ...JSON.parse(out) };
      };
      const install = async (text: string): Promise<any> =>
        host('install', files.put(`${(count += 1)}.lic`, text));
      const kind = state.startsWith('trial') ? 'trial' : 'commercial';
      const bits = { 7: state === 'revoked' ? 1 : state === 'suspended' ? 2 : 0 };
      if (state !== 'none') {
        const change = state === 'pending' ? { iat: NOW - 10 * DAY, nbf: NOW } : {};
        expect(await install(licenseText(base, { kind }, change, bits))).toMatchObject({ exit: 0 });
        expect(await host('status')).toMatchObject({ state });
      }
      const next = licenseText(
        base,
        { revision: 2, kind, term: { type: 'fixed', until: NOW + 700 * DAY } },
        {
          status: { status_list: { idx: 8, uri: 'counterfoil:acme.example:status:0' } },
          exp: NOW + 700 * DAY,
          nbf: NOW - 10 * DAY,
        },
        bits,
      );
      expect([state, await install(next)]).toMatchObject([state, { exit: 0, outcome: 'installed' }]);
      expect([state, await host('status')]).toMatchObject([state, { exit: 0, inForce: true }]);
    }
  });

  it('only advises in advisory mode: it denies nothing, and counts the same', () => {
    const operations = Object.keys(base.operations);
    let run = 0;
    const folder = join(files.path, `advisory-${catalog}`);
    const kit = kitFile([vendor.root], documentOf(base));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...operations), anySubject(base), instant), { maxLength: 12 }),
        restriction(base),
        (questions, allowed) => {
          let now = NOW;
          const open = (mode: string): OpenedLicense =>
            openLicense({
              kit,
              dataDir: `${folder}-${mode}-${(run += 1)}`,
              env: {},
              license: licenseText(base, { policies: { mode }, allowed }),
              now: () => now,
              lookEvery: 0,
            });
          const [enforcing, advising] = [open('enforce'), open('advisory')];
          for (const [operation, subject, at] of questions) {
            now = at;
            const [denies, advises] = [enforcing, advising].map((license) =>
              license.check(operation, subject),
            );
            expect(advises!.allowed).toBe(true);
            expect(advises!.wouldDeny).toEqual(denies!.finding);
            expect(advises!.state).toBe(denies!.state);
          }
          const rows = advising.tally();
          expect(rows.every(({ advisory }) => advisory)).toBe(true);
          expect(rows.map((row) => ({ ...row, advisory: false }))).toEqual(enforcing.tally());
        },
      ),
      { numRuns: 15 },
    );
  });
});

it('a preloaded renewal silences the warning, if and only if it follows in time', async () => {
  const base = PRODUCTS.get('mailbox-backup') as Product;
  const kit = files.put('renewal.kit', kitFile([vendor.root], documentOf(base)));
  let data = '';
  const host = async (now: number, ...argv: readonly string[]): Promise<any> =>
    JSON.parse((await run([...argv, '--kit', kit, '--data', data, '--json'], now)).out);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: -20, max: 20 }),
      fc.integer({ min: 1, max: 60 }),
      async (grace, gap, left) => {
        data = join(files.path, `renewal-${(count += 1)}`);
        const until = NOW + 130 * DAY;
        const end = until + grace * DAY;
        const old = licenseText(base, { term: { type: 'fixed', until } }, { exp: end });
        const from = end + gap * DAY;
        const renewal = licenseText(
          base,
          { revision: 2, term: { type: 'fixed', until: from + 365 * DAY } },
          { nbf: from, exp: from + 365 * DAY },
        );
        const now = until - left * DAY;
        await host(NOW - 5 * DAY, 'install', files.put('old.lic', old));
        expect(await host(now, 'status')).toMatchObject({ state: 'active', endsSoon: left <= 30 });
        await host(NOW - 5 * DAY, 'install', files.put('renewal.lic', renewal));
        const view = await host(now, 'status');
        // Once it has begun it is the license that runs, and its end is far.
        expect(view).toMatchObject({ state: 'active', endsSoon: from > now && left <= 30 && gap > 0 });
      },
    ),
    { numRuns: 40 },
  );
});
