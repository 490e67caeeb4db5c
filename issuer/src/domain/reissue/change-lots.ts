import type { Lot } from '@counterfoil/schemas';
import type { Instant } from '@counterfoil/verifier';
import { issuerFault } from '../../codes.js';

/** A lot that came as an extension. */
const PACK = 'pack';
/** The lot of a quantity that was ordered as one number. */
const ORDERED = 'ordered';

/** What a pool holds at an instant. */
export function totalAt(lots: readonly Lot[], at: Instant): number {
  return lots
    .filter(({ from = 0, until = Infinity }) => from <= at && at < until)
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

/** The lots that can hold at the instant or later: hosts judge a new file by no earlier one. */
export function carryLots(lots: readonly Lot[], now: Instant): readonly Lot[] {
  return lots.filter(({ until }) => until === undefined || until > now);
}

/** The lots of a renewal for another quantity, which holds from the start of the new term; until then the old ones do. */
export function renewLots(
  lots: readonly Lot[],
  quantity: number,
  start: Instant | undefined,
  revision: number,
): Lot[] {
  if (start === undefined) return [{ id: ORDERED, quantity }];
  const old = lots
    .filter(({ from = 0 }) => from < start)
    .map((lot) => ({ ...lot, until: Math.min(lot.until ?? start, start) }));
  if (old.length === 0) return [{ id: ORDERED, quantity }];
  return [...old, { id: freeId(lots, `renewal-${String(revision)}`), quantity, from: start }];
}

/** The lots with one more. */
export function addPack(lots: readonly Lot[], quantity: number, revision: number): Lot[] {
  return [...lots, { id: freeId(lots, `${PACK}-${String(revision)}`), quantity, kind: PACK }];
}

/** The lots with the first one that is no pack raised, so that all together are the quantity. Throws `change-direction`, `pool-lots`. */
export function raiseLots(lots: readonly Lot[], quantity: number, now: Instant, where: string): Lot[] {
  const total = requireUndated(lots, now, where);
  requireDirection(quantity > total, where, `more than ${String(total)}`, quantity);
  const base = Math.max(
    lots.findIndex(({ kind }) => kind !== PACK),
    0,
  );
  if (lots.length === 0) return [{ id: ORDERED, quantity }];
  return lots.map((lot, i) => (i === base ? { ...lot, quantity: lot.quantity + quantity - total } : lot));
}

/** The lots with the newest ones lowered, so that all together are the quantity. Throws `change-direction`, `pool-lots`. */
export function lowerLots(lots: readonly Lot[], quantity: number, now: Instant, where: string): Lot[] {
  const total = requireUndated(lots, now, where);
  requireDirection(quantity < total, where, `less than ${String(total)}`, quantity);
  let left = quantity;
  return lots.flatMap((lot, i) => {
    const kept = Math.min(lot.quantity, left);
    left -= kept;
    return kept === 0 && i > 0 ? [] : [{ ...lot, quantity: kept }];
  });
}

/** One number says what a pool is to hold only while nothing in it begins or ends apart. */
function requireUndated(lots: readonly Lot[], now: Instant, where: string): number {
  const dated = lots.find(({ from = 0, until }) => from > now || until !== undefined);
  if (dated !== undefined) {
    throw issuerFault('pool-lots', { where, expected: 'lots without dates', actual: dated.id });
  }
  return totalAt(lots, now);
}

function requireDirection(holds: boolean, where: string, expected: string, quantity: number): void {
  if (!holds) throw issuerFault('change-direction', { where, expected, actual: String(quantity) });
}

/** The id, numbered where a lot has it already. */
export function freeId(lots: readonly Lot[], wanted: string): string {
  const taken = new Set(lots.map(({ id }) => id));
  let id = wanted;
  for (let n = 2; taken.has(id); n++) id = `${wanted}-${String(n)}`;
  return id;
}
