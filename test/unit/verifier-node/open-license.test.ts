import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import {
  openLicense,
  type KitText,
  type LicenseEvent,
  type OpenedLicense,
  type OpenLicenseOptions,
} from '@counterfoil/verifier/node';
import {
  DAY,
  goodFile,
  kitFile,
  licenseFile,
  licenseOf,
  makeVendor,
  NOW,
  pagesOf,
  productOf,
  shardOf,
  signCompact,
  tamper,
  type Loose,
} from '../../support/signing.js';
import { makeFolder, run } from '../verifier-cli/host.js';

const vendor = makeVendor();
const files = makeFolder();
afterAll(files.remove);

const RULES = {
  operations: { backup: {}, restore: { reads: true }, hold: { feature: 'hold' } },
  kinds: { mailbox: { form: 'mail' } },
  roles: { administrator: {} },
  states: {
    none: ['restore'],
    active: ['backup', 'restore', 'hold@administrator'],
    grace: ['backup', 'restore'],
  },
};
const kitText = kitFile([vendor.root], signCompact(vendor.issuing, 'product', productOf({}, RULES)));
const kitPath = files.put('acme.kit', kitText);

let count = 0;
let dataDir = '';
let now = NOW;
const opened: OpenedLicense[] = [];
beforeEach(() => {
  dataDir = join(files.path, `data-${(count += 1)}`);
  now = NOW;
});
afterEach(() => {
  for (const license of opened.splice(0)) license.close();
  vi.useRealTimers();
});

const lic = (grant: Loose = {}, change: Loose = {}): string =>
  goodFile(
    vendor,
    { jti: Buffer.alloc(16, (count += 1)).toString('base64url'), ...change },
    { ...RULES, ...grant },
  );

async function host(...argv: readonly string[]): Promise<void> {
  const { exit, out, err } = await run(
    [argv[0]!, '--kit', kitPath, '--data', dataDir, ...argv.slice(1)],
    now,
  );
  if (exit !== 0) throw new Error(out + err);
}
const install = async (text: string, ...more: readonly string[]): Promise<void> =>
  host('install', files.put(`${(count += 1)}.lic`, text), ...more);

/** Opens it without a timer, at the clock of the test. */
function open(change: Partial<OpenLicenseOptions> = {}): OpenedLicense {
  const license = openLicense({ kit: kitText, dataDir, env: {}, now: () => now, lookEvery: 0, ...change });
  opened.push(license);
  return license;
}

function listen(license: OpenedLicense): LicenseEvent[] {
  const events: LicenseEvent[] = [];
  license.onEvent((event) => void events.push(event));
  return events;
}
const kinds = (events: readonly LicenseEvent[]): readonly string[] => events.map(({ type }) => type);

describe('openLicense', () => {
  it('B06: answers by what is installed, and at the end of the term by the row of expired', async () => {
    await install(lic());
    const license = open();
    expect(license.check('backup')).toMatchObject({ allowed: true, state: 'active' });
    now = NOW + 100 * DAY;
    expect(license.check('backup')).toMatchObject({ allowed: true, state: 'grace' });
    now = NOW + 114 * DAY;
    expect(license.check('backup')).toMatchObject({ allowed: false, code: 'license-expired' });
    expect(license.check('restore')).toMatchObject({ allowed: true, state: 'expired' });
  });

  it('answers without a data folder, and leaves none behind', () => {
    const license = open();
    expect(license.check('restore')).toMatchObject({ allowed: true, state: 'none' });
    expect(license.check('backup')).toMatchObject({ allowed: false, code: 'license-missing' });
    expect(license.statusView()).toMatchObject({ state: 'none', inForce: false });
    expect(existsSync(dataDir)).toBe(false);
  });

  it('answers as of another instant, which neither tally nor event notices', async () => {
    await install(lic());
    const license = open();
    const events = listen(license);
    expect(license.check('backup', {}, NOW + 200 * DAY)).toMatchObject({ code: 'license-expired' });
    expect(license.check('backup')).toMatchObject({ allowed: true });
    expect([events, license.tally()]).toEqual([[], []]);
  });

  it('touches no file for an answer, and never the time that it was judged at', async () => {
    await install(lic());
    const license = open();
    license.check('backup');
    rmSync(dataDir, { recursive: true });
    expect(license.check('backup')).toMatchObject({ allowed: true });
    expect(license.check('backup', { ids: { mailbox: 'a@example.com' } })).toMatchObject({ allowed: true });
    expect(license.check('hold', { role: 'administrator' })).toMatchObject({ code: 'feature-missing' });
    expect(license.check('hold')).toMatchObject({ code: 'role-denied' });
    // The same question is answered by the same object until something changes.
    expect(license.check('backup')).toBe(license.check('backup'));
    now += 1;
    expect(license.check('backup')).toBe(license.check('backup'));
  });

  it('reads the pages of listed identities by position', async () => {
    const { claim, bytes } = pagesOf(['a@example.com', 'b@example.com']);
    const claims = licenseOf({}, { ...RULES, allowed: { mailbox: { pages: claim } } });
    const parts = { roots: [vendor.root], shard: shardOf(vendor), pages: [bytes] };
    const text = licenseFile(signCompact(vendor.issuing, 'license', claims), parts);
    await install(text);
    const ask = (license: OpenedLicense, mailbox: string): string =>
      license.check('backup', { ids: { mailbox } }).code;
    const license = open();
    expect(ask(license, 'a@example.com')).toBe('allowed');
    expect(ask(license, 'c@example.com')).toBe('identity-not-listed');
    const carried = open({ dataDir: join(files.path, 'nowhere', 'data'), license: text });
    expect(ask(carried, 'b@example.com')).toBe('allowed');
    expect(ask(carried, 'c@example.com')).toBe('identity-not-listed');
    rmSync(join(dataDir, 'pages'), { recursive: true });
    expect(ask(open(), 'a@example.com')).toBe('file-missing');
  });

  it('tallies denials, and those of advisory mode for themselves', async () => {
    await install(lic({ policies: { mode: 'advisory' } }));
    const license = open();
    now = NOW + 200 * DAY;
    const events = listen(license);
    expect(license.check('backup')).toMatchObject({ allowed: true, wouldDeny: { code: 'license-expired' } });
    license.check('backup');
    license.check('restore');
    expect(license.tally()).toEqual([
      { operation: 'backup', code: 'license-expired', count: 2, advisory: true },
    ]);
    expect(kinds(events)).toEqual(['state']);
    const enforcing = open({ dataDir: join(files.path, 'none') });
    enforcing.check('backup');
    expect(enforcing.tally()).toEqual([
      { operation: 'backup', code: 'license-missing', count: 1, advisory: false },
    ]);
  });

  it('explains the license and a decision rule by rule', async () => {
    expect(open().explain()).toMatchObject({
      state: 'none',
      license: [{ rule: 'installed', outcome: 'bad', finding: { code: 'license-missing' } }],
    });
    await install(lic());
    const { license, decision, state } = open().explain('backup', { ids: { mailbox: 'a@example.com' } });
    expect(state).toBe('active');
    expect(license.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['installed', 'signature', 'term']),
    );
    expect(license.filter(({ outcome }) => outcome === 'bad')).toEqual([]);
    expect(decision?.map(({ rule, outcome }) => `${rule} ${outcome}`)).toContain('state good');
    const path = join(dataDir, 'licenses', readdirSync(join(dataDir, 'licenses'))[0]!);
    writeFileSync(path, 'changed');
    expect(open().explain().license).toMatchObject([{ finding: { code: 'license-lost' } }]);
  });
});

describe('what goes on around it', () => {
  it('tells of a license that is installed, undone, and of its states', async () => {
    const license = open();
    const events = listen(license);
    await install(lic());
    license.refresh();
    await install(lic({ revision: 2 }));
    license.refresh();
    await host('undo');
    license.refresh();
    now = NOW + 100 * DAY;
    license.refresh();
    expect(events.map(({ text }) => text)).toEqual([
      'the license is CF-7K2M-94QX-3, revision 1',
      'the state changed from none to active',
      'the license is CF-7K2M-94QX-3, revision 2',
      'the license is CF-7K2M-94QX-3, revision 1',
      'the state changed from active to grace: the term has ended and the time of grace runs',
    ]);
    expect(events[2]).toMatchObject({ from: { revision: 1 }, to: { revision: 2 } });
  });

  it('tells of what begins and ends within a license', async () => {
    await install(lic({ features: { hold: { until: NOW + 5 * DAY } } }));
    const license = open();
    const events = listen(license);
    expect(license.check('hold', { role: 'administrator' })).toMatchObject({
      allowed: true,
      until: NOW + 5 * DAY,
    });
    now = NOW + 5 * DAY;
    expect(license.check('hold', { role: 'administrator' })).toMatchObject({ code: 'feature-ended' });
    expect(kinds(events)).toEqual(['rights', 'denied']);
    expect(events[1]?.text).toBe('hold was denied: the feature that this operation needs has ended');
  });

  it('goes over to a preloaded renewal at its first instant, with no file to read', async () => {
    await install(lic({ term: { type: 'fixed', until: NOW + 10 * DAY } }, { exp: NOW + 10 * DAY }));
    await install(
      lic(
        { revision: 2, term: { type: 'fixed', until: NOW + 300 * DAY } },
        { nbf: NOW + 10 * DAY, exp: NOW + 300 * DAY },
      ),
    );
    const license = open();
    const events = listen(license);
    expect(license.check('backup')).toMatchObject({ until: NOW + 10 * DAY });
    rmSync(dataDir, { recursive: true });
    now = NOW + 10 * DAY;
    expect(license.check('backup')).toMatchObject({ allowed: true, state: 'active', until: NOW + 300 * DAY });
    expect(kinds(events)).toEqual(['license']);
  });

  it('judges again where the clock was set back', async () => {
    await install(lic({}, { nbf: NOW - 10 * DAY }));
    const license = open();
    now = NOW + 120 * DAY;
    expect(license.check('backup')).toMatchObject({ code: 'license-expired' });
    now = NOW;
    expect(license.check('backup')).toMatchObject({ allowed: true });
    // Never before what is signed in the installed file.
    now = NOW - 300 * DAY;
    expect(license.check('backup')).toMatchObject({ allowed: true });
  });

  it('tells of alerts, first those that hold already', async () => {
    await install(lic({}, { nbf: NOW - 10 * DAY }));
    now = NOW - 50 * DAY;
    const license = open();
    const events = listen(license);
    expect(events).toMatchObject([{ type: 'alert', finding: { code: 'clock-before-issue' } }]);
    license.refresh();
    expect(events).toHaveLength(1);
    now = NOW + 90 * DAY;
    license.refresh();
    expect(events.slice(1)).toMatchObject([{ type: 'alert', finding: { code: 'license-ends-soon' } }]);
    expect(events[1]?.text).toMatch(/^the term ends soon.*; /);
    now = NOW;
    license.refresh();
    now = NOW + 90 * DAY;
    license.refresh();
    expect(events).toHaveLength(3);
  });

  it('B07: says nothing of the end where the renewal is preloaded', async () => {
    await install(lic({ term: { type: 'fixed', until: NOW + 10 * DAY } }, { exp: NOW + 10 * DAY }));
    now = NOW + 8 * DAY;
    expect(kinds(listen(open()))).toEqual(['alert']);
    await install(
      lic(
        { revision: 2, term: { type: 'fixed', until: NOW + 300 * DAY } },
        { nbf: NOW + 10 * DAY, exp: NOW + 300 * DAY },
      ),
    );
    expect(kinds(listen(open()))).toEqual([]);
  });

  it('keeps on when a listener throws, and hands the error to the process', async () => {
    const license = open();
    const thrown: unknown[] = [];
    const catcher = (error: unknown): void => void thrown.push(error);
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', catcher);
    try {
      license.onEvent(() => {
        throw new Error('mine');
      });
      const events = listen(license);
      expect(license.check('backup').allowed).toBe(false);
      expect(kinds(events)).toEqual(['denied']);
      await new Promise((resolve) => setImmediate(resolve));
      expect(thrown).toMatchObject([{ message: 'mine' }]);
    } finally {
      process.removeListener('uncaughtException', catcher);
      for (const other of others) process.on('uncaughtException', other);
    }
  });

  it('stops telling when told to', () => {
    const license = open();
    const events: LicenseEvent[] = [];
    const stop = license.onEvent((event) => void events.push(event));
    license.check('backup');
    stop();
    license.check('backup');
    expect(events).toHaveLength(1);
  });

  it('goes on with what was read where the folder cannot be read any more, and says so', async () => {
    await install(lic());
    const license = open();
    const events = listen(license);
    const journal = join(dataDir, 'journal.1.log');
    rmSync(journal);
    mkdirSync(journal);
    license.refresh();
    expect(license.check('backup')).toMatchObject({ allowed: true });
    expect(events).toMatchObject([{ type: 'alert', finding: { code: 'file-unreadable' } }]);
    now = NOW + 120 * DAY;
    expect(license.check('backup')).toMatchObject({ code: 'license-expired' });
  });

  it('allows what needs no license where nothing can be read from the start', () => {
    mkdirSync(join(dataDir, 'journal.1.log'), { recursive: true });
    const license = open();
    expect(license.check('restore')).toMatchObject({ allowed: true, state: 'none' });
    expect(license.check('backup')).toMatchObject({ allowed: false, code: 'file-unreadable' });
    expect(() => license.explain()).toThrowCode('file-unreadable');
  });

  it('tells a lost and a changed license file by their code', async () => {
    await install(lic());
    const path = join(dataDir, 'licenses', readdirSync(join(dataDir, 'licenses'))[0]!);
    writeFileSync(path, tamper(readFileSync(path, 'utf8')));
    expect(open().check('backup')).toMatchObject({ code: 'license-lost' });
    rmSync(path);
    expect(open().check('backup')).toMatchObject({ code: 'license-lost', state: 'none' });
    expect(open().check('restore')).toMatchObject({ allowed: true });
  });
});

describe('by itself', () => {
  it('notices a new file within two seconds, and the end of a term at its instant', async () => {
    vi.useFakeTimers({ now: NOW * 1000 });
    const license = openLicense({ kit: kitText, dataDir, env: {} });
    opened.push(license);
    const events = listen(license);
    await install(lic({ term: { type: 'fixed', until: NOW + 10 } }, { exp: NOW + 20 }));
    vi.advanceTimersByTime(2000);
    expect(kinds(events)).toEqual(['license', 'state', 'alert']);
    vi.advanceTimersByTime(7999);
    expect(kinds(events)).toHaveLength(3);
    vi.advanceTimersByTime(1);
    expect(events[3]).toMatchObject({ type: 'state', to: 'grace', at: NOW + 10 });
    vi.advanceTimersByTime(10_000);
    expect(events[4]).toMatchObject({ type: 'state', to: 'expired', at: NOW + 20 });
  });

  it('looks for alerts once an hour', async () => {
    await install(lic());
    vi.useFakeTimers({ now: (NOW + 72.75 * DAY - 100) * 1000 });
    const license = openLicense({ kit: kitText, dataDir, env: {}, lookEvery: 60 });
    opened.push(license);
    const events = listen(license);
    vi.advanceTimersByTime(3500 * 1000);
    expect(events).toEqual([]);
    vi.advanceTimersByTime(200 * 1000);
    expect(events).toMatchObject([{ type: 'alert', finding: { code: 'license-ends-soon' } }]);
  });

  it('stops when it is closed, also by a listener', async () => {
    vi.useFakeTimers({ now: NOW * 1000 });
    const license = openLicense({ kit: kitText, dataDir, env: {} });
    license.onEvent(() => {
      license.close();
    });
    await install(lic());
    vi.advanceTimersByTime(2000);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a license from the surroundings', () => {
  it('is installed where there is a folder, and holds on without it', () => {
    const license = open({ license: lic() });
    expect(license.check('backup')).toMatchObject({ allowed: true, state: 'active' });
    expect(license.statusView()).toMatchObject({ state: 'active', license: { revision: 1 } });
    expect(open().check('backup')).toMatchObject({ allowed: true });
    expect(listen(license)).toEqual([]);
  });

  it('comes from the argument, else the text, else the file that the environment names', () => {
    const path = files.put(`${(count += 1)}.lic`, lic({ revision: 3 }));
    const revisionOf = (change: Partial<OpenLicenseOptions>): number | undefined => {
      dataDir = join(files.path, `data-${(count += 1)}`);
      return open(change).statusView().license?.revision;
    };
    const env = { COUNTERFOIL_LICENSE: lic({ revision: 2 }), COUNTERFOIL_LICENSE_FILE: path };
    expect(revisionOf({ env, license: new TextEncoder().encode(lic({ revision: 1 })) })).toBe(1);
    expect(revisionOf({ env, licenseFile: files.put('own.lic', lic({ revision: 4 })) })).toBe(4);
    expect(revisionOf({ env })).toBe(2);
    expect(revisionOf({ env: { ...env, COUNTERFOIL_LICENSE: '' } })).toBe(3);
    expect(revisionOf({ env: {} })).toBeUndefined();
    expect(revisionOf({ env: { COUNTERFOIL_LICENSE_FILE: '' } })).toBeUndefined();
  });

  it('is noticed when its file changes', async () => {
    vi.useFakeTimers({ now: NOW * 1000 });
    const path = files.put('mounted.lic', lic());
    const license = openLicense({ kit: kitText, dataDir, env: { COUNTERFOIL_LICENSE_FILE: path } });
    opened.push(license);
    const events = listen(license);
    writeFileSync(path, lic({ revision: 2 }));
    vi.advanceTimersByTime(2000);
    expect(events).toMatchObject([{ type: 'license', to: { revision: 2 } }]);
  });

  it('never falls below the highest revision known', async () => {
    await install(lic({ revision: 5 }));
    const license = open({ license: lic({ revision: 4 }) });
    expect(license.statusView().license?.revision).toBe(5);
    expect(listen(license)).toMatchObject([{ type: 'alert', finding: { code: 'revision-older' } }]);
  });

  it('does not put another license in the place of the installed one', async () => {
    await install(lic());
    const license = open({ license: lic({ id: 'CF-0000-0001-V' }) });
    expect(license.statusView().license?.id).toBe('CF-7K2M-94QX-3');
    expect(listen(license).map((event) => event.type === 'alert' && event.finding.code)).toEqual([
      expect.stringMatching(/^license-id-other$|^claims-invalid$/),
    ]);
  });

  it('holds for the process alone where nothing can be written, which is said', () => {
    const license = open({ license: lic(), dataDir: join(files.path, 'nowhere', 'data') });
    expect(license.check('backup')).toMatchObject({ allowed: true });
    expect(license.statusView()).toMatchObject({ state: 'active' });
    expect(listen(license)).toMatchObject([
      { type: 'alert', finding: { code: 'no-ledger', actual: 'data-missing' } },
    ]);
  });

  it('is told of where it cannot be read or does not hold; the folder decides then', async () => {
    await install(lic());
    const missing = open({ licenseFile: join(files.path, 'no.lic') });
    expect(missing.check('backup')).toMatchObject({ allowed: true });
    expect(listen(missing)).toMatchObject([{ finding: { code: 'file-missing' } }]);
    expect(() => missing.statusView()).toThrowCode('file-missing');
    const tampered = open({ license: tamper(lic()) });
    expect(tampered.check('backup')).toMatchObject({ allowed: true });
    expect(listen(tampered)).toMatchObject([{ finding: { code: 'signature-invalid' } }]);
  });
});

describe('the developer', () => {
  it('is told what is wrong with kit, product or folder', () => {
    expect(() => open({ kit: 'no kit' })).toThrowCode('kit-unusable');
    expect(() => open({ product: 'other' })).toThrowCode('options-invalid');
    expect(() => open({ dataDir: '' })).toThrowCode('options-invalid');
    expect(() => open({ kit: kitFile([vendor.root]) })).toThrowCode('options-invalid');
    expect(() => open({ now: () => NaN })).toThrowCode('clock-invalid');
  });

  it('names the product where the kit does not, or repeats it', async () => {
    await install(lic());
    expect(open({ kit: kitFile([vendor.root]), product: 'backup' }).check('backup').allowed).toBe(true);
    expect(open({ product: 'backup' }).check('backup').allowed).toBe(true);
    expect(open({ kit: Buffer.from(kitText) }).check('backup').allowed).toBe(true);
  });

  it('says what the host is, for bound licenses', async () => {
    const bound = lic({ binding: { type: 'host-key' } }, { cnf: { jkt: vendor.issuing.kid } });
    const key = vendor.issuing.kid;
    expect(open({ license: bound, host: { key } }).check('backup')).toMatchObject({ allowed: true });
    dataDir += '-other';
    expect(open({ license: bound }).check('backup')).toMatchObject({ code: 'license-missing' });
    expect(open({ license: bound, host: { ids: { vm: 'x' } } }).check('backup').allowed).toBe(false);
  });

  it('has operations, kinds and roles checked by the compiler', () => {
    type Names = { operation: 'backup' | 'restore'; kind: 'mailbox'; role: 'administrator' };
    const kit: KitText<Names> = kitText;
    const license = openLicense({ kit, dataDir, env: {}, lookEvery: 0 });
    opened.push(license);
    expectTypeOf(license).toEqualTypeOf<OpenedLicense<Names>>();
    // @ts-expect-error -- a misspelt operation
    expect(() => license.check('bakcup')).toThrowCode('operation-unknown');
    // @ts-expect-error -- a misspelt kind
    expect(() => license.check('backup', { ids: { mailbocks: 'x' } })).toThrowCode('identity-kind');
    // @ts-expect-error -- a misspelt role
    expect(() => license.check('backup', { role: 'boss' })).toThrowCode('role-unknown');
  });

  it('sees lines of others as soon as they are whole', async () => {
    await install(lic());
    const license = open();
    appendFileSync(join(dataDir, 'journal.1.log'), '\n{"kind":"install"');
    license.refresh();
    expect(license.check('backup').allowed).toBe(true);
  });
});
