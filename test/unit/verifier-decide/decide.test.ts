import { describe, expect, it } from 'vitest';
import {
  decide,
  explainDecision,
  openTrust,
  readProduct,
  standingOf,
  verifyLicense,
  type ProductContent,
  type Standing,
  type Subject,
  type Verdict,
} from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import {
  DAY,
  goodFile,
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

const vendor = makeVendor();
const trust = openTrust(nodeEngine, [vendor.root]);

const RULES = {
  operations: {
    backup: { meters: ['mailboxes'] },
    restore: { reads: true },
    'sign-in': {},
    hold: { feature: 'legal-hold' },
    purge: {},
  },
  roles: { administrator: {}, auditor: {} },
  kinds: { mailbox: { form: 'mail' } },
  states: {
    none: ['sign-in@administrator'],
    pending: ['restore'],
    active: ['backup', 'restore', 'sign-in', 'hold@administrator', 'hold@auditor'],
    grace: ['backup', 'restore', 'sign-in'],
    expired: ['restore'],
  },
};

function productWith(change: Loose = {}): ProductContent {
  const text = signCompact(vendor.issuing, 'product', productOf({}, { ...RULES, ...change }));
  return readProduct(nodeEngine, trust, text);
}
const product = productWith();

const METERS = { mailboxes: { pools: ['mailboxes'], kind: 'mailbox' } };
const POOLS = {
  mailboxes: { label: 'Mailboxes', lots: [{ id: 'a', quantity: 50 }] },
  other: { lots: [{ id: 'a', quantity: 3 }] },
};

function judged(grant: Loose = {}, now = NOW, change: Loose = {}): Verdict {
  const file = goodFile(vendor, change, { ...RULES, meters: METERS, pools: POOLS, ...grant });
  return verifyLicense(file, { engine: nodeEngine, trust, product: 'backup', host: {}, now });
}

const context = (at: number, own: ProductContent = product): Parameters<typeof standingOf>[1] => ({
  engine: nodeEngine,
  at,
  product: own,
});
const standing = (grant: Loose = {}, now = NOW, change: Loose = {}): Standing =>
  standingOf(judged(grant, now, change), context(now));

const ask = (from: Standing, operation: string, subject: Subject = {}): string =>
  decide(from, { operation, subject }).code;

const AFTER = NOW + 200 * DAY;
const IN_GRACE = NOW + 105 * DAY;

describe('decide', () => {
  it('allows what the row of the state allows, and says the pools that it draws from', () => {
    expect(decide(standing(), { operation: 'backup', subject: {} })).toEqual({
      allowed: true,
      code: 'allowed',
      reason: 'the operation is allowed',
      operation: 'backup',
      state: 'active',
      mode: 'enforce',
      pools: [{ id: 'mailboxes', label: 'Mailboxes', limit: 50 }],
      until: NOW + 100 * DAY,
    });
    expect(decide(standing(), { operation: 'restore', subject: {} }).pools).toEqual([]);
    expect(decide(standing({ meters: {} }), { operation: 'backup', subject: {} }).pools).toEqual([]);
  });

  it('names the state as the reason only where the operation would be allowed otherwise', () => {
    const over = standing({}, AFTER);
    const denied = decide(over, { operation: 'backup', subject: {} });
    expect(denied).toMatchObject({ allowed: false, code: 'license-expired', state: 'expired' });
    expect(denied.reason).toBe('the license has expired');
    expect(denied.finding).toMatchObject({ hint: 'renew the license', who: 'administrator' });
    expect(ask(over, 'restore')).toBe('allowed');
    expect(ask(over, 'purge')).toBe('operation-denied');
    expect(decide(over, { operation: 'purge', subject: {} }).finding).toMatchObject({
      where: 'purge',
      expected: 'a license that knows the operation',
      actual: 'state expired',
    });
    expect(ask(standing({}, IN_GRACE), 'hold', { role: 'auditor' })).toBe('license-grace');
  });

  it('names the states in which an operation is open', () => {
    const states = { ...RULES.states, active: ['backup'], trial: ['purge'], pending: ['purge@auditor'] };
    expect(decide(standing({ states }), { operation: 'purge', subject: {} }).finding).toMatchObject({
      code: 'operation-denied',
      expected: 'state pending or trial',
      actual: 'state active',
    });
  });

  it('opens to a role what is for the role, and says which role it takes', () => {
    const features = { 'legal-hold': {} };
    expect(ask(standing({ features }), 'hold', { role: 'administrator' })).toBe('allowed');
    const denied = decide(standing({ features }), { operation: 'hold', subject: {} });
    expect(denied.finding).toMatchObject({
      code: 'role-denied',
      expected: 'administrator or auditor',
      actual: 'no role',
    });
    expect(ask(standing({}, AFTER), 'sign-in', { role: 'administrator' })).toBe('allowed');
    expect(ask(standing({}, AFTER), 'sign-in')).toBe('license-expired');
    const one = { ...RULES.states, active: ['hold@auditor'] };
    expect(
      decide(standing({ states: one }), { operation: 'hold', subject: { role: 'administrator' } }).finding,
    ).toMatchObject({ code: 'role-denied', expected: 'auditor', actual: 'administrator' });
  });

  it('E09: asks for a feature, which may end by itself', () => {
    const subject = { role: 'auditor' };
    expect(ask(standing(), 'hold', subject)).toBe('feature-missing');
    const until = NOW + 5 * DAY;
    const granted = { features: { 'legal-hold': { until } } };
    const before = decide(standing(granted), { operation: 'hold', subject });
    expect(before).toMatchObject({ code: 'allowed', until });
    expect(ask(standing(granted, until - 1), 'hold', subject)).toBe('allowed');
    expect(ask(standing(granted, until), 'hold', subject)).toBe('feature-ended');
    expect(ask(standing({ features: { 'legal-hold': {} } }), 'hold', subject)).toBe('allowed');
  });

  it('asks whether identities are listed, and for those alone that are given', () => {
    const listed = standing({ allowed: { mailbox: { list: ['a@example.com'] } } });
    expect(ask(listed, 'backup', { ids: { mailbox: 'A@example.com' } })).toBe('allowed');
    expect(ask(listed, 'backup')).toBe('allowed');
    expect(ask(listed, 'backup', { ids: {} })).toBe('allowed');
    const denied = decide(listed, { operation: 'backup', subject: { ids: { mailbox: 'b@example.com' } } });
    expect(denied.finding).toMatchObject({
      code: 'identity-not-listed',
      where: 'mailbox',
      actual: 'b@example.com',
    });
    expect(ask(listed, 'backup', { ids: { mailbox: 'nobody' } })).toBe('identity-form');
    expect(ask(listed, 'backup', { ids: { mailbox: undefined } })).toBe('allowed');
  });

  it('reads pages by position, and denies where it cannot tell', () => {
    const { claim, bytes } = pagesOf(['a@example.com']);
    const verdict = judged({ allowed: { mailbox: { pages: claim } } });
    const from = (read: boolean): Standing =>
      standingOf(verdict, {
        ...context(NOW),
        readPages: () => (read ? (index) => bytes.subarray(index * 4096, (index + 1) * 4096) : undefined),
      });
    expect(ask(from(true), 'backup', { ids: { mailbox: 'a@example.com' } })).toBe('allowed');
    expect(ask(from(true), 'backup', { ids: { mailbox: 'b@example.com' } })).toBe('identity-not-listed');
    expect(ask(from(false), 'backup', { ids: { mailbox: 'a@example.com' } })).toBe('pages-missing');
  });

  it('lets a fault of reading pages that is none of ours out', () => {
    const { claim } = pagesOf(['a@example.com']);
    const broken = standingOf(judged({ allowed: { mailbox: { pages: claim } } }), {
      ...context(NOW),
      readPages: () => () => {
        throw new RangeError('no such block');
      },
    });
    expect(() => ask(broken, 'backup', { ids: { mailbox: 'a@example.com' } })).toThrow(RangeError);
  });

  it('takes a kind that only the kit knows as unrestricted', () => {
    const newer = productWith({ kinds: { ...RULES.kinds, device: { form: 'text' } } });
    const from = standingOf(judged(), context(NOW, newer));
    expect(ask(from, 'backup', { ids: { device: 'x' } })).toBe('allowed');
  });

  it('knows an operation that only the kit knows, and denies it', () => {
    const newer = productWith({ operations: { ...RULES.operations, archive: {} } });
    expect(ask(standingOf(judged(), context(NOW, newer)), 'archive')).toBe('operation-denied');
  });
});

describe('without a license', () => {
  const none = standingOf(undefined, context(NOW));

  it('allows what the kit’s row of none allows, and says that a license is missing', () => {
    expect(none).toMatchObject({ state: 'none', mode: 'enforce' });
    expect(ask(none, 'sign-in', { role: 'administrator' })).toBe('allowed');
    expect(ask(none, 'backup')).toBe('license-missing');
    expect(ask(none, 'sign-in')).toBe('license-missing');
    expect(ask(none, 'purge')).toBe('operation-denied');
    expect(decide(none, { operation: 'backup', subject: {} }).pools).toEqual([]);
  });

  it('says why the license does not count', () => {
    const file = tamper(goodFile(vendor));
    const rejected = verifyLicense(file, {
      engine: nodeEngine,
      trust,
      product: 'backup',
      host: {},
      now: NOW,
    });
    const from = standingOf(rejected, context(NOW));
    expect(from.license).toBeUndefined();
    expect(ask(from, 'backup')).toBe('signature-invalid');
    const other = verifyLicense(goodFile(vendor), {
      engine: nodeEngine,
      trust,
      product: 'other',
      host: {},
      now: NOW,
    });
    expect(ask(standingOf(other, context(NOW)), 'backup')).toBe('product-mismatch');
  });

  it('has nothing to go by without a product document either', () => {
    const blank = standingOf(undefined, { engine: nodeEngine, at: NOW });
    expect(ask(blank, 'anything', { role: 'any', ids: { any: 'x' } })).toBe('license-missing');
    const bare = productWith({ states: {} });
    expect(ask(standingOf(undefined, context(NOW, bare)), 'backup')).toBe('operation-denied');
  });

  it('is never better than a license, whatever the license restricts', () => {
    const free = productWith({ states: { ...RULES.states, none: ['restore'] } });
    const grant = {
      allowed: { mailbox: { list: ['a@example.com'] } },
      operations: { ...RULES.operations, restore: { feature: 'legal-hold' } },
      states: { active: [] },
    };
    const subject = { ids: { mailbox: 'b@example.com' } };
    expect(ask(standingOf(undefined, context(NOW, free)), 'restore', subject)).toBe('allowed');
    expect(ask(standingOf(judged(grant), context(NOW, free)), 'restore', subject)).toBe('allowed');
  });

  it('does not give away what needs a feature', () => {
    const featured = productWith({ states: { none: ['hold'] } });
    expect(ask(standingOf(undefined, context(NOW, featured)), 'hold')).toBe('feature-missing');
  });
});

describe('without a product document', () => {
  it('goes by the license, whose own row of none counts in every state', () => {
    const from = standingOf(judged({}, AFTER), { engine: nodeEngine, at: AFTER });
    expect(ask(from, 'restore')).toBe('allowed');
    expect(ask(from, 'sign-in', { role: 'administrator' })).toBe('allowed');
    expect(ask(from, 'backup')).toBe('license-expired');
  });

  it('takes a license without any row for one that allows nothing', () => {
    const from = standingOf(judged({ states: {} }), { engine: nodeEngine, at: NOW });
    expect(ask(from, 'backup')).toBe('operation-denied');
  });
});

describe('a trial', () => {
  it('B15: says that the trial is over where the trial would allow it', () => {
    const states = { trial: ['backup'], 'trial-expired': [] };
    const over = standingOf(judged({ kind: 'trial', states }, AFTER), { engine: nodeEngine, at: AFTER });
    expect(ask(over, 'backup')).toBe('trial-expired');
    expect(ask(over, 'restore')).toBe('operation-denied');
  });
});

describe('advisory mode', () => {
  it('allows everything, and says what it would have denied', () => {
    const from = standing({ policies: { mode: 'advisory' } }, AFTER);
    const decision = decide(from, { operation: 'backup', subject: {} });
    expect(decision).toMatchObject({ allowed: true, code: 'allowed', mode: 'advisory' });
    expect(decision.wouldDeny).toMatchObject({ code: 'license-expired' });
    expect(decision.finding).toBeUndefined();
    expect(decide(from, { operation: 'restore', subject: {} }).wouldDeny).toBeUndefined();
  });

  it('is the kit’s word where there is no license, and where the license does not say', () => {
    const advising = productWith({ policies: { mode: 'advisory' } });
    expect(standingOf(undefined, context(NOW, advising)).mode).toBe('advisory');
    expect(standingOf(judged(), context(NOW, advising)).mode).toBe('advisory');
    expect(standingOf(judged({ policies: { mode: 'enforce' } }), context(NOW, advising)).mode).toBe(
      'enforce',
    );
    expect(standingOf(judged(), { engine: nodeEngine, at: NOW }).mode).toBe('enforce');
  });
});

describe('names', () => {
  it('are the product’s; any other is a fault of the program', () => {
    expect(() => ask(standing(), 'bakcup')).toThrowCode('operation-unknown');
    expect(() => ask(standing(), 'bakcup')).toThrow(/expected backup, perhaps, got bakcup/);
    expect(() => ask(standing(), 'toString')).toThrowCode('operation-unknown');
    expect(() => ask(standing(), 'backup', { role: 'boss' })).toThrowCode('role-unknown');
    expect(() => ask(standing(), 'backup', { role: 'boss' })).toThrow(/expected administrator, auditor, got/);
    expect(() => ask(standing(), 'backup', { ids: { user: 'x' } })).toThrowCode('identity-kind');
    const bare = standingOf(undefined, context(NOW, productWith({ roles: {}, kinds: {} })));
    expect(() => ask(bare, 'backup', { role: 'boss' })).toThrow(/expected none, got boss/);
  });
});

describe('the next instant', () => {
  it('is the earliest of state, features and lots, and none where nothing ends', () => {
    const lots = [
      { id: 'a', quantity: 1, from: NOW - DAY, until: NOW + 3 * DAY },
      { id: 'b', quantity: 2, from: NOW + 2 * DAY },
    ];
    expect(standing({ pools: { mailboxes: { lots } } }).until).toBe(NOW + 2 * DAY);
    expect(standing({ pools: { mailboxes: { lots } } }, NOW + 2 * DAY).until).toBe(NOW + 3 * DAY);
    expect(standing({}, AFTER).until).toBeUndefined();
    const perpetual = signCompact(vendor.issuing, 'license', {
      ...licenseOf({ exp: undefined }, { term: { type: 'perpetual' }, pools: undefined }),
    });
    const file = licenseFile(perpetual, { roots: [vendor.root], shard: shardOf(vendor) });
    const verdict = verifyLicense(file, { engine: nodeEngine, trust, product: 'backup', host: {}, now: NOW });
    const forever = standingOf(verdict, context(NOW));
    expect(forever.until).toBeUndefined();
    expect(decide(forever, { operation: 'backup', subject: {} }).until).toBeUndefined();
  });
});

describe('explainDecision', () => {
  const list = (from: Standing, operation: string, subject: Subject = {}): readonly string[] =>
    explainDecision(from, { operation, subject }).map(
      ({ rule, outcome, fact, because, finding }) =>
        `${rule} ${outcome} ${fact ?? because ?? finding?.code ?? ''}`,
    );

  it('lists every condition, good, bad or not evaluated', () => {
    const listed = standing({ allowed: { mailbox: { list: ['a@example.com'] } } });
    expect(list(listed, 'backup', { ids: { mailbox: 'a@example.com' } })).toEqual([
      'free not-evaluated because the row of none does not have it',
      'state good state active',
      'role good open to everyone',
      'feature not-evaluated because it was not asked',
      'identity good mailbox',
      'seat not-evaluated because seats are not counted yet',
    ]);
    expect(list(standing({ features: { 'legal-hold': {} } }), 'hold', { role: 'auditor' })).toEqual([
      'free not-evaluated because the row of none does not have it',
      'state good state active',
      'role good auditor',
      'feature good legal-hold',
      'identity not-evaluated because it was not asked',
      'seat not-evaluated because it takes none',
    ]);
    expect(list(standing(), 'hold')).toContain('role bad role-denied');
    expect(list(standing(), 'hold')).toContain('feature bad feature-missing');
    expect(list(standing({}, AFTER), 'backup')).toContain('state bad license-expired');
  });

  it('only warns where it is allowed all the same', () => {
    const advisory = standing({ policies: { mode: 'advisory' } }, AFTER);
    expect(list(advisory, 'backup')).toContain('state warning license-expired');
    const admin = { role: 'administrator' };
    expect(list(standingOf(undefined, context(NOW)), 'sign-in', admin)).toEqual([
      'free good the row of none',
      'state good state none',
      'role good administrator',
      'feature not-evaluated because it was not asked',
      'identity not-evaluated because it was not asked',
      'seat not-evaluated because it takes none',
    ]);
  });

  it('agrees with the decision about who is at fault', () => {
    expect(() => list(standing(), 'bakcup')).toThrowCode('operation-unknown');
  });
});
