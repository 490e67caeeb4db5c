import { CounterfoilError, limits, parseFile } from '@counterfoil/schemas';
import {
  carriedPages,
  standingOf,
  type Finding,
  type Instant,
  type ReadBlock,
  type Standing,
  type Verdict,
} from '../../core/index.js';
import { guardedNow } from '../../core/verify/context.js';
import { findingOf } from '../../core/verify/finding.js';
import type { GenuineFile } from '../../core/verify/genuine.js';
import { judge, tryGenuine, type Rejected } from '../../core/verify/verify.js';
import { nodeEngine } from '../engine.js';
import { contextOf, pagesIn, readInstalled, type Stored } from './data-folder.js';
import { currentAt, preloadedAt, type Installed } from '../journal/replay.js';
import { openSideFile, sideFilePath, type SideFile } from '../side-file.js';

/**
 * What the licenses of a host allow, at any instant: each file is read and verified once, when it first matters; after
 * that only the instant changes.
 */
export class HostRights {
  readonly #stored: Stored;
  readonly #genuine = new Map<string, GenuineFile | Rejected>();
  readonly #pages = new Map<string, SideFile>();
  #carried: ReadonlyMap<string, Uint8Array> | undefined;

  constructor(stored: Stored) {
    this.#stored = stored;
    const { installs } = stored.state;
    const current = this.currentAt(stored.at);
    // What follows by itself is read now, so that nothing has to be read when its day comes.
    for (const install of current === undefined ? [] : installs.slice(installs.indexOf(current))) {
      this.#read(install);
    }
  }

  /** The install that is current at an instant. */
  currentAt(now: Instant): Installed | undefined {
    return currentAt(this.#stored.state.installs, this.#guarded(now));
  }

  /** The standing at an instant. Throws `clock-invalid`. */
  standingAt(now: Instant): Standing {
    const { asker, state } = this.#stored;
    const at = this.#guarded(now);
    const current = currentAt(state.installs, at);
    const next = preloadedAt(state.installs, at)?.from;
    const standing = standingOf(current === undefined ? undefined : this.#judge(current, now), {
      engine: nodeEngine,
      at,
      ...(asker.kit.product === undefined ? {} : { product: asker.kit.product }),
      readPages: (kind) => this.#readPages(current, kind),
    });
    if (next === undefined || next <= at || next >= (standing.until ?? Infinity)) return standing;
    return { ...standing, until: next };
  }

  close(): void {
    for (const { close } of this.#pages.values()) close();
    this.#pages.clear();
  }

  #guarded(now: Instant): Instant {
    return guardedNow({ now, floor: this.#stored.state.floor });
  }

  #judge(install: Installed, now: Instant): Verdict {
    const genuine = this.#read(install);
    if ('arm' in genuine) return genuine;
    const context = { ...contextOf(this.#stored, this.#stored.state.activated.get(install.id)), now };
    return judge({ ...genuine, context }, this.#guarded(now));
  }

  #read(install: Installed): GenuineFile | Rejected {
    let known = this.#genuine.get(install.line);
    if (known === undefined)
      this.#genuine.set(install.line, (known = readGenuineFile(this.#stored, install)));
    return known;
  }

  /** Pages are read by position; of a license that is not written to the folder, out of its bytes. */
  #readPages(install: Installed | undefined, kind: string): ReadBlock | undefined {
    if (install === undefined) return undefined;
    const genuine = this.#read(install);
    if ('arm' in genuine) return undefined;
    const { claims } = genuine.license;
    const root = claims.license.allowed?.[kind]?.pages?.root;
    if (root === undefined) return undefined;
    const { asker, carried } = this.#stored;
    if (carried?.digest === install.license) {
      this.#carried ??= carriedPages(nodeEngine, parseFile(carried.bytes), claims);
      const pages = this.#carried.get(kind);
      return pages && ((index) => pages.subarray(index * limits.page, (index + 1) * limits.page));
    }
    const path = sideFilePath(pagesIn(asker.folder), kind, root);
    let file = this.#pages.get(path);
    if (file === undefined) this.#pages.set(path, (file = openSideFile(path)));
    return file.readBlock;
  }
}

const unreadable = (error: CounterfoilError): Rejected => ({
  arm: 'rejected',
  finding: findingOf('installed', 'LG-4.2', error),
});

function readGenuineFile(stored: Stored, install: Installed): GenuineFile | Rejected {
  try {
    const genuine = tryGenuine(readInstalled(stored, install), contextOf(stored));
    // The blocks have said what they have to say, and pages are large.
    return 'arm' in genuine ? genuine : { ...genuine, file: { ...genuine.file, blocks: [] } };
  } catch (error) {
    if (!(error instanceof CounterfoilError)) throw error;
    return unreadable(error);
  }
}

/** The standing of a host whose data folder cannot be read: what needs no license stays allowed. */
export function standingWithout(finding: Finding, product: Standing['product'], now: Instant): Standing {
  const at = guardedNow({ now });
  return standingOf(
    { arm: 'rejected', finding },
    { engine: nodeEngine, at, ...(product === undefined ? {} : { product }) },
  );
}
