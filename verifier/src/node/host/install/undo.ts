import { DAY, type Finding } from '../../../core/index.js';
import { findingOf } from '../../../core/verify/finding.js';
import { nodeFault } from '../../codes.js';
import { openJournal, openJournalToAppend } from '../../journal/journal.js';
import { replay, undoObstacleOf, type Installed, type UndoObstacle } from '../../journal/replay.js';
import { judgeInstalled, requireFolder, takeStock, type Asker, type Stored } from '../data-folder.js';
import { usingJournal } from './install.js';
import { changesBetween, type Change } from './license-change.js';

/** What came of an undo. */
export type UndoAnswer =
  | { readonly arm: 'refused'; readonly finding: Finding }
  | {
      readonly arm: 'undone';
      readonly undone: Installed;
      /** The license that is current again. */
      readonly current: Installed;
      readonly changes: readonly Change[];
    };

const date = (instant: number): string => new Date(instant * 1000).toISOString().slice(0, 10);

function refusal(code: UndoObstacle, last: Installed | undefined, before: Installed | undefined): UndoAnswer {
  const detail =
    code === 'undo-late' && last !== undefined
      ? { expected: `before ${date(last.at + last.undo * DAY)}` }
      : code === 'undo-ended' && before !== undefined
        ? { where: `revision ${String(before.revision)} of ${before.id}` }
        : {};
  return { arm: 'refused', finding: findingOf('undo', 'LG-3.3', nodeFault(code, detail)) };
}

/** The install that is undone and the one that comes back, with the changes; or the obstacle. */
function planUndo(stored: Stored): UndoAnswer {
  const { installs } = stored.state;
  const [before, last] = [installs.at(-2), installs.at(-1)];
  const obstacle = undoObstacleOf(installs, stored.at);
  if (obstacle !== undefined || before === undefined || last === undefined) {
    return refusal(obstacle ?? 'undo-nothing', last, before);
  }
  const verdict = judgeInstalled(stored, before);
  // The vendor's word on the predecessor ends the way back to it (license-file.md, clause 12.4).
  if (verdict.arm !== 'usable') return { arm: 'refused', finding: verdict.finding };
  if (verdict.state === 'revoked' || verdict.state === 'suspended')
    return refusal('undo-ended', last, before);
  const undone = judgeInstalled(stored, last);
  const from = undone.arm === 'rejected' ? undefined : undone.license.claims;
  return {
    arm: 'undone',
    undone: last,
    current: before,
    changes: changesBetween(from, verdict.license.claims, stored.at),
  };
}

/**
 * Goes back to the license before the one installed last (ledger.md, LG-3.3).
 *
 * Throws `data-missing`, `license-lost`, `file-unwritable`, `journal-unsynced`, `journal-newer`, `install-overtaken`.
 */
export function undoInstall(asker: Asker): UndoAnswer {
  requireFolder(asker.folder);
  const looked = usingJournal(openJournal(asker.folder), (journal) => planUndo(takeStock(asker, journal)));
  if (looked.arm === 'refused') return looked;
  return usingJournal(openJournalToAppend(asker.folder), (journal) => {
    const stored = takeStock(asker, journal);
    const plan = planUndo(stored);
    if (plan.arm === 'refused') return plan;
    const { undone, current } = plan;
    journal.append([
      { kind: 'undo', at: stored.at, product: asker.product, undoes: undone.line, license: current.license },
    ]);
    const { installs } = replay(journal.lines(), asker.product);
    if (installs.some(({ line }) => line === undone.line)) {
      throw nodeFault('install-overtaken', { where: journal.path, actual: 'an install in between' });
    }
    journal.sync();
    return plan;
  });
}
