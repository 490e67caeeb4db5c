import { dirname } from 'node:path';
import { parseFile, type CarriedFile } from '@counterfoil/schemas';
import { nodeFault } from '../../codes.js';
import { nodeEngine } from '../../engine.js';
import { reasonOf } from '../../files.js';
import { openJournal, openJournalToAppend, type Journal } from '../../journal/journal.js';
import { giveTo, makeFolder, ownerOf, syncFolder } from '../../journal/platform.js';
import type { Acknowledgement } from '../../journal/records.js';
import { replay } from '../../journal/replay.js';
import { writeCarriedPages, writeSideFile } from '../../side-file.js';
import { licensePath, licensesIn, pagesIn, takeStock, type Asker, type Stored } from '../data-folder.js';
import { removeLeftovers } from '../leaving/leftovers.js';
import {
  installRecords,
  planInstall,
  trustRecords,
  type InstallPlan,
  type PlannedInstall,
} from './plan-install.js';

/** Uses an open journal and closes it. */
export function usingJournal<T>(journal: Journal, use: (journal: Journal) => T): T {
  try {
    return use(journal);
  } finally {
    journal.close();
  }
}

/** Says what installing a file would do; nothing is written. Throws the codes of reading files. */
export function previewInstall(
  asker: Asker,
  bytes: Uint8Array,
  acknowledged: readonly Acknowledgement[],
): InstallPlan {
  return usingJournal(openJournal(asker.folder), (journal) =>
    planInstall(takeStock(asker, journal), bytes, acknowledged),
  );
}

/** Makes a folder, its faults told as ours. Throws `data-missing` where not even the one around it is there, `file-unwritable`. */
export function requireMade(folder: string): void {
  try {
    makeFolder(folder);
  } catch (cause) {
    const actual = reasonOf(cause);
    throw actual === 'ENOENT'
      ? nodeFault('data-missing', { where: dirname(folder), cause })
      : nodeFault('file-unwritable', { where: folder, actual, cause });
  }
}

/** Lays the file and its identity pages down, durably, before any line names them. */
function layDown(
  folder: string,
  file: CarriedFile,
  bytes: Uint8Array,
  { verdict, record }: PlannedInstall,
): void {
  const [licenses, pages] = [licensesIn(folder), pagesIn(folder)];
  requireMade(licenses);
  const path = licensePath(folder, record.license);
  writeSideFile(path, bytes);
  const made = [licenses, path];
  const { claims } = verdict.license;
  if (Object.values(claims.license.allowed ?? {}).some(({ pages }) => pages !== undefined)) {
    requireMade(pages);
    made.push(pages, ...writeCarriedPages(nodeEngine, file, claims, pages).values());
  }
  try {
    for (const name of made) giveTo(ownerOf(folder), name);
    syncFolder(licenses);
  } catch (cause) {
    throw nodeFault('file-unwritable', { where: path, actual: reasonOf(cause), cause });
  }
}

function carryOut(stored: Stored, bytes: Uint8Array, plan: PlannedInstall): void {
  const { journal, asker } = stored;
  const file = parseFile(bytes);
  layDown(asker.folder, file, bytes, plan);
  const shard = file.blocks.find(({ document }) => document === 'status-list')?.body;
  for (const record of trustRecords(stored, plan.verdict, shard)) journal.append([record]);
  if (plan.arm === 'repeat') return;
  const { digest } = journal.append(installRecords(stored, plan));
  const { installs } = replay(journal.lines(), asker.product);
  if (!installs.some(({ line }) => line === digest)) {
    throw nodeFault('install-overtaken', {
      where: journal.path,
      actual: `revision ${String(installs.at(-1)?.revision)} of ${String(installs.at(-1)?.id)}`,
    });
  }
}

/**
 * Installs a license file, or says why not (ledger.md, LG-3.2 and LG-5).
 *
 * The line in the journal is the switch: before it the old license holds, after it the new one. What is answered is durable.
 * Throws `data-missing`, `file-unwritable`, `journal-unsynced`, `journal-newer`, `install-overtaken`, `pages-missing`, `pages-broken`.
 */
export function installLicense(
  asker: Asker,
  bytes: Uint8Array,
  acknowledged: readonly Acknowledgement[],
): InstallPlan {
  const looked = previewInstall(asker, bytes, acknowledged);
  if (looked.arm === 'refused') return looked;
  requireMade(asker.folder);
  return usingJournal(openJournalToAppend(asker.folder), (journal) => {
    const stored = takeStock(asker, journal);
    const plan = planInstall(stored, bytes, acknowledged);
    if (plan.arm !== 'refused') carryOut(stored, bytes, plan);
    journal.sync();
    removeLeftovers(asker.folder, journal.lines(), asker.now);
    return plan;
  });
}
