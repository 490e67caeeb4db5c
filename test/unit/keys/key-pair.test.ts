import { generateKeyPair, keyPairOf } from '@counterfoil/keys';
import { importPublicKey, thumbprint } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { describe, expect, it } from 'vitest';

describe('a key pair', () => {
  it('is new each time, strict, and named by its thumbprint', async () => {
    const [one, two] = await Promise.all([generateKeyPair(), generateKeyPair()]);
    expect(one.kid).not.toBe(two.kid);
    expect(one.kid).toBe(thumbprint(nodeEngine, one.x));
    expect(importPublicKey(one.x, 'x')).toHaveLength(32);
    expect(one.jwk).toEqual({ kty: 'OKP', crv: 'Ed25519', x: one.x, d: one.jwk.d });
  });

  it('is that of RFC 8037, appendix A', async () => {
    const pair = await keyPairOf({
      kty: 'OKP',
      crv: 'Ed25519',
      d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
      x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
      use: 'sig',
    });
    expect(pair.kid).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
    // members that are not needed are not kept
    expect(Object.keys(pair.jwk).sort()).toEqual(['crv', 'd', 'kty', 'x']);
  });

  it('is refused when it is no private Ed25519 key', async () => {
    const { jwk } = await generateKeyPair();
    const wrong = [
      undefined,
      null,
      'text',
      {},
      { ...jwk, d: undefined },
      { ...jwk, x: 1 },
      { ...jwk, crv: 'X25519' },
      { ...jwk, kty: 'EC' },
    ];
    for (const value of wrong) await expect(keyPairOf(value)).rejects.toThrowCode('key-private');
    await expect(keyPairOf({ ...jwk, d: 'AAAA' })).rejects.toThrowCode('key-private');
    await expect(keyPairOf({ ...jwk, d: `${jwk.d}=` })).rejects.toThrowCode('base64url');
  });

  it('is refused when its halves do not belong together, and no message tells the private one', async () => {
    const [one, two] = await Promise.all([generateKeyPair(), generateKeyPair()]);
    const mixed = keyPairOf({ ...one.jwk, x: two.x });
    await expect(mixed).rejects.toThrowCode('key-mismatch');
    await expect(mixed).rejects.not.toThrow(one.jwk.d);
  });
});
