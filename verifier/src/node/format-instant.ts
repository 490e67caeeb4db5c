import type { Instant } from '../core/index.js';

/** An instant as it is typed and shown: `2027-01-31T00:00:00Z`. */
export function formatInstant(instant: Instant): string {
  return new Date(instant * 1000).toISOString().replace('.000Z', 'Z');
}
