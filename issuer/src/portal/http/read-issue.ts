import type { Order } from '@counterfoil/schemas';
import { parseOrder } from '../../catalog/order-document.js';
import type { CatalogDocument } from '../../catalog/product-document.js';
import type { IssueRequest } from '../../domain/order/issue-license.js';
import type { Customer } from '../../register/register.js';
import type { WantedFields } from './read-wanted.js';

/** The fields of the form of a new license. */
export const ISSUE_FIELDS = ['offer', 'customer', 'name', 'quantity', 'from', 'zone', 'note'] as const;

export type IssueField = (typeof ISSUE_FIELDS)[number];

/** What the form is read by. */
export interface IssueFacts {
  readonly catalogs: ReadonlyMap<string, CatalogDocument>;
  /** The customer as the register knows it. */
  readonly known: Customer | undefined;
}

/** The fields that cannot be read; none where a request came of them. */
export type ReadIssue =
  { readonly request: IssueRequest } | { readonly wrong: readonly Exclude<IssueField, 'zone'>[] };

/** A line of text without characters that no database takes. */
const NOTE = /^\P{Cc}{0,400}$/u;

/** Reads a new license from its form; throws `document-invalid` for texts that no order may have. */
export function readIssue(fields: WantedFields, { catalogs, known }: IssueFacts): ReadIssue {
  const field = (name: IssueField): string => fields.get(name)?.trim() ?? '';
  const [product = '', offer = ''] = field('offer').split('/');
  const catalog = catalogs.get(product);
  const [customer, name] = [field('customer'), field('name') === '' ? known?.name : field('name')];
  const [quantity, from, zone, note] = [field('quantity'), field('from'), field('zone'), field('note')];
  const isSold = Object.hasOwn(catalog?.sales.offers ?? {}, offer);
  if (
    catalog === undefined ||
    !isSold ||
    customer === '' ||
    name === undefined ||
    !/^[1-9]\d{0,8}$/.test(quantity) ||
    !/^(\d{4}-\d{2}-\d{2})?$/.test(from) ||
    !NOTE.test(note)
  ) {
    return {
      wrong: [
        ...(isSold ? [] : (['offer'] as const)),
        ...(customer === '' ? (['customer'] as const) : name === undefined ? (['name'] as const) : []),
        ...(/^[1-9]\d{0,8}$/.test(quantity) ? [] : (['quantity'] as const)),
        ...(/^(\d{4}-\d{2}-\d{2})?$/.test(from) ? [] : (['from'] as const)),
        ...(NOTE.test(note) ? [] : (['note'] as const)),
      ],
    };
  }
  const order: Order = parseOrder(
    {
      product,
      customer: { id: customer, name },
      offer,
      quantity: Number(quantity),
      ...(zone === '' ? {} : { zone }),
      ...(from === '' ? {} : { term: { from } }),
    },
    'form',
  );
  return { request: { order, ...catalog, identities: new Map(), ...(note === '' ? {} : { note }) } };
}
