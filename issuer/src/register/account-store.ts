import type { Instant } from '@counterfoil/verifier';
import type { ActorAudit } from './register.js';

/** Somebody who may sign in: vendor staff, or a contact of a customer. */
export interface Account {
  /** 16 random bytes, base64url. */
  readonly id: string;
  readonly kind: 'staff' | 'contact';
  /** `admin` and `staff` of the vendor; `owner` (may order) and `viewer` of a customer. */
  readonly role: 'admin' | 'staff' | 'owner' | 'viewer';
  /** The customer of a contact. */
  readonly customer?: string;
  /** In canonical form; each once. */
  readonly email: string;
  readonly name: string;
  readonly state: 'invited' | 'active' | 'disabled';
  readonly createdAt: Instant;
}

/** What proves that it is the one; never shown, never logged. */
export interface Credentials {
  /** An argon2id hash in its own notation. */
  readonly password?: string;
  /** The TOTP secret, sealed under the portal's secret. */
  readonly totp?: string;
  /** The newest time step that was used, so that no code works twice. */
  readonly totpStep?: number;
  /** Wrong tries in a row, and until when no further one is heard. */
  readonly failures: number;
  readonly lockedUntil?: Instant;
}

/** New credentials: what is absent stays, what is `undefined` is taken away. */
export type CredentialsChange = { readonly [K in keyof Credentials]?: Credentials[K] | undefined };

/** A link that works once: invitation, new password, first administrator. Only its digest is stored. */
export interface LinkToken {
  /** SHA-256 of the token, base64url. */
  readonly digest: string;
  readonly purpose: 'invite' | 'reset';
  readonly account: string;
  readonly expiresAt: Instant;
}

/** A session of a browser. Only the digest of its cookie is stored. */
export interface Session {
  readonly digest: string;
  readonly account: string;
  /** `password` while the second factor is missing. */
  readonly stage: 'password' | 'full';
  readonly createdAt: Instant;
  readonly seenAt: Instant;
  readonly expiresAt: Instant;
}

/** The accounts of a register; every write is one transaction with its audit entry. */
export interface AccountStore {
  readonly findAccount: (
    by: { readonly id: string } | { readonly email: string },
  ) => Promise<Account | undefined>;
  readonly listAccounts: (filter: {
    readonly customer?: string;
    readonly kind?: Account['kind'];
  }) => Promise<readonly Account[]>;
  /** How many staff accounts there are, in whatever state. */
  readonly countStaff: () => Promise<number>;
  /** Throws `account-taken` where the address has an account. */
  readonly addAccount: (account: Account, audit: ActorAudit) => Promise<void>;
  /** Throws `account-unknown`. */
  readonly changeAccount: (
    id: string,
    change: Partial<Pick<Account, 'name' | 'role' | 'state'>>,
    audit: ActorAudit,
  ) => Promise<void>;
  readonly findCredentials: (account: string) => Promise<Credentials | undefined>;
  readonly saveCredentials: (account: string, change: CredentialsChange) => Promise<void>;
  /** Counts a wrong try; gives how many there are in a row now: atomic, so that tries at once are all counted. */
  readonly countFailure: (account: string) => Promise<number>;
  /** Marks a TOTP step as used; false where it, or a later one, was used already: atomic, so that a code works once. */
  readonly useTotpStep: (account: string, step: number) => Promise<boolean>;
  /** Ends all links of an account. */
  readonly endTokens: (account: string) => Promise<void>;
  readonly saveToken: (token: LinkToken) => Promise<void>;
  readonly findToken: (digest: string, now: Instant) => Promise<LinkToken | undefined>;
  /** Uses a token up; false where it was used, has passed or never was: atomic. */
  readonly useToken: (digest: string, now: Instant) => Promise<boolean>;
  /** Files a session, or the new stage and times of one that is known. */
  readonly saveSession: (session: Session) => Promise<void>;
  readonly findSession: (digest: string, now: Instant) => Promise<Session | undefined>;
  readonly touchSession: (digest: string, seenAt: Instant) => Promise<void>;
  readonly endSession: (digest: string) => Promise<void>;
  /** Ends all sessions of an account, but perhaps one. */
  readonly endSessions: (account: string, but?: string) => Promise<void>;
}
