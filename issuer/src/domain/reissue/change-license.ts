import type { Grant } from '@counterfoil/schemas';
import { endOfDay, formatDate, lastDayOf, parseDate } from '@counterfoil/verifier';
import { issuerFault } from '../../codes.js';
import { addPack, carryLots, lowerLots, raiseLots } from './change-lots.js';
import { requireName } from '../order/order-grant.js';
import { poolsOf } from '../order/place-order.js';
import type { Change, Current } from './reissue-current.js';
import type { ReissueRequest } from './plan-reissue.js';
import { reissueLicense, type ReissuedLicense } from './reissue-license.js';
import { joinRunning } from './reissue-running.js';
import type { Vendor } from '../vendor.js';

/** A pool's new total, or what comes on top. */
export type PoolChange =
  { readonly type: 'total'; readonly quantity: number } | { readonly type: 'add'; readonly quantity: number };

/** A pack of the catalog, so many times. */
export interface PackOrder {
  readonly offer: string;
  readonly quantity: number;
}

/** What an extension gives. */
export interface Extension {
  readonly pack?: PackOrder;
  readonly pools: ReadonlyMap<string, PoolChange>;
  /** Features by name, each with its last day or without end. */
  readonly features: ReadonlyMap<string, string | undefined>;
}

type Pools = NonNullable<Grant['pools']>;

/**
 * Reissues a license with more in its pools, or with features that it lacked.
 *
 * Throws `license-over`, `change-direction`, `pool-lots`, `date-invalid`, `order-offer` for what is no pack or not for
 * the license, and the codes of `reissueLicense`.
 */
export function extendLicense(
  vendor: Vendor,
  request: ReissueRequest,
  extension: Extension,
): Promise<ReissuedLicense> {
  return reissueLicense(vendor, request, 'license-extended', extensionOf(extension));
}

/** The change that an extension makes. */
export function extensionOf({ pack, pools, features }: Extension): (current: Current) => Change {
  return (current) => {
    const running = requireRunning(current);
    const change = pack === undefined ? running : addOffer(current, running, pack);
    const { next, now, product } = current;
    const wider: Pools = { ...change.pools };
    for (const [id, { type, quantity }] of pools) {
      const where = `pools.${id}`;
      requireName(product.pools, id, where);
      const lots = wider[id]?.lots ?? [];
      wider[id] = {
        lots: type === 'add' ? addPack(lots, quantity, next) : raiseLots(lots, quantity, now, where),
      };
    }
    const more: NonNullable<Grant['features']> = { ...change.features };
    for (const [id, lastDay] of features) more[id] = extendedFeature(current, id, lastDay);
    return { ...change, pools: wider, features: more };
  };
}

/**
 * Reissues a license with less in its pools.
 *
 * Throws `license-over`, `change-direction`, `pool-lots`, and the codes of `reissueLicense`.
 */
export function reduceLicense(
  vendor: Vendor,
  request: ReissueRequest,
  totals: ReadonlyMap<string, number>,
): Promise<ReissuedLicense> {
  return reissueLicense(vendor, request, 'license-reduced', reductionOf(totals));
}

/** The change that a reduction makes. */
export function reductionOf(totals: ReadonlyMap<string, number>): (current: Current) => Change {
  return (current) => {
    const change = requireRunning(current);
    const pools: Pools = { ...change.pools };
    for (const [id, quantity] of totals) {
      requireName(pools, id, `pools.${id}`);
      pools[id] = { lots: lowerLots(pools[id]?.lots ?? [], quantity, current.now, `pools.${id}`) };
    }
    return { ...change, pools };
  };
}

/** The license with a pack on top: its pools as lots of their own, its features to the end of the license. */
function addOffer(
  { sales, sold, grant, next }: Current,
  change: Change,
  { offer: id, quantity }: PackOrder,
): Change {
  requireName(sales.offers, id, 'offer');
  const pack = sales.offers?.[id];
  if (pack?.type !== 'pack') {
    const actual = `the ${String(pack?.type)} offer ${id}`;
    throw issuerFault('order-offer', { where: 'offer', expected: 'a pack', actual });
  }
  const of = sold?.id ?? grant.offer ?? 'no offer';
  if (pack.for !== undefined && !pack.for.includes(of)) {
    const expected = `a license of ${pack.for.join(' or ')}`;
    throw issuerFault('order-offer', { where: 'offer', expected, actual: `a license of ${of}` });
  }
  const pools: Pools = { ...change.pools };
  for (const [name, more] of Object.entries(poolsOf(pack, quantity)))
    pools[name] = { lots: addPack(pools[name]?.lots ?? [], more, next) };
  const features = { ...change.features };
  const isMore = (name: string): boolean =>
    features[name] === undefined || features[name].until !== undefined;
  const gained = (pack.features ?? []).filter(isMore);
  if (pack.pools === undefined && gained.length === 0) {
    const expected = 'a pack that gives what the license does not have';
    throw issuerFault('change-direction', { where: 'offer', expected, actual: id });
  }
  for (const name of gained) features[name] = {};
  return { ...change, pools, features };
}

/** The license as it stands, without lots that are over; throws `license-over`. */
function requireRunning(current: Current): Change {
  const { file, grant, term, now } = joinRunning(current);
  if (term.exp !== undefined && now >= term.exp) {
    const actual = formatDate(lastDayOf(term.exp, grant.term.zone ?? 'UTC'));
    throw issuerFault('license-over', { where: file.license, expected: 'a term that is not over', actual });
  }
  const pools = Object.entries(grant.pools ?? {}).map(([id, pool]) => [
    id,
    { ...pool, lots: [...carryLots(pool.lots, now)] },
  ]);
  return { term, pools: Object.fromEntries(pools) as Pools, features: grant.features ?? {} };
}

function extendedFeature(
  { grant, product, now }: Current,
  id: string,
  lastDay: string | undefined,
): NonNullable<Grant['features']>[string] {
  const where = `features.${id}`;
  requireName(product.features, id, where);
  const before = grant.features?.[id];
  const zone = grant.term.zone ?? 'UTC';
  const until = lastDay === undefined ? Infinity : endOfDay(parseDate(lastDay), zone);
  const known = before === undefined ? now : (before.until ?? Infinity);
  if (until <= Math.max(known, now)) {
    throw issuerFault('change-direction', {
      where,
      expected:
        known === Infinity
          ? 'no change: it has no end'
          : `a last day after ${formatDate(lastDayOf(Math.max(known, now), zone))}`,
      actual: lastDay ?? 'no end',
    });
  }
  return lastDay === undefined ? {} : { until };
}
