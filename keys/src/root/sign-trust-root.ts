import { encodeUtf8, formatGeneralJws, formatJson, type FlattenedJws } from '@counterfoil/schemas';
import { openTrust, parseTrustRoot } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { keysFault } from '../codes.js';
import type { Signer } from '../signer.js';
import { requireRootClaims, requireRootSize, type RootClaims } from './root-claims.js';

/** One root key's signature of a trust root; holders of root keys can sign apart and the parts be joined later. */
export function signRootPart(claims: RootClaims, signer: Signer): Promise<FlattenedJws> {
  return signer.signJws('trust-root', encodeUtf8(formatJson(claims, 'trust-root')));
}

/**
 * Joins signatures of one trust root and has the verifier check the result against the root before it.
 *
 * `previous` is the general JSON JWS of version N - 1, undefined for version 1. Throws `root-previous`,
 * `root-too-large`, `threshold-unmet`, and what the verifier finds: `root-threshold`, `root-vendor`, `root-environment`.
 */
export function joinRootParts(parts: readonly FlattenedJws[], previous?: string): string {
  const text = formatGeneralJws(parts);
  requireRootSize(text);
  const { claims, jws } = parseTrustRoot(nodeEngine, text);
  const before = requirePrevious(claims, previous);
  const kids = new Set(jws.signatures.map(({ header }) => header.kid));
  for (const root of before === undefined ? [claims] : [before, claims]) requireQuorum(root, kids);
  openTrust(nodeEngine, previous === undefined ? [text] : [previous, text]);
  return text;
}

/**
 * The general JSON JWS of a trust root, signed by every signer given and checked by the verifier.
 *
 * A rotation wants the thresholds of both roots, so `signers` may be root keys of either. Throws `signer-unknown`
 * and what {@link joinRootParts} and {@link requireRootClaims} throw.
 */
export async function signTrustRoot(
  claims: RootClaims,
  signers: readonly Signer[],
  previous?: string,
): Promise<string> {
  requireRootClaims(claims);
  const before = requirePrevious(claims, previous);
  const distinct = [...new Map(signers.map((signer) => [signer.kid, signer])).values()];
  const known = new Set([...claims.root.keys, ...(before?.root.keys ?? [])].map(({ kid }) => kid));
  const stranger = distinct.find(({ kid }) => !known.has(kid));
  if (stranger !== undefined) throw keysFault('signer-unknown', { actual: `key id ${stranger.kid}` });
  const kids = new Set(distinct.map(({ kid }) => kid));
  for (const root of before === undefined ? [claims] : [before, claims]) requireQuorum(root, kids);
  return joinRootParts(await Promise.all(distinct.map((signer) => signRootPart(claims, signer))), previous);
}

function requirePrevious(claims: RootClaims, previous: string | undefined): RootClaims | undefined {
  const before = previous === undefined ? undefined : parseTrustRoot(nodeEngine, previous).claims;
  const version = before?.version ?? 0;
  if (claims.version !== version + 1) {
    throw keysFault('root-previous', {
      expected: `version ${String(claims.version - 1)} before version ${String(claims.version)}`,
      actual: before === undefined ? 'none' : `version ${String(version)}`,
    });
  }
  return before;
}

/** Throws `threshold-unmet`; whether the signatures hold is for the verifier to say. */
function requireQuorum({ root, version }: RootClaims, kids: ReadonlySet<string>): void {
  const count = root.keys.filter(({ kid }) => kids.has(kid)).length;
  if (count < root.threshold) {
    throw keysFault('threshold-unmet', {
      where: `trust root ${String(version)}`,
      expected: `${String(root.threshold)} of its ${String(root.keys.length)} root keys`,
      actual: String(count),
    });
  }
}
