import { dateInUtc, formatDate, type Instant } from '@counterfoil/verifier';
import { issuerFault } from '../codes.js';
import type { Vendor } from './vendor.js';

/** How far the clock may stand behind the register's newest signature, in seconds. */
const TOLERANCE = 3600;

/**
 * Throws `clock-behind-register` when the clock stands an hour or more behind what was signed last.
 *
 * Hosts judge terms by the newest instant that was signed: a file with an old one would confuse them.
 */
export async function requireClock({ register, now }: Vendor, isAcknowledged: boolean): Promise<void> {
  const newest = await register.newestSignature();
  if (isAcknowledged || newest === undefined || newest - now < TOLERANCE) return;
  throw issuerFault('clock-behind-register', { expected: `${show(newest)} or later`, actual: show(now) });
}

function show(instant: Instant): string {
  return `${formatDate(dateInUtc(instant))} ${new Date(instant * 1000).toISOString().slice(11, 16)} UTC`;
}
