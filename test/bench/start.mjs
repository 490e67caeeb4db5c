// Process start to verdict, against `node` with an empty script.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeBlock, formatFile } from '@counterfoil/schemas';
import { makeFile, makeLicense, makeShard, makeVendor, NOW } from './fixture.mjs';
import { inTurns, table } from './harness.mjs';

const folder = mkdtempSync(join(tmpdir(), 'counterfoil-bench-'));
const put = (name, text) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const command = fileURLToPath(new URL('../../verifier/dist/bin/counterfoil-host.cjs', import.meta.url));
const vendor = makeVendor();
const root = vendor.root(1);
const shard = makeShard(vendor);
const kit = put('acme.kit', formatFile('', [encodeBlock('trust-root', root)]));
const term = { type: 'fixed', until: NOW + 355 * 86_400 };
const inUtc = put('utc.lic', makeFile(makeLicense(vendor), [root], shard));
const inVienna = put(
  'vienna.lic',
  makeFile(makeLicense(vendor, { term: { ...term, zone: 'Europe/Vienna' } }), [root], shard),
);
const empty = put('empty.cjs', '');
const crypto = put('crypto.cjs', "require('node:crypto').createHash('sha256').update('').digest();");

// This variable makes Node read a file of certificates at every start, which triples it.
const { NODE_EXTRA_CA_CERTS: _, NODE_V8_COVERAGE: __, NODE_OPTIONS: ___, ...env } = process.env;
const start =
  (args, status = 0) =>
  () => {
    const { status: actual, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
    if (actual !== status) throw new Error(`expected exit ${status}, got ${actual}: ${stderr}`);
  };
const inspect = (file) => [
  command,
  'inspect',
  file,
  '--kit',
  kit,
  '--product',
  'mailbox-backup',
  '--at',
  new Date(NOW * 1000).toISOString().replace('.000', ''),
];

const rows = await inTurns(
  [
    { name: 'node, an empty script', times: 1, run: start([empty]) },
    { name: 'node, `node:crypto` and one SHA-256', times: 1, run: start([crypto]) },
    { name: '`counterfoil-host help`', times: 1, run: start([command, 'help']) },
    { name: '`counterfoil-host inspect`, last day in UTC', times: 1, run: start(inspect(inUtc)) },
    { name: '`counterfoil-host inspect`, last day in a zone', times: 1, run: start(inspect(inVienna)) },
  ],
  40,
);
rmSync(folder, { recursive: true });
export const section = table(
  'Process start to verdict',
  ['command', 'ms', 'time, empty script = 1'],
  rows.map(({ name, seconds, rate }) => [name, (seconds * 1000).toFixed(1), (1 / rate).toFixed(2)]),
);
