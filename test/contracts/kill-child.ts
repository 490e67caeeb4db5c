// Files licenses for orders without end, until it is killed; says so before and after each step.
import { writeSync } from 'node:fs';
import { openStore } from '../../issuer/src/register/open-store.js';
import { BY, filing, LICENSE, order } from './samples.js';

const { register, orders } = await openStore({ path: process.argv[2] ?? '' });
for (;;) {
  const revision = ((await register.findFile(LICENSE))?.revision ?? 0) + 1;
  // the one before may have been killed between order and license
  const [open] = await orders.listOrders({ states: ['ready'] });
  const id = open?.id ?? `O of ${String(revision)}`;
  if (open === undefined) await orders.addOrder(order({ id, state: 'ready' }), BY);
  writeSync(1, '.');
  await register.fileLicense(
    filing({ revision, index: 100 + revision, iat: 1000 + revision }, { order: id }),
  );
  writeSync(1, '.');
  await new Promise(setImmediate);
}
