import { dateInZone, formatDate, lastDayOf, type CalendarDate, type Instant } from '@counterfoil/verifier';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** A day as people read it, the zone in which it is meant beside it. */
export interface DayText {
  /** `2027-01-31`. */
  readonly date: string;
  /** `31 January 2027 (Europe/Vienna)`. */
  readonly text: string;
}

function dayText(day: CalendarDate, zone: string): DayText {
  const month = MONTHS[day.month - 1] ?? '';
  return { date: formatDate(day), text: `${String(day.day)} ${month} ${String(day.year)} (${zone})` };
}

/** The day that an instant lies in. */
export const dayOf = (instant: Instant, zone: string): DayText => dayText(dateInZone(instant, zone), zone);

/** The last usable day of what ends at an instant. */
export const lastDayText = (until: Instant, zone: string): DayText => dayText(lastDayOf(until, zone), zone);

/** An instant to the minute, in UTC: `31 January 2027, 14:05 (UTC)`. */
export function instantText(instant: Instant): string {
  const { day, month, year } = dateInZone(instant, 'UTC');
  const clock = new Date(instant * 1000).toISOString().slice(11, 16);
  return `${String(day)} ${MONTHS[month - 1] ?? ''} ${String(year)}, ${clock} (UTC)`;
}
