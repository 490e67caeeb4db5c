// Members of a license that are missing or malformed (license-file.md, clause 6).
import { b64u, name16 } from './codec.mjs';
import { file, reject, token } from './documents.mjs';

export const changed = (change) => ({ file: file({ license: token(change) }) });
export const set = (path, value) => (payload) => {
  const names = path.split('.');
  const last = names.pop();
  const target = names.reduce((object, name) => (object[name] ??= {}), payload);
  if (value === undefined) delete target[last];
  else target[last] = value;
};
const slug = (text) => text.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase();

const REQUIRED = [
  'iss',
  'aud',
  'sub',
  'jti',
  'iat',
  'nbf',
  'license',
  'license.schema',
  'license.id',
  'license.revision',
  'license.kind',
  'license.licensee',
  'license.licensee.name',
  'license.product',
  'license.product.name',
  'license.product.catalog',
  'license.term',
  'license.term.type',
  'license.term.until',
  'license.operations',
  'license.states',
  'license.needs',
  'license.needs.root',
];
const missing = REQUIRED.map((path) =>
  reject(`missing-${slug(path)}`, 'LF-6', 'claims-invalid', `no ${path}`, changed(set(path, undefined))),
);

/** Path, then values that it must not have. */
const WRONG = [
  ['iss', '', 'Acme', 'acme..example', '-acme', 1, null, ['acme.example'], 'a'.repeat(65), 'acme.example\n'],
  ['aud', '', 'Acme Mail', 'acme--mail', '1mail', ['acme-mail'], null],
  ['sub', '', 'C 1001', '.C', 1001, 'x'.repeat(65)],
  ['jti', '', 'short', `${name16('a').slice(0, -1)}B`, 1, `${name16('a')}A`],
  ['iat', '1767225600', -1, 253402300800, null],
  ['nbf', '1767225600', -1, 253402300800],
  ['exp', '1767225600', -1, null, 253402300800],
  ['license', [], 'license', null, 1],
  ['license.schema', 0, '1', null, -1],
  ['license.id', 'CF-7K2M-94QX', 'cf-7k2m-94qx-a', 'CF-7K2M-94QI-Q', 'CF-7K2M94QX-A', 7],
  ['license.revision', 0, -1, '2', 1000001],
  ['license.kind', 'Trial', '', 'demo', 1],
  ['license.licensee.name', '', 'a\u0007', 'a\u2028b', 'a\u202eb', 'a\u2066b', 'a'.repeat(201), 1],
  ['license.product.name', '', null],
  ['license.product.catalog', 0, '1'],
  ['license.term', 'perpetual', [], {}],
  ['license.term.type', 'Fixed', 'forever', 'constructor', 1],
  ['license.term.until', '2027', null, -1],
  ['license.term.zone', '', 'Europe Vienna', '../etc', 1],
  [
    'license.operations',
    [],
    null,
    { Backup: {} },
    { backup: true },
    { backup: { reads: 1 } },
    { backup: { meters: ['A'] } },
  ],
  ['license.states', [], { active: 'backup' }, { active: ['Backup'] }, { active: ['backup@'] }],
  ['license.needs.root', 0, '1'],
  ['license.offer', '', 'An Offer'],
  ['license.forms', 0, '1'],
  [
    'license.kinds',
    [],
    { mailbox: {} },
    { mailbox: { form: 'uuid' } },
    { mailbox: { form: 'guid', byteOrder: 'little' } },
  ],
  [
    'license.pools',
    [],
    { Seats: { lots: [] } },
    { seats: {} },
    { seats: { lots: {} } },
    { seats: { lots: [{ id: 'a', quantity: -1 }] } },
    { seats: { lots: [{ id: 'a' }] } },
    { seats: { lots: [{ quantity: 1 }] } },
  ],
  [
    'license.meters',
    [],
    { a: { pools: [], kind: 'mailbox' } },
    { a: { pools: ['seats'] } },
    { a: { pools: ['seats'], kind: 'mailbox', cost: { type: 'free' } } },
    { a: { pools: ['seats'], kind: 'mailbox', limit: { type: 'slack' } } },
  ],
  ['license.features', [], { archive: { until: 'soon' } }],
  [
    'license.allowed',
    [],
    { mailbox: { list: 'a' } },
    { mailbox: { list: [''] } },
    { mailbox: { pages: { root: 'x', salt: 'y', count: 1 } } },
    { mailbox: { pages: { root: b64u(Buffer.alloc(32)), salt: name16('a'), count: 0 } } },
  ],
  [
    'license.binding',
    {},
    { type: 'host' },
    { type: 'host-id', source: 'machine' },
    { type: 'host-id', source: 'machine', salt: name16('a'), digest: 'x' },
  ],
  ['license.policies', [], { mode: 'strict' }, { undo: -1 }, { clock: { days: 7 } }],
  [
    'license.links',
    { help: 'http://acme.example' },
    { help: 'javascript:alert(1)' },
    { help: 'https://a b' },
    [],
  ],
  ['license.opening', {}, { size: -1, root: b64u(Buffer.alloc(32)), totals: {} }],
  ['license.critical', [], 'term', [1], ['term', null]],
  [
    'status',
    [],
    { status_list: { idx: 16384, uri: 'a:b' } },
    { status_list: { idx: -1, uri: 'a:b' } },
    { status_list: { idx: 1, uri: 'no-scheme' } },
    { status_list: { idx: '1', uri: 'a:b' } },
    {},
  ],
  ['cnf', {}, { jkt: 'short' }, { jwk: {} }, 'x'],
];
const wrong = WRONG.flatMap(([path, ...values]) =>
  values.map((value, i) =>
    reject(
      `wrong-${slug(path)}-${i + 1}`,
      'LF-6',
      path === 'license.schema' && value === 2 ? 'schema-newer' : 'claims-invalid',
      `${path} is ${short(value)}`,
      changed(set(path, value)),
    ),
  ),
);

function short(value) {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 50)}… (${text.length} characters)` : text;
}

export const shapes = () => [...missing, ...wrong];
