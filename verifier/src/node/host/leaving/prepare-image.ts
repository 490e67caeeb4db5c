import { nodeFault } from '../../codes.js';
import { reasonOf } from '../../files.js';
import { openJournal } from '../../journal/journal.js';
import { syncFolder } from '../../journal/platform.js';
import { currentAt, replay } from '../../journal/replay.js';
import { requireFolder, type Asker } from '../data-folder.js';
import { usingJournal } from '../install/install.js';
import { listFolder, removeFiles, type FolderFiles } from './own-files.js';

/** What clearing a host for a golden image takes away. */
export interface ImageLoss {
  /** Lines of the record of use. */
  readonly lines: number;
  /** The license that is current, if any. */
  readonly license?: { readonly id: string; readonly revision: number };
  readonly removed: readonly string[];
  /** Names that are not ours, and stay. */
  readonly foreign: readonly string[];
}

/** Says what would be lost; nothing is removed. Throws `data-missing`, `journal-newer` and the codes of reading files. */
function lossOf(asker: Asker, { own, foreign }: FolderFiles): ImageLoss {
  const { lines, license } = usingJournal(openJournal(asker.folder), (journal) => {
    const { newer, installs, floor } = replay(journal.lines(), asker.product);
    if (newer) throw nodeFault('journal-newer', { where: journal.path });
    return { lines: journal.lines().length, license: currentAt(installs, Math.max(asker.now, floor)) };
  });
  return {
    lines,
    ...(license === undefined ? {} : { license: { id: license.id, revision: license.revision } }),
    removed: own.map(({ name }) => name),
    foreign,
  };
}

const lossText = ({ lines, license, removed }: ImageLoss): string =>
  [
    ...(license === undefined
      ? []
      : [`the license ${license.id}, revision ${String(license.revision)}, with what it holds here`]),
    `${String(lines)} ${lines === 1 ? 'line' : 'lines'} of the record of use`,
    `${String(removed.length)} ${removed.length === 1 ? 'file' : 'files'} in all`,
  ].join('; ');

/**
 * Clears a host for a golden image, so that its clones do not share a record of use.
 *
 * Throws `ledger-loss` unless that is acknowledged or nothing is there, `data-missing`, `journal-newer`, `file-unwritable`.
 */
export function prepareImage(asker: Asker, acknowledged: boolean): ImageLoss {
  const { folder } = asker;
  requireFolder(folder);
  const files = listFolder(folder);
  const loss = lossOf(asker, files);
  if (!acknowledged && loss.removed.length > 0)
    throw nodeFault('ledger-loss', { where: folder, actual: lossText(loss) });
  // The journal goes first, durably: it alone says that something is installed. A run that is killed after it leaves files
  // that mean nothing, and before it an install that is whole; the other way round, one whose license file is lost.
  removeFiles(files.own.filter(({ kind }) => kind === 'journal'));
  try {
    syncFolder(folder);
  } catch (cause) {
    throw nodeFault('file-unwritable', { where: folder, actual: reasonOf(cause), cause });
  }
  removeFiles(files.own.filter(({ kind }) => kind !== 'journal'));
  return loss;
}
