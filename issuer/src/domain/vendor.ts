import type { Signer } from '@counterfoil/keys';
import type { Instant, Trust } from '@counterfoil/verifier';
import type { Register } from '../register/register.js';
import type { RandomBytes } from './random.js';

/** A vendor at work: who it is, its trust, its register, and the effects that a use case may have. */
export interface Vendor {
  readonly id: string;
  readonly trust: Trust;
  /** General JSON JWS of the trust roots from version 1 on. */
  readonly roots: readonly string[];
  readonly register: Register;
  /** Opens the key that may sign now; asks for the passphrase at most once. */
  readonly signer: (role: 'issuing' | 'status') => Promise<Signer>;
  readonly now: Instant;
  readonly random: RandomBytes;
  /** The system user. */
  readonly actor: string;
}
