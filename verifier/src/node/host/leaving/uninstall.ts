import { nodeFault } from '../../codes.js';
import { openJournal, openJournalToAppend, type Journal } from '../../journal/journal.js';
import { currentAt, replay, type Installed } from '../../journal/replay.js';
import { requireFolder, takeStock, type Asker } from '../data-folder.js';
import { usingJournal } from '../install/install.js';
import { uninstalledFiles } from './leftovers.js';
import { listFolder, removeFiles } from './own-files.js';

/** What an uninstall did, and what it left. */
export interface UninstallAnswer {
  /** The license that was current; absent where nothing was installed. */
  readonly license?: Installed;
  /** Names in the data folder. */
  readonly removed: readonly string[];
  /** Our files that stay: the record of use, and the files of another product. */
  readonly stays: readonly string[];
  /** Names that are not ours. */
  readonly foreign: readonly string[];
}

function appendEnd(asker: Asker, journal: Journal): Installed | undefined {
  const { state, at } = takeStock(asker, journal);
  const last = state.installs.at(-1);
  if (last === undefined) return undefined;
  journal.append([{ kind: 'uninstall', at, product: asker.product, license: last.license }]);
  const { installs } = replay(journal.lines(), asker.product);
  if (installs.length > 0) {
    throw nodeFault('install-overtaken', { where: journal.path, actual: 'an install in between' });
  }
  // Files are removed only after the line is durable: a line that says "installed" over a lost file would be a fault.
  journal.sync();
  return currentAt(state.installs, at);
}

/**
 * Ends what is installed (ledger.md, LG-3.7): the line first, then the files. The journal stays.
 *
 * Repeated, it removes what a killed one left. Throws `data-missing`, `file-unwritable`, `journal-unsynced`, `journal-newer`, `install-overtaken`.
 */
export function uninstall(asker: Asker): UninstallAnswer {
  const { folder, now } = asker;
  requireFolder(folder);
  const isInstalled = (journal: Journal): boolean =>
    replay(journal.lines(), asker.product).installs.length > 0;
  const installed = usingJournal(openJournal(folder), isInstalled);
  // Where nothing is installed no journal is made only to say so.
  const journal = installed ? openJournalToAppend(folder) : openJournal(folder);
  return usingJournal(journal, () => {
    const license = installed ? appendEnd(asker, journal) : undefined;
    journal.sync();
    const files = uninstalledFiles(folder, journal.lines(), now);
    removeFiles(files);
    const { own, foreign } = listFolder(folder);
    return {
      ...(license === undefined ? {} : { license }),
      removed: files.map(({ name }) => name),
      stays: own.map(({ name }) => name),
      foreign,
    };
  });
}
