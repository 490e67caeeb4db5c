import { statSync, type Stats } from 'node:fs';
import { CounterfoilError } from '@counterfoil/schemas';
import type { Finding, Instant } from '../../core/index.js';
import { findingOf } from '../../core/verify/finding.js';
import { nodeFault } from '../codes.js';
import { takeStock, type Asker } from '../host/data-folder.js';
import { HostRights } from '../host/host-rights.js';
import { installLicense, usingJournal } from '../host/install/install.js';
import {
  readLicenseSource,
  sourceFile,
  withSource,
  type Environment,
  type GivenLicense,
} from '../host/license-source.js';
import { journalPath, openJournal } from '../journal/journal.js';

/** Who asks, and where a license may come from. */
export interface HostSettings {
  readonly asker: Omit<Asker, 'now' | 'source'>;
  readonly given: GivenLicense;
  readonly env: Environment;
}

/** What one look at the data folder and the surroundings found. */
export interface HostLook {
  /** Absent where nothing could be read. */
  readonly rights?: HostRights;
  /** What is wrong around the license, though not with it. */
  readonly around: readonly Finding[];
}

/** Who asks at an instant. Throws the codes of reading the license of the surroundings. */
export function askerAt({ asker, given, env }: HostSettings, now: Instant): Asker {
  const source = readLicenseSource(given, env);
  return { ...asker, now, ...(source === undefined ? {} : { source }) };
}

/** A license of the surroundings is installed where that can be written down; else it holds for this process alone. */
function writeSource(asker: Asker): readonly Finding[] {
  if (asker.source === undefined) return [];
  try {
    installLicense(asker, asker.source.bytes, []);
    return [];
  } catch (error) {
    if (!(error instanceof CounterfoilError)) throw error;
    const fault = nodeFault('no-ledger', { where: asker.folder, actual: error.code, cause: error });
    return [findingOf('ledger', 'LG-4.3', fault)];
  }
}

/** The asker with the license of the surroundings, or without one that cannot be read. */
function askerWithSource(settings: HostSettings, now: Instant): readonly [Asker, readonly Finding[]] {
  try {
    return [askerAt(settings, now), []];
  } catch (error) {
    return [{ ...settings.asker, now }, [findingOf('source', 'LG-4.3', error)]];
  }
}

/** Looks at the data folder, and writes a license of the surroundings into it. Where that fails, what was read last goes on to hold. */
export function lookAtHost(settings: HostSettings, now: Instant, last: HostLook | undefined): HostLook {
  const [asker, unreadable] = askerWithSource(settings, now);
  try {
    const unwritten = writeSource(asker);
    return usingJournal(openJournal(asker.folder), (journal) => {
      const { stored, finding } = withSource(takeStock(asker, journal));
      // What others wrote is relied upon only when it is durable.
      journal.sync();
      const around = [...unreadable, ...unwritten, ...(finding === undefined ? [] : [finding])];
      return { rights: new HostRights(stored), around };
    });
  } catch (error) {
    const around = [findingOf('data-folder', 'LG-4.2', error), ...unreadable];
    return last?.rights === undefined ? { around } : { rights: last.rights, around };
  }
}

/** What the files look like from outside, so that a change is noticed without reading them. */
export function markOf({ asker, given, env }: HostSettings): string {
  const file = sourceFile(given, env);
  return [journalPath(asker.folder), ...(file === undefined ? [] : [file])].map(fileMark).join(' ');
}

function fileMark(path: string): string {
  let stat: Stats | undefined;
  try {
    stat = statSync(path, { throwIfNoEntry: false });
  } catch {
    // A path that cannot be looked at now may be again later.
  }
  return stat === undefined ? '-' : `${String(stat.ino)}:${String(stat.size)}:${String(stat.mtimeMs)}`;
}
