import { limits, type Grant } from '@counterfoil/schemas';
import {
  activatedUntil,
  DAY,
  dateInUtc,
  dateInZone,
  formatDate,
  lastDayOf,
  startInUtc,
  type Instant,
} from '@counterfoil/verifier';
import { issuerFault } from '../../codes.js';
import { carryLots, renewLots } from './change-lots.js';
import { buildTerm, type LicenseTerm } from '../order/license-term.js';
import type { Change, Current } from './reissue-current.js';
import type { ReissueRequest } from './plan-reissue.js';
import { reissueLicense, type ReissuedLicense } from './reissue-license.js';
import type { Vendor } from '../vendor.js';

/** From when a renewal counts its term. */
export const RENEWAL_BASES = ['from-expiry', 'from-now', 'from-now-if-expired'] as const;

/** What is renewed, and for how long. */
export interface Renewal {
  readonly length: { readonly duration: string } | { readonly lastDay: string };
  /** That of the license's offer unless given, where that is known; else, and for a preloaded file, `from-expiry`. */
  readonly basis?: (typeof RENEWAL_BASES)[number];
  /** A duration, or `none`; unless given, as many days as before. */
  readonly grace?: string;
  /** The new file holds the new term only, and starts where the old one ends. */
  readonly preload: boolean;
  /** Quantities of the new term by pool; those of the old one unless given. */
  readonly pools: ReadonlyMap<string, number>;
}

/**
 * Reissues a license for a further term.
 *
 * Throws `license-perpetual`, `trial-not-renewable`, `renewal-start`, `renewal-not-later`, `renewal-preload`, `renewal-too-long`,
 * `order-term`, and the codes of `reissueLicense`.
 */
export function renewLicense(
  vendor: Vendor,
  request: ReissueRequest,
  renewal: Renewal,
): Promise<ReissuedLicense> {
  return reissueLicense(vendor, request, 'license-renewed', renewalOf(renewal));
}

/** The change that a renewal makes. */
export function renewalOf(renewal: Renewal): (current: Current) => Change {
  return (current) => {
    const end = endOf(current);
    const { start, term } = renewedTerm(current, renewal, end);
    return { term, ...renewedContent(current, renewal, { end: end.until, start, term }) };
  };
}

/** Where the old term ends, or at the latest where it runs from activation. */
interface OldEnd {
  readonly until: Instant;
  readonly isKnown: boolean;
}

function endOf({ file, grant: { kind, term } }: Current): OldEnd {
  if (kind === 'trial') throw issuerFault('trial-not-renewable', { where: file.license });
  switch (term.type) {
    case 'perpetual':
      throw issuerFault('license-perpetual', { where: file.license });
    case 'fixed':
      return { until: term.until, isKnown: true };
    case 'activation':
      return { until: activatedUntil(term.by - 1, term.duration), isKnown: false };
  }
}

interface RenewedTerm {
  /** Where the new term begins; the file may hold from earlier on. */
  readonly start: Instant;
  readonly term: LicenseTerm;
}

function renewedTerm(current: Current, renewal: Renewal, end: OldEnd): RenewedTerm {
  const { grant, term: old, now } = current;
  const zone = grant.term.zone ?? 'UTC';
  const from = startOf({ ...renewal, basis: basisOf(current, renewal) }, end, now);
  const grace = renewal.grace ?? graceOf(current, end.until, zone);
  const { nbf: start, ...rest } = buildTerm(
    {
      zone,
      term: { from: formatDate(dateInZone(from, zone)), ...renewal.length },
      ...(grace === undefined || grace === 'none' ? {} : { grace }),
    },
    now,
  );
  const { until } = rest.term as { readonly until: Instant };
  if (until <= end.until) {
    throw issuerFault('renewal-not-later', {
      expected: `a last day after ${formatDate(lastDayOf(end.until, zone))}`,
      actual: formatDate(lastDayOf(until, zone)),
    });
  }
  if (renewal.preload) requirePreload(start, old.nbf, now);
  // Terms without a gap count as one, so that the new file is in force wherever the old one was.
  const nbf = renewal.preload || start > end.until ? start : Math.min(old.nbf, start);
  requireCap(until - Math.max(now, nbf));
  return { start, term: { nbf, ...rest } };
}

function basisOf({ sold }: Current, { basis, preload }: Renewal): NonNullable<Renewal['basis']> {
  if (basis !== undefined) return basis;
  const offer = sold?.offer;
  return (!preload && offer?.type === 'subscription' ? offer.renewal : undefined) ?? 'from-expiry';
}

function startOf({ basis, length, preload }: Renewal, end: OldEnd, now: Instant): Instant {
  if (basis === 'from-now' || (basis === 'from-now-if-expired' && now >= end.until)) return now;
  if (end.isKnown) return end.until;
  // Only the host knows when it was activated; a last day says enough.
  if ('lastDay' in length && !preload) return now;
  throw issuerFault('renewal-start', {
    expected: 'a last day, or a term from now',
    actual: 'a term from activation',
  });
}

/** The grace of before in days: the duration that it was ordered as is not in the license. */
function graceOf({ term: { exp, term } }: Current, until: Instant, zone: string): string | undefined {
  if (term.type === 'activation') return term.grace;
  if (exp === undefined || exp <= until) return undefined;
  const days = (startInUtc(lastDayOf(exp, zone)) - startInUtc(dateInZone(until, zone))) / DAY + 1;
  return `P${String(days)}D`;
}

function requirePreload(start: Instant, oldStart: Instant, now: Instant): void {
  const latest = now + limits.preloadDays * DAY;
  if (oldStart <= now && start > now && start <= latest) return;
  throw issuerFault('renewal-preload', {
    expected:
      oldStart > now
        ? 'a newest revision that has started'
        : `a start after today, by ${formatDate(dateInUtc(latest))}`,
    actual: formatDate(dateInUtc(oldStart > now ? oldStart : start)),
  });
}

function requireCap(seconds: number): void {
  if (seconds <= limits.termDays * DAY) return;
  throw issuerFault('renewal-too-long', {
    expected: `at most ${String(limits.termDays)} days`,
    actual: `${String(Math.ceil(seconds / DAY))} days`,
  });
}

interface Terms extends RenewedTerm {
  /** Where the old term ends. */
  readonly end: Instant;
}

/** Pools and features of the new term: what ended with the old term ends with the new one. */
function renewedContent(
  { grant, next, now }: Current,
  { pools: wanted, preload }: Renewal,
  { end, start, term }: Terms,
): Pick<Grant, 'pools' | 'features'> {
  const { until } = term.term as { readonly until: Instant };
  const move = (at: Instant | undefined): { until?: Instant } =>
    at === undefined ? {} : { until: at === end ? until : at };
  const pools = Object.fromEntries(
    Object.entries(grant.pools ?? {}).map(([id, pool]) => {
      const lots = carryLots(pool.lots, now).map((lot) => ({ ...lot, ...move(lot.until) }));
      return [id, { ...pool, lots }];
    }),
  );
  for (const [id, quantity] of wanted) {
    const before = preload ? [] : carryLots(grant.pools?.[id]?.lots ?? [], now);
    pools[id] = { lots: renewLots(before, quantity, start > now ? start : undefined, next) };
  }
  const features = Object.fromEntries(
    Object.entries(grant.features ?? {}).map(([id, feature]) => [id, { ...feature, ...move(feature.until) }]),
  );
  return { pools, features };
}
