import { limits } from '@counterfoil/schemas';
import { verifierFault } from '../codes.js';
import type { LicenseContent } from './license.js';
import { DAY, dateInUtc, lastDayAfter, lastDayFrom, parseDuration, type Instant } from '../time/calendar.js';
import { dateInZone, endOfDay } from '../time/zone.js';

/** The instants between which a license works, each exclusive at its end. */
export interface Term {
  readonly from: Instant;
  /** Until when the license may still be activated; only while it has not been. */
  readonly activateBy?: Instant;
  /** End of the term; absent when perpetual or not yet activated. */
  readonly until?: Instant;
  /** End of grace; equal to `until` where there is none. */
  readonly end?: Instant;
}

/** The instants of a license's term (license-file.md, clause 6.3); `activated` is when this host activated it. */
export function termOf({ nbf, exp, license }: LicenseContent, activated?: Instant): Term {
  const { term } = license;
  switch (term.type) {
    case 'perpetual':
      return { from: nbf };
    case 'fixed':
      return { from: nbf, until: term.until, end: exp ?? term.until };
    case 'activation': {
      if (activated === undefined || activated >= term.by) return { from: nbf, activateBy: term.by };
      const until = activatedUntil(activated, term.duration);
      const end = term.grace === undefined ? until : graceUntil(until, term.grace, 'UTC');
      // What the issuer signed as the latest end holds, whatever this host computes.
      const latest = exp ?? until;
      return { from: nbf, until: Math.min(until, latest), end: Math.min(end, latest) };
    }
  }
}

/** When a term ends that a host computes: in UTC, its last day whole (clause 10.3). */
export function activatedUntil(activated: Instant, duration: string): Instant {
  return endOfDay(lastDayAfter(dateInUtc(activated), parseDuration(duration)), 'UTC');
}

/** When grace ends that begins where a term ends, its last day whole in the zone (clause 10.3). */
export function graceUntil(until: Instant, grace: string, zone: string): Instant {
  return endOfDay(lastDayFrom(dateInZone(until, zone), parseDuration(grace)), zone);
}

/** The seconds of the longest term that a license can give; infinite when perpetual. */
export function termLength({ iat, nbf, license: { term } }: LicenseContent): number {
  switch (term.type) {
    case 'perpetual':
      return Infinity;
    case 'fixed':
      return term.until - Math.max(iat, nbf);
    case 'activation':
      // From the end of the day of activation: the broken day is not counted.
      return activatedUntil(term.by - 1, term.duration) - endOfDay(dateInUtc(term.by - 1), 'UTC');
  }
}

/**
 * Throws unless the dates of a license agree and stay below the caps (license-file.md, clauses 6.3 and 13).
 *
 * Throws `claims-inconsistent`, `term-too-long`.
 */
export function requireSoundTerm(content: LicenseContent): void {
  const { iat, nbf, exp, license } = content;
  const { term } = license;
  require(nbf - iat <=
    limits.preloadDays * DAY, 'nbf', `at most ${String(limits.preloadDays)} days after iat`, nbf);
  if (term.type === 'perpetual') {
    require(exp === undefined, 'exp', 'none in a perpetual license', exp);
    return;
  }
  const stated = term.type === 'fixed' ? term.until : term.by;
  require(stated > nbf, 'license.term', 'an end later than nbf', stated);
  const until = term.type === 'fixed' ? term.until : activatedUntil(term.by - 1, term.duration);
  if (exp === undefined || exp < until) {
    throw verifierFault('claims-inconsistent', {
      where: 'exp',
      expected: 'the end of grace, not before the end of the term',
      actual: String(exp ?? 'none'),
    });
  }
  cap(termLength(content), limits.termDays, 'license.term');
  cap(exp - until, limits.graceDays, 'exp');
  if (term.type === 'activation') cap(term.by - Math.max(iat, nbf), limits.preloadDays, 'license.term.by');
}

function require(holds: boolean, where: string, expected: string, actual: number | undefined): void {
  if (!holds) throw verifierFault('claims-inconsistent', { where, expected, actual: String(actual) });
}

function cap(seconds: number, days: number, where: string): void {
  if (seconds > days * DAY) {
    throw verifierFault('term-too-long', {
      where,
      expected: `at most ${String(days)} days`,
      actual: `${String(Math.ceil(seconds / DAY))} days`,
    });
  }
}
