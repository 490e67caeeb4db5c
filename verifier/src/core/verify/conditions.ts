import { limits } from '@counterfoil/schemas';
import { verifierFault } from '../codes.js';
import { formatDate, dateInUtc } from '../time/calendar.js';
import type { Finding } from './finding.js';
import { findingOf } from './finding.js';
import type { Fitting } from './fitting.js';

/** A thing worth knowing that lies on top of a state and changes no decision (license-file.md, clause 9.3). */
export interface ConditionRule {
  readonly id: string;
  readonly clause: string;
  readonly asks: string;
  /** Throws the code of the condition. */
  readonly require: (fitting: Fitting) => void;
}

const utc = (instant: number): string => formatDate(dateInUtc(instant));

export const CONDITION_RULES: readonly ConditionRule[] = [
  {
    id: 'clock',
    clause: 'LF-10.4',
    asks: 'the clock is not behind what was signed',
    require: ({ license: { claims }, context: { now, floor } }) => {
      const signed = Math.max(claims.iat, floor ?? 0);
      if (now < signed - limits.clockTolerance) {
        throw verifierFault('clock-before-issue', { expected: `${utc(signed)} or later`, actual: utc(now) });
      }
    },
  },
  {
    id: 'root-age',
    clause: 'TR-7',
    asks: 'the newest trust root is in date',
    require: ({ trust, context: { now } }) => {
      if (now >= trust.root.exp) {
        throw verifierFault('root-expired', {
          where: `trust root ${String(trust.root.version)}`,
          expected: `before ${utc(trust.root.exp)}`,
          actual: utc(now),
        });
      }
    },
  },
];

/** The conditions of a license, none of which changes its state. */
export function conditionsOf(fitting: Fitting): readonly Finding[] {
  const found: Finding[] = [];
  for (const { id, clause, require } of CONDITION_RULES) {
    try {
      require(fitting);
    } catch (error) {
      found.push(findingOf(id, clause, error));
    }
  }
  return found;
}
