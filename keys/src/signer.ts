import {
  documents,
  encodeUtf8,
  formatCompactJws,
  formatJson,
  headerFor,
  type DocumentName,
  type FlattenedJws,
} from '@counterfoil/schemas';
import { FlattenedSign, importJWK } from 'jose';
import { keysFault } from './codes.js';
import { keyPairOf, type PrivateJwk } from './key-pair.js';

/** Whatever holds a private key and signs with it: a key file here, a hardware module elsewhere. */
export interface Signer {
  /** RFC 7638 thumbprint of the key. */
  readonly kid: string;
  /** Public key, 32 bytes in base64url. */
  readonly x: string;
  /** Signs the payload under the header of {@link headerFor}; compact and general JWS are both made of the parts. */
  readonly signJws: (document: DocumentName, payload: Uint8Array) => Promise<FlattenedJws>;
}

/**
 * The signer of a private key; the key itself cannot be read back from it.
 *
 * Throws `key-private`, `key-mismatch`, `base64url`; its `signJws` rejects with `document-form`.
 */
export async function signerOf(jwk: PrivateJwk): Promise<Signer> {
  const { kid, x } = await keyPairOf(jwk);
  const key = await importJWK({ ...jwk }, 'EdDSA', { extractable: false });
  const signJws = async (document: DocumentName, payload: Uint8Array): Promise<FlattenedJws> => {
    if (documents[document].form === 'binary') {
      throw keysFault('document-form', {
        where: document,
        expected: 'a document with a typ',
        actual: 'bytes',
      });
    }
    const jws = await new FlattenedSign(payload)
      .setProtectedHeader({ ...headerFor(document, kid) })
      .sign(key);
    return { protected: jws.protected as string, payload: jws.payload, signature: jws.signature };
  };
  return Object.freeze({ kid, x, signJws });
}

/** The compact JWS of claims (RFC 7515, 7.1); throws `document-form`, the `json-…` codes and what the signer throws. */
export async function signCompact(signer: Signer, document: DocumentName, claims: unknown): Promise<string> {
  const { form } = documents[document];
  if (form !== 'compact') {
    throw keysFault('document-form', { where: document, expected: 'compact', actual: form });
  }
  return formatCompactJws(await signer.signJws(document, encodeUtf8(formatJson(claims, document))));
}
