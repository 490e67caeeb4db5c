import { encodeBase64url } from '@counterfoil/schemas';
import {
  DAY,
  formatDate,
  dateInZone,
  isInForce,
  rootFingerprint,
  stateAt,
  termOf,
  termText,
  zoneOf,
  type Finding,
  type Instant,
  type LicenseContent,
  type State,
  type Usable,
} from '../../core/index.js';
import { findingOf } from '../../core/verify/finding.js';
import { nodeEngine } from '../engine.js';
import { openJournal } from '../journal/journal.js';
import { currentAt, preloadedAt, undoObstacleOf, type Installed } from '../journal/replay.js';
import { judgeInstalled, requireFolder, takeStock, type Asker, type Stored } from './data-folder.js';
import { usingJournal } from './install.js';
import { poolLimits, type PoolLimit } from './pool-limit.js';
import { timeLeft, type TimeLeft } from './time-left.js';

/** A renewal ends the warnings about the old term; without one they begin this many days before the end. */
const SOON_DAYS = 30;

/** What is said of an installed license. */
interface LicenseView {
  readonly id: string;
  readonly revision: number;
  readonly kind: string;
  readonly licensee: string;
  readonly product: string;
  /** In words, its last day named with the zone. */
  readonly term: string;
  readonly installedAt: Instant;
  readonly activated?: Instant;
  readonly left?: TimeLeft;
  readonly pools: readonly PoolLimit[];
  readonly features: readonly string[];
}

/** A renewal that is installed and has not begun. */
interface PreloadedView {
  readonly id: string;
  readonly revision: number;
  /** The first day, in its zone. */
  readonly firstDay: string;
  readonly from: Instant;
  readonly zone: string;
  readonly pools: readonly PoolLimit[];
}

/** What stands behind every licensing window of a host. */
export interface StatusView {
  readonly product: string;
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

function licenseView(
  { license: { claims } }: Usable,
  { at }: Installed,
  now: Instant,
  activated: Instant | undefined,
  stopped: boolean,
): LicenseView {
  const { license } = claims;
  const left = stopped ? undefined : timeLeft(claims, now, activated);
  return {
    id: license.id,
    revision: license.revision,
    kind: license.kind,
    licensee: license.licensee.name,
    product: license.product.name,
    term: termText(claims),
    installedAt: at,
    ...(activated === undefined ? {} : { activated }),
    ...(left === undefined ? {} : { left }),
    pools: poolLimits(claims, now),
    features: Object.entries(license.features ?? {})
      .filter(([, { until }]) => until === undefined || now < until)
      .map(([feature]) => feature),
  };
}

function preloadedView(content: LicenseContent): PreloadedView {
  const { nbf, license } = content;
  const zone = zoneOf(content);
  const firstDay = formatDate(dateInZone(nbf, zone));
  const pools = poolLimits(content, nbf);
  return { id: license.id, revision: license.revision, firstDay, from: nbf, zone, pools };
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
  const { until, end } = termOf(content, activated);
  if (until === undefined || end === undefined || now >= end) return false;
  return until - now <= SOON_DAYS * DAY && (next === undefined || next > end);
}

function aboutInstalled(
  stored: Stored,
): Pick<StatusView, 'state' | 'inForce' | 'conditions' | 'endsSoon'> & Partial<StatusView> {
  const none = { state: 'none', inForce: false, conditions: [], endsSoon: false } as const;
  const current = currentAt(stored.state.installs, stored.at);
  if (current === undefined) return none;
  const verdict = judgeInstalled(stored, current);
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
 * Throws `data-missing`, `license-lost`, `journal-unsynced` and the codes of reading files.
 */
export function statusView(asker: Asker): StatusView {
  requireFolder(asker.folder);
  return usingJournal(openJournal(asker.folder), (journal) => {
    const stored = takeStock(asker, journal);
    const { trust, state, at } = stored;
    const about = aboutInstalled(stored);
    const undoUntil = undoUntilOf(stored);
    const { size, root } = journal.head();
    // What others wrote is answered for only when it is durable.
    journal.sync();
    return {
      product: asker.product,
      folder: asker.folder,
      asOf: at,
      ...about,
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
