import {
  explainLicense,
  hostIdDigest,
  isGood,
  isVerified,
  notAsked,
  openShard,
  openTrust,
  summaryText,
  verifyLicense,
  type VerifyContext,
  type Verdict,
} from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { portableEngine } from '@counterfoil/verifier/portable';
import { describe, expect, it } from 'vitest';
import {
  DAY,
  goodFile,
  licenseFile,
  licenseOf,
  makeKey,
  makeVendor,
  NOW,
  pagesOf,
  shardOf,
  signCompact,
  signRoot,
  type Loose,
  type TestKey,
} from '../../support/signing.js';

const vendor = makeVendor();
const trust = openTrust(nodeEngine, [vendor.root]);
const context: VerifyContext = { engine: nodeEngine, trust, product: 'backup', host: {}, now: NOW };
const verify = (text: string | Uint8Array, change: Partial<VerifyContext> = {}): Verdict =>
  verifyLicense(text, { ...context, ...change });
/** The arm, and the code or state. */
const told = (verdict: Verdict): string =>
  `${verdict.arm} ${verdict.arm === 'usable' ? verdict.state : verdict.finding.code}`;
const signed = (change: Loose = {}, grant: Loose = {}, key: TestKey = vendor.issuing): string =>
  signCompact(key, 'license', licenseOf(change, grant));
const file = (change: Loose = {}, grant: Loose = {}): string =>
  licenseFile(signed(change, grant), { shard: shardOf(vendor) });
const row = ({ kid, x }: TestKey): Loose => ({ kid, x });
const issuingRow = (change: Loose): string =>
  signRoot(
    { ...vendor.rootClaims, issuing: [{ ...row(vendor.issuing), from: NOW - 200 * DAY, ...change }] },
    vendor.rootKey,
  );

describe('verifyLicense (LF-8)', () => {
  it('answers with a state, the license, and when it changes', () => {
    const verdict = verify(goodFile(vendor));
    expect(verdict).toMatchObject({
      arm: 'usable',
      state: 'active',
      conditions: [],
      nextChange: NOW + 100 * DAY,
    });
    if (verdict.arm !== 'usable') return;
    expect(isVerified(verdict.license)).toBe(true);
    expect(isVerified({ ...verdict.license })).toBe(false);
    expect(verdict.license.header.kid).toBe(vendor.issuing.kid);
    expect(verdict.shard?.version).toBe(1);
    expect('finding' in verdict).toBe(false);
    expect(isGood(verdict)).toBe(true);
  });

  it('says why the state is another', () => {
    expect(verify(goodFile(vendor), { now: NOW + 100 * DAY })).toMatchObject({
      state: 'grace',
      finding: { code: 'license-grace', who: 'administrator' },
    });
    const over = verify(goodFile(vendor), { now: NOW + 114 * DAY });
    expect(over).toMatchObject({
      arm: 'usable',
      state: 'expired',
      finding: { code: 'license-expired', rule: 'state' },
    });
    expect('nextChange' in over).toBe(false);
    expect(isGood(over)).toBe(false);
    expect(isGood(verify(''))).toBe(false);
  });

  it('takes bytes as well as text, and bare tokens', () => {
    expect(told(verify(new TextEncoder().encode(goodFile(vendor))))).toBe('usable active');
    expect(told(verify(signed({ status: undefined }, { needs: { root: 1 } })))).toBe('usable active');
  });

  it('gives the same verdict with the portable engine', () => {
    const portable = { engine: portableEngine, trust: openTrust(portableEngine, [vendor.root]) };
    for (const text of [
      goodFile(vendor),
      goodFile(vendor).replace(/.{4}\n-----END COUNTERFOIL LICENSE/, 'AAAA\n-----END COUNTERFOIL LICENSE'),
      file({}, { revision: 0 }),
    ]) {
      expect(told(verify(text, portable))).toBe(told(verify(text)));
    }
  });

  it('looks at nothing of the payload before the signature holds', () => {
    const [head, , signature] = signed().split('.') as [string, string, string];
    for (const payload of [
      '!!!!',
      'AAA',
      Buffer.from('{"__proto__":1}').toString('base64url'),
      Buffer.from('['.repeat(10_000)).toString('base64url'),
    ]) {
      expect(told(verify(licenseFile(`${head}.${payload}.${signature}`)))).toBe('rejected signature-invalid');
    }
  });

  it.each<[string, string]>([
    ['rejected file-empty', ''],
    ['rejected armor-boundary', 'hello'],
    ['rejected file-blocks', licenseFile(signed()).replaceAll('LICENSE', 'PRODUCT')],
    ['rejected file-blocks', licenseFile(signed()).repeat(2)],
    ['rejected typ-mismatch', licenseFile(shardOf(vendor))],
    ['rejected key-unknown', licenseFile(signed({}, {}, makeKey()))],
    ['rejected key-role', licenseFile(signed({}, {}, vendor.status))],
    ['rejected key-role', licenseFile(signed({}, {}, vendor.rootKey))],
    ['rejected claims-invalid', file({ aud: 'Backup' })],
    ['rejected claims-invalid', file({ license: 'all' })],
    ['rejected schema-newer', file({}, { schema: 2 })],
    ['rejected schema-newer', file({}, { forms: 2 })],
    ['rejected critical-unknown', file({}, { critical: ['term', 'quantum'] })],
    ['rejected claims-inconsistent', file({ exp: NOW })],
    ['rejected term-too-long', file({ exp: NOW + 3000 * DAY })],
    [
      'rejected signature-invalid',
      licenseFile(signed(), { shard: shardOf(vendor).replace(/.{4}$/, 'AAAA') }),
    ],
    [
      'rejected root-threshold',
      licenseFile(signed(), { roots: [signRoot({ ...vendor.rootClaims, version: 2 }, makeKey())] }),
    ],
    ['refused status-needed', licenseFile(signed())],
    [
      'refused status-needed',
      licenseFile(signed(), { shard: shardOf(vendor, {}, { sub: 'counterfoil:other' }) }),
    ],
    [
      'refused status-needed',
      licenseFile(signed({}, { needs: { root: 1, status: 2 } }), { shard: shardOf(vendor) }),
    ],
    ['refused root-needed', file({}, { needs: { root: 2, status: 1 } })],
    ['refused product-mismatch', file({ aud: 'other' })],
    ['refused vendor-mismatch', file({ iss: 'other.example' })],
    ['usable revoked', licenseFile(signed(), { shard: shardOf(vendor, { 7: 1 }) })],
    ['usable suspended', licenseFile(signed(), { shard: shardOf(vendor, { 7: 2 }) })],
    ['usable active', licenseFile(signed(), { shard: shardOf(vendor, { 6: 1, 8: 1 }) })],
    ['usable active', file({}, { critical: ['term'] })],
  ])('%s', (expected, text) => {
    expect(told(verify(text))).toBe(expected);
  });

  it('tells which root is missing', () => {
    const later = signRoot({ ...vendor.rootClaims, version: 3 }, vendor.rootKey);
    const license = signed({}, { needs: { root: 3, status: 1 } });
    const gap = verify(licenseFile(license, { roots: [vendor.root, later], shard: shardOf(vendor) }));
    expect(gap).toMatchObject({
      arm: 'refused',
      finding: { code: 'root-needed', actual: '1; missing is version 2' },
    });
  });

  it('follows the roots in the file, and hands the longer trust on', () => {
    const key = makeKey();
    const next = signRoot(
      { ...vendor.rootClaims, version: 2, issuing: [{ ...row(key), from: NOW - 20 * DAY }] },
      vendor.rootKey,
    );
    const verdict = verify(
      licenseFile(signed({}, { needs: { root: 2, status: 1 } }, key), {
        roots: [vendor.root, next],
        shard: shardOf(vendor),
      }),
    );
    expect(told(verdict)).toBe('usable active');
    expect(verdict.arm === 'usable' && verdict.trust.root.version).toBe(2);
    // The old key is gone from the new root: a file that stops at the old root is stopped by the host's newer trust.
    const newer = verdict.arm === 'usable' ? verdict.trust : trust;
    expect(told(verify(goodFile(vendor), { trust: newer }))).toBe('rejected key-unknown');
  });

  it.each<[string, Loose]>([
    ['rejected key-window', { from: NOW }],
    ['rejected key-window', { until: NOW - 10 * DAY }],
    ['rejected key-retired', { retired: NOW - 10 * DAY }],
    ['usable active', { retired: NOW - 9 * DAY }],
    ['rejected key-revoked', { revoked: NOW }],
    ['rejected key-products', { limits: { products: ['other'] } }],
    ['rejected key-kinds', { limits: { kinds: ['trial'] } }],
    ['rejected key-longest', { limits: { longest: 108 } }],
    ['usable active', { limits: { longest: 109, products: ['backup'], kinds: ['commercial'] } }],
  ])('%s under a key with %j (TR-5, TR-6)', (expected, change) => {
    const text = issuingRow(change);
    expect(
      told(
        verify(goodFile(vendor).replace(/-----BEGIN COUNTERFOIL TRUST[^]*TRUST ROOT-----\n/, ''), {
          trust: openTrust(nodeEngine, [text]),
        }),
      ),
    ).toBe(expected);
  });

  it('measures perpetual and activated terms against the key’s longest', () => {
    const limited = (longest: number): Partial<VerifyContext> => ({
      trust: openTrust(nodeEngine, [issuingRow({ limits: { longest } })]),
    });
    const term = { type: 'activation', by: NOW + 30 * DAY, duration: 'P30D' };
    expect(told(verify(file({ exp: undefined }, { term: { type: 'perpetual' } }), limited(1800)))).toBe(
      'rejected key-longest',
    );
    expect(told(verify(file({ exp: NOW + 61 * DAY }, { term }), limited(30)))).toBe('usable pending');
    expect(told(verify(file({ exp: NOW + 61 * DAY }, { term }), limited(29)))).toBe('rejected key-longest');
    expect(told(verify(file({ exp: NOW + 61 * DAY }, { term }), { activated: NOW }))).toBe('usable active');
  });

  it('calls a test license by its name, with and without its roots (TR-8)', () => {
    const test = makeVendor({ environment: 'test' });
    const both = openTrust(nodeEngine, [vendor.root], openTrust(nodeEngine, [test.root]));
    const license = signed({}, {}, test.issuing);
    expect(told(verify(licenseFile(license)))).toBe('rejected key-unknown');
    expect(told(verify(licenseFile(license), { trust: both }))).toBe('rejected test-license');
    expect(told(verify(licenseFile(license, { roots: [test.root] }), { trust: both }))).toBe(
      'rejected test-license',
    );
    expect(told(verify(licenseFile(license, { roots: [test.root] })))).toBe('rejected root-environment');
    const forged = license.replace(/.{4}$/, 'AAAA');
    expect(told(verify(licenseFile(forged), { trust: both }))).toBe('rejected key-unknown');
    // A key that only the next test root names.
    const key = makeKey();
    const next = signRoot(
      { ...test.rootClaims, version: 2, issuing: [{ ...row(key), from: 0 }] },
      test.rootKey,
    );
    expect(
      told(verify(licenseFile(signed({}, {}, key), { roots: [test.root, next] }), { trust: both })),
    ).toBe('rejected test-license');
  });

  it('takes the newest shard, in the file or on the host (LF-12.3)', () => {
    const shard = (version: number, bits: Record<number, number>): string =>
      shardOf(vendor, bits, { version });
    const stored = [openShard(nodeEngine, trust, shard(3, { 7: 1 }))];
    expect(told(verify(goodFile(vendor), { shards: stored }))).toBe('usable revoked');
    expect(told(verify(licenseFile(signed(), { shard: shard(4, {}) }), { shards: stored }))).toBe(
      'usable active',
    );
    expect(told(verify(licenseFile(signed()), { shards: stored }))).toBe('usable revoked');
    expect(told(verify(signed({ status: undefined }, { needs: { root: 1 } }), { shards: stored }))).toBe(
      'usable active',
    );
    expect(() => verify(goodFile(vendor), { shards: [{ ...stored[0]!, at: () => 'valid' }] })).toThrow(
      TypeError,
    );
  });

  it('passes over a shard whose key is no longer trusted, and asks for a newer one', () => {
    const key = makeKey();
    const roots = (statusRow: Loose): string =>
      signRoot(
        {
          ...vendor.rootClaims,
          version: 2,
          status: [{ ...row(key), from: 0 }, ...(statusRow['kid'] === undefined ? [] : [statusRow])],
        },
        vendor.rootKey,
      );
    for (const next of [roots({}), roots({ ...row(vendor.status), from: 0, revoked: NOW })]) {
      const newer = openTrust(nodeEngine, [vendor.root, next]);
      expect(told(verify(goodFile(vendor), { trust: newer }))).toBe('refused status-needed');
      const fresh = openShard(nodeEngine, newer, shardOf({ ...vendor, status: key }, {}, { version: 2 }));
      expect(told(verify(goodFile(vendor), { trust: newer, shards: [fresh] }))).toBe('usable active');
      // A shard that the host opened before it knew of the newer root.
      const stored = [openShard(nodeEngine, trust, shardOf(vendor, {}, { version: 5 }))];
      expect(told(verify(goodFile(vendor), { trust: newer, shards: stored }))).toBe('refused status-needed');
      expect(told(verify(licenseFile(signed(), { roots: [vendor.root, next] }), { shards: stored }))).toBe(
        'refused status-needed',
      );
      const facts = explainLicense(goodFile(vendor), { ...context, trust: newer }).checks;
      expect(facts.find(({ rule }) => rule === 'status-list')?.fact).toBe(
        'not used: its key is no longer trusted',
      );
    }
    const retired = openTrust(nodeEngine, [
      vendor.root,
      roots({ ...row(vendor.status), from: 0, retired: NOW }),
    ]);
    expect(told(verify(goodFile(vendor), { trust: retired }))).toBe('usable active');
  });

  it('does not go back to an older revision (LF-8.16)', () => {
    const id = 'CF-7K2M-94QX-3';
    const text = file({}, { id, revision: 4 });
    expect(told(verify(text, { installed: { id, revision: 5 } }))).toBe('refused revision-older');
    expect(told(verify(text, { installed: { id, revision: 4 } }))).toBe('usable active');
    expect(told(verify(text, { installed: { id: 'CF-0000-0000-0', revision: 5 } }))).toBe('usable active');
  });

  it('keeps to the host that a license names (LF-8.17)', () => {
    const jkt = Buffer.alloc(32, 4).toString('base64url');
    const toKey = file({ cnf: { jkt } }, { binding: { type: 'host-key' } });
    const told2 = (text: string, host: VerifyContext['host']): string => told(verify(text, { host }));
    expect(told2(toKey, { key: jkt })).toBe('usable active');
    expect(told2(toKey, { key: Buffer.alloc(32, 8).toString('base64url') })).toBe('refused host-mismatch');
    expect(told2(toKey, {})).toBe('refused host-mismatch');
    expect(told2(toKey, notAsked)).toBe('usable active');
    const salt = Buffer.alloc(16, 3).toString('base64url');
    const toId = file(
      {},
      {
        binding: {
          type: 'host-id',
          source: 'kube-system',
          salt,
          digest: hostIdDigest(nodeEngine, salt, 'uid-1'),
        },
      },
    );
    expect(told2(toId, { ids: new Map([['kube-system', 'uid-1']]) })).toBe('usable active');
    expect(told2(toId, { ids: new Map([['kube-system', 'uid-2']]) })).toBe('refused host-mismatch');
    expect(told2(toId, { ids: new Map([['other', 'uid-1']]) })).toBe('refused host-mismatch');
    expect(told2(toId, {})).toBe('refused host-mismatch');
  });

  it('judges terms by the floor, and warns of a clock behind it (LF-10.4)', () => {
    expect(told(verify(goodFile(vendor), { now: NOW, floor: NOW + 114 * DAY }))).toBe('usable expired');
    const behind = verify(goodFile(vendor), { now: NOW - 10 * DAY - 86_401 });
    expect(behind).toMatchObject({
      state: 'pending',
      conditions: [{ code: 'clock-before-issue', rule: 'clock' }],
    });
    expect(verify(goodFile(vendor), { now: NOW - 11 * DAY })).toMatchObject({ conditions: [] });
    expect(verify(goodFile(vendor), { floor: NOW + 2 * DAY })).toMatchObject({
      state: 'active',
      conditions: [{ code: 'clock-before-issue' }],
    });
  });

  it('warns of a root that has passed its date (TR-7)', () => {
    const at = NOW + 700 * DAY;
    const dates = { exp: at + 200 * DAY };
    const text = file({ ...dates, iat: NOW }, { term: { type: 'fixed', until: at + 200 * DAY } });
    expect(verify(text, { now: at - 1 })).toMatchObject({ state: 'active', conditions: [] });
    expect(verify(text, { now: at })).toMatchObject({
      state: 'active',
      conditions: [{ code: 'root-expired', clause: 'TR-7' }],
    });
  });

  it.each([NaN, Infinity, -1, 1.5, 2 ** 53])('refuses a clock of %d', (now) => {
    expect(() => verify(goodFile(vendor), { now })).toThrowCode('clock-invalid');
    expect(() => verify(goodFile(vendor), { floor: now })).toThrowCode('clock-invalid');
  });

  it('lets faults of the program through', () => {
    const broken = {
      ...nodeEngine,
      verifyEd25519: () => {
        throw new Error('out of order');
      },
    };
    expect(() => verify(goodFile(vendor), { engine: broken })).toThrow('out of order');
  });
});

describe('explainLicense (LF-8.22)', () => {
  const explain = (text: string, change: Partial<VerifyContext> = {}) =>
    explainLicense(text, { ...context, ...change });
  const outcomes = (text: string, change: Partial<VerifyContext> = {}): Map<string, string> =>
    new Map(
      explain(text, change).checks.map(({ rule, outcome, finding, because }) => [
        rule,
        finding?.code ?? because ?? outcome,
      ]),
    );
  const good = licenseOf();
  const withSummary = (text: string): string =>
    licenseFile(signed(), { summary: text, roots: [vendor.root], shard: shardOf(vendor) });

  it('answers every rule of a good file with what it found', () => {
    const { outcome, checks, verdict } = explain(withSummary(summaryText(good as never)), {
      installed: { id: 'x', revision: 1 },
    });
    expect(outcome).toBe('valid');
    expect(verdict.arm).toBe('usable');
    expect(checks.filter((check) => check.outcome !== 'good')).toEqual([]);
    for (const { fact, clause, asks } of checks)
      expect([typeof fact, clause, asks].join()).toMatch(/^string,(LF|TR)-[0-9.]+,[a-z]/);
    expect(new Set(checks.map(({ rule }) => rule)).size).toBe(checks.length);
  });

  it('names the facts', () => {
    const facts = new Map(explain(goodFile(vendor)).checks.map(({ rule, fact }) => [rule, fact]));
    expect(Object.fromEntries(facts)).toMatchObject({
      file: '3 blocks',
      blocks: 'license, trust-root, status-list',
      'key-limits': 'the key has no limits',
      'needs-status': 'version 1',
      host: 'bound to no host',
      status: 'valid',
      term: 'active',
      'identity-pages': 'it names none',
    });
    const bare = new Map(
      explain(signed({ status: undefined }, { needs: { root: 1 } })).checks.map(({ rule, fact }) => [
        rule,
        fact,
      ]),
    );
    expect(Object.fromEntries(bare)).toMatchObject({
      file: 'a bare token',
      'status-list': 'none in the file',
      'needs-status': 'none is needed',
      status: 'it has no status',
    });
    const limited = explain(licenseFile(signed(), { shard: shardOf(vendor) }), {
      trust: openTrust(nodeEngine, [issuingRow({ limits: {} })]),
    });
    expect(limited.checks.find(({ rule }) => rule === 'key-limits')?.fact).toBe(
      'within the limits of the key',
    );
  });

  it('lists all that is wrong, not only the first', () => {
    const wrong = outcomes(
      licenseFile(
        signed(
          { aud: 'other', iss: 'else.example' },
          {
            needs: { root: 3, status: 9 },
            binding: { type: 'host-id', source: 's', salt: 'A'.repeat(22), digest: 'A'.repeat(43) },
          },
        ),
        { summary: 'Perpetual license', shard: shardOf(vendor, { 7: 1 }) },
      ),
      { now: NOW + 500 * DAY },
    );
    expect(Object.fromEntries(wrong)).toMatchObject({
      vendor: 'vendor-mismatch',
      product: 'product-mismatch',
      'needs-root': 'root-needed',
      'needs-status': 'status-needed',
      host: 'host-mismatch',
      status: 'license-revoked',
      term: 'license-expired',
      summary: 'summary-differs',
    });
  });

  it('says because of what a rule was not evaluated', () => {
    const rejected = explain(licenseFile(signed({}, {}, makeKey())));
    expect(rejected.outcome).toBe('not-valid');
    const at = rejected.checks.findIndex(({ outcome }) => outcome === 'bad');
    expect(rejected.checks[at]).toMatchObject({ rule: 'key', finding: { code: 'key-unknown' } });
    expect(rejected.checks.slice(0, at).every(({ outcome }) => outcome === 'good')).toBe(true);
    expect(
      rejected.checks
        .slice(at + 1)
        .every(({ outcome, because }) => outcome === 'not-evaluated' && because === 'because of key-unknown'),
    ).toBe(true);
    expect(rejected.checks.map(({ rule }) => rule)).toEqual(
      explain(goodFile(vendor)).checks.map(({ rule }) => rule),
    );
    const loose = outcomes(licenseFile(signed()), { product: notAsked, host: notAsked });
    expect([loose.get('product'), loose.get('host'), loose.get('status'), loose.get('summary')]).toEqual([
      'because it was not asked',
      'because it was not asked',
      'because the status list is not here',
      'because there is no such text',
    ]);
  });

  it('decides, denies, or leaves undecided', () => {
    expect(explain(goodFile(vendor), { now: NOW + 100 * DAY })).toMatchObject({ outcome: 'valid' });
    expect(outcomes(goodFile(vendor), { now: NOW + 100 * DAY }).get('term')).toBe('license-grace');
    expect(explain(goodFile(vendor), { now: NOW + 114 * DAY }).outcome).toBe('not-valid');
    expect(explain(licenseFile(signed(), { shard: shardOf(vendor, { 7: 2 }) })).outcome).toBe('not-valid');
    const bound = file({ cnf: { jkt: 'A'.repeat(43) } }, { binding: { type: 'host-key' } });
    expect(explain(bound, { host: notAsked }).outcome).toBe('undecided');
    expect(explain(bound, { host: { key: 'A'.repeat(43) } }).outcome).toBe('valid');
  });

  it('checks the identity pages in the file (LF-11.3)', () => {
    const { claim, bytes } = pagesOf(['a@example.com']);
    const license = signed({}, { allowed: { mailbox: { pages: claim } } });
    const carried = (pages: readonly Uint8Array[]): string =>
      licenseFile(license, { shard: shardOf(vendor), pages });
    expect(explain(carried([bytes]))).toMatchObject({ outcome: 'valid' });
    expect(explain(carried([bytes])).checks.find(({ rule }) => rule === 'identity-pages')?.fact).toBe(
      'whole',
    );
    expect(explain(carried([])).outcome).toBe('undecided');
    expect(outcomes(carried([])).get('identity-pages')).toBe('pages-missing');
    const broken = Buffer.from(bytes);
    broken[9000]! ^= 1;
    expect(explain(carried([broken])).outcome).toBe('not-valid');
    expect(outcomes(carried([broken])).get('identity-pages')).toBe('pages-broken');
  });
});

describe('summaryText (LF-2.7)', () => {
  it('says what the license says, in the zone that it names', () => {
    const claims = licenseOf(
      {},
      {
        features: { archive: {}, search: { until: NOW + 30 * DAY } },
        binding: { type: 'host-id', source: 'kube-system' },
        pools: {
          a: {
            lots: [
              { id: 'x', quantity: 5 },
              { id: 'y', quantity: 6, until: NOW + 50 * DAY },
              { id: 'z', quantity: 7, from: NOW + 50 * DAY },
              { id: 'w', quantity: 8, from: NOW + 10 * DAY, until: NOW + 20 * DAY },
            ],
          },
          b: { label: 'B', lots: [] },
        },
      },
    );
    expect(summaryText(claims as never).split('\n')).toEqual([
      'License:  CF-7K2M-94QX-3, revision 1, commercial',
      'Product:  Acme Backup (backup)',
      'Licensee: Müller & Söhne (C-1001)',
      'Vendor:   acme.example',
      'Term:     from 2026-05-23 to the end of 2026-09-09 (Europe/Vienna), grace to 2026-09-23',
      'Pool:     a: 5 + 6 (to 2026-07-21) + 7 (from 2026-07-21) + 8 (2026-06-11 to 2026-06-21)',
      'Pool:     B: 0',
      'Feature:  archive',
      'Feature:  search (to 2026-07-01)',
      'Bound to: kube-system',
      'This text only explains; what counts is signed in the block COUNTERFOIL LICENSE.',
    ]);
  });

  it('knows the other terms, bindings, and long lists', () => {
    const perpetual = summaryText(
      licenseOf(
        { exp: undefined },
        { term: { type: 'perpetual' }, binding: { type: 'host-key' }, pools: undefined },
      ) as never,
    );
    expect(perpetual).toContain('from 2026-05-23 (UTC), without end');
    expect(perpetual).toContain('a host key');
    const activation = summaryText(
      licenseOf({}, { term: { type: 'activation', by: NOW, duration: 'P12M' } }) as never,
    );
    expect(activation).toContain('P12M from activation, to be activated by 2026-05-31 (UTC)');
    expect(summaryText(licenseOf({ exp: NOW + 100 * DAY }) as never)).not.toContain('grace');
    expect(summaryText(licenseOf({ exp: undefined }) as never)).not.toContain('grace');
    const many = summaryText(
      licenseOf(
        {},
        { features: Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`f${String(i)}`, {}])) },
      ) as never,
    );
    expect(many.split('\n')).toHaveLength(21);
    expect(many.length).toBeLessThan(4096);
    expect(many).toContain('87 more lines');
  });
});
