import { CounterfoilError, limits, parseFile } from '@counterfoil/schemas';
import { carriedPages, checkIdentity, type ReadBlock, type VerifiedLicense } from '../core/index.js';
import { nodeEngine } from '../node/engine.js';
import type { ExitStatus } from './io.js';

/** The answer to "does this license allow this identity". */
export interface IdentityReport {
  readonly kind: string;
  readonly answer: 'allowed' | 'not-listed' | 'cannot-tell';
  /** The identity in its canonical form. */
  readonly identity: string;
  readonly line: string;
  readonly code?: string;
  readonly by?: string;
  readonly exit: ExitStatus;
}

function readerOf(license: VerifiedLicense, file: Uint8Array, kind: string): ReadBlock | undefined {
  if (license.claims.license.allowed?.[kind]?.pages === undefined) return undefined;
  const pages = carriedPages(nodeEngine, parseFile(file), license.claims).get(kind);
  if (pages === undefined) return undefined;
  return (index) => pages.subarray(index * limits.page, (index + 1) * limits.page);
}

/**
 * Asks a license that its signature vouches for; where it cannot tell, says why.
 *
 * Throws `identity-kind`, `identity-form`: the question is wrong then.
 */
export function askIdentity(
  license: VerifiedLicense | undefined,
  file: Uint8Array,
  kind: string,
  typed: string,
): IdentityReport {
  const cannotTell = (code: string, why: string): IdentityReport => ({
    kind,
    answer: 'cannot-tell',
    identity: typed,
    line: `cannot tell whether ${kind} ${typed} is allowed: ${why}`,
    code,
    exit: 2,
  });
  if (license === undefined) return cannotTell('license-unproved', 'the license is not proved genuine');
  try {
    const answer = checkIdentity(nodeEngine, license, kind, typed, readerOf(license, file, kind));
    const { identity } = answer;
    if (answer.allowed) {
      const { by } = answer;
      const how = by === 'unrestricted' ? 'the license does not restrict this kind' : `listed by its ${by}`;
      return { kind, answer: 'allowed', identity, by, line: `allowed: ${kind} ${identity}, ${how}`, exit: 0 };
    }
    return {
      kind,
      answer: 'not-listed',
      identity,
      code: answer.code,
      line: `not listed: ${kind} ${identity}; what is signed in the license proves it`,
      exit: 1,
    };
  } catch (error) {
    if (!(error instanceof CounterfoilError) || error.code.startsWith('identity-')) throw error;
    return cannotTell(error.code, error.message);
  }
}
