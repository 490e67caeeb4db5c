import type { Instant } from '../time/calendar.js';
import type { LicenseContent } from './license.js';

/** A pool and how much it gives. */
export interface PoolLimit {
  readonly id: string;
  readonly label: string;
  /** Units: the sum of the lots that hold at the instant. */
  readonly limit: number;
}

/** The limit of every pool of a license at an instant. */
export function poolLimits({ license }: LicenseContent, at: Instant): readonly PoolLimit[] {
  return Object.entries(license.pools ?? {}).map(([id, { label, lots }]) => ({
    id,
    label: label ?? id,
    limit: lots
      .filter(({ from, until }) => (from ?? 0) <= at && (until === undefined || at < until))
      .reduce((sum, { quantity }) => sum + quantity, 0),
  }));
}
