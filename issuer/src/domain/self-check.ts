import { CounterfoilError, parseFile } from '@counterfoil/schemas';
import {
  activatedUntil,
  carriedPages,
  verifyLicense,
  type notAsked,
  type Finding,
  type HostFacts,
  type LicenseContent,
  type State,
  type Trust,
  type Usable,
} from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { issuerFault } from '../codes.js';

/** What the finished file is held against. */
export interface SelfCheck {
  readonly text: string;
  readonly claims: LicenseContent;
  readonly trust: Trust;
  /** The host that the license is for; not asked where the vendor has no more than a digest of it. */
  readonly host: HostFacts | typeof notAsked;
  readonly now: number;
}

/** The latest instant at which a host may have activated the license, once it can no longer be activated. */
function latestActivation({ license: { term } }: LicenseContent, now: number): number | undefined {
  return term.type === 'activation' && now >= term.by ? term.by - 1 : undefined;
}

/** The state that a license must have at the moment it is issued. */
function expectedState({ nbf, license: { kind, term } }: LicenseContent, now: number): State {
  if (nbf > now || (term.type === 'activation' && now < term.by)) return 'pending';
  if (term.type === 'fixed' && now >= term.until) return 'grace';
  if (term.type === 'activation' && now >= activatedUntil(term.by - 1, term.duration)) return 'grace';
  return kind === 'trial' ? 'trial' : 'active';
}

/**
 * Reads a finished license file with the verifier that ships to customers, as the host will that it is for.
 *
 * The trust is the vendor's first root alone, so that the file's own chain is put to the test. Throws `self-check`
 * with what the verifier found, unless the license is usable in the state that is expected now.
 */
export function requireUsable({ text, claims, trust, host, now }: SelfCheck): Usable {
  const activated = latestActivation(claims, now);
  const verdict = verifyLicense(text, {
    engine: nodeEngine,
    trust,
    product: claims.aud,
    host,
    now,
    ...(activated === undefined ? {} : { activated }),
  });
  if (verdict.arm !== 'usable') throw selfCheckFault(verdict.finding);
  const expected = expectedState(claims, now);
  if (verdict.state !== expected) {
    throw issuerFault('self-check', { where: 'state', expected, actual: verdict.state });
  }
  try {
    carriedPages(nodeEngine, parseFile(text), verdict.license.claims);
  } catch (cause) {
    if (!(cause instanceof CounterfoilError)) throw cause;
    throw issuerFault('self-check', { where: cause.code, actual: cause.message, cause });
  }
  return verdict;
}

function selfCheckFault({ code, where, message, expected, actual }: Finding): CounterfoilError {
  return issuerFault('self-check', {
    where: where === undefined ? code : `${code}, ${where}`,
    ...(expected === undefined ? {} : { expected }),
    actual: actual ?? message,
  });
}
