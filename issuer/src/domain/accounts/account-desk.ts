import type { Instant } from '@counterfoil/verifier';
import type { AccountStore } from '../../register/account-store.js';
import type { ActorAudit } from '../../register/register.js';
import type { RandomBytes } from '../random.js';
import type { Tries } from './tries.js';

/** What a use case of accounts works with: the accounts, the effects that it may have, and who does it. */
export interface AccountDesk {
  readonly accounts: AccountStore;
  readonly now: Instant;
  readonly random: RandomBytes;
  /** The portal's secret. */
  readonly secret: Uint8Array;
  /** What stands between a guesser and an account. */
  readonly tries: Tries;
  /** As the audit trail names who acts. */
  readonly actor: string;
}

/** The audit entry of a deed at this desk. */
export const auditOf = ({ now, actor }: Pick<AccountDesk, 'now' | 'actor'>): ActorAudit => ({
  at: now,
  actor,
});

/** How the audit trail names an account of the portal. */
export const actorOf = ({ id }: { readonly id: string }): string => `portal:${id}`;
