// Whether a license is for here (license-file.md, clauses 8.12, 8.13, 8.16 and 8.17).
import { b64u, key, name16, sha256, utf8 } from './codec.mjs';
import { accept, at, file, PRODUCT, refuse, token } from './documents.mjs';

const withClaims = (change) => ({ file: file({ license: token(change) }) });
const seen = { asVendorSees: { arm: 'usable', state: 'active' } };
const place = [
  refuse(
    'other-vendor-signed',
    'LF-8.12',
    'vendor-mismatch',
    'signed by our key in the name of another vendor',
    withClaims((payload) => (payload.iss = 'other.example')),
  ),
  refuse('other-product', 'LF-8.13', 'product-mismatch', 'a license of another product of the vendor', {
    product: 'acme-backup',
    expected: seen,
  }),
  refuse('product-prefix', 'LF-8.13', 'product-mismatch', 'the id of the product with more behind it', {
    product: `${PRODUCT}-pro`,
    expected: seen,
  }),
  accept('product-not-asked', 'LF-8.13', 'nobody asks for a product, as when a support engineer looks', {
    product: null,
  }),
  refuse('expired-other-product', 'LF-8.13', 'product-mismatch', 'another product comes before the term', {
    product: 'acme-backup',
    now: at('2029-01-01'),
    expected: { asVendorSees: { arm: 'usable', state: 'expired', code: 'license-expired' } },
  }),
];

const ID = 'CF-7K2M-94QX-A';
const revisions = [
  accept('revision-first', 'LF-8.16', 'nothing is installed', {}),
  accept('revision-newer', 'LF-8.16', 'an older revision is installed', {
    installed: { id: ID, revision: 1 },
  }),
  accept('revision-equal', 'LF-8.16', 'the same revision is installed', {
    installed: { id: ID, revision: 2 },
  }),
  refuse('revision-older', 'LF-8.16', 'revision-older', 'a newer revision is installed', {
    installed: { id: ID, revision: 3 },
  }),
  accept('revision-other-id', 'LF-8.16', 'a newer revision of another license is installed', {
    installed: { id: 'CF-0000-0001-2', revision: 9 },
  }),
];

const host = key('host');
const otherHost = key('other host');
const boundToKey = withClaims((payload) => {
  payload.cnf = { jkt: host.kid };
  payload.license.binding = { type: 'host-key', rehost: { quota: 2, coolDown: 30, brokenExempt: true } };
});
const salt = name16('binding salt');
const digestOf = (id) =>
  b64u(sha256(Buffer.from([3]), Buffer.from(salt, 'base64url'), utf8(id.normalize('NFC'))));
const boundToId = (id) =>
  withClaims(
    (payload) =>
      (payload.license.binding = { type: 'host-id', source: 'machine-id', salt, digest: digestOf(id) }),
  );
const elsewhere = (name, note, content) =>
  refuse(name, 'LF-8.17', 'host-mismatch', note, { ...content, expected: seen });
const bindings = [
  accept('host-key', 'LF-8.17', 'the host key that the license names', {
    ...boundToKey,
    host: { key: host.kid },
  }),
  elsewhere('host-key-other', 'another host key', { ...boundToKey, host: { key: otherHost.kid } }),
  elsewhere('host-key-none', 'a host without a key', boundToKey),
  elsewhere('host-key-ids-only', 'a host that knows an identity instead', {
    ...boundToKey,
    host: { ids: { 'machine-id': host.kid } },
  }),
  accept('host-id', 'LF-6.6', 'the identity that the license names', {
    ...boundToId('4f1c'),
    host: { ids: { 'machine-id': '4f1c' } },
  }),
  accept('host-id-nfc', 'LF-6.6', 'the same identity in another form of Unicode', {
    ...boundToId('k\u00fcche'),
    host: { ids: { 'machine-id': 'ku\u0308che' } },
  }),
  elsewhere('host-id-other', 'another identity', {
    ...boundToId('4f1c'),
    host: { ids: { 'machine-id': '4f1d' } },
  }),
  elsewhere('host-id-case', 'the identity in capitals', {
    ...boundToId('4f1c'),
    host: { ids: { 'machine-id': '4F1C' } },
  }),
  elsewhere('host-id-other-source', 'the identity under the name of another source', {
    ...boundToId('4f1c'),
    host: { ids: { cluster: '4f1c' } },
  }),
  elsewhere('host-id-none', 'a host that knows nothing of itself', boundToId('4f1c')),
  elsewhere('host-id-constructor', 'a source by a name that objects inherit', {
    ...withClaims(
      (payload) =>
        (payload.license.binding = {
          type: 'host-id',
          source: 'constructor',
          salt,
          digest: digestOf('4f1c'),
        }),
    ),
    host: { ids: { 'machine-id': '4f1c' } },
  }),
  accept('host-unbound', 'LF-8.17', 'a license that is bound to no host', { host: { key: otherHost.kid } }),
];

export const fit = () => [...place, ...revisions, ...bindings];
