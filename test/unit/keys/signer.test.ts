import { generateKeyPair, signCompact, signerOf } from '@counterfoil/keys';
import {
  encodeUtf8,
  formatGeneralJws,
  headerFor,
  parseCompactJws,
  parseGeneralJws,
  signingInputOf,
} from '@counterfoil/schemas';
import { importPublicKey, verifySignature } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KeyPair, Signer } from '@counterfoil/keys';

let pair: KeyPair;
let signer: Signer;

beforeAll(async () => {
  pair = await generateKeyPair();
  signer = await signerOf(pair.jwk);
});

describe('a signer', () => {
  it('signs what the strict reader and the verifier take', async () => {
    const token = await signCompact(signer, 'license', { iss: 'acme.example', name: 'Grüße' });
    const { header, signature, signingInput } = parseCompactJws(token, 'license');
    expect(header).toEqual({ alg: 'EdDSA', kid: pair.kid, typ: 'license+jwt' });
    expect(verifySignature(nodeEngine, importPublicKey(pair.x, 'x'), signingInput, signature)).toBe(true);
  });

  it('writes header and payload as the codec does', async () => {
    const payload = encodeUtf8('{"a":1}');
    const jws = await signer.signJws('status-list', payload);
    const codec = signingInputOf(headerFor('status-list', pair.kid), payload);
    expect(jws).toMatchObject({ protected: codec.protected, payload: codec.payload });
  });

  it('gives parts for a general JWS too', async () => {
    const other = await signerOf((await generateKeyPair()).jwk);
    const payload = encodeUtf8('{}');
    const parts = [await signer.signJws('trust-root', payload), await other.signJws('trust-root', payload)];
    const { signatures } = parseGeneralJws(formatGeneralJws(parts), 'trust-root');
    expect(signatures.map(({ header }) => header.kid)).toEqual([signer.kid, other.kid]);
  });

  it('shows its public half only', () => {
    expect(Object.keys(signer)).toEqual(['kid', 'x', 'signJws']);
    expect(JSON.stringify(signer)).not.toContain(pair.jwk.d);
    expect(Object.isFrozen(signer)).toBe(true);
  });

  it('refuses what is not signed in this form', async () => {
    await expect(signCompact(signer, 'trust-root', {})).rejects.toThrowCode('document-form');
    await expect(signCompact(signer, 'identity-pages', {})).rejects.toThrowCode('document-form');
    await expect(signer.signJws('identity-pages', new Uint8Array(1))).rejects.toThrowCode('document-form');
  });

  it('refuses claims that no reader would take', async () => {
    await expect(signCompact(signer, 'license', { half: 0.5 })).rejects.toThrowCode('json-number');
    await expect(signCompact(signer, 'license', undefined)).rejects.toThrowCode('json-syntax');
  });

  it('is not made of a broken key', async () => {
    await expect(signerOf({ ...pair.jwk, d: 'AAAA' })).rejects.toThrowCode('key-private');
  });
});
