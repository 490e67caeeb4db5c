import type { StatusListClaims } from '@counterfoil/schemas';
import { uri } from './license-claims.js';
import { instant, positive, vendorId } from './rules.js';
import { object, oneOf, text, type Shape } from './shape.js';

/** The shape of status-list.schema.json (license-file.md, clause 12). */
export const statusListClaims: Shape<StatusListClaims> = object(
  {
    iss: vendorId,
    sub: uri,
    iat: instant,
    version: positive,
    status_list: object({ bits: oneOf(2), lst: text(/^[A-Za-z0-9_-]+$/, 8192, 'base64url') }),
  },
  { exp: instant },
);
