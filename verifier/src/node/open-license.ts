import { resolve } from 'node:path';
import { CounterfoilError } from '@counterfoil/schemas';
import type { Decision, HostFacts, Instant, Subject } from '../core/index.js';
import { nodeFault } from './codes.js';
import { nodeEngine } from './engine.js';
import type { HostExplanation } from './host/explain-host.js';
import type { Environment, GivenLicense } from './host/license-source.js';
import type { StatusView } from './host/status-view.js';
import { readKit, type Kit, type KitNames, type KitText } from './kit.js';
import type { LicenseListener } from './live/events.js';
import { LiveLicense } from './live/live-license.js';
import type { TallyRow } from './live/tally.js';

/** Seconds between two looks at the data folder. */
const LOOK_EVERY = 2;

/** What a program opens its license with. */
export interface OpenLicenseOptions<Names extends KitNames = KitNames> extends GivenLicense {
  /** The kit, compiled into the program: never read from settings, for it says whom to trust. */
  readonly kit: KitText<Names> | Uint8Array;
  /** The folder in which installed licenses and the journal lie; it should outlast the program. */
  readonly dataDir: string;
  /** The product, where the kit does not name it. */
  readonly product?: string;
  /** What the host knows of itself, for licenses that are bound to one. */
  readonly host?: { readonly key?: string; readonly ids?: Readonly<Record<string, string>> };
  /** The environment, for `COUNTERFOIL_LICENSE` and `COUNTERFOIL_LICENSE_FILE`; `process.env` by default. */
  readonly env?: Environment;
  /** Reads the clock: whole UTC seconds. */
  readonly now?: () => Instant;
  /** Seconds between two looks at the data folder: 2 by default; 0 looks only on {@link OpenedLicense.refresh}. */
  readonly lookEvery?: number;
}

/** The license of a program, for as long as it runs. */
export interface OpenedLicense<Names extends KitNames = KitNames> {
  /**
   * May this be done? Without effect, and without I/O but for identities that are listed on pages, which are read by position.
   *
   * `at` asks as of another instant (UTC seconds), which no event or tally notices. A denial is a value; throws for names
   * that the product does not have: `operation-unknown`, `role-unknown`, `identity-kind`.
   */
  check(
    operation: Names['operation'],
    subject?: Subject<Names['kind'], Names['role']>,
    at?: Instant,
  ): Decision;
  /** Every rule of the installed license, and every condition of one operation; reads files. Throws as `check` does, and the codes of reading files. */
  explain(operation?: Names['operation'], subject?: Subject<Names['kind'], Names['role']>): HostExplanation;
  /** What stands behind a licensing window; reads files. Throws the codes of reading files. */
  statusView(): StatusView;
  /** Denials of this process, by operation and reason; those of advisory mode are told apart. */
  tally(): readonly TallyRow[];
  /** Tells of changes, denials and alerts from now on, and of the alerts that hold already; the result ends it. */
  onEvent(listener: LicenseListener): () => void;
  /** Looks at the data folder now. */
  refresh(): void;
  /** Ends the looking; the license must not be asked any more. */
  close(): void;
}

function requireKit(input: string | Uint8Array): Kit {
  try {
    return readKit(input, nodeEngine);
  } catch (cause) {
    if (!(cause instanceof CounterfoilError)) throw cause;
    throw nodeFault('kit-unusable', { where: 'kit', actual: cause.message, cause });
  }
}

function requireProduct({ product }: Kit, given: string | undefined): string {
  const own = product?.sub;
  if (own === undefined ? given === undefined : given !== undefined && given !== own) {
    throw nodeFault('options-invalid', {
      where: 'product',
      expected: own ?? 'the id of the product, for the kit names none',
      actual: given ?? 'none',
    });
  }
  return own ?? (given as string);
}

const hostFactsOf = ({ key, ids = {} }: NonNullable<OpenLicenseOptions['host']>): HostFacts => ({
  ...(key === undefined ? {} : { key }),
  ids: new Map(Object.entries(ids)),
});

/**
 * Opens the license of a program: by the argument, the environment or the data folder, in this order (ledger.md, LG-4.3).
 *
 * What is wrong with a license or folder is no fault of the program: it shows in decisions and events, and what needs no license
 * stays allowed. Throws for a fault of the developer: `kit-unusable`, `options-invalid`.
 */
export function openLicense<Names extends KitNames = KitNames>(
  options: OpenLicenseOptions<Names>,
): OpenedLicense<Names> {
  const { dataDir, host = {}, env = process.env, lookEvery = LOOK_EVERY, license, licenseFile } = options;
  const kit = requireKit(options.kit);
  const product = requireProduct(kit, options.product);
  if (dataDir === '')
    throw nodeFault('options-invalid', { where: 'dataDir', expected: 'a folder', actual: 'none' });
  return new LiveLicense({
    asker: { kit, product, host: hostFactsOf(host), folder: resolve(dataDir) },
    given: {
      ...(license === undefined ? {} : { license }),
      ...(licenseFile === undefined ? {} : { licenseFile }),
    },
    env,
    now: options.now ?? (() => Math.floor(Date.now() / 1000)),
    lookEvery,
  });
}
