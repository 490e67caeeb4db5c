// Shards whose key the newest root does not trust are passed over (license-file.md, clause 8.11).
import { key } from './codec.mjs';
import { accept, at, file, named, refuse, reject, root, shard, statusKey } from './documents.mjs';
import { carried, license, revoked } from './status.mjs';

const from = at('2025-01-01');
const nobody = key('attacker');
const status2 = key('status 2');
const trusting = (...rows) => ({ trust: { roots: [root((payload) => (payload.status = rows))] } });
const gone = named(statusKey, { from, revoked: at('2026-05-01') });
const next = named(status2, { from });
/** The usual status key is revoked, and has a successor. */
const replaced = trusting(gone, next);
const byNext = (options) => shard({ signer: status2, ...options });
const needed = (name, note, content) =>
  refuse(name, 'LF-8.11', 'status-needed', note, {
    ...content,
    expected: { explain: { 'status-list': 'good', 'needs-status': 'status-needed' } },
  });
const usable = (name, note, content, clause = 'LF-8.11') => accept(name, clause, note, content);
const brings = (change) => ({
  file: file({
    license: license(),
    roots: [
      root((payload) => {
        payload.version = 2;
        change(payload);
      }),
    ],
    status: [shard()],
  }),
});

const passedOver = [
  needed('shard-by-nobody', 'signed by a key that no root names: as if it were not there', {
    ...carried(shard({ signer: nobody })),
  }),
  needed('shard-key-revoked', 'signed by a key that was revoked later', {
    ...carried(shard()),
    ...trusting(gone),
  }),
  needed('shard-key-revoked-in-file', 'the file itself brings the root that revokes the key', {
    ...brings((payload) => (payload.status[0].revoked = at('2026-05-01'))),
  }),
  needed('shard-key-dropped-in-file', 'the file itself brings a root that no longer names the key', {
    ...brings((payload) => (payload.status = [])),
  }),
  usable('shard-by-nobody-unasked', 'a license without a status does not need it', {
    file: file({ status: [shard({ signer: nobody })] }),
  }),
  usable('shard-by-nobody-stored', 'the host has stored a good one', {
    ...carried(shard({ signer: nobody })),
    shards: [shard()],
  }),
];

const stored = [
  usable('shard-key-revoked-stored', 'the host has stored one of the version that is needed', {
    ...carried(shard()),
    ...replaced,
    shards: [byNext()],
  }),
  usable('shard-key-revoked-stored-newer', 'the host has stored a newer one', {
    ...carried(shard()),
    ...replaced,
    shards: [byNext({ version: 7 })],
  }),
  needed('shard-key-revoked-stored-older', 'the host has stored an older one only', {
    ...carried(shard()),
    ...replaced,
    shards: [byNext({ version: 4 })],
  }),
  usable('shard-key-revoked-says-revoked', 'a thief of the key revokes nothing', {
    ...carried(shard({ version: 99, entries: { 6: 1 } })),
    ...replaced,
    shards: [byNext()],
  }),
  usable('shard-key-revoked-says-valid', 'and lifts no revocation', {
    ...carried(shard({ version: 99 })),
    ...replaced,
    shards: [byNext({ entries: { 6: 1 } })],
    ...revoked,
  }),
  usable('shard-key-successor', 'the file brings one that the successor signed', {
    ...carried(byNext()),
    ...replaced,
  }),
  usable(
    'shard-key-retired-later',
    'signed before its key was retired',
    { ...carried(shard()), ...trusting(named(statusKey, { from, retired: at('2026-05-01') }), next) },
    'TR-6.1',
  ),
];

/** Any other fault rejects the file, whoever signed it and whatever the host has stored. */
const malformed = [
  reject('shard-by-nobody-crit', 'LF-8.11', 'header-crit', 'an unknown key, and a header that is none', {
    ...carried(shard({ signer: nobody, head: { crit: ['exp'] } })),
    shards: [shard()],
  }),
  reject('shard-key-revoked-cut', 'LF-8.11', 'jws-signature', 'a revoked key, and half a signature', {
    ...carried(shard().slice(0, -42)),
    ...replaced,
    shards: [byNext()],
  }),
  reject('shard-forged-stored', 'LF-8.11', 'signature-invalid', 'a bad signature under a trusted key id', {
    ...carried(shard({ signer: { ...nobody, kid: statusKey.kid } })),
    shards: [shard()],
  }),
  reject('shard-broken-stored', 'LF-8.11', 'status-broken', 'no stream, and the host has stored a good one', {
    ...carried(shard({ lst: Buffer.from('status list') })),
    shards: [shard()],
  }),
];

export const distrusted = () => [...passedOver, ...stored, ...malformed];
