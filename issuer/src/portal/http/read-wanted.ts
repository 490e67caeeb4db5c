import type { WantedChange } from '../../register/order-store.js';

/** What a form or an address says, by the names of its fields. */
export type WantedFields = ReadonlyMap<string, string>;

/** The fields of a query, where each stands once. */
export function queryFields(query: Readonly<Record<string, unknown>>): WantedFields {
  return new Map(
    Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** A whole number; what is none becomes NaN, which no change takes. */
const quantityOf = (typed: string): number => (/^\d{1,10}$/.test(typed.trim()) ? Number(typed) : NaN);

/** Quantities by pool of the fields `PREFIX.POOL`; those that are empty or as before are left out. */
function quantities(
  fields: WantedFields,
  prefix: string,
  before: ReadonlyMap<string, number>,
): Record<string, number> {
  const start = `${prefix}.`;
  const found = [...fields]
    .filter(([name, value]) => name.startsWith(start) && value.trim() !== '')
    .map(([name, value]) => [name.slice(start.length), quantityOf(value)] as const)
    .filter(([pool, quantity]) => quantity !== before.get(pool));
  return Object.fromEntries(found);
}

/** What each pool holds now; a quantity of the form that is the same is no wish. */
export type PoolTotals = ReadonlyMap<string, number>;

/** The wish that a form of a change states; whether it makes sense is for `planChange` to say. */
export function readWanted(type: WantedChange['type'], fields: WantedFields, now: PoolTotals): WantedChange {
  const field = (name: string): string => fields.get(name) ?? '';
  switch (type) {
    case 'renew': {
      const pools = quantities(fields, 'pool', now);
      return { type, duration: field('duration'), ...(Object.keys(pools).length === 0 ? {} : { pools }) };
    }
    case 'extend': {
      const add = quantities(fields, 'add', new Map([...now.keys()].map((pool) => [pool, 0])));
      const pack = { offer: field('pack'), quantity: quantityOf(field('quantity')) };
      return {
        type,
        ...(pack.offer === '' ? {} : { pack }),
        ...(Object.keys(add).length === 0 ? {} : { add }),
      };
    }
    case 'reduce':
      return { type, pools: quantities(fields, 'pool', now) };
    case 'convert':
      return { type, offer: field('offer'), quantity: quantityOf(field('quantity')) };
  }
}

/** The fields that state a wish again, as the preview carries them to the order. */
export function wantedFields(wanted: WantedChange): readonly (readonly [name: string, value: string])[] {
  const pools = (prefix: string, of: Readonly<Record<string, number>> = {}): [string, string][] =>
    Object.entries(of).map(([pool, quantity]) => [`${prefix}.${pool}`, String(quantity)]);
  switch (wanted.type) {
    case 'renew':
      return [['duration', wanted.duration], ...pools('pool', wanted.pools)];
    case 'extend': {
      const { pack, add } = wanted;
      const packed: [string, string][] =
        pack === undefined
          ? []
          : [
              ['pack', pack.offer],
              ['quantity', String(pack.quantity)],
            ];
      return [...packed, ...pools('add', add)];
    }
    case 'reduce':
      return pools('pool', wanted.pools);
    case 'convert':
      return [
        ['offer', wanted.offer],
        ['quantity', String(wanted.quantity)],
      ];
  }
}
