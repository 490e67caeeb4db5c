import {
  explainDecision,
  explainLicense,
  verifierFault,
  type Check,
  type Question,
  type State,
} from '../../core/index.js';
import { findingOf } from '../../core/verify/finding.js';
import { openJournal } from '../journal/journal.js';
import { currentAt, type Installed } from '../journal/replay.js';
import { contextOf, readInstalled, takeStock, type Asker, type Stored } from './data-folder.js';
import { HostRights } from './host-rights.js';
import { usingJournal } from './install/install.js';
import { withSource } from './license-source.js';

/** Every rule of the license that is current on a host, and every condition of one question where one is put. */
export interface HostExplanation {
  readonly state: State;
  readonly license: readonly Check[];
  readonly decision?: readonly Check[];
}

const INSTALLED = {
  rule: 'installed',
  clause: 'LG-4',
  asks: 'a license is installed, and its file is whole',
};

function explainInstalled(stored: Stored, install: Installed | undefined): readonly Check[] {
  try {
    if (install === undefined) throw verifierFault('license-missing');
    const context = contextOf(stored, stored.state.activated.get(install.id));
    const { checks } = explainLicense(readInstalled(stored, install), context);
    const fact = `${install.id}, revision ${String(install.revision)}`;
    return [{ ...INSTALLED, outcome: 'good', fact }, ...checks];
  } catch (error) {
    return [{ ...INSTALLED, outcome: 'bad', finding: findingOf('installed', 'LG-4', error) }];
  }
}

function explainStored(stored: Stored, question: Question | undefined): HostExplanation {
  const license = explainInstalled(stored, currentAt(stored.state.installs, stored.at));
  const rights = new HostRights(stored);
  try {
    const standing = rights.standingAt(stored.asker.now);
    const { state } = standing;
    if (question === undefined) return { state, license };
    return { state, license, decision: explainDecision(standing, question) };
  } finally {
    rights.close();
  }
}

/**
 * Evaluates every rule of the license that is current on a host, and every condition of a decision.
 *
 * Throws the codes of reading files, and for names that the product does not have `operation-unknown`, `role-unknown`, `identity-kind`.
 */
export function explainHost(asker: Asker, question?: Question): HostExplanation {
  return usingJournal(openJournal(asker.folder), (journal) => {
    const { stored } = withSource(takeStock(asker, journal));
    const explanation = explainStored(stored, question);
    journal.sync();
    return explanation;
  });
}
