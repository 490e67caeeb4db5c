import { buildTerm, type LicenseTerm, type PlacedOrder } from '@counterfoil/issuer';
import { termText } from '@counterfoil/verifier';
import { describe, expect, it } from 'vitest';
import { NOW } from '../../support/vendor.js';

const build = (term: PlacedOrder['term'], rest: Partial<PlacedOrder> = {}, now = NOW): LicenseTerm =>
  buildTerm({ term, ...rest }, now);
const iso = (instant: number | undefined): string =>
  instant === undefined ? 'none' : new Date(instant * 1000).toISOString().slice(0, 19);
const text = ({ nbf, exp, term }: LicenseTerm): string =>
  termText({ nbf, ...(exp === undefined ? {} : { exp }), license: { term } });

describe('buildTerm', () => {
  it.each([
    ['2026-06-10', 'P12M', '2027-06-09'],
    ['2026-08-31', 'P6M', '2027-02-28'],
    ['2027-03-01', 'P12M', '2028-02-29'],
    ['2028-02-29', 'P12M', '2029-02-28'],
    ['2026-06-01', 'P1D', '2026-06-01'],
    ['2026-06-01', 'P2W', '2026-06-14'],
  ])('from %s for %s has the last day %s', (from, duration, last) => {
    const term = build({ from, duration });
    expect(iso(term.nbf)).toBe(`${from}T00:00:00`);
    expect(text(term)).toBe(`from ${from} to the end of ${last} (UTC)`);
  });

  it('starts today, in the zone of the order', () => {
    const evening = NOW - 3600;
    expect(iso(build({ duration: 'P1M' }, {}, evening).nbf)).toBe('2026-05-31T00:00:00');
    expect(iso(build({ duration: 'P1M' }, { zone: 'Europe/Vienna' }, evening).nbf)).toBe(
      '2026-05-31T22:00:00',
    );
  });

  it('names the zone only where it is not UTC', () => {
    expect(build({ lastDay: '2026-12-31' }).term).toEqual({ type: 'fixed', until: 1_798_761_600 });
    const vienna = build({ lastDay: '2026-12-31' }, { zone: 'Europe/Vienna' });
    expect(vienna.term).toEqual({ type: 'fixed', until: 1_798_758_000, zone: 'Europe/Vienna' });
    expect(build({ lastDay: '2026-12-31' }, { zone: 'UTC' }).term).not.toHaveProperty('zone');
  });

  it('counts grace from the day after the last one', () => {
    const { exp } = build({ lastDay: '2026-12-31' }, { grace: 'P14D' });
    expect(iso(exp)).toBe('2027-01-15T00:00:00');
    expect(iso(build({ lastDay: '2027-02-28' }, { grace: 'P1M' }).exp)).toBe('2027-04-01T00:00:00');
  });

  it('is good for one day only', () => {
    expect(text(build({ from: '2026-06-01', lastDay: '2026-06-01' }))).toContain('2026-06-01');
  });

  it('has no end when perpetual', () => {
    expect(build({ perpetual: true })).toEqual({ nbf: NOW, term: { type: 'perpetual' } });
  });

  it('ends at the latest end that a host can compute when it runs from activation', () => {
    const { exp, term } = build({ activateBy: '2026-12-31', activated: 'P12M' }, { grace: 'P14D' });
    expect(term).toEqual({ type: 'activation', by: 1_798_761_600, duration: 'P12M', grace: 'P14D' });
    expect(iso(exp)).toBe('2028-01-15T00:00:00');
    expect(iso(build({ activateBy: '2026-12-31', activated: 'P12M' }).exp)).toBe('2028-01-01T00:00:00');
  });

  it.each([
    ['a last day before the first', { from: '2026-08-01', lastDay: '2026-07-31' }, {}],
    ['a term that is over', { from: '2025-01-01', lastDay: '2026-05-31' }, {}],
    ['a duration of nothing', { duration: 'P0D' }, {}],
    ['a grace of nothing', { duration: 'P1Y' }, { grace: 'P0D' }],
    ['grace without end', { perpetual: true }, { grace: 'P1D' }],
    [
      'an activation before the first day',
      { from: '2026-08-01', activateBy: '2026-07-31', activated: 'P1Y' },
      {},
    ],
    ['an activation that is over', { from: '2025-01-01', activateBy: '2026-05-31', activated: 'P1Y' }, {}],
    ['nothing from activation', { activateBy: '2026-12-31', activated: 'P0D' }, {}],
  ] as const)('refuses %s', (_, term, rest) => {
    expect(() => build(term as PlacedOrder['term'], rest)).toThrowCode('order-term');
  });

  it('refuses what is no date, duration or zone', () => {
    expect(() => build({ lastDay: '2027-02-29' })).toThrowCode('date-invalid');
    expect(() => build({ duration: 'P' })).toThrowCode('duration-invalid');
    expect(() => build({ duration: 'P1Y' }, { zone: 'Europe/Wien' })).toThrowCode('zone-unknown');
  });
});
