// Roots that contradict themselves or are malformed (trust-root.md, clauses 1, 2 and 5; license-file.md, clause 4.8).
import { compact, general } from './codec.mjs';
import { accept, header, named, reject, root, rootPayload } from './documents.mjs';
import { A, B, carried, F, from, keys } from './roots.mjs';

const strange = (name, clause, code, note, change, signers = [A]) =>
  reject(
    `root-${name}`,
    clause,
    code,
    note,
    carried(
      root((payload) => {
        payload.version = 2;
        change(payload);
      }, signers),
    ),
  );
const inconsistent = [
  strange(
    'duplicate-key',
    'TR-3.2',
    'root-inconsistent',
    'one root key twice',
    (payload) => (payload.root = { threshold: 2, keys: keys(A, A) }),
  ),
  strange('key-two-roles', 'TR-5.1', 'root-inconsistent', 'one key for two roles', (payload) =>
    payload.status.push(payload.issuing[0]),
  ),
  strange('root-key-issues', 'TR-5.1', 'root-inconsistent', 'a root key as issuing key', (payload) =>
    payload.issuing.push(named(A, { from })),
  ),
  strange(
    'kid-not-thumbprint',
    'TR-5.1',
    'root-inconsistent',
    'a key id that is not the thumbprint',
    (payload) => (payload.issuing[0].kid = B.kid),
  ),
  strange(
    'kid-of-root-not-thumbprint',
    'TR-5.1',
    'root-inconsistent',
    'a key id of a root key that is not its thumbprint',
    (payload) => (payload.root.keys[0] = { kid: B.kid, x: A.x }),
  ),
  strange(
    'threshold-above',
    'TR-3',
    'root-inconsistent',
    'a threshold above the number of keys',
    (payload) => (payload.root.threshold = 2),
  ),
  strange(
    'exp-is-iat',
    'TR-2',
    'root-inconsistent',
    'an end that is no later than the start',
    (payload) => (payload.exp = payload.iat),
  ),
  strange(
    'threshold-0',
    'TR-2',
    'claims-invalid',
    'a threshold of none',
    (payload) => (payload.root.threshold = 0),
  ),
  strange(
    'no-keys',
    'TR-2',
    'claims-invalid',
    'no root key',
    (payload) => (payload.root = { threshold: 1, keys: [] }),
  ),
  strange('version-0', 'TR-2', 'claims-invalid', 'version 0', (payload) => (payload.version = 0)),
  strange('schema-2', 'LF-14.3', 'schema-newer', 'a later schema', (payload) => (payload.schema = 2)),
  strange(
    'critical-of-license',
    'LF-14.2',
    'critical-unknown',
    'a critical member of another document',
    (payload) => (payload.critical = ['term']),
  ),
  accept(
    'root-critical-limits',
    'LF-14.2',
    'limits may be critical',
    carried(
      root((payload) => {
        payload.version = 2;
        payload.critical = ['limits'];
      }),
    ),
  ),
  strange(
    'critical',
    'LF-14.2',
    'critical-unknown',
    'a critical member that nobody knows',
    (payload) => (payload.critical = ['moon-phase']),
  ),
  ...['schema', 'iss', 'environment', 'version', 'iat', 'exp', 'root', 'issuing', 'status'].map((name) =>
    strange(`missing-${name}`, 'TR-2', 'claims-invalid', `no ${name}`, (payload) => delete payload[name]),
  ),
  accept(
    'root-unknown-member',
    'LF-14.1',
    'unknown members are ignored',
    carried(
      root((payload) => {
        payload.version = 2;
        payload.colour = 'blue';
        payload.issuing[0].note = 'x';
      }),
    ),
  ),
];

const second = rootPayload((payload) => (payload.version = 2));
const json = (change) => {
  const document = JSON.parse(general(second, [A]));
  change(document);
  return carried(JSON.stringify(document));
};
const jws = (name, code, note, content, clause = 'LF-4.8') =>
  reject(`general-${name}`, clause, code, note, content);
const forms = [
  jws(
    'member',
    'jws-general',
    'a member beyond payload and signatures',
    json((document) => (document.note = 1)),
  ),
  jws(
    'unprotected',
    'jws-general',
    'an unprotected header',
    json((document) => (document.signatures[0].header = { kid: A.kid })),
  ),
  jws(
    'no-protected',
    'jws-general',
    'no protected header',
    json((document) => delete document.signatures[0].protected),
  ),
  jws(
    'no-signatures',
    'jws-general',
    'an empty list of signatures',
    json((document) => (document.signatures = [])),
  ),
  jws(
    '17-signatures',
    'jws-general',
    '17 signatures',
    carried(
      general(
        second,
        Array.from({ length: 17 }, () => A),
      ),
    ),
  ),
  jws(
    'flattened',
    'jws-general',
    'the flattened form',
    json((document) => {
      Object.assign(document, document.signatures[0]);
      delete document.signatures;
    }),
  ),
  jws(
    'compact',
    'json-syntax',
    'a compact JWS',
    carried(compact(header({ typ: 'trust-root+jws' }, A), second, A)),
  ),
  jws(
    'duplicate',
    'json-duplicate-key',
    'payload twice',
    carried(general(second, [A]).replace('{', '{"payload":"e30",')),
    'LF-3.3',
  ),
  jws('typ', 'typ-mismatch', 'another typ', carried(general(second, [A], 'license+jwt')), 'LF-4.3'),
  jws(
    'alg',
    'alg-not-allowed',
    'no algorithm',
    carried(general(second, [{ key: A, header: { alg: 'none' } }])),
    'LF-4.4',
  ),
  jws(
    'crit',
    'header-crit',
    'an extension',
    carried(general(second, [{ key: A, header: { crit: ['exp'] } }])),
    'LF-4.2',
  ),
  jws(
    'second-header',
    'header-member',
    'a strange member in the header of the second signature',
    carried(general(second, [A, { key: F, header: { cty: 'x' } }])),
    'LF-4.2',
  ),
  jws(
    'payload-base64url',
    'base64url',
    'padding in the payload',
    json((document) => (document.payload += '=')),
    'LF-3.1',
  ),
  jws('payload-json', 'json-syntax', 'a payload that is no JSON', carried(general('root', [A])), 'LF-3.3'),
  jws('bom', 'json-syntax', 'a byte order mark', carried(`\ufeff${general(second, [A])}`), 'LF-3.3'),
  accept(
    'general-white-space',
    'LF-4.8',
    'white space',
    carried(JSON.stringify(JSON.parse(general(second, [A])), undefined, 2)),
  ),
];

export const rootForms = () => [...inconsistent, ...forms];
