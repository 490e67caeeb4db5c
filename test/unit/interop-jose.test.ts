import { readFileSync } from 'node:fs';
import { nodeEngine } from '@counterfoil/verifier/node';
import { isGood, openTrust, verifyLicense, type VerifyContext } from '@counterfoil/verifier';
import {
  calculateJwkThumbprint,
  compactVerify,
  exportJWK,
  FlattenedSign,
  generalVerify,
  generateKeyPair,
  GeneralSign,
  importJWK,
  jwtVerify,
  SignJWT,
  type CryptoKey,
  type JWK,
} from 'jose';
import { describe, expect, it } from 'vitest';
import { loadVectors } from '../vectors/check.mjs';

interface Key {
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
  readonly kid: string;
}

async function makeKey(): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(publicKey);
  return { privateKey, jwk, kid: await calculateJwkThumbprint(jwk) };
}

const at = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 1000;
const NOW = at('2026-06-01');
const [rootA, rootB, issuing] = await Promise.all([makeKey(), makeKey(), makeKey()]);
const named = ({ jwk, kid }: Key): { kid: string; x: string } => ({ kid, x: jwk.x! });

const rootPayload = new TextEncoder().encode(
  JSON.stringify({
    schema: 1,
    iss: 'acme.example',
    environment: 'production',
    version: 1,
    iat: at('2025-01-01'),
    exp: at('2035-01-01'),
    root: { threshold: 2, keys: [named(rootA), named(rootB)] },
    issuing: [{ ...named(issuing), from: at('2025-01-01') }],
    status: [],
  }),
);
const rootHeader = ({ kid }: Key): { alg: string; kid: string; typ: string } => ({
  alg: 'EdDSA',
  kid,
  typ: 'trust-root+jws',
});

/** The claims that the specification asks for, and no more. */
const claims = {
  iss: 'acme.example',
  aud: 'acme-mail',
  sub: 'C-1001',
  jti: 'AAAAAAAAAAAAAAAAAAAAAA',
  iat: at('2026-01-10'),
  nbf: at('2026-01-15'),
  exp: at('2027-01-29'),
  license: {
    schema: 1,
    id: 'CF-7K2M-94QX-A',
    revision: 1,
    kind: 'commercial',
    licensee: { name: 'Example Hospital' },
    product: { name: 'Acme Mail', catalog: 1 },
    term: { type: 'fixed', until: at('2027-01-15') },
    operations: {},
    states: {},
    needs: { root: 1 },
  },
};
const signLicense = (key: Key, alg = 'EdDSA'): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg, kid: key.kid, typ: 'license+jwt' }).sign(key.privateKey);

const general = new GeneralSign(rootPayload);
for (const key of [rootA, rootB]) general.addSignature(key.privateKey).setProtectedHeader(rootHeader(key));
const root = JSON.stringify(await general.sign());
const context = (): VerifyContext => ({
  engine: nodeEngine,
  trust: openTrust(nodeEngine, [root]),
  product: 'acme-mail',
  host: {},
  now: NOW,
});

describe('documents made with jose alone', () => {
  it.each(['EdDSA', 'Ed25519'])('a license signed as %s is good', async (alg) => {
    const verdict = verifyLicense(await signLicense(issuing, alg), context());
    expect(verdict).toMatchObject({ arm: 'usable', state: 'active' });
    expect(isGood(verdict)).toBe(true);
  });

  it('a license signed by a root key is not', async () => {
    expect(verifyLicense(await signLicense(rootA), context())).toMatchObject({
      arm: 'rejected',
      finding: { code: 'key-role' },
    });
  });

  it('a root put together of flattened signatures is the same', async () => {
    const parts = await Promise.all(
      [rootA, rootB].map((key) =>
        new FlattenedSign(rootPayload).setProtectedHeader(rootHeader(key)).sign(key.privateKey),
      ),
    );
    const signatures = parts.map(({ protected: header, signature }) => ({ protected: header, signature }));
    expect(JSON.parse(root)).toEqual({ payload: parts[0]!.payload, signatures });
  });

  it('a root with one signature lacks the other', async () => {
    const one = new GeneralSign(rootPayload);
    one.addSignature(rootA.privateKey).setProtectedHeader(rootHeader(rootA));
    const text = JSON.stringify(await one.sign());
    expect(() => openTrust(nodeEngine, [text])).toThrowCode('root-threshold');
  });
});

describe('documents of the vectors', () => {
  const vectors = loadVectors();
  const file = vectors.find(({ name }) => name === 'bare')!['file'] as string;
  const pinned = vectors.find(({ name }) => name === 'test-root-in-test')!['trust'] as { roots: string[] };

  it('jose verifies a license of ours', async () => {
    const issuer = await issuerOf();
    const { payload, protectedHeader } = await jwtVerify(file, issuer, {
      issuer: 'acme.example',
      audience: 'acme-mail',
      typ: 'license+jwt',
      algorithms: ['EdDSA'],
      currentDate: new Date(NOW * 1000),
    });
    expect(protectedHeader.alg).toBe('EdDSA');
    expect(payload['license']).toMatchObject({ id: 'CF-7K2M-94QX-A' });
    const changed = `${file.slice(0, -9)}AAAAAAAAA`;
    await expect(compactVerify(changed, issuer)).rejects.toThrowCode('ERR_JWS_SIGNATURE_VERIFICATION_FAILED');
  });

  it('jose verifies a trust root of ours', async () => {
    const jws = JSON.parse(pinned.roots[0]!);
    const said = JSON.parse(Buffer.from(jws.payload, 'base64url').toString());
    const [key] = said.root.keys;
    const publicKey = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: key.x }, 'EdDSA');
    const { protectedHeader } = await generalVerify(jws, publicKey);
    expect(protectedHeader).toEqual({ alg: 'EdDSA', kid: key.kid, typ: 'trust-root+jws' });
  });

  /** The issuing key of the usual root, whose kid the license names. */
  async function issuerOf(): Promise<CryptoKey | Uint8Array> {
    const trusts = JSON.parse(readFileSync(new URL('../vectors/data/trusts.json', import.meta.url), 'utf8'));
    const { payload } = JSON.parse(trusts.usual.roots[0]);
    const [{ x }] = JSON.parse(Buffer.from(payload, 'base64url').toString()).issuing;
    return importJWK({ kty: 'OKP', crv: 'Ed25519', x }, 'EdDSA');
  }
});
