import { encodeBase64url } from '@counterfoil/schemas';
import {
  DAY,
  isInForce,
  rootFingerprint,
  stateAt,
  termOf,
  type Finding,
  type Instant,
  type LicenseContent,
  type State,
  type Verdict,
} from '../../core/index.js';
import { findingOf } from '../../core/verify/finding.js';
import { nodeEngine } from '../engine.js';
import { openJournal } from '../journal/journal.js';
import { currentAt, preloadedAt, undoObstacleOf, type Installed } from '../journal/replay.js';
import { judgeInstalled, requireFolder, takeStock, type Asker, type Stored } from './data-folder.js';
import { usingJournal } from './install/install.js';
import { withSource } from './license-source.js';
import { licenseView, preloadedView, type LicenseView, type PreloadedView } from './view/license-view.js';
import { rightsView, type RightsView } from './view/rights-view.js';

/** A renewal ends the warnings about the old term; without one they begin this many days before the end … */
const SOON_DAYS = 30;
/** … or in the last part of a short term, so that a license by the month is not always about to end. */
const SOON_PART = 4;

/** What stands behind every licensing window of a host. */
export interface StatusView extends RightsView {
  readonly product: string;
  /** As the kit has it, where it has a product document. */
  readonly productName?: string;
  readonly folder: string;
  readonly asOf: Instant;
  readonly state: State;
  readonly inForce: boolean;
  /** Why it is not in its term, or not usable here. */
  readonly finding?: Finding;
  readonly license?: LicenseView;
  readonly conditions: readonly Finding[];
  readonly preloaded?: PreloadedView;
  /** Whether the end is near and no renewal follows in time. */
  readonly endsSoon: boolean;
  /** Until when the last install can be undone. */
  readonly undoUntil?: Instant;
  readonly root: { readonly version: number; readonly environment: string; readonly fingerprint: string };
  readonly journal: {
    readonly lines: number;
    /** The root of the tree over the lines, base64url. */
    readonly root: string;
    readonly broken: number;
    readonly gaps: number;
  };
}

/** What waits for its day, and what is wrong with it. */
interface Waiting {
  readonly content?: LicenseContent;
  readonly findings: readonly Finding[];
}

/** The preloaded renewal; one that is lost or was withdrawn is told of, and takes nothing from the license in force. */
function preloadedOf(stored: Stored): Waiting {
  const install = preloadedAt(stored.state.installs, stored.at);
  if (install === undefined) return { findings: [] };
  try {
    const verdict = judgeInstalled(stored, install);
    if (verdict.arm === 'usable' && verdict.state === 'pending') {
      return { content: verdict.license.claims, findings: [] };
    }
    return { findings: verdict.finding === undefined ? [] : [verdict.finding] };
  } catch (error) {
    return { findings: [findingOf('preloaded', 'LG-4.2', error)] };
  }
}

function endsSoon(
  content: LicenseContent,
  now: Instant,
  activated: Instant | undefined,
  next?: Instant,
): boolean {
  const { from, until, end } = termOf(content, activated);
  // In the days of grace the state says it.
  if (until === undefined || end === undefined || now >= until) return false;
  const soon = Math.min(SOON_DAYS * DAY, (until - from) / SOON_PART);
  return until - now <= soon && (next === undefined || next > end);
}

function aboutInstalled(
  stored: Stored,
  current: Installed | undefined,
  verdict: Verdict | undefined,
): Pick<StatusView, 'state' | 'inForce' | 'conditions' | 'endsSoon'> & Partial<StatusView> {
  const none = { state: 'none', inForce: false, conditions: [], endsSoon: false } as const;
  if (current === undefined || verdict === undefined) return none;
  if (verdict.arm !== 'usable') return { ...none, finding: verdict.finding };
  const { state, finding, conditions, license } = verdict;
  const activated = stored.state.activated.get(current.id);
  // The vendor's word comes before the calendar; where the two differ there is no time left to tell of.
  const stopped = stateAt(license.claims, stored.at, undefined, activated).state !== state;
  const { content: next, findings } = preloadedOf(stored);
  return {
    state,
    inForce: isInForce(state),
    ...(finding === undefined ? {} : { finding }),
    license: licenseView(verdict, current, stored.at, activated, stopped),
    conditions: [...conditions, ...findings],
    ...(next === undefined ? {} : { preloaded: preloadedView(next) }),
    endsSoon: isInForce(state) && endsSoon(license.claims, stored.at, activated, next?.nbf),
  };
}

function undoUntilOf({ state: { installs }, at }: Stored): Instant | undefined {
  const [before, last] = [installs.at(-2), installs.at(-1)];
  if (before === undefined || last === undefined) return undefined;
  if (undoObstacleOf(installs, at) !== undefined) return undefined;
  return Math.min(last.at + last.undo * DAY, before.end ?? Infinity);
}

/**
 * What is installed on a host and what it is worth at this instant: a pure function of journal, kit and instant.
 *
 * A program at its first start has no folder yet; a command that is told of one wants it to be there. Throws
 * `data-missing`, `license-lost`, `journal-unsynced` and the codes of reading files.
 */
export function statusView(asker: Asker, folder: 'required' | 'optional' = 'required'): StatusView {
  // Where the surroundings give the license, there need not be one.
  if (folder === 'required' && asker.source === undefined) requireFolder(asker.folder);
  return usingJournal(openJournal(asker.folder), (journal) => {
    const { stored, finding: ofSource } = withSource(takeStock(asker, journal));
    const { trust, state, at } = stored;
    const current = currentAt(state.installs, at);
    const verdict = current === undefined ? undefined : judgeInstalled(stored, current);
    const about = aboutInstalled(stored, current, verdict);
    const name = asker.kit.product?.product.name;
    const undoUntil = undoUntilOf(stored);
    const { size, root } = journal.head();
    // What others wrote is answered for only when it is durable.
    journal.sync();
    return {
      product: asker.product,
      ...(name === undefined ? {} : { productName: name }),
      folder: asker.folder,
      asOf: at,
      ...about,
      conditions: [...about.conditions, ...(ofSource === undefined ? [] : [ofSource])],
      ...rightsView(verdict, asker.kit.product, at),
      ...(undoUntil === undefined ? {} : { undoUntil }),
      root: {
        version: trust.root.version,
        environment: trust.root.environment,
        fingerprint: rootFingerprint(nodeEngine, trust),
      },
      journal: { lines: size, root: encodeBase64url(root), broken: journal.broken(), gaps: state.gaps },
    };
  });
}
