// What a license may say, what is ignored, and what contradicts itself (license-file.md, clauses 6 and 14).
import { b64u, key, name16 } from './codec.mjs';
import { accept, perpetual, reject } from './documents.mjs';
import { changed, set } from './shape.mjs';

const full = (payload) => {
  perpetual(payload);
  Object.assign(payload.license, {
    offer: 'subscription',
    forms: 1,
    kinds: {
      mailbox: { form: 'mail', label: 'Mailbox' },
      host: { form: 'guid', byteOrder: 'microsoft', keyed: true },
    },
    roles: { administrator: { label: 'Administrator' } },
    operations: {
      backup: { label: 'Back up', meters: ['mailboxes'] },
      restore: { reads: true, feature: 'archive' },
    },
    states: { none: ['sign-in@administrator'], active: ['backup', 'restore'], 'trial-expired': [] },
    pools: {
      seats: {
        label: 'Seats',
        lots: [
          { id: 'first', quantity: 25, from: 0, until: 253402300799, kind: 'bought', autoRenew: true },
          { id: 'second', quantity: 0 },
        ],
      },
    },
    meters: {
      mailboxes: {
        label: 'Mailboxes',
        pools: ['seats'],
        kind: 'mailbox',
        platforms: ['linux'],
        cost: { type: 'size', bytes: 1073741824, per: 'meter', ratchet: true },
        takes: { type: 'evaluation', days: 14, when: 'when-no-seat-free', condition: 'first-archive' },
        group: { kind: 'host', size: 5, release: { type: 'never' } },
        exempt: ['local-administrator'],
        release: { type: 'hold', days: 30, mode: 'each', sameDay: true },
        limit: { type: 'slack', percent: 10, atLeast: 2, days: 30 },
        overflow: 'oldest-first',
      },
    },
    features: { archive: { until: 1900000000 }, search: {} },
    policies: {
      mode: 'advisory',
      clock: { days: 7, then: 'expire' },
      status: { days: 90, then: 'warn' },
      ledger: { days: 14 },
      undo: 7,
    },
    links: { renew: 'https://acme.example/renew', help: 'mailto:help@acme.example' },
    opening: { size: 3, root: b64u(Buffer.alloc(32)), totals: { mailboxes: 7 } },
  });
};

const accepted = [
  accept('full', 'LF-6', 'a license with every optional member', changed(full)),
  accept(
    'unknown-members',
    'LF-14.1',
    'members that nobody knows are ignored',
    changed((payload) => {
      payload.note = 'x';
      payload.license.shape = { of: ['things', 'to', 'come'] };
      payload.license.term.colour = 'blue';
      payload.license.needs.ledger = 7;
      payload.license.operations.backup.later = true;
    }),
  ),
  accept('revision-1000000', 'LF-6.2', 'the largest revision', changed(set('license.revision', 1_000_000))),
  accept(
    'label-200',
    'LF-6.2',
    '200 characters beyond the first plane',
    changed(set('license.licensee.name', '😀'.repeat(200))),
  ),
  reject(
    'label-201',
    'LF-6.2',
    'claims-invalid',
    '201 characters beyond the first plane',
    changed(set('license.licensee.name', '😀'.repeat(201))),
  ),
  ...['\u2069', '\ufeff'].map((mark) =>
    reject(
      `label-${mark.codePointAt(0).toString(16)}`,
      'LF-6',
      'claims-invalid',
      'a mark that hides or turns text',
      changed(set('license.licensee.name', `a${mark}b`)),
    ),
  ),
  accept(
    'label-beside-marks',
    'LF-6',
    'the neighbours of the characters that no text has',
    changed(set('license.licensee.name', 'a\u2027\u202fb')),
  ),
  accept(
    'license-id-check-digit',
    'LF-6.8',
    'a wrong check digit: in claims only the form of the id counts',
    changed(set('license.id', 'CF-7K2M-94QX-B')),
  ),
  accept(
    'vendor-64',
    'LF-6.1',
    'no other vendor is asked for by the syntax',
    changed(set('sub', 'x'.repeat(64))),
  ),
  ...['allowed', 'binding', 'forms', 'needs', 'states', 'status', 'term'].map((name) =>
    accept(
      `critical-${name}`,
      'LF-14.2',
      'a critical claim that a verifier honours',
      changed(set('license.critical', [name])),
    ),
  ),
  reject(
    'critical-unknown',
    'LF-14.2',
    'critical-unknown',
    'a critical claim that nobody knows',
    changed(set('license.critical', ['term', 'moon-phase'])),
  ),
  reject(
    'critical-constructor',
    'LF-14.2',
    'critical-unknown',
    'a name that objects inherit',
    changed(set('license.critical', ['constructor'])),
  ),
  reject(
    'critical-before-shape',
    'LF-14.2',
    'critical-unknown',
    'the demand is seen before what it changed',
    changed((payload) => {
      payload.license.critical = ['moon-phase'];
      payload.license.term = { type: 'lunar' };
    }),
  ),
  reject('schema-2', 'LF-14.3', 'schema-newer', 'a later schema', changed(set('license.schema', 2))),
  reject(
    'forms-2',
    'LF-14.3',
    'schema-newer',
    'a later version of the canonical forms',
    changed(set('license.forms', 2)),
  ),
  reject(
    'schema-2-shape',
    'LF-14.3',
    'schema-newer',
    'a later schema, and claims of another shape',
    changed((payload) => (payload.license = { schema: 2 })),
  ),
];

const lots =
  (...list) =>
  (payload) =>
    (payload.license.pools = { seats: { lots: list } });
const inconsistent = (name, clause, note, change) =>
  reject(name, clause, 'claims-inconsistent', note, changed(change));
const jkt = key('host').kid;
const consistency = [
  inconsistent('cnf-without-binding', 'LF-6.6', 'a host key, and no binding', set('cnf', { jkt })),
  inconsistent(
    'binding-without-cnf',
    'LF-6.6',
    'a binding to a host key, and no key',
    set('license.binding', { type: 'host-key' }),
  ),
  inconsistent('cnf-with-host-id', 'LF-6.6', 'a host key, and a binding of another type', (payload) => {
    payload.cnf = { jkt };
    payload.license.binding = {
      type: 'host-id',
      source: 'machine',
      salt: name16('salt'),
      digest: b64u(Buffer.alloc(32)),
    };
  }),
  inconsistent(
    'status-without-needs',
    'LF-6.4',
    'a status, and no version that is needed',
    set('status', { status_list: { idx: 3, uri: 'a:b' } }),
  ),
  inconsistent(
    'needs-without-status',
    'LF-6.4',
    'a version that is needed, and no status',
    set('license.needs', { root: 1, status: 5 }),
  ),
  inconsistent(
    'lot-twice',
    'LF-6.5',
    'two lots of one id',
    lots({ id: 'a', quantity: 1 }, { id: 'a', quantity: 2 }),
  ),
  inconsistent(
    'lot-ends-first',
    'LF-6.5',
    'a lot that ends before it starts',
    lots({ id: 'a', quantity: 1, from: 2000000000, until: 1999999999 }),
  ),
  inconsistent(
    'lot-empty',
    'LF-6.5',
    'a lot that ends as it starts',
    lots({ id: 'a', quantity: 1, from: 2000000000, until: 2000000000 }),
  ),
  accept(
    'lot-one-second',
    'LF-6.5',
    'a lot of one second',
    changed(lots({ id: 'a', quantity: 1, from: 2000000000, until: 2000000001 })),
  ),
  accept(
    'lot-same-id-other-pool',
    'LF-6.5',
    'one lot id in two pools',
    changed((payload) => {
      payload.license.pools = {
        seats: { lots: [{ id: 'a', quantity: 1 }] },
        hosts: { lots: [{ id: 'a', quantity: 1 }] },
      };
    }),
  ),
  inconsistent(
    'perpetual-with-exp',
    'LF-6.3',
    'without end, and with one',
    (payload) => (payload.license.term = { type: 'perpetual' }),
  ),
  inconsistent('fixed-without-exp', 'LF-6.3', 'a term without the end of grace', set('exp', undefined)),
];

export const claimsRules = () => [...accepted, ...consistency];
