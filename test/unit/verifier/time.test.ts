import {
  addDays,
  dateInUtc,
  dateInZone,
  DAY,
  endOfDay,
  formatDate,
  lastDayAfter,
  lastDayFrom,
  lastDayOf,
  parseDate,
  parseDuration,
  startInUtc,
  startOfDay,
  zoneOrUtc,
} from '@counterfoil/verifier';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const utc = (text: string): number => Date.parse(text) / 1000;
const end = (day: string, zone: string): string =>
  new Date(endOfDay(parseDate(day), zone) * 1000).toISOString();
const lastFrom = (first: string, duration: string): string =>
  formatDate(lastDayFrom(parseDate(first), parseDuration(duration)));
const lastAfter = (day: string, duration: string): string =>
  formatDate(lastDayAfter(parseDate(day), parseDuration(duration)));

const day = fc
  .integer({ min: 0, max: 30_000 })
  .map((days) => addDays({ year: 1990, month: 1, day: 1 }, days));
const ZONES = [
  'UTC',
  'Europe/Vienna',
  'America/New_York',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'America/Havana',
  'Asia/Beirut',
  'Africa/Cairo',
  'Antarctica/Troll',
];

describe('dates (LF-10.1)', () => {
  it('go to text and back', () => {
    fc.assert(
      fc.property(day, (date) => {
        expect(parseDate(formatDate(date))).toEqual(date);
      }),
    );
    fc.assert(
      fc.property(day, (date) => {
        expect(dateInUtc(startInUtc(date))).toEqual(date);
      }),
    );
  });

  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-01',
    '2026-04-31',
    '2026-1-1',
    '1969-12-31',
    '2026-12-31T00',
    'today',
    '',
  ])('refuses %j', (text) => {
    expect(() => parseDate(text)).toThrowCode('date-invalid');
  });
});

describe('durations (B05, LF-10.3)', () => {
  it.each([
    ['P12M', 12, 0],
    ['P1Y', 12, 0],
    ['P1Y6M', 18, 0],
    ['P2W', 0, 14],
    ['P14D', 0, 14],
    ['P1Y2M3W4D', 14, 25],
  ])('%s is %d months and %d days', (text, months, days) => {
    expect(parseDuration(text)).toEqual({ months, days });
  });

  it.each(['P', 'P1', '12M', 'PT1H', 'P1.5M', 'P-1M', 'P1D1M', 'p1m', '', 'P12M '])('refuses %j', (text) => {
    expect(() => parseDuration(text)).toThrowCode('duration-invalid');
  });

  it.each([
    ['2026-03-01', 'P12M', '2027-02-28'],
    ['2027-03-01', 'P12M', '2028-02-29'],
    ['2026-01-15', 'P12M', '2027-01-14'],
    ['2024-02-29', 'P12M', '2025-02-28'],
    ['2024-02-29', 'P48M', '2028-02-28'],
    ['2024-02-29', 'P1Y', '2025-02-28'],
    ['2026-01-31', 'P1M', '2026-02-28'],
    ['2026-01-30', 'P1M', '2026-02-28'],
    ['2026-01-29', 'P1M', '2026-02-28'],
    ['2026-01-28', 'P1M', '2026-02-27'],
    ['2026-01-01', 'P12M', '2026-12-31'],
    ['2026-12-31', 'P1D', '2026-12-31'],
    ['2026-12-31', 'P1M', '2027-01-30'],
    ['2026-12-01', 'P14D', '2026-12-14'],
    ['2024-02-29', 'P12M1D', '2025-03-01'],
  ])('a term from %s over %s ends on %s', (first, duration, last) => {
    expect(lastFrom(first, duration)).toBe(last);
  });

  it.each([
    ['2026-03-01', 'P12M', '2027-03-01'],
    ['2024-02-29', 'P12M', '2025-02-28'],
    ['2026-01-31', 'P1M', '2026-02-28'],
    ['2026-12-31', 'P14D', '2027-01-14'],
  ])('a term that begins some time on %s ends after %s on %s', (first, duration, last) => {
    expect(lastAfter(first, duration)).toBe(last);
  });

  it('twelve terms of a month from the first of a month are a term of twelve', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1990, max: 2090 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        let first = { year, month, day: 1 };
        for (let i = 0; i < 12; i++) first = addDays(lastDayFrom(first, { months: 1, days: 0 }), 1);
        expect(addDays(first, -1)).toEqual(lastDayFrom({ year, month, day: 1 }, { months: 12, days: 0 }));
      }),
    );
  });
});

describe('the end of a day (LF-10.2)', () => {
  it.each([
    ['2026-12-31', 'UTC', '2027-01-01T00:00:00.000Z'],
    ['2026-12-31', 'Europe/Vienna', '2026-12-31T23:00:00.000Z'],
    ['2026-06-30', 'Europe/Vienna', '2026-06-30T22:00:00.000Z'],
    ['2028-02-29', 'America/New_York', '2028-03-01T05:00:00.000Z'],
    ['2026-12-31', 'Pacific/Kiritimati', '2026-12-31T10:00:00.000Z'],
    ['2026-12-31', 'Pacific/Pago_Pago', '2027-01-01T11:00:00.000Z'],
    ['2026-12-31', 'Asia/Kathmandu', '2026-12-31T18:15:00.000Z'],
    // days on which clocks change
    ['2026-03-29', 'Europe/Vienna', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Vienna', '2026-10-25T23:00:00.000Z'],
    // midnight is skipped: the day ends where the clock jumps from 24:00 to 1:00
    ['2018-11-03', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    ['2026-03-07', 'America/Havana', '2026-03-08T05:00:00.000Z'],
    // the last hour of the day comes twice, and the second one counts
    ['2018-02-17', 'America/Sao_Paulo', '2018-02-18T03:00:00.000Z'],
    // clocks went back at one minute past midnight: the day came again for 59 minutes
    ['2010-11-06', 'America/St_Johns', '2010-11-07T03:30:00.000Z'],
    // a day that this zone left out altogether
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ])('%s in %s is over at %s', (date, zone, instant) => {
    expect(end(date, zone)).toBe(instant);
  });

  it('is right where years get a fifth digit', () => {
    expect(end('9999-12-31', 'UTC')).toBe('+010000-01-01T00:00:00.000Z');
    expect(endOfDay({ year: 10_000, month: 1, day: 1 }, 'UTC')).toBe(253_402_387_200);
  });

  it('is the first instant of the next day, in every zone', () => {
    fc.assert(
      fc.property(day, fc.constantFrom(...ZONES), (date, zone) => {
        const over = endOfDay(date, zone);
        expect(formatDate(lastDayOf(over, zone)) <= formatDate(date)).toBe(true);
        expect(formatDate(dateInZone(over, zone)) > formatDate(date)).toBe(true);
        expect(startOfDay(addDays(date, 1), zone)).toBe(over);
      }),
      { numRuns: 150 },
    );
  });

  it('lasts 86,400 seconds in UTC', () => {
    fc.assert(
      fc.property(day, (date) => {
        expect(endOfDay(date, 'UTC') - startOfDay(date, 'UTC')).toBe(DAY);
      }),
      { numRuns: 20 },
    );
  });

  it('names the last day', () => {
    expect(lastDayOf(utc('2027-01-01T00:00:00Z'), 'UTC')).toEqual({ year: 2026, month: 12, day: 31 });
    expect(lastDayOf(utc('2026-12-31T23:00:00Z'), 'Europe/Vienna')).toEqual({
      year: 2026,
      month: 12,
      day: 31,
    });
  });
});

describe('zones', () => {
  it('that are unknown are an error where a date is made, and UTC where one is shown', () => {
    expect(() => endOfDay(parseDate('2026-12-31'), 'Mars/Olympus')).toThrowCode('zone-unknown');
    expect(zoneOrUtc('Mars/Olympus')).toBe('UTC');
    expect(zoneOrUtc('Europe/Vienna')).toBe('Europe/Vienna');
    expect(zoneOrUtc(undefined)).toBe('UTC');
  });
});
