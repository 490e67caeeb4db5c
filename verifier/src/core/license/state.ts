import type { VerifierCode } from '../codes.js';
import type { Bit } from '../status/shard.js';
import type { Instant } from '../time/calendar.js';
import type { LicenseContent } from './license.js';
import { termOf } from './term.js';

/** The state of a product on a host; its row says what is allowed (license-file.md, clause 9.2). */
export type State =
  'none' | 'pending' | 'trial' | 'active' | 'grace' | 'expired' | 'trial-expired' | 'suspended' | 'revoked';

/** A state at an instant, why, and when it changes by itself. */
export interface StateAt {
  readonly state: State;
  /** Absent while nothing is wrong. */
  readonly code?: VerifierCode;
  /** The next instant at which the state changes by the calendar alone. */
  readonly nextChange?: Instant;
}

/**
 * The state of a license at a guarded instant (license-file.md, clause 9.2).
 *
 * The vendor's word comes first (revoked, then suspended), then the calendar.
 */
export function stateAt(
  content: LicenseContent,
  now: Instant,
  bit: Bit | undefined,
  activated?: Instant,
): StateAt {
  if (bit === 'revoked') return { state: 'revoked', code: 'license-revoked' };
  if (bit === 'suspended') return { state: 'suspended', code: 'license-suspended' };
  const trial = content.license.kind === 'trial';
  const { from, activateBy, until, end } = termOf(content, activated);
  const over: StateAt = trial
    ? { state: 'trial-expired', code: 'trial-expired' }
    : { state: 'expired', code: 'license-expired' };
  if (now < from) return { state: 'pending', code: 'license-pending', nextChange: from };
  if (activateBy !== undefined) {
    return now < activateBy
      ? { state: 'pending', code: 'license-not-activated', nextChange: activateBy }
      : over;
  }
  const running: StateAt = { state: trial ? 'trial' : 'active' };
  if (until === undefined || end === undefined) return running;
  if (now < until) return { ...running, nextChange: until };
  if (now < end) return { state: 'grace', code: 'license-grace', nextChange: end };
  return over;
}

/** Whether a license in this state is in force: `status` exits 0. */
export function isInForce(state: State): boolean {
  return state === 'trial' || state === 'active' || state === 'grace';
}
