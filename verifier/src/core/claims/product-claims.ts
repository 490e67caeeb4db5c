import type { Product, ProductClaims } from '@counterfoil/schemas';
import { object, oneOf, record, type Shape } from './shape.js';
import * as rules from './rules.js';

const { count, days, id, instant, label, named, positive, salt, vendorId } = rules;

/** The shape of what a vendor writes of a product, before it is signed. */
export const product: Shape<Product> = object(
  {
    schema: oneOf(1),
    id,
    name: label,
    catalog: positive,
    operations: rules.operations,
    states: rules.states,
  },
  {
    kinds: rules.kinds,
    roles: rules.roles,
    pools: record(id, named, 64),
    meters: rules.meters,
    features: record(id, named, 256),
    policies: rules.policies,
    links: rules.links,
    critical: rules.critical,
    trial: object({ days }, { pools: record(id, count, 64) }),
  },
);

/** The shape of product.schema.json (license-file.md, clause 7). */
export const productClaims: Shape<ProductClaims> = object({
  iss: vendorId,
  sub: id,
  jti: salt,
  iat: instant,
  product,
});
