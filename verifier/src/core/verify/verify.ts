import { verifierCodes } from '../codes.js';
import type { VerifiedLicense } from '../license/license.js';
import { stateAt, type State } from '../license/state.js';
import type { Shard } from '../status/shard.js';
import type { Instant } from '../time/calendar.js';
import type { Trust } from '../trust/trust.js';
import { conditionsOf } from './conditions.js';
import { guardedNow, type VerifyContext } from './context.js';
import { findingOf, type Finding } from './finding.js';
import { bitOf, FITTING_RULES, type Fitting } from './fitting.js';
import { GENUINE_RULES, readGenuine, type GenuineFile, type GenuineRule } from './genuine.js';

/** Not genuine: no claims are shown. */
export interface Rejected {
  readonly arm: 'rejected';
  readonly finding: Finding;
}

/** Genuine, but not for this product, vendor or host, not complete, or an older revision. */
export interface Refused {
  readonly arm: 'refused';
  readonly finding: Finding;
  readonly license: VerifiedLicense;
}

/** For here; the row of its state says what is allowed. */
export interface Usable {
  readonly arm: 'usable';
  readonly state: State;
  /** Why the state is not that of a license in its term. */
  readonly finding?: Finding;
  readonly conditions: readonly Finding[];
  readonly license: VerifiedLicense;
  /** The trust with the roots that the file brought: what a host stores. */
  readonly trust: Trust;
  /** The shard that the file brought. */
  readonly shard?: Shard;
  /** The next instant at which the state changes by the calendar. */
  readonly nextChange?: Instant;
}

/** The answer to "is this file a license for here and now": one of three arms. */
export type Verdict = Rejected | Refused | Usable;

const clauseOf: ReadonlyMap<string, string> = new Map(GENUINE_RULES.map(({ id, clause }) => [id, clause]));

/** A genuine file, or the finding that says why it is none. */
export function tryGenuine(
  input: string | Uint8Array,
  { engine, trust }: VerifyContext,
): GenuineFile | Rejected {
  let rule: GenuineRule = 'file';
  try {
    return readGenuine(engine, trust, input, (next) => {
      rule = next;
    });
  } catch (error) {
    return { arm: 'rejected', finding: findingOf(rule, clauseOf.get(rule) as string, error) };
  }
}

/**
 * Verifies a license file or a bare compact JWS (license-file.md, clause 8): pure, synchronous, one reading of the clock.
 *
 * A verdict is a value, whatever the file holds. Throws only for a fault of the caller: `clock-invalid`, or a
 * TypeError for a trust or shard that was put together by hand.
 */
export function verifyLicense(input: string | Uint8Array, context: VerifyContext): Verdict {
  const now = guardedNow(context);
  const genuine = tryGenuine(input, context);
  return 'arm' in genuine ? genuine : judge({ ...genuine, context }, now);
}

/** The verdict on a genuine file at a guarded instant. */
export function judge(fitting: Fitting, now: Instant): Refused | Usable {
  const { license, trust, shard, context } = fitting;
  for (const { id, clause, require } of FITTING_RULES) {
    try {
      require(fitting);
    } catch (error) {
      return { arm: 'refused', finding: findingOf(id, clause, error), license };
    }
  }
  const { state, code, nextChange } = stateAt(license.claims, now, bitOf(fitting), context.activated);
  return {
    arm: 'usable',
    state,
    ...(code === undefined ? {} : { finding: stateFinding(code) }),
    conditions: conditionsOf(fitting),
    license,
    trust,
    ...(shard === undefined ? {} : { shard }),
    ...(nextChange === undefined ? {} : { nextChange }),
  };
}

function stateFinding(code: keyof typeof verifierCodes): Finding {
  const { message, hint, who } = verifierCodes[code];
  return { rule: 'state', clause: 'LF-9.2', code, message, hint, who };
}
