// The vendor, product and documents that most vectors share.
import { armor, b64, compact, general, key, name16, zlibStored } from './codec.mjs';

/** UTC seconds of a date or date and time. */
export const at = (text) => Date.parse(text.length === 10 ? `${text}T00:00:00Z` : text) / 1000;

const VENDOR = 'acme.example';
export const PRODUCT = 'acme-mail';
export const NOW = at('2026-06-01');
export const DAY = 86400;
export const SHARD = `counterfoil:${VENDOR}:status:1`;

export const rootKey = key('root 1');
export const issuing = key('issuing 1');
export const statusKey = key('status 1');

const clone = (value) => structuredClone(value);

/** The payload of trust root 1, changed by `change`. */
export function rootPayload(change = () => undefined) {
  const payload = {
    schema: 1,
    iss: VENDOR,
    environment: 'production',
    version: 1,
    iat: at('2025-01-01'),
    exp: at('2035-01-01'),
    root: { threshold: 1, keys: [{ kid: rootKey.kid, x: rootKey.x }] },
    issuing: [{ kid: issuing.kid, x: issuing.x, from: at('2025-01-01') }],
    status: [{ kid: statusKey.kid, x: statusKey.x, from: at('2025-01-01') }],
  };
  change(payload);
  return payload;
}

export const named = ({ kid, x }, more = {}) => ({ kid, x, ...more });

/** A trust root as general JSON JWS, signed by root key 1 unless said otherwise. */
export const root = (change, signers = [rootKey]) => general(rootPayload(change), signers);
export const ROOT1 = root();

/** The payload of a license from 15 January 2026 to the end of 14 January 2027 and 14 days of grace. */
export function claims(change = () => undefined) {
  const payload = {
    iss: VENDOR,
    aud: PRODUCT,
    sub: 'C-1001',
    jti: name16('license'),
    iat: at('2026-01-10T09:30:00Z'),
    nbf: at('2026-01-15'),
    exp: at('2027-01-29'),
    license: {
      schema: 1,
      id: 'CF-7K2M-94QX-A',
      revision: 2,
      kind: 'commercial',
      licensee: { name: 'Example Hospital' },
      product: { name: 'Acme Mail', catalog: 1 },
      term: { type: 'fixed', until: at('2027-01-15') },
      operations: { backup: {}, restore: { reads: true } },
      states: { active: ['backup', 'restore'], grace: ['restore'] },
      needs: { root: 1 },
    },
  };
  change(payload);
  return clone(payload);
}

export const header = (more = {}, signer = issuing) => ({
  alg: 'EdDSA',
  kid: signer.kid,
  typ: 'license+jwt',
  ...more,
});

/** A license token of changed claims; `more` may name another signer or further members of the header. */
export const token = (change, { signer = issuing, head = {} } = {}) =>
  compact(header(head, signer), claims(change), signer);

/** A perpetual license, for vectors that are not about time. */
export const perpetual = (payload) => {
  delete payload.exp;
  payload.license.term = { type: 'perpetual' };
};

/** Two-bit entries, packed from the low bits up. */
export function packBits(entries, length = 16) {
  const bytes = Buffer.alloc(length);
  for (const [index, value] of Object.entries(entries)) bytes[index >> 2] |= value << ((index & 3) * 2);
  return bytes;
}

/** A shard as compact JWS; `lst` are the bytes of the zlib stream. */
export function shard({
  entries = {},
  version = 5,
  uri = SHARD,
  iat = at('2026-01-10'),
  lst = zlibStored(packBits(entries)),
  signer = statusKey,
  change = () => undefined,
  head = {},
} = {}) {
  const payload = {
    iss: VENDOR,
    sub: uri,
    iat,
    version,
    status_list: { bits: 2, lst: lst.toString('base64url') },
  };
  change(payload);
  return compact({ alg: 'EdDSA', kid: signer.kid, typ: 'statuslist+jwt', ...head }, payload, signer);
}

/** The text of a file. */
export function file({ summary = '', license = token(), roots = [], status = [], pages = [] } = {}) {
  return [
    summary === '' ? '' : `${summary}\n\n`,
    armor('LICENSE', license),
    ...roots.map((text) => armor('TRUST ROOT', b64(text))),
    ...status.map((text) => armor('STATUS LIST', text)),
    ...pages.map((bytes) => armor('IDENTITY PAGES', b64(bytes))),
  ].join('');
}

/** A vector; what it does not name is the usual case. */
function vector(name, clause, note, { expected, ...more }) {
  const content = ['file', 'fileBase64', 'fileParts'].some((member) => member in more)
    ? {}
    : { file: file() };
  return {
    name,
    clause,
    note,
    ...content,
    trust: { roots: [ROOT1] },
    product: PRODUCT,
    now: NOW,
    ...more,
    expected,
  };
}

export const accept = (name, clause, note, more = {}) =>
  vector(name, clause, note, { ...more, expected: { arm: 'usable', state: 'active', ...more.expected } });

export const reject = (name, clause, code, note, more = {}) =>
  vector(name, clause, note, { ...more, expected: { arm: 'rejected', code } });

export const refuse = (name, clause, code, note, more = {}) =>
  vector(name, clause, note, { ...more, expected: { arm: 'refused', code, ...more.expected } });
