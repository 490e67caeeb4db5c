import { show } from '@counterfoil/schemas';
import { verifierFault } from '../codes.js';
import { addDays, dateInUtc, startInUtc, type CalendarDate, type Instant } from './calendar.js';

const HALF_HOUR = 1800;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Locale, calendar and digits are fixed: no setting of the host changes a date. */
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        calendar: 'gregory',
        numberingSystem: 'latn',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
      });
    } catch (cause) {
      throw verifierFault('zone-unknown', {
        expected: 'a zone like Europe/Vienna',
        actual: show(zone),
        cause,
      });
    }
    formats.set(zone, format);
  }
  return format;
}

/** The calendar date of an instant in a zone. Throws `zone-unknown`. */
export function dateInZone(instant: Instant, zone: string): CalendarDate {
  // The first format of a process takes ten milliseconds, which a license in UTC need not wait for.
  if (zone === 'UTC') return dateInUtc(instant);
  const [month, day, year] = formatOf(zone)
    .formatToParts(instant * 1000)
    .filter(({ type }) => type !== 'literal')
    .map(({ value }) => Number(value)) as [number, number, number];
  return { year, month, day };
}

/** Rises with the date, in any year. */
const numberOf = ({ year, month, day }: CalendarDate): number => (year * 100 + month) * 100 + day;

/**
 * The instant right after the last moment of a day in a zone (license-file.md, clause 10.2). Throws `zone-unknown`.
 *
 * Searched for, not computed from an offset: a day may end twice, when clocks go back over midnight, or its
 * midnight may be skipped. The last moment that any clock of the zone shows the day is the end of it.
 */
export function endOfDay(day: CalendarDate, zone: string): Instant {
  const wanted = numberOf(day);
  const isOver = (instant: Instant): boolean => numberOf(dateInZone(instant, zone)) > wanted;
  // No zone is further than 16 hours from UTC, and no clock goes back by less than half an hour.
  let over = startInUtc(addDays(day, 1)) + 16 * 3600;
  while (isOver(over - HALF_HOUR)) over -= HALF_HOUR;
  let within = over - HALF_HOUR;
  while (over - within > 1) {
    const middle = Math.floor((over + within) / 2);
    if (isOver(middle)) over = middle;
    else within = middle;
  }
  return over;
}

/** The instant at which a day begins in a zone: where the day before ends. */
export function startOfDay(day: CalendarDate, zone: string): Instant {
  return endOfDay(addDays(day, -1), zone);
}

/** The last fully usable day of a term that ends at an instant. */
export function lastDayOf(until: Instant, zone: string): CalendarDate {
  return dateInZone(until - 1, zone);
}

/** The zone if this host knows it, else UTC: a date is always shown, with the zone that it is shown in. */
export function zoneOrUtc(zone: string | undefined): string {
  if (zone === undefined || zone === 'UTC') return 'UTC';
  try {
    formatOf(zone);
    return zone;
  } catch {
    return 'UTC';
  }
}
