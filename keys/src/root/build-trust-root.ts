import type { Instant } from '@counterfoil/verifier';
import {
  defaultExpiry,
  issuingRow,
  publicRow,
  requireRootClaims,
  windowedRow,
  type NewIssuingKey,
  type NewKey,
  type PublicKeyRow,
  type RootClaims,
} from './root-claims.js';

/** What a first trust root says. */
export interface RootPlan {
  /** The vendor's id, such as `acme.example`. */
  readonly vendor: string;
  readonly environment: RootClaims['environment'];
  /** UTC seconds; becomes `iat`. */
  readonly now: Instant;
  /** UTC seconds; ten calendar years after `now` unless given. */
  readonly expires?: Instant;
  /** How many of the root keys must sign. */
  readonly threshold: number;
  readonly rootKeys: readonly PublicKeyRow[];
  readonly issuing: readonly NewIssuingKey[];
  readonly status: readonly NewKey[];
}

/**
 * The unsigned claims of version 1 (trust-root.md, clause 2); of each key only its public part is taken.
 *
 * Throws `root-keys`, `root-too-large`, `claims-invalid`, `root-inconsistent`, `key-weak`.
 */
export function buildTrustRoot(plan: RootPlan): RootClaims {
  const { now } = plan;
  const claims: RootClaims = {
    schema: 1,
    iss: plan.vendor,
    environment: plan.environment,
    version: 1,
    iat: now,
    exp: plan.expires ?? defaultExpiry(now),
    root: { threshold: plan.threshold, keys: plan.rootKeys.map(publicRow) },
    issuing: plan.issuing.map((key) => issuingRow(key, now)),
    status: plan.status.map((key) => windowedRow(key, now)),
  };
  requireRootClaims(claims);
  return claims;
}
