// The end of a term in its zone, and terms that a host computes (license-file.md, clauses 6.3 and 10).
import { at, DAY } from './documents.mjs';
import { around, state, usual, withClaims } from './states.mjs';

const { iat } = usual;
/** Zone, last day, and the instant at which it ends there, worked out by hand from the rules of the zone. */
const ZONES = [
  ['Pacific/Kiritimati', '2026-12-31', '2026-12-31T10:00:00Z', 'UTC+14, the first to see a new day'],
  ['Pacific/Pago_Pago', '2026-12-31', '2027-01-01T11:00:00Z', 'UTC-11, the last'],
  ['America/Havana', '2026-03-07', '2026-03-08T05:00:00Z', 'clocks go forward at the midnight that ends it'],
  ['America/Havana', '2026-10-31', '2026-11-01T04:00:00Z', 'clocks go back an hour after it'],
  ['America/St_Johns', '2026-12-31', '2027-01-01T03:30:00Z', 'half an hour off'],
  ['Europe/Vienna', '2026-12-31', '2026-12-31T23:00:00Z', 'winter time'],
  ['Europe/Vienna', '2026-06-30', '2026-06-30T22:00:00Z', 'summer time'],
  ['Asia/Kathmandu', '2026-12-31', '2026-12-31T18:15:00Z', 'three quarters of an hour off'],
  [
    'America/Santiago',
    '2026-04-04',
    '2026-04-05T04:00:00Z',
    'clocks go back at midnight: the day ends twice',
  ],
];
const zones = ZONES.flatMap(([zone, lastDay, end, note]) => {
  const instant = at(end);
  const content = withClaims((payload) => {
    payload.license.term = { type: 'fixed', until: instant, zone };
    payload.exp = instant;
  });
  const name = `zone-${zone.split('/')[1].replace('_', '-').toLowerCase()}-${lastDay.slice(5)}`;
  return around(name, 'LF-10.2', `the end of ${lastDay} in ${zone} (${note})`, instant, 'active', 'expired', {
    ...content,
    expected: { lastDay, zone },
  });
});

const activationFile = ({
  by = at('2026-07-01'),
  duration = 'P12M',
  grace,
  exp: latest = at('2027-07-15'),
  kind: licenseKind = 'commercial',
  iat: issued = iat,
}) =>
  withClaims((payload) => {
    Object.assign(payload, { iat: issued, nbf: Math.min(issued + DAY, by - 1), exp: latest });
    payload.license.kind = licenseKind;
    payload.license.term = { type: 'activation', by, duration, ...(grace === undefined ? {} : { grace }) };
  });
const waiting = { expected: { code: 'license-not-activated' } };
const activated = at('2026-02-10T15:00:00Z');
const withGrace = activationFile({ grace: 'P14D' });
const activation = [
  state('activation-waits', 'LF-6.3', 'before the last day to activate it', at('2026-07-01') - 1, 'pending', {
    ...withGrace,
    ...waiting,
    expected: { ...waiting.expected, nextChange: at('2026-07-01') },
  }),
  state('activation-missed', 'LF-6.3', 'nobody activated it in time', at('2026-07-01'), 'expired', withGrace),
  state(
    'activation-missed-trial',
    'LF-6.3',
    'nobody activated the trial in time',
    at('2026-07-01'),
    'trial-expired',
    activationFile({ grace: 'P14D', kind: 'trial' }),
  ),
  ...around(
    'activation-end',
    'LF-6.3',
    'twelve months from 10 February 2026, the last day whole in UTC',
    at('2027-02-11'),
    'active',
    'grace',
    { ...withGrace, activated },
  ),
  ...around(
    'activation-grace-end',
    'LF-6.3',
    '14 days of grace after that',
    at('2027-02-25'),
    'grace',
    'expired',
    { ...withGrace, activated },
  ),
  ...around(
    'activation-latest',
    'LF-6.3',
    'the signed latest end, for a term that would run longer',
    at('2027-07-15'),
    'grace',
    'expired',
    {
      ...activationFile({ grace: 'P2M' }),
      activated: at('2026-06-30T12:00:00Z'),
    },
  ),
  ...around(
    'activation-leap-day',
    'LF-10.3',
    'twelve months from 29 February 2028',
    at('2029-03-01'),
    'active',
    'expired',
    {
      ...activationFile({ iat: at('2028-01-10'), by: at('2028-07-01'), exp: at('2029-07-01') }),
      activated: at('2028-02-29T23:59:59Z'),
    },
  ),
  ...around(
    'activation-month-end',
    'LF-10.3',
    'one month from 31 January 2026',
    at('2026-03-01'),
    'active',
    'expired',
    { ...activationFile({ duration: 'P1M', exp: at('2026-08-01') }), activated: at('2026-01-31T08:00:00Z') },
  ),
  ...around(
    'activation-grace-month',
    'LF-10.3',
    'a month of grace that begins on 1 March 2027',
    at('2027-04-01'),
    'grace',
    'expired',
    {
      ...activationFile({ grace: 'P1M', exp: at('2027-08-01') }),
      activated: at('2026-02-28T12:00:00Z'),
    },
  ),
  state(
    'activation-too-late',
    'LF-6.3',
    'activated at the instant at which it was too late',
    at('2026-08-01'),
    'expired',
    {
      ...withGrace,
      activated: at('2026-07-01'),
    },
  ),
  state('activation-just-in-time', 'LF-6.3', 'activated a second before', at('2026-08-01'), 'active', {
    ...withGrace,
    activated: at('2026-07-01') - 1,
  }),
  ...around(
    'activation-14-days',
    'LF-10.3',
    '14 days from 1 March 2026',
    at('2026-03-16'),
    'active',
    'expired',
    { ...activationFile({ duration: 'P14D', exp: at('2026-07-15') }), activated: at('2026-03-01T00:00:00Z') },
  ),
  ...around(
    'activation-2-weeks',
    'LF-10.3',
    'two weeks from 1 March 2026',
    at('2026-03-16'),
    'active',
    'expired',
    { ...activationFile({ duration: 'P2W', exp: at('2026-07-15') }), activated: at('2026-03-01T00:00:00Z') },
  ),
];

export const termsAt = () => [...zones, ...activation];
