import type { TrustRoot } from '@counterfoil/schemas';
import { critical, days, digest, id, instant, licenseKind, vendorId } from './rules.js';
import { integer, list, object, oneOf, type Shape } from './shape.js';

const windowed = { from: instant };
const windows = { until: instant, retired: instant, revoked: instant };
const key = { kid: digest, x: digest };

/** The shape of trust-root.schema.json (trust-root.md, clause 2). */
export const trustRootClaims: Shape<TrustRoot> = object(
  {
    schema: oneOf(1),
    iss: vendorId,
    environment: oneOf('production', 'test'),
    version: integer(1, 1_000_000),
    iat: instant,
    exp: instant,
    root: object({ threshold: integer(1, 16), keys: list(object(key), 16, 1) }),
    issuing: list(
      object(
        { ...key, ...windowed },
        {
          ...windows,
          limits: object({}, { products: list(id, 64, 1), kinds: list(licenseKind, 4, 1), longest: days }),
        },
      ),
      64,
    ),
    status: list(object({ ...key, ...windowed }, windows), 64),
  },
  { critical },
);
