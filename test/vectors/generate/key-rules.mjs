// Windows and limits of issuing keys (trust-root.md, clauses 5 and 6).
import {
  accept,
  at,
  DAY,
  file,
  issuing,
  named,
  perpetual,
  PRODUCT,
  reject,
  root,
  token,
} from './documents.mjs';

const from = at('2025-01-01');
const limited = (row) => ({
  trust: { roots: [root((payload) => (payload.issuing = [named(issuing, { from, ...row })]))] },
});
const withClaims = (change) => ({ file: file({ license: token(change) }) });
const iat = at('2026-01-10T09:30:00Z');
const fixedFor = (days) => (payload) => {
  payload.nbf = payload.iat;
  payload.license.term.until = payload.iat + days * DAY;
  payload.exp = payload.license.term.until;
};

const windows = [
  accept('key-from', 'TR-5.2', 'issued at the first instant of the key', limited({ from: iat })),
  reject('key-before-from', 'TR-5.2', 'key-window', 'issued a second before', limited({ from: iat + 1 })),
  accept(
    'key-before-until',
    'TR-5.2',
    'issued a second before the end of the key',
    limited({ until: iat + 1 }),
  ),
  reject('key-at-until', 'TR-5.2', 'key-window', 'issued at the end of the key', limited({ until: iat })),
  accept('key-window-past', 'TR-5.2', 'the key has ended since', limited({ until: at('2026-02-01') })),
  accept(
    'key-retired-later',
    'TR-6.1',
    'issued a second before the key was retired',
    limited({ retired: iat + 1 }),
  ),
  reject(
    'key-retired',
    'TR-6.1',
    'key-retired',
    'issued at the instant at which the key was retired',
    limited({ retired: iat }),
  ),
  reject(
    'key-revoked',
    'TR-6.2',
    'key-revoked',
    'the key was revoked after the license was issued',
    limited({ revoked: at('2026-03-01') }),
  ),
  reject(
    'key-revoked-earlier',
    'TR-6.2',
    'key-revoked',
    'the key was revoked before the license was issued',
    limited({ revoked: from }),
  ),
  reject(
    'key-revoked-later-than-now',
    'TR-6.2',
    'key-revoked',
    'a revocation counts as soon as it is known',
    limited({ revoked: at('2030-01-01') }),
  ),
  reject(
    'key-retired-and-revoked',
    'TR-6.2',
    'key-revoked',
    'retired, and revoked later',
    limited({ retired: at('2026-03-01'), revoked: at('2026-04-01') }),
  ),
  reject(
    'key-revoked-in-file',
    'TR-6.2',
    'key-revoked',
    'the file itself brings the root that revokes the key',
    {
      file: file({
        roots: [
          root((payload) => {
            payload.version = 2;
            payload.issuing[0].revoked = at('2026-03-01');
          }),
        ],
      }),
    },
  ),
];

const twelveMonths = withClaims((payload) => {
  payload.exp = at('2027-07-01');
  payload.license.term = { type: 'activation', by: at('2026-07-01'), duration: 'P12M' };
});
const limits = [
  accept(
    'limit-product',
    'TR-5.3',
    'a product of the key',
    limited({ limits: { products: ['acme-backup', PRODUCT] } }),
  ),
  reject(
    'limit-other-product',
    'TR-5.3',
    'key-products',
    'a product that is not one of the key',
    limited({ limits: { products: ['acme-backup'] } }),
  ),
  accept(
    'limit-kind',
    'TR-5.3',
    'a kind of the key',
    limited({ limits: { kinds: ['trial', 'commercial'] } }),
  ),
  reject(
    'limit-other-kind',
    'TR-5.3',
    'key-kinds',
    'a kind that is not one of the key',
    limited({ limits: { kinds: ['trial', 'evaluation'] } }),
  ),
  accept('limit-longest', 'TR-5.3', 'the longest term of the key', {
    ...withClaims(fixedFor(366)),
    ...limited({ limits: { longest: 366 } }),
  }),
  reject('limit-longer', 'TR-5.3', 'key-longest', 'a second more', {
    ...withClaims((payload) => {
      fixedFor(366)(payload);
      payload.license.term.until += 1;
      payload.exp += 1;
    }),
    ...limited({ limits: { longest: 366 } }),
  }),
  accept('limit-longest-grace', 'TR-5.3', 'grace does not count', {
    ...withClaims((payload) => {
      fixedFor(366)(payload);
      payload.exp += 30 * DAY;
    }),
    ...limited({ limits: { longest: 366 } }),
  }),
  reject('limit-perpetual', 'TR-5.3', 'key-longest', 'without end, by a key with a longest term', {
    ...withClaims(perpetual),
    ...limited({ limits: { longest: 36525 } }),
  }),
  accept('limit-perpetual-without', 'TR-5.3', 'without end, by a key with other limits', {
    ...withClaims(perpetual),
    ...limited({ limits: { kinds: ['commercial'] } }),
  }),
  reject('limit-activation', 'TR-5.3', 'key-longest', 'twelve months from activation, by a key for 30 days', {
    ...withClaims((payload) => {
      payload.exp = at('2027-07-01');
      payload.license.term = { type: 'activation', by: at('2026-07-01'), duration: 'P12M' };
    }),
    ...limited({ limits: { longest: 30 } }),
  }),
  accept(
    'limit-activation-exact',
    'TR-5.3',
    'twelve months from activation, by a key for 365 days: the broken day does not count',
    {
      ...twelveMonths,
      ...limited({ limits: { longest: 365 } }),
      expected: { state: 'pending', code: 'license-not-activated' },
    },
  ),
  reject('limit-activation-364', 'TR-5.3', 'key-longest', 'the same, by a key for 364 days', {
    ...twelveMonths,
    ...limited({ limits: { longest: 364 } }),
  }),
  reject(
    'limit-zero',
    'TR-5.3',
    'key-longest',
    'a key for terms of no days',
    limited({ limits: { longest: 0 } }),
  ),
];

export const keyRules = () => [...windows, ...limits];
