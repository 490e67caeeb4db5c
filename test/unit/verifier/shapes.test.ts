import { isJsonObject, parseJson, type JsonValue } from '@counterfoil/schemas';
import {
  licenseClaims,
  parseShape,
  productClaims,
  statusListClaims,
  trustRootClaims,
  type Shape,
} from '@counterfoil/verifier';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  licenseOf,
  makeVendor,
  NOW,
  productOf,
  rootClaims,
  SHARD,
  type Loose,
} from '../../support/signing.js';

const folder = new URL('../../../schemas/json/', import.meta.url);
const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
for (const name of readdirSync(folder))
  ajv.addSchema(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
const schema = (name: string): ValidateFunction =>
  ajv.getSchema(`https://counterfoil.invalid/schemas/${name}.schema.json`)!;

const vendor = makeVendor();
const b32 = 'A'.repeat(43);
const b16 = 'A'.repeat(22);
const release = [
  { type: 'never' },
  { type: 'hold', days: 30, mode: 'each', sameDay: true },
  { type: 'reasons', reasons: ['left'] },
];
const meter = (i: number): Loose => ({
  label: 'Mailboxes',
  pools: ['mailboxes', 'all'],
  kind: 'mailbox',
  platforms: ['windows'],
  cost: [
    { type: 'fixed', units: 25 },
    { type: 'size', bytes: 512, per: 'identity', ratchet: true },
    { type: 'beyond', included: 2, per: 'identity' },
  ][i],
  takes: [
    { type: 'first-use' },
    { type: 'condition', condition: 'archive' },
    { type: 'evaluation', days: 30, when: 'always', condition: 'archive' },
  ][i],
  group: { kind: 'device', size: 4, release: release[i] },
  exempt: ['local-administrator'],
  release: release[i],
  limit: [{ type: 'hard' }, { type: 'slack', percent: 5, atLeast: 1, days: 14 }, { type: 'postpaid' }][i],
  overflow: ['alphabetical', 'oldest-first', 'choose'][i],
  replaces: ['old-meter'],
});
const rules: Loose = {
  kinds: {
    mailbox: { form: 'guid', label: 'Mailbox', byteOrder: 'microsoft', keyed: true, replaces: ['box'] },
  },
  operations: {
    backup: { label: 'Backup', meters: ['mailbox'], feature: 'archive', reads: false, replaces: ['save'] },
  },
  states: { none: ['sign-in@administrator'], active: ['backup'], 'trial-expired': [] },
  roles: { administrator: { label: 'Administrator', replaces: ['admin'] } },
  meters: { a: meter(0), b: meter(1), c: meter(2) },
  policies: {
    mode: 'advisory',
    clock: { days: 7, then: 'warn' },
    status: { days: 90, then: 'expire' },
    ledger: { days: 14 },
    undo: 3,
  },
  links: { buy: 'https://example.com/buy', help: 'mailto:help@example.com' },
  critical: ['term'],
};
/** Documents that use every member. */
const full: Readonly<Record<string, readonly [Shape<any>, readonly Loose[]]>> = {
  license: [
    licenseClaims,
    [
      licenseOf(
        { cnf: { jkt: b32 } },
        {
          ...rules,
          offer: 'annual',
          forms: 1,
          pools: {
            mailboxes: {
              label: 'M',
              replaces: ['boxes'],
              lots: [{ id: 'a', quantity: 5, from: 1, until: 2, kind: 'pack', autoRenew: true }],
            },
          },
          features: { archive: { until: NOW, replaces: ['vault'] } },
          allowed: {
            mailbox: { list: ['x'], domains: ['example.com'], pages: { root: b32, salt: b16, count: 3 } },
          },
          binding: { type: 'host-key', rehost: { quota: 2, coolDown: 30, brokenExempt: true } },
          opening: { size: 4, root: b32, totals: { a: 3 } },
        },
      ),
      licenseOf(
        {},
        {
          term: { type: 'activation', by: NOW, duration: 'P12M', grace: 'P14D' },
          binding: { type: 'host-id', source: 'kube-system', salt: b16, digest: b32 },
        },
      ),
      licenseOf({}, { term: { type: 'perpetual' }, kind: 'trial' }),
    ],
  ],
  product: [
    productClaims,
    [
      productOf(
        {},
        {
          ...rules,
          pools: { mailboxes: { label: 'M' } },
          features: { archive: {} },
          trial: { days: 30, pools: { mailboxes: 10 } },
        },
      ),
    ],
  ],
  'status-list': [
    statusListClaims,
    [
      {
        iss: 'acme.example',
        sub: SHARD,
        iat: NOW,
        exp: NOW + 1,
        version: 1,
        status_list: { bits: 2, lst: 'eJw' },
      },
    ],
  ],
  'trust-root': [
    trustRootClaims,
    [
      rootClaims(vendor, {
        issuing: [
          {
            kid: b32,
            x: b32,
            from: 1,
            until: 2,
            retired: 3,
            revoked: 4,
            limits: { products: ['backup'], kinds: ['trial'], longest: 30 },
          },
        ],
        status: [{ kid: b32, x: b32, from: 1, until: 2, retired: 3, revoked: 4 }],
        critical: ['limits'],
      }),
    ],
  ],
};

/** Every place in a document, as a path. */
function places(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  const below = Array.isArray(value)
    ? value.flatMap((item, i) => places(item, [...path, i]))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, item]) => places(item, [...path, name]))
      : [];
  return [path, ...below];
}
function change(
  document: Loose,
  path: readonly (string | number)[],
  edit: (holder: any, name: string | number) => void,
): Loose {
  const copy = structuredClone(document);
  let holder: any = { root: copy };
  let name: string | number = 'root';
  for (const next of path) {
    holder = holder[name];
    name = next;
  }
  edit(holder, name);
  return copy;
}

const ODD = [
  '',
  'a',
  'A',
  '-',
  'a-',
  'é',
  'a\nb',
  'x'.repeat(201),
  '😀'.repeat(200),
  '😀'.repeat(201),
  'a'.repeat(64),
  'a'.repeat(65),
  'P',
  'P0D',
  'never',
  'perpetual',
];
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    1,
    -1,
    2,
    1828,
    16_383,
    16_384,
    253_402_300_799,
    253_402_300_800,
    Number.MAX_SAFE_INTEGER,
    ...ODD,
  ),
  fc.constantFrom<unknown>(
    [],
    {},
    [null],
    { type: 'never' },
    { type: 7 },
    { type: 'constructor' },
    ['a', 'a'],
    { a: {} },
    { A: {} },
    Array(2001).fill('x'),
  ),
);
const reads = (shape: Shape<unknown>, value: JsonValue): boolean => {
  try {
    parseShape(shape, value, 'x');
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'claims-invalid' });
    return false;
  }
};

describe.each(Object.entries(full))(
  'the reader of %s agrees with its JSON Schema',
  (name, [shape, documents]) => {
    const validate = schema(name);

    it('on documents that use every member', () => {
      for (const document of documents) {
        expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
        expect(reads(shape, parseJson(JSON.stringify(document), 'x'))).toBe(true);
      }
    });

    it('on every document with one thing changed, left out or added', () => {
      const all = documents.flatMap((document) => places(document).map((path) => ({ document, path })));
      fc.assert(
        fc.property(
          fc.constantFrom(...all),
          odd,
          fc.constantFrom('set', 'drop', 'add', 'repeat'),
          ({ document, path }, value, what) => {
            const changed = change(document, path, (holder, at) => {
              if (what === 'set') holder[at] = value;
              else if (what === 'drop') Reflect.deleteProperty(holder, at);
              else if (what === 'add' && typeof holder[at] === 'object')
                holder[at][`x-${String(at)}`] = value;
              else if (Array.isArray(holder[at])) holder[at] = Array(2001).fill(holder[at][0]);
            });
            const text = JSON.stringify(changed);
            fc.pre(typeof text === 'string');
            expect(reads(shape, parseJson(text, 'x')), text).toBe(validate(JSON.parse(text)));
          },
        ),
        { numRuns: 3000 },
      );
    });
  },
);

describe('parseShape', () => {
  it('names the first place and counts the others', () => {
    const bad = parseJson(
      JSON.stringify({
        ...licenseOf(
          { iss: 'Acme', aud: 7 },
          { term: { type: 'weekly' }, pools: { 'B\u001b': {} }, critical: [1] },
        ),
        iat: -1,
      }),
      'x',
    );
    let error: any;
    try {
      parseShape(licenseClaims, bad, 'license');
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({
      code: 'claims-invalid',
      detail: {
        where: 'license.iss',
        actual: expect.stringContaining(
          '"Acme", and 6 more: license.aud, license.iat, license.license.term.type',
        ),
      },
    });
    expect(error.message).not.toMatch(/\u001b/);
  });

  it('gives back what it was given', () => {
    const value = parseJson(JSON.stringify(licenseOf()), 'x');
    expect(isJsonObject(value) && parseShape(licenseClaims, value, 'x')).toBe(value);
  });
});
