import { CounterfoilError } from '@counterfoil/schemas';
import type { Check, Trust } from '../core/index.js';
import { findingOf } from '../core/verify/finding.js';
import { GENUINE_RULES, readGenuine, type GenuineRule } from '../core/verify/genuine.js';
import { nodeEngine } from '../node/engine.js';

/** What can be said of a file while there is nobody to trust. */
export interface FormCheck {
  /** Whether the form alone shows that the file is no whole license. */
  readonly broken: boolean;
  readonly checks: readonly Check[];
}

class TrustNeeded extends Error {}

// Refused by whatever asks for a trust: the reading stops before, and could not go on if it did not.
const NOBODY = Object.freeze({}) as unknown as Trust;

/** Puts the questions to a file that need no trust, and lists the others as not evaluated. */
export function checkForm(bytes: Uint8Array): FormCheck {
  let at: GenuineRule = 'file';
  try {
    readGenuine(nodeEngine, NOBODY, bytes, (rule) => {
      at = rule;
      if (rule === 'trust') throw new TrustNeeded();
    });
  } catch (error) {
    if (error instanceof TrustNeeded) return { broken: false, checks: list(at) };
    if (error instanceof CounterfoilError) return { broken: true, checks: list(at, error) };
    throw error;
  }
  throw new TypeError('expected a trust to be asked for, got a license without one');
}

function list(at: GenuineRule, fault?: CounterfoilError): readonly Check[] {
  const reached = GENUINE_RULES.findIndex(({ id }) => id === at);
  return GENUINE_RULES.map(({ id, clause, asks }, i): Check => {
    const asked = { rule: id, clause, asks };
    if (i < reached) return { ...asked, outcome: 'good' };
    if (i === reached && fault !== undefined)
      return { ...asked, outcome: 'bad', finding: findingOf(id, clause, fault) };
    const because = fault === undefined ? 'because no kit was given' : `because of ${fault.code}`;
    return { ...asked, outcome: 'not-evaluated', because };
  });
}
