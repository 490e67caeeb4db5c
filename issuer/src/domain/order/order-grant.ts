import type { Grant, Lot, Order, Pool, Product } from '@counterfoil/schemas';
import { endOfDay, parseDate, startOfDay } from '@counterfoil/verifier';
import { nameHint } from '../../catalog/name-hint.js';
import { issuerFault } from '../../codes.js';
import { zoneOfOrder } from './license-term.js';

/** The part of a grant that follows from product and order alone; members that say nothing are left out. */
export type OrderGrant = Pick<
  Grant,
  | 'schema'
  | 'kind'
  | 'offer'
  | 'licensee'
  | 'product'
  | 'forms'
  | 'kinds'
  | 'operations'
  | 'states'
  | 'roles'
  | 'pools'
  | 'meters'
  | 'features'
  | 'policies'
  | 'links'
  | 'critical'
>;

/** The version of the canonical forms of identities that this issuer writes (license-file.md, clause 11.1). */
const FORMS = 1;

/**
 * Compiles a product's rules and an order into what a license grants.
 *
 * The rules travel whole, so that a host needs nothing else. Throws `order-product`, `order-name-unknown`, `order-lot`,
 * `date-invalid`, `zone-unknown`.
 */
export function buildOrderGrant(order: Omit<Order, 'term'>, product: Product): OrderGrant {
  if (order.product !== product.id) {
    throw issuerFault('order-product', { where: 'product', expected: order.product, actual: product.id });
  }
  const policies = { ...product.policies, ...order.policies };
  return {
    schema: 1,
    kind: order.kind ?? 'commercial',
    ...(order.offer === undefined ? {} : { offer: order.offer }),
    licensee: { name: order.customer.name },
    product: { name: product.name, catalog: product.catalog },
    ...(isEmpty(product.kinds) ? {} : { forms: FORMS, kinds: product.kinds }),
    operations: product.operations,
    states: product.states,
    ...unlessEmpty('roles', product.roles),
    ...unlessEmpty('pools', poolsOf(order, product)),
    ...unlessEmpty('meters', product.meters),
    ...unlessEmpty('features', featuresOf(order, product)),
    ...unlessEmpty('policies', policies),
    ...unlessEmpty('links', product.links),
    ...(order.critical === undefined ? {} : { critical: order.critical }),
  };
}

const isEmpty = (value: object | undefined): value is undefined => Object.keys(value ?? {}).length === 0;

function unlessEmpty<N extends string, T extends object>(name: N, value: T | undefined): { [K in N]?: T } {
  return (isEmpty(value) ? {} : { [name]: value }) as { [K in N]?: T };
}

/** Throws `order-name-unknown` unless the product has what the order names. */
export function requireName(known: object | undefined, name: string, where: string): void {
  if (!Object.hasOwn(known ?? {}, name)) {
    const expected = nameHint(name, Object.keys(known ?? {}));
    throw issuerFault('order-name-unknown', { where, expected, actual: name });
  }
}

function poolsOf(order: Omit<Order, 'term'>, product: Product): Record<string, Pool> {
  return Object.fromEntries(
    Object.entries(order.pools ?? {}).map(([id, ordered]) => {
      requireName(product.pools, id, `pools.${id}`);
      const lots =
        typeof ordered === 'number' ? [{ id: 'ordered', quantity: ordered }] : lotsOf(order, id, ordered);
      return [id, buildPool(product, id, lots)];
    }),
  );
}

/** A pool with its lots, and what the product says of it. */
export function buildPool({ pools }: Product, id: string, lots: Lot[]): Pool {
  const { label, replaces } = pools?.[id] ?? {};
  return {
    ...(label === undefined ? {} : { label }),
    lots,
    ...(replaces === undefined ? {} : { replaces }),
  };
}

/** A feature with its end, and what the product says of it. */
export function buildFeature({ features }: Product, id: string, until: number | undefined): Feature {
  const replaces = features?.[id]?.replaces;
  return {
    ...(until === undefined ? {} : { until }),
    ...(replaces === undefined ? {} : { replaces }),
  };
}

type Feature = NonNullable<Grant['features']>[string];

type OrderedLot = Exclude<NonNullable<Order['pools']>[string], number>[number];

function lotsOf(order: Pick<Order, 'zone'>, pool: string, ordered: readonly OrderedLot[]): Lot[] {
  const zone = zoneOfOrder(order);
  const seen = new Set<string>();
  return ordered.map(({ from, lastDay, ...rest }) => {
    const where = `pools.${pool}.${rest.id}`;
    if (seen.has(rest.id))
      throw issuerFault('order-lot', { where, expected: 'each lot once', actual: 'twice' });
    seen.add(rest.id);
    const start = from === undefined ? undefined : startOfDay(parseDate(from), zone);
    const until = lastDay === undefined ? undefined : endOfDay(parseDate(lastDay), zone);
    if (from !== undefined && lastDay !== undefined && lastDay < from) {
      throw issuerFault('order-lot', { where, expected: `a last day not before ${from}`, actual: lastDay });
    }
    return {
      ...rest,
      ...(start === undefined ? {} : { from: start }),
      ...(until === undefined ? {} : { until }),
    };
  });
}

function featuresOf(order: Omit<Order, 'term'>, product: Product): NonNullable<Grant['features']> {
  return Object.fromEntries(
    Object.entries(order.features ?? {}).map(([id, { lastDay }]) => {
      requireName(product.features, id, `features.${id}`);
      const until = lastDay === undefined ? undefined : endOfDay(parseDate(lastDay), zoneOfOrder(order));
      return [id, buildFeature(product, id, until)];
    }),
  );
}
