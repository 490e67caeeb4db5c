import { resolve } from 'node:path';
import { show } from '@counterfoil/schemas';
import { notAsked } from '../core/index.js';
import { nodeFault } from '../node/codes.js';
import type { Asker } from '../node/host/data-folder.js';
import type { Acknowledgement } from '../node/journal/records.js';
import type { HostIo } from './io.js';
import { openKit, productOf } from './judge.js';
import { hostFacts, parseInstant } from './judging-options.js';
import type { Typed } from './options.js';

/** Who asks, by the options of a command about this host. Throws `usage`, `kit-missing`, `kit-unusable` and the codes of reading files. */
export function askerOf(typed: Typed, io: HostIo): Asker {
  const { values } = typed;
  const [at, kitPath, data] = (['at', 'kit', 'data'] as const).map((name) => values.get(name)?.[0]);
  const now = at === undefined ? io.now() : parseInstant(at);
  const host = hostFacts(typed);
  if (data === undefined) {
    throw nodeFault('usage', { where: '--data', expected: '--data DIR, the data folder', actual: 'none' });
  }
  if (kitPath === undefined) throw nodeFault('kit-missing');
  const kit = openKit(kitPath);
  const product = productOf(kit, values.get('product')?.[0]);
  if (product === undefined) {
    throw nodeFault('usage', {
      where: '--product',
      expected: '--product ID, for the kit names no product',
      actual: 'none',
    });
  }
  // A host that says nothing of itself is asked all the same: a bound license is not for just any host.
  return { kit, product, host: host === notAsked ? {} : host, now, folder: resolve(data) };
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
