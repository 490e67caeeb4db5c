import { limits } from '@counterfoil/schemas';
import { keysFault } from './codes.js';
import { generateKeyPair, type KeyPair } from './key-pair.js';
import { buildTrustRoot, type RootPlan } from './root/build-trust-root.js';
import type { KeyLimits, RootClaims } from './root/root-claims.js';
import { signTrustRoot } from './root/sign-trust-root.js';
import { signerOf } from './signer.js';

/** What a vendor starts with. */
export interface VendorPlan extends Pick<RootPlan, 'vendor' | 'environment' | 'now' | 'expires'> {
  /** How many root keys are made, those kept cold as spare included; 3 unless given. */
  readonly rootKeys?: number;
  /** How many of them must sign; 2 unless given. */
  readonly threshold?: number;
  /** What the issuing key may sign; anything unless given. */
  readonly limits?: KeyLimits;
}

/** A vendor's first keys, still in memory. */
export interface VendorKeys {
  /** The last one is the spare, to be kept cold and apart from the others. */
  readonly rootKeys: readonly KeyPair[];
  readonly issuing: KeyPair;
  readonly status: KeyPair;
  readonly claims: RootClaims;
  /** General JSON JWS of version 1, signed by all root keys: each has so been shown to work. */
  readonly trustRoot: string;
}

/** Makes a vendor's first keys and trust root; throws `root-keys` and what building and signing throw. */
export async function createVendorKeys(plan: VendorPlan): Promise<VendorKeys> {
  const { rootKeys: count = 3, threshold = 2, limits: keyLimits, ...rest } = plan;
  if (!Number.isInteger(count) || count < 1 || count > limits.signatures || threshold > count) {
    throw keysFault('root-keys', {
      expected: `1 to ${String(limits.signatures)} root keys, and no higher threshold`,
      actual: `${String(count)} and a threshold of ${String(threshold)}`,
    });
  }
  const rootKeys = await Promise.all(Array.from({ length: count }, () => generateKeyPair()));
  const issuing = await generateKeyPair();
  const status = await generateKeyPair();
  const claims = buildTrustRoot({
    ...rest,
    threshold,
    rootKeys,
    issuing: [{ ...issuing, ...(keyLimits === undefined ? {} : { limits: keyLimits }) }],
    status: [status],
  });
  const signers = await Promise.all(rootKeys.map(({ jwk }) => signerOf(jwk)));
  return { rootKeys, issuing, status, claims, trustRoot: await signTrustRoot(claims, signers) };
}
