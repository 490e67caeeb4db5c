// A decision of an open license, against the least that a product could do in its place: a look into a Map.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatFile, encodeBlock } from '@counterfoil/schemas';
import { openLicense } from '@counterfoil/verifier/node';
import { makeFile, makeLicense, makeShard, makeVendor, NOW } from './fixture.mjs';
import { inTurns, table } from './harness.mjs';

const ROUNDS = 25;
const TIMES = 200_000;
const vendor = makeVendor();
const folder = mkdtempSync(join(tmpdir(), 'counterfoil-bench-'));
const root = vendor.root(1);
const license = openLicense({
  kit: formatFile('', [encodeBlock('trust-root', root)]),
  product: 'mailbox-backup',
  dataDir: join(folder, 'data'),
  license: makeFile(makeLicense(vendor), [root], makeShard(vendor)),
  env: {},
  now: () => NOW + (Date.now() % 2),
  lookEvery: 0,
});
if (!license.check('backup').allowed) throw new Error(JSON.stringify(license.check('backup').finding));

const answers = new Map([['backup', { allowed: true }]]);
const many = (once) => (times) => {
  let sum = 0;
  for (let i = 0; i < times; i++) sum += once(i) ? 1 : 0;
  if (sum !== times) throw new Error(`expected ${String(times)} times yes, got ${String(sum)}`);
};
const ids = Array.from({ length: 1000 }, (_, i) => ({ ids: { mailbox: `user-${String(i)}@example.com` } }));
const measured = await inTurns(
  [
    {
      name: '`Date.now` and `Map.get`',
      times: TIMES,
      run: many(() => Date.now() > 0 && answers.get('backup').allowed),
    },
    { name: "`check('backup')`", times: TIMES, run: many(() => license.check('backup').allowed) },
    {
      name: "`check('backup', { ids: { mailbox } })`",
      times: TIMES / 20,
      run: many((i) => license.check('backup', ids[i % ids.length]).allowed),
    },
  ],
  ROUNDS,
);
license.close();
rmSync(folder, { recursive: true });

export const section = table(
  'One decision of an open license',
  ['question', 'ns', 'rate, a look into a `Map` = 1'],
  measured.map(({ name, seconds, rate }) => [name, (seconds * 1e9).toFixed(0), rate.toFixed(2)]),
);
