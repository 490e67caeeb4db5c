import { show } from '@counterfoil/schemas';
import { verifierFault } from '../codes.js';

/** UTC seconds since 1970-01-01T00:00:00Z, leap seconds not counted. */
export type Instant = number;

/** A date of the proleptic Gregorian calendar. */
export interface CalendarDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** Years, months and days of a calendar duration; weeks are seven days. */
export interface CalendarDuration {
  readonly months: number;
  readonly days: number;
}

export const DAY = 86_400;

const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The date that text like `2026-12-31` names. Throws `date-invalid`. */
export function parseDate(text: string): CalendarDate {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  const [year, month, day] = (match ?? []).slice(1).map(Number) as [number, number, number];
  if (match === null || year < 1970 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    throw verifierFault('date-invalid', {
      expected: 'a date from 1970-01-01 like 2026-12-31',
      actual: show(text),
    });
  }
  return { year, month, day };
}

export function formatDate({ year, month, day }: CalendarDate): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The date of an instant in UTC. */
export function dateInUtc(instant: Instant): CalendarDate {
  const date = new Date(instant * 1000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** The instant at which the date begins in UTC. */
export function startInUtc({ year, month, day }: CalendarDate): Instant {
  return Date.UTC(year, month - 1, day) / 1000;
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dateInUtc(startInUtc(date) + days * DAY);
}

/** A duration like `P12M`, `P1Y6M`, `P2W`, `P14D`. Throws `duration-invalid`. */
export function parseDuration(text: string): CalendarDuration {
  const match = /^P(?=[0-9])(?:([0-9]{1,3})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,4})W)?(?:([0-9]{1,5})D)?$/.exec(
    text,
  );
  if (match === null)
    throw verifierFault('duration-invalid', { expected: 'a duration like P12M', actual: show(text) });
  // A part that is not there is undefined, whatever the types say.
  const [years, months, weeks, days] = match
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0)) as [number, number, number, number];
  return { months: years * 12 + months, days: weeks * 7 + days };
}

/** The day of that number in a later month, and whether the month is too short to have it. */
function addMonths(date: CalendarDate, months: number): { date: CalendarDate; clamped: boolean } {
  const index = date.year * 12 + date.month - 1 + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  const last = daysInMonth(year, month);
  return { date: { year, month, day: Math.min(date.day, last) }, clamped: date.day > last };
}

/**
 * The last day of a term that includes its first day (license-file.md, clause 10.3).
 *
 * Twelve months from 1 March end on 28 or 29 February: on the eve of the day of the same number. Where the month
 * has no such day, the term ends with the month: twelve months from 29 February 2024 end on 28 February 2025.
 */
export function lastDayFrom(first: CalendarDate, { months, days }: CalendarDuration): CalendarDate {
  const { date, clamped } = addMonths(first, months);
  return addDays(date, clamped ? days : days - 1);
}

/**
 * The last day of a term that runs from a moment in a day (clause 10.3).
 *
 * The broken first day is not counted: twelve months from some hour of 29 February 2024 end on 28 February 2025.
 */
export function lastDayAfter(day: CalendarDate, { months, days }: CalendarDuration): CalendarDate {
  return addDays(addMonths(day, months).date, days);
}
