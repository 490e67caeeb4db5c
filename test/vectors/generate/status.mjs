// Status lists: which shard counts, and what it says (license-file.md, clauses 12.2 to 12.4).
import { zlibRun } from './codec.mjs';
import { accept, file, refuse, SHARD, shard, token } from './documents.mjs';

const idx = 6;
export const license = (index = idx, needed = 5, uri = SHARD) =>
  token((payload) => {
    payload.status = { status_list: { idx: index, uri } };
    payload.license.needs.status = needed;
  });
export const carried = (...status) => ({ file: file({ license: license(), status }) });
export const at_ = (index, status, needed = 5) => ({
  file: file({ license: license(index, needed), status: [status] }),
});
export const revoked = { expected: { state: 'revoked', code: 'license-revoked' } };
export const suspended = { expected: { state: 'suspended', code: 'license-suspended' } };
const needs = [
  accept('status-carried', 'LF-8.15', 'the file brings the version that it needs', carried(shard())),
  accept('status-stored', 'LF-8.15', 'the host has stored it', {
    file: file({ license: license() }),
    shards: [shard()],
  }),
  accept('status-stored-newer', 'LF-8.15', 'the host has stored a newer one', {
    file: file({ license: license() }),
    shards: [shard({ version: 9 })],
  }),
  refuse('status-none', 'LF-8.15', 'status-needed', 'nobody has one', { file: file({ license: license() }) }),
  refuse(
    'status-older',
    'LF-8.15',
    'status-needed',
    'the file brings an older version',
    carried(shard({ version: 4 })),
  ),
  refuse('status-older-stored', 'LF-8.15', 'status-needed', 'the host has stored an older version', {
    file: file({ license: license() }),
    shards: [shard({ version: 4 })],
  }),
  accept('status-older-and-stored', 'LF-12.3', 'the file brings an older version, the host has a newer one', {
    ...carried(shard({ version: 4 })),
    shards: [shard({ version: 7 })],
  }),
  refuse(
    'status-other-uri',
    'LF-8.15',
    'status-needed',
    'the shard has another name',
    carried(shard({ uri: 'counterfoil:acme.example:status:2' })),
  ),
  refuse(
    'status-uri-prefix',
    'LF-12.2',
    'status-needed',
    'the name of the shard goes on',
    carried(shard({ uri: `${SHARD}0` })),
  ),
  refuse('status-other-uri-stored', 'LF-12.2', 'status-needed', 'the host has stored other shards only', {
    file: file({ license: license() }),
    shards: [shard({ uri: 'counterfoil:acme.example:status:2', version: 9 })],
  }),
  accept('status-unasked', 'LF-8.15', 'a license without a status ignores the shard', {
    file: file({ status: [shard({ entries: { 6: 1 } })] }),
  }),
  refuse(
    'status-beyond-end',
    'LF-12.4',
    'status-needed',
    'the index lies beyond the end of the shard',
    at_(64, shard()),
  ),
  accept('status-last-entry', 'LF-12.4', 'the last index of a short shard', at_(63, shard())),
  accept('status-last-of-all', 'LF-12.4', 'index 16,383', at_(16_383, shard({ lst: zlibRun(0, 4096) }))),
  accept('status-last-revoked', 'LF-12.4', 'index 16,383 of a shard in which all are revoked', {
    ...at_(16_383, shard({ lst: zlibRun(0x55, 4096) })),
    ...revoked,
  }),
];

const newest = [
  accept('equal-versions', 'LF-12.3', 'of two shards of one version the one in the file counts', {
    ...carried(shard()),
    shards: [shard({ entries: { 6: 1 } })],
  }),
  accept('newer-stored-revokes', 'LF-12.3', 'the newer shard of the host revokes what the file calls valid', {
    ...carried(shard({ version: 5 })),
    shards: [shard({ version: 6, entries: { 6: 1 } })],
    ...revoked,
  }),
  accept(
    'newer-carried-wins',
    'LF-12.3',
    'the newer shard of the file lifts a suspension that the host has stored',
    { ...carried(shard({ version: 6 })), shards: [shard({ version: 5, entries: { 6: 2 } })] },
  ),
  accept('newer-carried-revokes', 'LF-12.3', 'the newer shard of the file revokes', {
    ...carried(shard({ version: 6, entries: { 6: 1 } })),
    shards: [shard({ version: 5 })],
    ...revoked,
  }),
  accept('newest-of-three', 'LF-12.3', 'the newest of several', {
    ...carried(shard({ version: 6 })),
    shards: [shard({ version: 5 }), shard({ version: 8, entries: { 6: 2 } }), shard({ version: 7 })],
    ...suspended,
  }),
  accept('newest-of-other-shard', 'LF-12.2', 'a newer shard of another name says nothing', {
    ...carried(shard()),
    shards: [shard({ version: 99, uri: 'counterfoil:acme.example:status:2', entries: { 6: 1 } })],
  }),
];

const bits = [
  ...[0, 1, 2, 3].map((place) =>
    accept(`bit-place-${place}`, 'LF-12.4', 'the four entries of a byte count from its low bits', {
      ...at_(4 + place, shard({ entries: { [4 + place]: 1 } })),
      ...revoked,
    }),
  ),
  accept(
    'bit-neighbours',
    'LF-12.4',
    'the neighbours are revoked, the license is not',
    carried(shard({ entries: { 5: 1, 7: 1 } })),
  ),
  accept('bit-suspended', 'LF-12.4', '2 is suspended', {
    ...carried(shard({ entries: { 6: 2 } })),
    ...suspended,
  }),
  accept('bit-three', 'LF-12.4', '3 reads as suspended', {
    ...carried(shard({ entries: { 6: 3 } })),
    ...suspended,
  }),
];

export const statusLists = () => [...needs, ...newest, ...bits];
