import {
  dateInZone,
  formatDate,
  poolLimits,
  termText,
  zoneOf,
  type Instant,
  type LicenseContent,
  type PoolLimit,
  type Usable,
} from '../../../core/index.js';
import type { Installed } from '../../journal/replay.js';
import { timeLeft, type TimeLeft } from '../time-left.js';

/** What is said of an installed license. */
export interface LicenseView {
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
export interface PreloadedView {
  readonly id: string;
  readonly revision: number;
  /** The first day, in its zone. */
  readonly firstDay: string;
  readonly from: Instant;
  readonly zone: string;
  readonly pools: readonly PoolLimit[];
}

/** What is said of the license that is current; of one that was stopped no time is left to tell of. */
export function licenseView(
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

/** What is said of a renewal that waits for its day. */
export function preloadedView(content: LicenseContent): PreloadedView {
  const { nbf, license } = content;
  const zone = zoneOf(content);
  const firstDay = formatDate(dateInZone(nbf, zone));
  const pools = poolLimits(content, nbf);
  return { id: license.id, revision: license.revision, firstDay, from: nbf, zone, pools };
}
