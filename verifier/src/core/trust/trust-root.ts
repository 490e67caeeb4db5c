import {
  decodeBase64url,
  parseGeneralJws,
  parseJsonObject,
  show,
  type GeneralJws,
  type IssuingKey,
  type SignedPart,
  type TrustRoot,
  type WindowedKey,
} from '@counterfoil/schemas';
import { parseShape } from '../claims/shape.js';
import { trustRootClaims } from '../claims/trust-root-claims.js';
import { checkSchema } from '../claims/schema.js';
import { verifierFault } from '../codes.js';
import { importPublicKey, verifySignature, type PublicKey } from '../ed25519.js';
import type { Engine } from '../engine.js';
import type { DeepReadonly } from '../deep-readonly.js';
import { thumbprint } from '../thumbprint.js';

/** What a key of a trust root may sign. */
export type Role = 'issuing' | 'status';

/** A key that a trust root names for a role. */
export interface TrustedKey {
  readonly role: Role;
  readonly publicKey: PublicKey;
  readonly row: DeepReadonly<WindowedKey> & { readonly limits?: DeepReadonly<IssuingKey['limits']> };
}

/** A trust root, read and consistent in itself; whether it is trusted is for the chain to say. */
export interface ReadRoot {
  /** The general JSON JWS. */
  readonly text: string;
  readonly claims: DeepReadonly<TrustRoot>;
  readonly jws: GeneralJws;
  readonly rootKeys: ReadonlyMap<string, PublicKey>;
  readonly keys: ReadonlyMap<string, TrustedKey>;
}

/**
 * Reads a trust root and checks what it says of itself (trust-root.md, clauses 1, 2 and 5).
 *
 * The signatures are checked by the chain. Unlike a license, a root has to be read before it is verified: it
 * names the keys that sign it. Throws format codes, `claims-invalid`, `schema-newer`, `critical-unknown`,
 * `root-inconsistent`, `key-weak`.
 */
export function parseTrustRoot(engine: Engine, text: string): ReadRoot {
  const jws = parseGeneralJws(text, 'trust-root');
  const json = parseJsonObject(decodeBase64url(jws.payload, 'trust-root'), 'trust-root');
  checkSchema(json, 'trust-root');
  const claims: DeepReadonly<TrustRoot> = parseShape(trustRootClaims, json, 'trust-root');
  const seen = new Set<string>();
  const importKey = ({ kid, x }: { readonly kid: string; readonly x: string }, where: string): PublicKey => {
    if (thumbprint(engine, x) !== kid)
      throw inconsistent(where, 'a kid that is the RFC 7638 thumbprint of x', show(kid));
    // One x, one key: thresholds count keys, and a key has one role (clause 3.2). The text is canonical, so it stands for the bytes.
    if (seen.has(x)) throw inconsistent(where, 'each key once', show(kid));
    seen.add(x);
    return importPublicKey(x, where);
  };
  const rootKeys = new Map(claims.root.keys.map((key) => [key.kid, importKey(key, 'root.keys')]));
  if (claims.root.threshold > rootKeys.size) {
    throw inconsistent('root.threshold', `at most ${String(rootKeys.size)}`, String(claims.root.threshold));
  }
  const keys = new Map<string, TrustedKey>();
  for (const row of claims.issuing)
    keys.set(row.kid, { role: 'issuing', publicKey: importKey(row, 'issuing'), row });
  for (const row of claims.status)
    keys.set(row.kid, { role: 'status', publicKey: importKey(row, 'status'), row });
  if (claims.exp <= claims.iat) throw inconsistent('exp', 'later than iat', String(claims.exp));
  return { text, claims, jws, rootKeys, keys };
}

function inconsistent(where: string, expected: string, actual: string): Error {
  return verifierFault('root-inconsistent', { where: `trust-root ${where}`, expected, actual });
}

/**
 * Throws `root-threshold` unless each of `signers` has its threshold of its own distinct root keys under `root` (trust-root.md, clause 3).
 *
 * Signatures of other keys do not count, and neither do invalid ones; a key counts once, however often it signed.
 */
export function requireThreshold(engine: Engine, root: ReadRoot, ...signers: readonly ReadRoot[]): void {
  // A key of both the old and the new root signs once for both, and is checked once.
  const checked = new Map<SignedPart, boolean>();
  const holds = (part: SignedPart, key: PublicKey): boolean => {
    const known = checked.get(part) ?? verifySignature(engine, key, part.signingInput, part.signature);
    checked.set(part, known);
    return known;
  };
  for (const { claims, rootKeys } of signers) {
    const valid = new Set<string>();
    for (const part of root.jws.signatures) {
      const key = rootKeys.get(part.header.kid);
      if (key !== undefined && !valid.has(part.header.kid) && holds(part, key)) valid.add(part.header.kid);
    }
    if (valid.size < claims.root.threshold) {
      throw verifierFault('root-threshold', {
        where: `trust root ${String(root.claims.version)}`,
        expected: `${String(claims.root.threshold)} valid signatures of root keys of version ${String(claims.version)}`,
        actual: String(valid.size),
      });
    }
  }
}
