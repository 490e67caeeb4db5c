import type { Order, Term } from '@counterfoil/schemas';
import {
  activatedUntil,
  dateInUtc,
  dateInZone,
  endOfDay,
  formatDate,
  graceUntil,
  lastDayFrom,
  parseDate,
  parseDuration,
  startOfDay,
  type CalendarDate,
  type Instant,
} from '@counterfoil/verifier';
import { issuerFault } from '../../codes.js';
import type { PlacedOrder } from './placed-order.js';

/** An order's dates as the instants that a license states. */
export interface LicenseTerm {
  readonly nbf: Instant;
  /** End of grace; absent when perpetual. */
  readonly exp?: Instant;
  readonly term: Term;
}

/** The zone in which an order's days are whole. */
export function zoneOfOrder({ zone }: Pick<Order, 'zone'>): string {
  return zone ?? 'UTC';
}

/**
 * The term of an order (license-file.md, clauses 6.3 and 10).
 *
 * Without a first day it starts today, in the order's zone. Throws `order-term`, `date-invalid`, `zone-unknown`.
 */
export function buildTerm(order: Pick<PlacedOrder, 'zone' | 'term' | 'grace'>, now: Instant): LicenseTerm {
  const zone = zoneOfOrder(order);
  const { term, grace } = order;
  const first = term.from === undefined ? dateInZone(now, zone) : parseDate(term.from);
  const nbf = startOfDay(first, zone);
  if ('perpetual' in term) {
    if (grace !== undefined) throw termFault('grace', 'none for a term without end', grace);
    return { nbf, term: { type: 'perpetual', ...named(zone) } };
  }
  if ('activateBy' in term) return activationTerm(term, grace, first, nbf, zone, now);
  const lastDay =
    'lastDay' in term ? parseDate(term.lastDay) : lastDayFrom(first, parseDuration(term.duration));
  if (isBefore(lastDay, first)) {
    throw termFault('term', `a last day not before ${formatDate(first)}`, formatDate(lastDay));
  }
  const until = endOfDay(lastDay, zone);
  requireFuture('term', lastDay, until, now);
  return {
    nbf,
    exp: grace === undefined ? until : endOfGrace(until, grace, zone),
    term: { type: 'fixed', until, ...named(zone) },
  };
}

/** UTC is what a license without a zone means. */
const named = (zone: string): { zone?: string } => (zone === 'UTC' ? {} : { zone });

function endOfGrace(until: Instant, grace: string, zone: string): Instant {
  const end = graceUntil(until, grace, zone);
  if (end <= until) throw termFault('grace', 'at least a day', grace);
  return end;
}

function activationTerm(
  { activateBy, activated }: { readonly activateBy: string; readonly activated: string },
  grace: string | undefined,
  first: CalendarDate,
  nbf: Instant,
  zone: string,
  now: Instant,
): LicenseTerm {
  const lastDay = parseDate(activateBy);
  if (isBefore(lastDay, first)) {
    throw termFault('term.activateBy', `${formatDate(first)} or later`, activateBy);
  }
  const by = endOfDay(lastDay, zone);
  requireFuture('term.activateBy', lastDay, by, now);
  // The latest end that a host can compute, which computes in UTC.
  const until = activatedUntil(by - 1, activated);
  if (until <= endOfDay(dateInUtc(by - 1), 'UTC'))
    throw termFault('term.activated', 'at least a day', activated);
  const exp = grace === undefined ? until : endOfGrace(until, grace, 'UTC');
  const term: Term = {
    type: 'activation',
    by,
    duration: activated,
    ...(grace === undefined ? {} : { grace }),
    ...named(zone),
  };
  return { nbf, exp, term };
}

function requireFuture(where: string, lastDay: CalendarDate, end: Instant, now: Instant): void {
  if (end <= now) throw termFault(where, 'a last day that is not over', formatDate(lastDay));
}

const isBefore = (a: CalendarDate, b: CalendarDate): boolean => formatDate(a) < formatDate(b);

const termFault = (where: string, expected: string, actual: string): Error =>
  issuerFault('order-term', { where, expected, actual });
