import { limits, type Grant, type Lot } from '@counterfoil/schemas';
import { DAY, type Instant } from '@counterfoil/verifier';
import type { IssuedFile, Register } from '../../register/register.js';
import { carryLots, freeId } from './change-lots.js';
import type { Current } from './reissue-current.js';
import { carryPools } from './replaced-names.js';

/** The newest older revision that has begun, where the newest one has not: what a customer has until then. */
export async function findBegun(
  register: Register,
  { license, revision, claims }: Omit<IssuedFile, 'text'>,
  now: Instant,
): Promise<IssuedFile | undefined> {
  for (let older = revision - 1; claims.nbf > now && older > 0; older--) {
    const file = await register.findFile(license, older);
    if (file !== undefined && file.claims.nbf <= now) return file;
  }
  return undefined;
}

/** The revision in force whose term a preloaded newest revision follows without a gap. */
export async function findRunning(
  register: Register,
  newest: IssuedFile,
  now: Instant,
): Promise<IssuedFile | undefined> {
  const file = await findBegun(register, newest, now);
  const term = file?.claims.license.term;
  return term?.type === 'fixed' && term.until === newest.claims.nbf ? file : undefined;
}

/**
 * The preloaded revision joined with the one in force, so that a change counts at once: the pools of each in its term.
 *
 * Stays as it is when nothing is preloaded, or when both together would pass the five years.
 */
export function joinRunning(current: Current): Current {
  const { running, term, grant, now, file, product } = current;
  if (running === undefined || term.term.type !== 'fixed') return current;
  if (term.term.until - now > limits.termDays * DAY) return current;
  const turn = term.nbf;
  const older = carryPools(structuredClone(running.claims.license.pools ?? {}) as Grant['pools'], product);
  const newer = grant.pools ?? {};
  const ids = new Set([...Object.keys(older), ...Object.keys(newer)]);
  const pools = [...ids].map((id) => {
    const before = carryLots(older[id]?.lots ?? [], now);
    return [id, { lots: joinLots(before, newer[id]?.lots ?? [], turn, file.revision) }] as const;
  });
  return {
    ...current,
    term: { ...term, nbf: running.claims.nbf },
    grant: { ...grant, pools: Object.fromEntries(pools) },
  };
}

/** Lots that both have are one; the others hold on their side of the turn. */
function joinLots(before: readonly Lot[], after: readonly Lot[], turn: Instant, revision: number): Lot[] {
  const same = (a: Lot) => (b: Lot) =>
    a.id === b.id && a.quantity === b.quantity && a.until === undefined && b.until === undefined;
  const joined: Lot[] = before
    .filter(({ from = 0 }) => from < turn)
    .map((lot) => (after.some(same(lot)) ? lot : { ...lot, until: Math.min(lot.until ?? turn, turn) }));
  for (const lot of after) {
    if (joined.some(same(lot))) continue;
    const isTaken = joined.some(({ id }) => id === lot.id);
    const id = isTaken ? freeId(joined, `${lot.id}-${String(revision)}`) : lot.id;
    joined.push({ ...lot, id, from: Math.max(lot.from ?? turn, turn) });
  }
  return joined;
}
