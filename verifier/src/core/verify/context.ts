import { verifierFault } from '../codes.js';
import type { Engine } from '../engine.js';
import type { Shard } from '../status/shard.js';
import type { Instant } from '../time/calendar.js';
import type { Trust } from '../trust/trust.js';

/**
 * Leaves a question unasked: which product, which host.
 *
 * WARNING: only for looking at a license that is not to be used here, as a vendor or a support engineer does. A
 * product that passes it accepts licenses of other products or hosts.
 */
export const notAsked: unique symbol = Symbol('not asked');

/** What a host knows of itself. */
export interface HostFacts {
  /** RFC 7638 thumbprint of the host key made at installation. */
  readonly key?: string;
  /** Identities set by the operator or an orchestrator, by the name of their source. */
  readonly ids?: ReadonlyMap<string, string>;
}

/** What is installed on the host already. */
export interface InstalledRevision {
  readonly id: string;
  readonly revision: number;
}

/** Everything that a verification rests on besides the file: it reads no clock, file or setting by itself. */
export interface VerifyContext {
  readonly engine: Engine;
  readonly trust: Trust;
  /** The product that asks. */
  readonly product: string | typeof notAsked;
  /** The host that asks; a host that knows nothing of itself passes `{}`. */
  readonly host: HostFacts | typeof notAsked;
  /** The one reading of the clock, in UTC seconds. */
  readonly now: Instant;
  /** The newest `iat` among installed documents: terms are never judged by an earlier instant. */
  readonly floor?: Instant;
  /** Shards of the status list that the host has stored. */
  readonly shards?: readonly Shard[];
  readonly installed?: InstalledRevision;
  /** When this host activated the license, for terms from activation. */
  readonly activated?: Instant;
}

/** The instant by which terms are judged: the clock, but never before the floor (clause 10.4). Throws `clock-invalid`. */
export function guardedNow({ now, floor }: Pick<VerifyContext, 'now' | 'floor'>): Instant {
  // Not a number would make every comparison false, and so switch every end off.
  for (const instant of [now, floor ?? 0]) {
    if (!Number.isSafeInteger(instant) || instant < 0) {
      throw verifierFault('clock-invalid', { expected: 'whole seconds since 1970', actual: String(instant) });
    }
  }
  return Math.max(now, floor ?? 0);
}
