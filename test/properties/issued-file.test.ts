import { readFileSync } from 'node:fs';
import { issueLicense, parseOrder, parseProductDocument, type Vendor } from '@counterfoil/issuer';
import type { Order } from '@counterfoil/schemas';
import { explainLicense, openTrust, summaryText } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { portableEngine } from '@counterfoil/verifier/portable';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogPath, memoryVendor, NOW } from '../support/vendor.js';

const PRODUCT = parseProductDocument(
  readFileSync(catalogPath('endpoint-backup.yaml'), 'utf8'),
  'endpoint-backup',
);

const date = (from: string, to: string): fc.Arbitrary<string> =>
  fc
    .date({ min: new Date(from), max: new Date(to), noInvalidDate: true })
    .map((instant) => instant.toISOString().slice(0, 10));
const optional = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(values, { nil: undefined });
const duration = (months: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.integer({ min: 1, max: months }).map((count) => `P${count}M`),
    fc.integer({ min: 2, max: months * 28 }).map((count) => `P${count}D`),
  );
const from = date('2026-06-02', '2027-06-30');
const term: fc.Arbitrary<NonNullable<Order['term']>> = fc.oneof(
  fc.record({ from, duration: duration(48) }),
  fc.record({ duration: duration(48) }),
  fc.record({ from, lastDay: date('2027-07-01', '2030-12-31') }),
  fc.record({ from, perpetual: fc.constant(true as const) }),
  fc.record({ activateBy: date('2026-06-03', '2027-06-30'), activated: duration(36) }),
);
const name = fc
  .string({ minLength: 1, maxLength: 60, unit: 'grapheme' })
  .filter((text) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(text));
const mail = fc.stringMatching(/^[a-z0-9]{1,12}@[a-z]{1,10}\.example$/);
const order: fc.Arbitrary<Order> = fc
  .record({
    product: fc.constant('endpoint-backup'),
    customer: fc.record({ id: fc.uuid(), name }),
    kind: optional(fc.constantFrom('trial', 'commercial', 'evaluation', 'not-for-production')),
    zone: optional(
      fc.constantFrom('UTC', 'Europe/Vienna', 'America/New_York', 'Pacific/Auckland', 'Asia/Kathmandu'),
    ),
    term,
    grace: optional(duration(6)),
    pools: optional(
      fc.record({
        users: fc.oneof(
          fc.nat(),
          fc
            .array(fc.nat(), { minLength: 1, maxLength: 4 })
            .map((all) => all.map((quantity, i) => ({ id: `lot-${i}`, quantity }))),
        ),
      }),
    ),
    features: optional(fc.record({ 'legal-hold': fc.record({ lastDay: date('2026-06-03', '2030-01-01') }) })),
    allowed: optional(
      fc.record({ user: fc.record({ list: fc.array(mail, { minLength: 1, maxLength: 30 }) }) }),
    ),
    host: optional(fc.record({ source: fc.constant('cluster'), id: name })),
  })
  .map(
    (made) =>
      JSON.parse(JSON.stringify('perpetual' in made.term ? { ...made, grace: undefined } : made)) as Order,
  );

describe('an issued file', () => {
  let vendor: Vendor;
  beforeAll(async () => {
    vendor = await memoryVendor();
  });

  it('is valid for the host that it is for, whatever was ordered, by either engine', async () => {
    await fc.assert(
      fc.asyncProperty(order, async (ordered) => {
        const { file, verdict } = await issueLicense(vendor, {
          order: parseOrder(ordered, 'order'),
          product: PRODUCT,
          identities: new Map(),
        });
        const ids = new Map(
          ordered.host === undefined || 'key' in ordered.host ? [] : [[ordered.host.source, ordered.host.id]],
        );
        const trust = openTrust(nodeEngine, [...vendor.roots]);
        const context = { trust, product: 'endpoint-backup', host: { ids } };
        // in its term, by the engine that the issuer did not use
        const within = Math.max(file.claims.nbf, NOW);
        const later = explainLicense(file.text, {
          ...context,
          engine: portableEngine,
          trust: openTrust(portableEngine, [...vendor.roots]),
          now: within,
        });
        const isOpen = file.claims.license.term.type !== 'activation';
        expect(later.outcome).toBe(isOpen ? 'valid' : 'not-valid');
        expect(later.verdict.arm).toBe('usable');
        expect(later.checks.filter(({ outcome }) => outcome === 'bad').map(({ rule }) => rule)).toEqual(
          isOpen ? [] : ['term'],
        );
        expect(file.text.startsWith(summaryText(verdict.license.claims))).toBe(true);
        if (file.exp !== undefined) {
          const over = explainLicense(file.text, { ...context, engine: nodeEngine, now: file.exp });
          expect(over.verdict).toMatchObject({
            state: ordered.kind === 'trial' ? 'trial-expired' : 'expired',
          });
        }
      }),
      { numRuns: 60 },
    );
  });
});
