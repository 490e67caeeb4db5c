import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '@counterfoil/issuer';
import { build } from 'esbuild';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeScratch } from '../support/vendor.js';
import { firstBroken } from '../../issuer/src/register/audit-chain.js';
import { LICENSE, stock } from './samples.js';
import { openNew } from './variants.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The program that is killed, made of the sources; packages stay where they are installed. */
async function bundleChild(): Promise<string> {
  const folder = join(ROOT, 'node_modules/.cache/kill-child');
  await mkdir(folder, { recursive: true });
  const outfile = join(folder, 'kill-child.mjs');
  const external = ['libsql', 'kysely', 'pg'];
  const entry = join(ROOT, 'test/contracts/kill-child.ts');
  const options = { bundle: true, platform: 'node' as const, format: 'esm' as const, conditions: ['source'] };
  await build({ ...options, entryPoints: [entry], external, outfile, logLevel: 'error' });
  return outfile;
}

it('a register of SQLite whose program is killed anywhere is whole: chain, files and orders agree', async () => {
  const child = await bundleChild();
  const path = join(await makeScratch(), 'register.db');
  const first = await openNew({ path });
  await stock(first);
  await first.close();
  let before = 1;
  const [waits = []] = fc.sample(fc.array(fc.nat({ max: 400 }), { minLength: 12, maxLength: 12 }), 1);
  for (const wait of waits) {
    const program = spawn(process.execPath, [child, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(program, 'exit');
    let heard = 0;
    // at another byte of what it says, so at another place in its work
    program.stdout.on('data', (chunk: Buffer) => {
      heard += chunk.length;
      if (heard > wait) program.kill('SIGKILL');
    });
    expect(await ended).toEqual([null, 'SIGKILL']);
    const store = await openStore({ path });
    const newest = (await store.register.findFile(LICENSE))?.revision ?? 0;
    expect(newest).toBeGreaterThanOrEqual(before);
    before = newest;
    const orders = await store.orders.listOrders({});
    const results = orders.flatMap(({ result }) => (result === undefined ? [] : [result.revision]));
    expect(results.sort((a, b) => a - b)).toEqual(Array.from({ length: newest - 1 }, (_, i) => i + 2));
    expect(orders.filter(({ state }) => state === 'done')).toHaveLength(newest - 1);
    const trail = await store.register.listAudit();
    expect(firstBroken(trail)).toBeUndefined();
    expect(trail.filter(({ action }) => action === 'license-issued')).toHaveLength(newest);
    expect(trail.filter(({ action }) => action === 'order-done')).toHaveLength(newest - 1);
    await store.close();
  }
  expect(before).toBeGreaterThan(1);
});
