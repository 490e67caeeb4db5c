import { choice, flag, integer, list, object, oneOf, record, text } from './shape.js';

/** Shapes that license, product and trust root share, one for each definition of rules.schema.json. */
export const id = text(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 64, 'an id of lower case letters, digits and dashes');
export const vendorId = text(
  /^[a-z0-9]+([.-][a-z0-9]+)*$/,
  64,
  'a vendor id of lower case letters, digits, dots and dashes',
);
export const customerId = text(
  /^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/,
  64,
  'a customer id of letters, digits, dots, dashes and underscores',
);
export const label = text(
  /^[^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]+$/,
  200,
  'a text of 1 to 200 printable characters',
);
export const instant = integer(0, 253_402_300_799, 'an instant in UTC seconds');
export const count = integer(0, Number.MAX_SAFE_INTEGER);
export const positive = integer(1, Number.MAX_SAFE_INTEGER);
export const days = integer(0, 36_525);
export const duration = text(
  /^P(?=[0-9])([0-9]{1,3}Y)?([0-9]{1,4}M)?([0-9]{1,4}W)?([0-9]{1,5}D)?$/,
  24,
  'a duration like P12M',
);
export const zone = text(
  /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9][A-Za-z0-9_+-]*)*$/,
  64,
  'a zone like Europe/Vienna',
);
export const digest = text(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/, 43, '32 bytes in base64url');
export const salt = text(/^[A-Za-z0-9_-]{21}[AQgw]$/, 22, '16 bytes in base64url');
const link = text(/^(https:\/\/|mailto:)[^\u0000-\u0020\u007f-\u00a0]+$/, 400, 'an https or mailto link');
export const licenseKind = oneOf('trial', 'commercial', 'evaluation', 'not-for-production');

const row = list(
  text(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*(@[a-z][a-z0-9]*(-[a-z0-9]+)*)?$/,
    129,
    'an operation, or operation@role',
  ),
  256,
);
export const states = object(
  {},
  {
    none: row,
    pending: row,
    trial: row,
    active: row,
    grace: row,
    expired: row,
    'trial-expired': row,
    suspended: row,
    revoked: row,
  },
);

/** Ids that this one stands for from now on. */
export const replaces = list(id, 16, 1);

export const kinds = record(
  id,
  object(
    { form: oneOf('guid', 'mail', 'domain', 'host', 'text') },
    { label, byteOrder: oneOf('rfc4122', 'microsoft'), keyed: flag, replaces },
  ),
  64,
);
export const operations = record(
  id,
  object({}, { label, meters: list(id, 64), feature: id, reads: flag, replaces }),
  256,
);
export const named = object({}, { label, replaces });
export const roles = record(id, named, 64);
export const links = record(id, link, 16);

const release = choice({
  never: object({ type: oneOf('never') }),
  hold: object({ type: oneOf('hold'), days }, { mode: oneOf('each', 'all-eligible'), sameDay: flag }),
  reasons: object({ type: oneOf('reasons'), reasons: list(id, 32, 1) }),
});
const cost = choice({
  fixed: object({ type: oneOf('fixed'), units: positive }),
  size: object({ type: oneOf('size'), bytes: positive, per: oneOf('identity', 'meter') }, { ratchet: flag }),
  beyond: object({ type: oneOf('beyond'), included: count, per: oneOf('identity', 'meter') }),
});
const takes = choice({
  'first-use': object({ type: oneOf('first-use') }),
  condition: object({ type: oneOf('condition'), condition: id }),
  evaluation: object(
    { type: oneOf('evaluation'), days, when: oneOf('always', 'when-no-seat-free') },
    { condition: id },
  ),
});
const limit = choice({
  hard: object({ type: oneOf('hard') }),
  slack: object({ type: oneOf('slack'), percent: integer(0, 1000), atLeast: count, days }),
  postpaid: object({ type: oneOf('postpaid') }),
});
export const meters = record(
  id,
  object(
    { pools: list(id, 16, 1), kind: id },
    {
      label,
      platforms: list(id, 32, 1),
      cost,
      takes,
      group: object({ kind: id, size: positive }, { release }),
      exempt: list(id, 32),
      release,
      limit,
      overflow: oneOf('alphabetical', 'oldest-first', 'choose'),
      replaces,
    },
  ),
  64,
);

const aged = object({ days, then: oneOf('warn', 'expire') });
export const policies = object(
  {},
  { mode: oneOf('enforce', 'advisory'), clock: aged, status: aged, ledger: object({ days }), undo: days },
);
export const critical = list(text(/^[A-Za-z][A-Za-z0-9.-]*$/, 64, 'the name of a claim'), 64, 1);
