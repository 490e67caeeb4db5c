import { ipKeyGenerator, rateLimit, type Store as HitStore } from 'express-rate-limit';
import type { RequestHandler } from 'express';
import { issuerFault } from '../../codes.js';
import type { Portal } from '../portal.js';
import { RATES, type Rates } from './rates.js';

const MINUTE = 60;
const QUARTER = 900;
/** Addresses that are remembered at a time. */
const MOST_KEYS = 50_000;

/** Counts in windows of the portal's own clock; what it holds is bounded, whatever comes. */
function hitStore(now: () => number, seconds: number): HitStore {
  const hits = new Map<string, { count: number; until: number }>();
  return {
    localKeys: true,
    increment: (key) => {
      const at = now();
      let entry = hits.get(key);
      if (entry === undefined || entry.until <= at) {
        // The oldest go first: a map keeps the order in which its keys came.
        hits.delete(key);
        const [oldest] = hits.size < MOST_KEYS ? [] : hits.keys();
        if (oldest !== undefined) hits.delete(oldest);
        entry = { count: 0, until: at + seconds };
        hits.set(key, entry);
      }
      entry.count += 1;
      return { totalHits: entry.count, resetTime: new Date(entry.until * 1000) };
    },
    decrement: () => undefined,
    resetKey: (key) => void hits.delete(key),
  };
}

/** Throws `rate-limited` past a number of requests from one address (a /56 of IPv6), with `Retry-After`. */
export function limitRate({ now, rates }: Portal, of: keyof Rates): RequestHandler {
  const seconds = of === 'any' ? MINUTE : QUARTER;
  return rateLimit({
    limit: rates?.[of] ?? RATES[of],
    windowMs: seconds * 1000,
    store: hitStore(now, seconds),
    keyGenerator: ({ ip }) => ipKeyGenerator(ip ?? ''),
    // Its headers read the machine's clock, its checks write to the console.
    standardHeaders: false,
    legacyHeaders: false,
    validate: false,
    handler: (_request, response, next) => {
      response.setHeader('Retry-After', String(seconds));
      next(issuerFault('rate-limited'));
    },
  });
}
