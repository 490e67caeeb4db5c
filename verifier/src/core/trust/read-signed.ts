import {
  decodeBase64url,
  parseCompactJws,
  parseJsonObject,
  type DocumentName,
  type JsonObject,
} from '@counterfoil/schemas';
import { verifierFault } from '../codes.js';
import { verifySignature } from '../ed25519.js';
import type { Engine } from '../engine.js';
import { requireKey } from './key-rules.js';
import type { Role, TrustedKey } from './trust-root.js';
import type { Trust } from './trust.js';

/** A document whose signature holds, and the key that signed it. */
export interface SignedDocument {
  readonly json: JsonObject;
  readonly key: TrustedKey;
}

/**
 * Verifies a compact document and reads its payload, in this order (license-file.md, clause 4.7).
 *
 * Throws format codes, `key-unknown`, `key-role`, `key-revoked`, `signature-invalid`.
 */
export function readSigned(
  engine: Engine,
  trust: Trust,
  document: DocumentName,
  role: Role,
  text: string,
): SignedDocument {
  const jws = parseCompactJws(text, document);
  const key = requireKey(trust, jws.header.kid, role);
  if (!verifySignature(engine, key.publicKey, jws.signingInput, jws.signature)) {
    throw verifierFault('signature-invalid', { where: document });
  }
  return { json: parseJsonObject(decodeBase64url(jws.payload, `${document} payload`), document), key };
}
