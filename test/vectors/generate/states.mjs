// States at every boundary, and conditions (license-file.md, clauses 9.2, 9.3 and 10).
import { accept, at, claims, DAY, file, NOW, SHARD, shard, token } from './documents.mjs';

export const usual = claims();
const states = {
  active: {},
  trial: {},
  pending: { code: 'license-pending' },
  grace: { code: 'license-grace' },
  expired: { code: 'license-expired' },
  'trial-expired': { code: 'trial-expired' },
  suspended: { code: 'license-suspended' },
  revoked: { code: 'license-revoked' },
};
export const state = (name, clause, note, now, stateName, more = {}) =>
  accept(name, clause, note, {
    ...more,
    now,
    expected: { state: stateName, ...states[stateName], ...more.expected },
  });
/** The second before, at and after an instant. */
export const around = (name, clause, note, instant, before, after, more = {}) =>
  [-1, 0, 1].map((offset) =>
    state(
      `${name}${['-before', '', '-after'][offset + 1]}`,
      clause,
      `${note}, ${['a second before', 'at the instant', 'a second after'][offset + 1]}`,
      instant + offset,
      offset < 0 ? before : after,
      more,
    ),
  );
const early = { expected: { conditions: ['clock-before-issue'] } };
export const withClaims = (change) => ({ file: file({ license: token(change) }) });
const kind = (name) => withClaims((payload) => (payload.license.kind = name));

const { nbf, exp, iat } = usual;
const { until } = usual.license.term;

const boundaries = [
  ...around('start', 'LF-9.2', 'the first instant', nbf, 'pending', 'active'),
  ...around('end', 'LF-9.2', 'the end of the term', until, 'active', 'grace'),
  ...around('grace-end', 'LF-9.2', 'the end of grace', exp, 'grace', 'expired'),
  ...around(
    'no-grace-end',
    'LF-9.2',
    'the end of a term without grace',
    until,
    'active',
    'expired',
    withClaims((payload) => (payload.exp = until)),
  ),
  ...around('trial-start', 'LF-9.2', 'the first instant of a trial', nbf, 'pending', 'trial', kind('trial')),
  ...around(
    'trial-end',
    'LF-9.2',
    'the end of a trial',
    until,
    'trial',
    'trial-expired',
    withClaims((payload) => {
      payload.license.kind = 'trial';
      payload.exp = until;
    }),
  ),
  ...around(
    'trial-grace-end',
    'LF-9.2',
    'the end of the grace of a trial',
    exp,
    'grace',
    'trial-expired',
    kind('trial'),
  ),
  state(
    'evaluation',
    'LF-9.2',
    'an evaluation is active, as it is no trial',
    NOW,
    'active',
    kind('evaluation'),
  ),
  state(
    'not-for-production',
    'LF-9.2',
    'so is a license that is not for production',
    NOW,
    'active',
    kind('not-for-production'),
  ),
  state('changes-next-pending', 'LF-9.2', 'the next change of a license that waits', nbf - 10, 'pending', {
    expected: { nextChange: nbf },
  }),
  state('changes-next-active', 'LF-9.2', 'the next change of an active license', NOW, 'active', {
    expected: { nextChange: until },
  }),
  state('changes-next-grace', 'LF-9.2', 'the next change in grace', until, 'grace', {
    expected: { nextChange: exp },
  }),
  state('changes-next-expired', 'LF-9.2', 'no change after the end', exp, 'expired', {
    expected: { nextChange: null },
  }),
];

const bits = { valid: 0, revoked: 1, suspended: 2, 'suspended-3': 3 };
const status = (payload) => {
  payload.status = { status_list: { idx: 6, uri: SHARD } };
  payload.license.needs.status = 5;
};
const withBit = (bit, more = () => undefined) => ({
  file: file({
    license: token((payload) => {
      status(payload);
      more(payload);
    }),
    status: [shard({ entries: { 6: bits[bit] } })],
  }),
});
const vendorsWord = Object.keys(bits).flatMap((bit) => {
  const word = bit === 'suspended-3' ? 'suspended' : bit;
  const or = (calendar) => (word === 'valid' ? calendar : word);
  return [
    state(
      `bit-${bit}-in-term`,
      'LF-12.4',
      `the bit says ${bit}, in the term`,
      NOW,
      or('active'),
      withBit(bit),
    ),
    state(
      `bit-${bit}-before`,
      'LF-12.4',
      `the bit says ${bit}, before the term`,
      nbf - 1,
      or('pending'),
      withBit(bit),
    ),
    state(
      `bit-${bit}-after`,
      'LF-12.4',
      `the bit says ${bit}, after the term`,
      exp,
      or('expired'),
      withBit(bit),
    ),
  ];
});
vendorsWord.push(
  state(
    'bit-revoked-trial',
    'LF-12.4',
    'a revoked trial',
    exp,
    'revoked',
    withBit('revoked', (payload) => (payload.license.kind = 'trial')),
  ),
);

const dates = [
  ...around(
    'year-end',
    'LF-10.1',
    'the end of a year',
    at('2027-01-01'),
    'active',
    'expired',
    withClaims((payload) => {
      payload.license.term.until = at('2027-01-01');
      payload.exp = at('2027-01-01');
    }),
  ),
  ...around(
    'leap-day-end',
    'LF-10.3',
    'the end of 29 February 2028',
    at('2028-03-01'),
    'active',
    'expired',
    withClaims((payload) => {
      payload.license.term.until = at('2028-03-01');
      payload.exp = at('2028-03-01');
    }),
  ),
  ...around('beyond-2038', 'LF-10.1', 'an instant beyond 31 bits', 2147483648, 'active', 'expired', {
    ...withClaims((payload) => {
      Object.assign(payload, { iat: at('2037-01-01'), nbf: at('2037-01-01'), exp: 2147483648 });
      payload.license.term.until = 2147483648;
    }),
    expected: { conditions: ['root-expired'] },
  }),
];

const clock = [
  state(
    'clock-day-behind',
    'LF-10.4',
    'a day before the issue is within the tolerance',
    iat - DAY,
    'pending',
  ),
  state('clock-more-behind', 'LF-10.4', 'a second more warns', iat - DAY - 1, 'pending', early),
  state('clock-epoch', 'LF-10.4', 'a host without a battery', 0, 'pending', early),
  state('floor-later', 'LF-10.4', 'a later floor judges the term', NOW, 'grace', {
    floor: until,
    expected: { conditions: ['clock-before-issue'] },
  }),
  state('floor-later-expired', 'LF-10.4', 'a floor after the end', NOW, 'expired', {
    floor: exp,
    expected: { conditions: ['clock-before-issue'] },
  }),
  state('floor-hour-later', 'LF-10.4', 'a floor an hour later warns of nothing', until - 3600, 'grace', {
    floor: until,
  }),
  state('floor-day-later', 'LF-10.4', 'a floor a day later is within the tolerance', until - DAY, 'grace', {
    floor: until,
  }),
  state('floor-more-later', 'LF-10.4', 'a second more warns', until - DAY - 1, 'grace', {
    floor: until,
    expected: { conditions: ['clock-before-issue'] },
  }),
  state('floor-earlier', 'LF-10.4', 'an earlier floor changes nothing', NOW, 'active', { floor: iat }),
];

export const statesAt = () => [...boundaries, ...vendorsWord, ...dates, ...clock];
