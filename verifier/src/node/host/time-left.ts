import {
  DAY,
  dateInZone,
  formatDate,
  lastDayOf,
  startInUtc,
  termOf,
  zoneOf,
  type Instant,
  type LicenseContent,
} from '../../core/index.js';

/** The last day of a term, and how far it is. */
export interface TimeLeft {
  /** `2027-01-31`, wholly usable in the zone. */
  readonly lastDay: string;
  readonly zone: string;
  /** Days from today in the zone to the last day: 0 on the last day, negative after it. */
  readonly daysLeft: number;
}

/** How far the end of the term, or of grace after it, is from an instant; undefined where the license has no end yet. */
export function timeLeft(content: LicenseContent, now: Instant, activated?: Instant): TimeLeft | undefined {
  const { until, end, activateBy } = termOf(content, activated);
  const last = until !== undefined && now < until ? until : (end ?? activateBy);
  if (last === undefined) return undefined;
  const zone = zoneOf(content);
  const day = lastDayOf(last, zone);
  return {
    lastDay: formatDate(day),
    zone,
    daysLeft: (startInUtc(day) - startInUtc(dateInZone(now, zone))) / DAY,
  };
}

/** The same in words. */
export function timeLeftText({ daysLeft, lastDay, zone }: TimeLeft): string {
  const day = `last day ${lastDay} (${zone})`;
  if (daysLeft < 0) return `none, ${day}`;
  if (daysLeft === 0) return `today only, ${day}`;
  return `${String(daysLeft)} ${daysLeft === 1 ? 'day' : 'days'} after today, ${day}`;
}
