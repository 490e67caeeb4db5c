// Shards that are broken, forged, or signed at the wrong time (license-file.md, clause 12.1).
import { key, zlibRun, zlibStored } from './codec.mjs';
import {
  accept,
  at,
  issuing,
  named,
  packBits,
  reject,
  root,
  rootKey,
  shard,
  statusKey,
} from './documents.mjs';
import { at_, carried, revoked, suspended } from './status.mjs';

const bad = (name, code, note, options, clause = 'LF-12.1') =>
  reject(`shard-${name}`, clause, code, note, carried(shard(options)));

/** A whole shard as zlib itself writes it, with a code of its own (RFC 1951, 3.2.7): of the entries 97 n every third is suspended, the others are revoked. */
const DYNAMIC = Buffer.from(
  'eNrt0LENwCAQBEGMCAhdgkuhNEqnAS740NJ8uMnpp7f7jdDf0Hfo7SkOfKGv6sAsfhAHOiJEiBAhQoQIESJEiBAhQvR3ogPB0RKb',
  'base64url',
);
const stream = zlibStored(packBits({}));
const withByte = (place, value) => stream.map((byte, i) => (i === place ? value : byte));
const spoiled = (name, note, lst) => bad(name, 'status-broken', note, { lst }, 'LF-12.1');
const streams = [
  spoiled('cut', 'the last byte of the stream is missing', stream.subarray(0, -1)),
  spoiled('checksum', 'a wrong checksum', withByte(stream.length - 1, 7)),
  spoiled('trailing', 'a byte after the stream', Buffer.concat([stream, Buffer.alloc(1)])),
  spoiled('second-stream', 'a second stream after the first', Buffer.concat([stream, stream])),
  spoiled(
    'method',
    'a method that is not deflate',
    Buffer.concat([Buffer.from([0x79, 0x18]), stream.subarray(2)]),
  ),
  spoiled('header-check', 'a wrong check of the first two bytes', withByte(1, 0x02)),
  spoiled(
    'dictionary',
    'a preset dictionary',
    Buffer.concat([Buffer.from([0x78, 0xbb]), stream.subarray(2)]),
  ),
  spoiled('block-type', 'a reserved type of block', withByte(2, 7)),
  spoiled('stored-length', 'a wrong complement of the length', withByte(5, 0)),
  spoiled('raw', 'deflate without zlib', stream.subarray(2, -4)),
  spoiled(
    'gzip',
    'gzip in place of zlib',
    Buffer.concat([Buffer.from('1f8b080000000000', 'hex'), stream.subarray(2)]),
  ),
  spoiled('rubbish', 'no stream at all', Buffer.from('status list')),
  spoiled('nothing-in-it', 'a stream of no bytes', zlibStored(Buffer.alloc(0))),
  spoiled('4097', 'a stream of 4,097 bytes', zlibRun(0, 4097)),
  spoiled('bomb', 'a stream of 400,000 bytes', zlibRun(0, 400_000)),
  accept(
    'shard-dynamic-valid',
    'LF-12.1',
    'a stream with a code of its own, an entry that is valid',
    at_(98, shard({ lst: DYNAMIC })),
  ),
  accept('shard-dynamic-revoked', 'LF-12.1', 'the same, an entry that is revoked', {
    ...at_(97, shard({ lst: DYNAMIC })),
    ...revoked,
  }),
  accept('shard-dynamic-suspended', 'LF-12.1', 'the same, an entry that is suspended', {
    ...at_(291, shard({ lst: DYNAMIC })),
    ...suspended,
  }),
  accept('shard-4096', 'LF-12.1', 'a stream of 4,096 bytes', carried(shard({ lst: zlibRun(0, 4096) }))),
];

const forged = key('attacker');
const tokens = [
  bad('by-issuing-key', 'key-role', 'signed by an issuing key', { signer: issuing }, 'TR-5.1'),
  bad('by-root-key', 'key-role', 'signed by a root key', { signer: rootKey }, 'TR-5.1'),
  bad(
    'forged',
    'signature-invalid',
    'signed by another key under the id of ours',
    { signer: { ...forged, kid: statusKey.kid } },
    'LF-4.7',
  ),
  bad('typ', 'typ-mismatch', 'typ of a license', { head: { typ: 'license+jwt' } }, 'LF-4.3'),
  bad('typ-cwt', 'typ-mismatch', 'typ of another form', { head: { typ: 'statuslist+cwt' } }, 'LF-4.3'),
  bad('alg-none', 'alg-not-allowed', 'no algorithm', { head: { alg: 'none' } }, 'LF-4.4'),
  bad('crit', 'header-crit', 'an extension', { head: { crit: ['exp'] } }, 'LF-4.2'),
  bad('other-vendor', 'vendor-mismatch', 'in the name of another vendor', {
    change: (payload) => (payload.iss = 'other.example'),
  }),
  ...['iss', 'sub', 'iat', 'version', 'status_list'].map((name) =>
    bad(`missing-${name.replace('_', '-')}`, 'claims-invalid', `no ${name}`, {
      change: (payload) => delete payload[name],
    }),
  ),
  bad('bits-1', 'claims-invalid', 'one bit an entry', {
    change: (payload) => (payload.status_list.bits = 1),
  }),
  bad('version-0', 'claims-invalid', 'version 0', { change: (payload) => (payload.version = 0) }),
  bad('lst-padded', 'claims-invalid', 'padding', { change: (payload) => (payload.status_list.lst += '=') }),
  bad(
    'lst-bits',
    'base64url',
    'a length that no bytes have',
    { change: (payload) => (payload.status_list.lst = 'AAAAA') },
    'LF-3.1',
  ),
  accept(
    'shard-exp-past',
    'LF-12.3',
    'a date in the shard is no end: the host judges its age',
    carried(shard({ change: (payload) => (payload.exp = at('2026-02-01')) })),
  ),
  accept(
    'shard-unknown-members',
    'LF-14.1',
    'ttl and others are ignored',
    carried(shard({ change: (payload) => Object.assign(payload, { ttl: 43200, note: 1 }) })),
  ),
  accept(
    'shard-later-than-now',
    'LF-12.3',
    'a shard that was signed later than now by this clock',
    carried(shard({ iat: at('2026-07-01') })),
  ),
];

const windows = [
  ['before', { from: at('2026-02-01') }, 'key-window', 'signed before the window of the key'],
  [
    'after',
    { from: at('2025-01-01'), until: at('2026-01-01') },
    'key-window',
    'signed after the window of the key',
  ],
  [
    'retired',
    { from: at('2025-01-01'), retired: at('2026-01-01') },
    'key-retired',
    'signed after the key was retired',
  ],
].map(([name, row, code, note]) =>
  reject(`shard-key-${name}`, 'TR-5.2', code, note, {
    ...carried(shard()),
    trust: { roots: [root((payload) => (payload.status = [named(statusKey, row)]))] },
  }),
);

export const shards = () => [...streams, ...tokens, ...windows];
