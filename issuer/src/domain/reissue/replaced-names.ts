import type { Grant, Lot, Product } from '@counterfoil/schemas';
import { freeId } from './change-lots.js';

type Pools = NonNullable<Grant['pools']>;
type Features = NonNullable<Grant['features']>;
type Opening = NonNullable<Grant['opening']>;

/** Entries of a product whose ids may stand for older ones. */
type Named = Readonly<Record<string, { readonly replaces?: readonly string[] }>>;

/** The id that a product has for an id of a license: the same, or the one that replaces it; an unknown one stays. */
export function currentId(known: Named | undefined, id: string): string {
  if (Object.hasOwn(known ?? {}, id)) return id;
  return Object.entries(known ?? {}).find(([, { replaces }]) => replaces?.includes(id))?.[0] ?? id;
}

/** The pools of a license under the ids that a product has for them; the lots of pools that became one are all kept. */
export function carryPools(pools: Grant['pools'], product: Product): Pools {
  const carried = new Map<string, Pools[string]>();
  for (const [old, pool] of Object.entries(pools ?? {})) {
    const id = currentId(product.pools, old);
    const lots: Lot[] = [...(carried.get(id)?.lots ?? [])];
    for (const lot of pool.lots) lots.push({ ...lot, id: freeId(lots, lot.id) });
    carried.set(id, { ...pool, lots });
  }
  return Object.fromEntries(carried);
}

/** The features under the ids that a product has for them; of those that became one the later end holds. */
export function carryFeatures(features: Grant['features'], product: Product): Features {
  const ends = new Map<string, number>();
  for (const [old, { until = Infinity }] of Object.entries(features ?? {})) {
    const id = currentId(product.features, old);
    ends.set(id, Math.max(until, ends.get(id) ?? 0));
  }
  return Object.fromEntries([...ends].map(([id, until]) => [id, until === Infinity ? {} : { until }]));
}

/** Totals by meter under the ids that a product has for them; those of meters that became one are added. */
export function carryOpening(opening: Opening, product: Product): Opening {
  const totals = new Map<string, number>();
  for (const [old, total] of Object.entries(opening.totals)) {
    const id = currentId(product.meters, old);
    totals.set(id, (totals.get(id) ?? 0) + total);
  }
  return { ...opening, totals: Object.fromEntries(totals) };
}
