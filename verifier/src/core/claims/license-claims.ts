import type { Grant, LicenseClaims } from '@counterfoil/schemas';
import { choice, flag, integer, list, object, oneOf, record, text, type Shape } from './shape.js';
import * as rules from './rules.js';

const {
  count,
  customerId,
  days,
  digest,
  duration,
  id,
  instant,
  label,
  positive,
  replaces,
  salt,
  vendorId,
  zone,
} = rules;

export const uri = text(/^[a-z][a-z0-9+.-]*:[!-~]+$/, 200, 'a URI');
const licenseId = text(
  /^CF-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$/,
  14,
  'a license id like CF-7K2M-94QX-A',
);
const identity = text(
  /^[^\u0000-\u001f\u007f-\u009f]+$/,
  400,
  'an identity of 1 to 400 printable characters',
);

const term = choice({
  fixed: object({ type: oneOf('fixed'), until: instant }, { zone }),
  perpetual: object({ type: oneOf('perpetual') }, { zone }),
  activation: object({ type: oneOf('activation'), by: instant, duration }, { grace: duration, zone }),
});
const lot = object({ id, quantity: count }, { from: instant, until: instant, kind: id, autoRenew: flag });
const allowed = object(
  {},
  {
    list: list(identity, 2000),
    domains: list(identity, 2000),
    pages: object({ root: digest, salt, count: integer(1, 2_000_000) }),
  },
);
const rehost = object({ quota: count, coolDown: days }, { brokenExempt: flag });
const binding = choice({
  'host-key': object({ type: oneOf('host-key') }, { rehost }),
  'host-id': object({ type: oneOf('host-id'), source: id, salt, digest }, { rehost }),
});

const grant: Shape<Grant> = object(
  {
    schema: oneOf(1),
    id: licenseId,
    revision: integer(1, 1_000_000),
    kind: rules.licenseKind,
    licensee: object({ name: label }),
    product: object({ name: label, catalog: positive }),
    term,
    operations: rules.operations,
    states: rules.states,
    needs: object({ root: positive }, { status: positive }),
  },
  {
    offer: id,
    forms: integer(1, 1000),
    kinds: rules.kinds,
    roles: rules.roles,
    pools: record(id, object({ lots: list(lot, 256) }, { label, replaces }), 64),
    meters: rules.meters,
    features: record(id, object({}, { until: instant, replaces }), 256),
    allowed: record(id, allowed, 16),
    binding,
    policies: rules.policies,
    links: rules.links,
    opening: object({ size: count, root: digest, totals: record(id, count, 64) }),
    critical: rules.critical,
  },
);

/** The shape of license.schema.json (license-file.md, clause 6). */
export const licenseClaims: Shape<LicenseClaims> = object(
  { iss: vendorId, aud: id, sub: customerId, jti: salt, iat: instant, nbf: instant, license: grant },
  {
    exp: instant,
    status: object({ status_list: object({ idx: integer(0, 16_383), uri }) }),
    cnf: object({ jkt: digest }),
  },
);
