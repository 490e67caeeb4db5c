import { CounterfoilError, limits } from '@counterfoil/schemas';
import { nodeFault } from '../node/codes.js';
import { nodeEngine } from '../node/engine.js';
import { kindOfFile } from '../node/file-kind.js';
import { readFileWithin } from '../node/files.js';
import { readKit, type Kit } from '../node/kit.js';
import type { HostIo } from './io.js';
import type { OptionName, Typed } from './options.js';

/** What a kit on the command line would say; a command with its kit built in takes neither. */
const KIT_OPTIONS: ReadonlySet<OptionName> = new Set(['kit', 'product']);

/** The options of these that a command has here: roots are never a setting where the vendor built the kit in. */
export function optionsHere(names: readonly OptionName[], { builtKit }: HostIo): readonly OptionName[] {
  return builtKit === undefined ? names : names.filter((name) => !KIT_OPTIONS.has(name));
}

/** Throws `usage` where a command with its kit built in is told of another. */
export function refuseOtherKit({ values }: Typed, { builtKit }: HostIo): void {
  if (builtKit === undefined) return;
  for (const name of KIT_OPTIONS) {
    if (!values.has(name)) continue;
    throw nodeFault('usage', {
      where: `--${name}`,
      expected: 'none, for this command has its kit built in',
      actual: 'one',
    });
  }
}

function readNamedKit(input: string | Uint8Array, where: string): Kit {
  try {
    return readKit(input, nodeEngine);
  } catch (cause) {
    if (!(cause instanceof CounterfoilError)) throw cause;
    const kind = typeof input === 'string' ? undefined : kindOfFile(input);
    const name =
      kind === undefined || kind === 'a kit' || kind === 'a file of trust roots' ? '' : `${kind}; `;
    throw nodeFault('kit-unusable', { where, actual: `${name}${cause.message}`, cause });
  }
}

/** The kit that is built in. Throws `kit-unusable`, also where it does not name its product. */
export function openBuiltKit(text: string): Kit {
  const where = 'built in';
  const kit = readNamedKit(text, where);
  if (kit.product === undefined)
    throw nodeFault('kit-unusable', { where, expected: 'a product document', actual: 'none' });
  return kit;
}

/** The kit that is built in or that a call names, if any. Throws `kit-unusable` and the codes of reading files. */
export function kitOf({ values }: Typed, { builtKit }: HostIo): Kit | undefined {
  if (builtKit !== undefined) return openBuiltKit(builtKit);
  const path = values.get('kit')?.[0];
  return path === undefined ? undefined : readNamedKit(readFileWithin(path, limits.file), path);
}

/** The kit of a command that does nothing without one. Throws `kit-missing` besides. */
export function requireKit(typed: Typed, io: HostIo): Kit {
  const kit = kitOf(typed, io);
  if (kit === undefined) throw nodeFault('kit-missing');
  return kit;
}

/** The product that asks, by the kit or as typed. Throws `usage` where the two differ. */
export function productOf(kit: Kit, typed: string | undefined): string | undefined {
  const own = kit.product?.sub;
  if (own !== undefined && typed !== undefined && own !== typed) {
    throw nodeFault('usage', {
      where: '--product',
      expected: `${own}, for which the kit is made`,
      actual: typed,
    });
  }
  return typed ?? own;
}
