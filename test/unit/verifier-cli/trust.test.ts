import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeBlock, formatFile } from '@counterfoil/schemas';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  DAY,
  goodFile,
  kitFile,
  licenseFile,
  licenseOf,
  makeKey,
  makeVendor,
  NOW,
  productOf,
  rootClaims,
  shardOf,
  SHARD,
  signCompact,
  signRoot,
} from '../../support/signing.js';
import { makeFolder, run } from './host.js';

const vendor = makeVendor();
const files = makeFolder();
afterAll(files.remove);
const product = signCompact(vendor.issuing, 'product', productOf());
const kit = files.put('acme.kit', kitFile([vendor.root], product));
let data = '';
let count = 0;
beforeEach(() => {
  data = join(files.path, `data-${(count += 1)}`);
});

const second = signRoot(rootClaims(vendor, { version: 2, iat: NOW - DAY }), vendor.rootKey);
const third = signRoot(rootClaims(vendor, { version: 3 }), vendor.rootKey);
const put = (text: string): string => files.put(`${(count += 1)}.txt`, text);
const trustFile = (roots: readonly string[], ...shards: readonly string[]): string =>
  put(
    formatFile('', [
      ...roots.map((root) => encodeBlock('trust-root', root)),
      ...shards.map((shard) => encodeBlock('status-list', shard)),
    ]),
  );
const host = (argv: readonly string[], now = NOW): ReturnType<typeof run> =>
  run([...argv, '--kit', kit, '--data', data], now);
const ask = async (argv: readonly string[], now = NOW): Promise<{ exit: number; data: any }> => {
  const { exit, out } = await host([...argv, '--json'], now);
  return { exit, data: JSON.parse(out) };
};
const journal = (): string => readFileSync(join(data, 'journal.1.log'), 'utf8');

describe('trust import', () => {
  it('keeps new roots and lists, says what is new, and writes no line twice', async () => {
    const file = trustFile([vendor.root, second], shardOf(vendor, {}, { iat: NOW - 2 * DAY }));
    expect(await host(['trust', 'import', file])).toMatchObject({
      exit: 0,
      err: '',
      out: `imported:\n  + trust root 2\n  + status list ${SHARD}, version 1\nknown already, as it is or newer:\n  = trust root 1\ndata folder: ${data}\n`,
    });
    expect(journal().match(/"kind":"trust"/g)).toHaveLength(2);
    // imported counts as installed: no term is judged by an earlier instant
    expect(journal()).toContain(`"floor":${NOW - DAY}`);
    expect((await ask(['status'], NOW - 30 * DAY)).data.asOf).toBe('2026-05-31T00:00:00Z');
    const before = journal();
    expect(await ask(['trust', 'import', file])).toMatchObject({
      exit: 0,
      data: {
        outcome: 'nothing-new',
        new: [],
        known: [{ version: 1 }, { version: 2 }, { document: 'status-list' }],
      },
    });
    expect(journal()).toBe(before);
    expect((await ask(['trust', 'show'])).data).toMatchObject({
      versions: [1, 2],
      lists: [{ uri: SHARD, version: 1 }],
    });
  });

  it('of a list that revokes the installed license takes effect at once', async () => {
    await host(['install', put(goodFile(vendor))]);
    expect((await ask(['status'])).data.state).toBe('active');
    await host(['trust', 'import', trustFile([], shardOf(vendor, { 7: 1 }, { version: 2 }))]);
    expect(await ask(['status'])).toMatchObject({ exit: 1, data: { state: 'revoked' } });
    // an older list is no way back
    const older = trustFile([], shardOf(vendor));
    expect((await ask(['trust', 'import', older])).data).toMatchObject({
      outcome: 'nothing-new',
      known: [{ version: 1 }],
    });
    expect((await ask(['status'])).data.state).toBe('revoked');
  });

  it('takes the newest of several lists of one name', async () => {
    const [one, two] = [1, 2].map((version) => shardOf(vendor, {}, { version }));
    const { data: answer } = await ask(['trust', 'import', trustFile([], two!, one!)]);
    expect([answer.new, answer.known]).toMatchObject([[{ version: 2 }], [{ version: 1 }]]);
    expect(journal().match(/"kind":"trust"/g)).toHaveLength(1);
  });

  it('out of a license file installs no license', async () => {
    const text = licenseFile(signCompact(vendor.issuing, 'license', licenseOf()), {
      roots: [vendor.root, second],
      shard: shardOf(vendor),
    });
    expect((await ask(['trust', 'import', put(text)])).data.new).toHaveLength(2);
    expect((await ask(['status'])).data).toMatchObject({ state: 'none', root: { version: 2 } });
    // where the roots of a license file are old, nothing is wrong with it
    await host(['trust', 'import', trustFile([third])]);
    expect(await ask(['trust', 'import', put(goodFile(vendor))])).toMatchObject({
      exit: 0,
      data: { outcome: 'nothing-new' },
    });
  });

  it('takes the roots of the test line beside those of production', async () => {
    const tester = makeVendor({ environment: 'test' });
    const next = signRoot(rootClaims(tester, { environment: 'test', version: 2 }), tester.rootKey);
    const mixed = files.put('mixed.kit', kitFile([vendor.root, tester.root], product));
    const argv = ['--kit', mixed, '--data', data];
    const { out } = await run(['trust', 'import', trustFile([next]), ...argv]);
    expect(out).toContain('  + test root 2\n');
    expect((await run(['trust', 'show', ...argv])).out).toMatch(/Test root: {3}version 2, fingerprint /);
  });

  const forked = signRoot(rootClaims(vendor, { version: 2, exp: NOW + DAY }), vendor.rootKey);
  const foreign = makeVendor({ iss: 'other.example' });
  const unsigned = signRoot(rootClaims(vendor, { version: 3 }), makeKey());
  it.each([
    ['root-fork', () => trustFile([forked])],
    ['root-older', () => trustFile([vendor.root])],
    ['root-vendor', () => trustFile([foreign.root])],
    ['root-environment', () => trustFile([makeVendor({ environment: 'test' }).root])],
    ['root-threshold', () => trustFile([unsigned])],
    ['root-gap', () => trustFile([signRoot(rootClaims(vendor, { version: 4 }), vendor.rootKey)])],
    ['key-unknown', () => trustFile([], shardOf(makeVendor()))],
    ['vendor-mismatch', () => trustFile([], shardOf({ ...vendor, id: 'other.example' }))],
    ['file-blocks', () => put(kitFile([], product))],
    ['file-blocks', () => put(signCompact(vendor.issuing, 'license', licenseOf()))],
    ['armor-boundary', () => put('hello')],
    ['file-missing', () => join(files.path, 'none')],
  ])('refuses with %s, whole', async (code, file) => {
    await host(['trust', 'import', trustFile([second])]);
    const before = journal();
    const refused = await host(['trust', 'import', file()]);
    expect(refused.err).toContain(`code: ${code}\n`);
    expect([refused.exit === 0, refused.out, journal()]).toEqual([false, '', before]);
  });

  it('takes nothing of a file of which one document does not hold', async () => {
    const { err } = await host(['trust', 'import', trustFile([second], shardOf(makeVendor()))]);
    expect(err).toContain('code: key-unknown');
    expect((await ask(['trust', 'show'])).data.versions).toEqual([1]);
  });
});

describe('trust show', () => {
  it('names versions, keys with their bounds, lists, and what the license needs', async () => {
    await host(['install', put(goodFile(vendor))]);
    const claims = rootClaims(vendor, { version: 2 });
    const old = makeKey();
    const revoking = signRoot(
      {
        ...claims,
        issuing: [
          { ...claims['issuing'][0], limits: { products: ['backup'], kinds: ['commercial'], longest: 1000 } },
          {
            kid: old.kid,
            x: old.x,
            from: NOW - 100 * DAY,
            until: NOW + DAY,
            retired: NOW - 9 * DAY,
            revoked: NOW - DAY,
          },
        ],
      },
      vendor.rootKey,
    );
    await host(['trust', 'import', trustFile([revoking])]);
    const { exit, out } = await host(['trust', 'show']);
    expect(exit).toBe(0);
    expect(out).toContain('Roots:       1, 2; the newest is version 2\n');
    expect(out).toMatch(/Fingerprint: [A-Za-z0-9_-]{43}\n/);
    expect(out).toContain('Threshold:   1 of 1 root keys\n');
    expect(out).toContain(
      `Key:         issuing ${vendor.issuing.kid}, from 2025-11-13T00:00:00Z, products backup, kinds commercial, terms up to 1000 days\n`,
    );
    expect(out).toContain(
      `Key:         issuing ${old.kid}, from 2026-02-21T00:00:00Z, until 2026-06-02T00:00:00Z, retired 2026-05-23T00:00:00Z, revoked 2026-05-31T00:00:00Z, may not sign now\n`,
    );
    expect(out).toContain(`Status list: ${SHARD}, version 1, signed 2026-05-22T00:00:00Z\n`);
    expect(out).toContain(`Needed:      trust root 1; status list ${SHARD}, version 1\n`);
    expect((await ask(['trust', 'show'])).data).toMatchObject({
      environment: 'production',
      expires: '2028-05-01T00:00:00Z',
      keys: [
        { role: 'root' },
        { role: 'issuing', usable: true },
        { revoked: '2026-05-31T00:00:00Z', usable: false },
        { role: 'status' },
      ],
    });
  });

  it('tells the kit alone where there is no data folder, and says when a root is over', async () => {
    const late = await host(['trust', 'show'], NOW + 800 * DAY);
    expect(late.out).toContain('Expires:     2028-05-01T00:00:00Z, which is over: import a newer one\n');
    expect(late.out).not.toContain('Needed');
  });

  it.each([
    [['trust'], 'expected counterfoil-host trust show|import [FILE], got 0 arguments'],
    [['trust', 'shwo'], 'expected trust show or trust import FILE, got "shwo"; did you mean show?'],
    [['trust', 'x'], 'expected trust show or trust import FILE, got "x"'],
    [['trust', 'show', 'file'], 'expected counterfoil-host trust show, got 1 arguments'],
    [['trust', 'import'], 'expected counterfoil-host trust import FILE, got 0 arguments'],
    [['trust', 'import', 'a', 'b'], 'got 3 arguments'],
    [['trust', 'import', 'a', '--at', '2027-01-01'], 'trust import --at'],
  ])('%j is a wrong call', async (argv, said) => {
    const { exit, err } = await host(argv);
    expect([exit, err]).toEqual([2, expect.stringContaining(said)]);
    expect(err).toContain('code: usage');
  });
});
