import { resolve } from 'node:path';
import { CounterfoilError, show } from '@counterfoil/schemas';
import { notAsked } from '../core/index.js';
import { nodeFault } from '../node/codes.js';
import type { Asker } from '../node/host/data-folder.js';
import { defaultFolder } from '../node/host/default-folder.js';
import type { Acknowledgement } from '../node/journal/records.js';
import type { Kit } from '../node/kit.js';
import type { HostIo } from './io.js';
import { hostFacts, parseInstant } from './judging-options.js';
import { productOf, requireKit } from './kit-of.js';
import type { Typed } from './options.js';

/** The product that asks. Throws `usage` where nothing says it. */
function requireProductOf(kit: Kit, typed: string | undefined): string {
  const product = productOf(kit, typed);
  if (product !== undefined) return product;
  throw nodeFault('usage', {
    where: '--product',
    expected: '--product ID, for the kit names no product',
    actual: 'none',
  });
}

/** The data folder as typed, else the system's own for the product. Throws `usage` on a system that has none. */
function folderOf(typed: string | undefined, kit: Kit, product: string, io: HostIo): string {
  if (typed !== undefined) return resolve(typed);
  const folder = defaultFolder(io, kit.trust.root.iss, product);
  if (folder !== undefined) return folder;
  throw nodeFault('usage', {
    where: '--data',
    expected: `--data DIR, for there is no default data folder on ${io.platform}`,
    actual: 'none',
  });
}

/** Who asks, by the options of a command about this host. Throws `usage`, `kit-missing`, `kit-unusable` and the codes of reading files. */
export function askerOf(typed: Typed, io: HostIo): Asker {
  const { values } = typed;
  const [at, data] = (['at', 'data'] as const).map((name) => values.get(name)?.[0]);
  const now = at === undefined ? io.now() : parseInstant(at);
  const host = hostFacts(typed);
  const kit = requireKit(typed, io);
  const product = requireProductOf(kit, values.get('product')?.[0]);
  const folder = folderOf(data, kit, product, io);
  // A host that says nothing of itself is asked all the same: a bound license is not for just any host.
  return { kit, product, host: host === notAsked ? {} : host, now, folder };
}

/** The same fault, which also says that nobody named the data folder that is not there. */
export function tellDefaultFolder(fault: unknown, { values }: Typed): unknown {
  if (!(fault instanceof CounterfoilError) || fault.code !== 'data-missing' || values.has('data'))
    return fault;
  return nodeFault('data-missing', {
    ...fault.detail,
    expected: 'the default data folder of this system, or another by --data DIR',
    actual: 'none',
    cause: fault,
  });
}

const KNOWN: readonly Acknowledgement[] = ['older-revision', 'other-license'];

/** What was acknowledged. Throws `usage`. */
export function acknowledgedIn({ values }: Typed): readonly Acknowledgement[] {
  const typed = values.get('acknowledge') ?? [];
  return [...new Set(typed)].map((word) => {
    const known = KNOWN.find((one) => one === word);
    if (known === undefined) {
      throw nodeFault('usage', { where: '--acknowledge', expected: KNOWN.join(' or '), actual: show(word) });
    }
    return known;
  });
}
