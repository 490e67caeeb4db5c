// Terms and their caps (license-file.md, clauses 6.3, 6.4 and 13).
import { accept, at, DAY, file, perpetual, reject, token } from './documents.mjs';

const changed = (change) => ({ file: file({ license: token(change) }) });
const fixed = ({ iat = at('2026-01-10'), nbf = iat, until, exp = until }) =>
  changed((payload) => {
    Object.assign(payload, { iat, nbf, exp });
    payload.license.term.until = until;
  });
const activation = ({ iat = at('2026-01-10'), nbf = iat, by, duration = 'P12M', grace, exp }) =>
  changed((payload) => {
    Object.assign(payload, { iat, nbf, exp });
    payload.license.term = { type: 'activation', by, duration, ...(grace === undefined ? {} : { grace }) };
  });
const pending = { expected: { state: 'pending', code: 'license-not-activated' } };
const iat = at('2026-01-10');

const bad = (name, code, note, content) =>
  reject(name, code === 'term-too-long' ? 'LF-13' : 'LF-6.3', code, note, content);
const good = (name, note, content, more = {}) => accept(name, 'LF-6.3', note, { ...content, ...more });

const terms = [
  good('term-no-grace', 'exp equals the end of the term', fixed({ until: at('2027-01-10') })),
  good('term-grace', 'exp is later by the grace', fixed({ until: at('2027-01-10'), exp: at('2027-02-10') })),
  bad(
    'exp-before-until',
    'claims-inconsistent',
    'exp a second before the end of the term',
    fixed({ until: at('2027-01-10'), exp: at('2027-01-10') - 1 }),
  ),
  bad('until-is-nbf', 'claims-inconsistent', 'a term of no length', fixed({ until: iat })),
  bad(
    'until-before-nbf',
    'claims-inconsistent',
    'a term that ends before it starts',
    fixed({ until: iat - 1, exp: at('2027-01-10') }),
  ),
  good('term-one-second', 'a term of one second', fixed({ until: iat + 1 }), {
    expected: { state: 'expired', code: 'license-expired' },
  }),
  good('term-1828-days', 'the longest term', fixed({ until: iat + 1828 * DAY })),
  bad('term-1828-days-and-1', 'term-too-long', 'a second more', fixed({ until: iat + 1828 * DAY + 1 })),
  good(
    'grace-366-days',
    'the longest grace',
    fixed({ until: at('2027-01-10'), exp: at('2027-01-10') + 366 * DAY }),
  ),
  bad(
    'grace-366-days-and-1',
    'term-too-long',
    'a second more',
    fixed({ until: at('2027-01-10'), exp: at('2027-01-10') + 366 * DAY + 1 }),
  ),
  good('preload-400-days', 'the latest start', fixed({ nbf: iat + 400 * DAY, until: iat + 500 * DAY }), {
    expected: { state: 'pending', code: 'license-pending' },
  }),
  bad(
    'preload-400-days-and-1',
    'claims-inconsistent',
    'a second later',
    fixed({ nbf: iat + 400 * DAY + 1, until: iat + 500 * DAY }),
  ),
  good(
    'preload-longest',
    'the longest term from the latest start',
    fixed({ nbf: iat + 400 * DAY, until: iat + 2228 * DAY }),
    { expected: { state: 'pending', code: 'license-pending' } },
  ),
  good(
    'back-dated',
    'a term that began long before the license was issued; its length counts from the issue',
    fixed({ nbf: at('2016-01-10'), until: iat + 1828 * DAY }),
  ),
  bad(
    'back-dated-too-long',
    'term-too-long',
    'a second more',
    fixed({ nbf: at('2016-01-10'), until: iat + 1828 * DAY + 1 }),
  ),
  good(
    'zone-unknown',
    'a zone that no host knows only names days',
    changed((payload) => (payload.license.term.zone = 'Mars/Olympus')),
  ),
  good('perpetual', 'without end', changed(perpetual)),
  good(
    'perpetual-far',
    'without end, 5,000 years later',
    { ...changed(perpetual), now: 160000000000 },
    { expected: { conditions: ['root-expired'] } },
  ),
  bad(
    'perpetual-preload',
    'claims-inconsistent',
    'without end, from too far ahead',
    changed((payload) => {
      perpetual(payload);
      payload.nbf = payload.iat + 400 * DAY + 1;
    }),
  ),
];

const by = at('2026-07-01');
/** The last second to activate lies on 30 June, so that twelve months end with 30 June 2027. */
const longest = at('2027-07-01');
const activations = [
  good(
    'activation',
    'to be activated by the end of June, for twelve months',
    activation({ by, exp: longest }),
    pending,
  ),
  good(
    'activation-grace',
    'with 14 days of grace',
    activation({ by, grace: 'P14D', exp: at('2027-07-15') }),
    pending,
  ),
  bad('activation-no-exp', 'claims-inconsistent', 'without the latest end', activation({ by })),
  bad(
    'activation-exp-early',
    'claims-inconsistent',
    'a latest end that the last activation would pass',
    activation({ by, exp: longest - 1 }),
  ),
  bad(
    'activation-by-is-nbf',
    'claims-inconsistent',
    'no time to activate it',
    activation({ by: iat, exp: longest }),
  ),
  good(
    'activation-400-days',
    'the latest activation',
    activation({ by: iat + 400 * DAY, duration: 'P1D', exp: iat + 401 * DAY }),
    pending,
  ),
  bad(
    'activation-400-days-and-1',
    'term-too-long',
    'a second later',
    activation({ by: iat + 400 * DAY + 1, duration: 'P1D', exp: iat + 403 * DAY }),
  ),
  bad(
    'activation-6-years',
    'term-too-long',
    'six years from activation',
    activation({ by, duration: 'P6Y', exp: at('2032-07-01') }),
  ),
  good(
    'activation-5-years',
    'five years from activation',
    activation({ by, duration: 'P5Y', exp: at('2031-07-01') }),
    pending,
  ),
  good(
    'activation-1828-days',
    'the longest term from activation, counted from the end of the last day to activate it',
    activation({ by, duration: 'P1828D', exp: by + 1828 * DAY }),
    pending,
  ),
  bad(
    'activation-1829-days',
    'term-too-long',
    'a day more',
    activation({ by, duration: 'P1829D', exp: by + 1829 * DAY }),
  ),
  bad(
    'activation-grace-too-long',
    'term-too-long',
    'a latest end more than 366 days after the latest term',
    activation({ by, exp: longest + 366 * DAY + 1 }),
  ),
  ...['', 'P', '12M', 'P1.5M', 'PT24H', 'P-1M', 'P1M1Y', 'p12m', 'P12', 'P12345M'].map((duration, i) =>
    reject(
      `duration-${i + 1}`,
      'LF-10.3',
      'claims-invalid',
      `no duration: ${JSON.stringify(duration)}`,
      activation({ by, duration, exp: longest }),
    ),
  ),
];

export const termRules = () => [...terms, ...activations];
