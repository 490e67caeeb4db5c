import { decodeBase64url, show } from '@counterfoil/schemas';
import { notAsked, parseDate, startInUtc, type HostFacts, type Instant } from '../core/index.js';
import { nodeFault } from '../node/codes.js';
import type { Typed } from './options.js';

export { formatInstant } from '../node/format-instant.js';

/** The instant of `--at`: `2027-01-31T12:00:00Z`, or a date for its start in UTC. Throws `usage`, `date-invalid`. */
export function parseInstant(typed: string): Instant {
  const match = /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?Z)?$/.exec(typed);
  const [date, hour, minute, second] = (match ?? []).slice(1) as [string, ...(string | undefined)[]];
  const [h, m, s] = [hour, minute, second].map((part) => Number(part ?? 0)) as [number, number, number];
  if (match === null || h > 23 || m > 59 || s > 59) {
    throw nodeFault('usage', {
      where: '--at',
      expected: '2027-01-31T00:00:00Z or 2027-01-31, in UTC',
      actual: show(typed),
    });
  }
  return startInUtc(parseDate(date)) + h * 3600 + m * 60 + s;
}

/** The two sides of `NAME=VALUE`. Throws `usage`. */
export function parsePair(typed: string, where: string, form: string): readonly [string, string] {
  const at = typed.indexOf('=');
  if (at < 1 || at === typed.length - 1) {
    throw nodeFault('usage', { where, expected: form, actual: show(typed) });
  }
  return [typed.slice(0, at), typed.slice(at + 1)];
}

/** What the options say of the host that asks; nobody asks where they say nothing. Throws `usage`. */
export function hostFacts({ values }: Typed): HostFacts | typeof notAsked {
  const key = values.get('host-key')?.[0];
  const pairs = (values.get('host-id') ?? []).map((typed) => parsePair(typed, '--host-id', 'SOURCE=VALUE'));
  if (key === undefined && pairs.length === 0) return notAsked;
  if (key !== undefined) requireThumbprint(key);
  const ids = new Map(pairs);
  if (ids.size !== pairs.length) {
    throw nodeFault('usage', { where: '--host-id', expected: 'each source once', actual: 'one twice' });
  }
  return { ...(key === undefined ? {} : { key }), ids };
}

function requireThumbprint(typed: string): void {
  let length: number;
  try {
    ({ length } = decodeBase64url(typed, '--host-key'));
  } catch {
    length = 0;
  }
  if (length !== 32) {
    throw nodeFault('usage', {
      where: '--host-key',
      expected: 'a thumbprint of 43 characters',
      actual: show(typed),
    });
  }
}
