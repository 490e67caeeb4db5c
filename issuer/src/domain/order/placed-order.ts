import type { Order } from '@counterfoil/schemas';

/** A term that says when it ends. */
export type StatedTerm = Exclude<NonNullable<Order['term']>, { readonly from: string }>;

/** An order that says everything itself, whatever its offer says. */
export type PlacedOrder = Omit<Order, 'term'> & { readonly term: StatedTerm };
