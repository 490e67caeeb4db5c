import { decide, type Decision, type Question } from '../../core/index.js';
import { openJournal } from '../journal/journal.js';
import { requireFolder, takeStock, type Asker } from './data-folder.js';
import { HostRights } from './host-rights.js';
import { usingJournal } from './install/install.js';
import { withSource } from './license-source.js';

/**
 * Decides one question by what a host has stored, as `openLicense` would.
 *
 * Throws `data-missing`, `journal-unsynced`, the codes of reading files, and `operation-unknown`, `role-unknown`, `identity-kind`.
 */
export function decideOnHost(asker: Asker, question: Question): Decision {
  if (asker.source === undefined) requireFolder(asker.folder);
  return usingJournal(openJournal(asker.folder), (journal) => {
    const { stored } = withSource(takeStock(asker, journal));
    const rights = new HostRights(stored);
    try {
      const decision = decide(rights.standingAt(asker.now), question);
      // What others wrote is answered for only when it is durable.
      journal.sync();
      return decision;
    } finally {
      rights.close();
    }
  });
}
