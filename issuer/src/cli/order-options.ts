import { show, type Order } from '@counterfoil/schemas';
import { parseOrder } from '../catalog/order-document.js';
import { issuerFault } from '../codes.js';

/** An order as options. */
export interface OrderOptions {
  readonly product?: string;
  readonly customer?: string;
  readonly customerName?: string;
  readonly kind?: string;
  readonly offer?: string;
  readonly quantity?: string;
  readonly zone?: string;
  readonly from?: string;
  readonly duration?: string;
  readonly lastDay?: string;
  readonly perpetual?: boolean;
  readonly activateBy?: string;
  readonly activated?: string;
  readonly grace?: string;
  readonly pool?: readonly string[];
  readonly feature?: readonly string[];
  readonly allow?: readonly string[];
  readonly hostKey?: string;
}

/** Names of the options that say what an order file says as well. */
export const orderOptionNames = [
  'customer',
  'customerName',
  'kind',
  'offer',
  'quantity',
  'zone',
  'from',
  'duration',
  'lastDay',
  'perpetual',
  'activateBy',
  'activated',
  'grace',
  'pool',
  'feature',
  'allow',
  'hostKey',
] as const satisfies readonly (keyof OrderOptions)[];

/** The option's name as it is typed. */
export const flagOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The ways to state a term; exactly one is given. */
const TERMS = ['duration', 'lastDay', 'perpetual', 'activateBy'] as const;

/** The order that the options state, for the product unless `--product` says otherwise. Throws `option-…`, `document-invalid`. */
export function orderFromOptions(options: OrderOptions, productId: string): Order {
  const { customer, customerName, kind, offer, zone, grace, hostKey } = options;
  for (const name of ['customer', 'customerName'] as const) {
    if (options[name] === undefined) throw issuerFault('option-missing', { where: flagOf(name) });
  }
  const value = {
    product: options.product ?? productId,
    customer: { id: customer, name: customerName },
    ...(kind === undefined ? {} : { kind }),
    ...(offer === undefined ? {} : { offer }),
    ...(options.quantity === undefined ? {} : { quantity: quantityOf(options) }),
    ...(zone === undefined ? {} : { zone }),
    ...termOf(options),
    ...(grace === undefined ? {} : { grace }),
    ...mapped('pools', options.pool, '--pool', 'POOL=QUANTITY', (quantity) => countOf(quantity)),
    ...mapped('features', options.feature, '--feature', 'FEATURE or FEATURE=LASTDAY', (lastDay) =>
      lastDay === undefined ? {} : { lastDay },
    ),
    ...mapped('allowed', options.allow, '--allow', 'KIND=FILE', (file) =>
      file === undefined ? undefined : { file },
    ),
    ...(hostKey === undefined ? {} : { host: { key: hostKey } }),
  };
  return parseOrder(value, 'options');
}

/** The whole number of `--quantity`, which says how many of `--offer`. Throws `option-invalid`, `option-missing`. */
export function quantityOf({ offer, quantity = '1' }: Pick<OrderOptions, 'offer' | 'quantity'>): number {
  const count = countOf(quantity) ?? 0;
  if (count === 0) {
    const expected = 'a whole number from 1 on';
    throw issuerFault('option-invalid', { where: '--quantity', expected, actual: show(quantity) });
  }
  if (offer === undefined)
    throw issuerFault('option-missing', { where: '--offer', expected: 'an offer beside --quantity' });
  return count;
}

/** The term, or what of it is said where the offer has the rest. */
function termOf(options: OrderOptions): object {
  const { from, offer } = options;
  const isOffered =
    offer !== undefined && [...TERMS, 'activated' as const].every((name) => options[name] === undefined);
  if (isOffered) return from === undefined ? {} : { term: { from } };
  return { term: { ...(from === undefined ? {} : { from }), ...statedTermOf(options) } };
}

function statedTermOf(options: OrderOptions): object {
  const given = TERMS.filter((name) => options[name] !== undefined);
  const [first, second] = given;
  const all = TERMS.map(flagOf).join(', ');
  if (first === undefined) throw issuerFault('option-missing', { expected: `one of ${all}, or --offer` });
  if (second !== undefined) {
    throw issuerFault('option-conflict', {
      expected: `one of ${all}`,
      actual: given.map(flagOf).join(' and '),
    });
  }
  if ((first === 'activateBy') !== (options.activated !== undefined)) {
    throw issuerFault('option-missing', {
      expected: '--activate-by and --activated together',
      actual: 'one of them',
    });
  }
  return {
    [first]: options[first],
    ...(options.activated === undefined ? {} : { activated: options.activated }),
  };
}

/** The NAME=VALUE pairs of a repeatable option, each name once; throws `option-invalid`. */
export function mapped<N extends string, T>(
  name: N,
  pairs: readonly string[] | undefined,
  flag: string,
  form: string,
  read: (value: string | undefined) => T | undefined,
): { [K in N]?: Record<string, T> } {
  const entries = (pairs ?? []).map((pair): readonly [string, T] => {
    const at = pair.indexOf('=');
    const key = at < 0 ? pair : pair.slice(0, at);
    const value = read(at < 0 ? undefined : pair.slice(at + 1));
    if (key === '' || value === undefined || pair.endsWith('=')) {
      throw issuerFault('option-invalid', { where: flag, expected: form, actual: show(pair) });
    }
    return [key, value];
  });
  if (new Set(entries.map(([key]) => key)).size !== entries.length) {
    throw issuerFault('option-invalid', { where: flag, expected: 'each name once', actual: 'one twice' });
  }
  return (entries.length === 0 ? {} : { [name]: Object.fromEntries(entries) }) as {
    [K in N]?: Record<string, T>;
  };
}

function countOf(quantity: string | undefined): number | undefined {
  return quantity !== undefined && /^[0-9]{1,15}$/.test(quantity) ? Number(quantity) : undefined;
}
