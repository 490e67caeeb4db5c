import {
  buildTrustRoot,
  generateKeyPair,
  joinRootParts,
  nextTrustRoot,
  requireRootClaims,
  signerOf,
  signRootPart,
  signTrustRoot,
  type KeyPair,
  type RootChange,
  type RootClaims,
  type RootPlan,
  type Signer,
} from '@counterfoil/keys';
import { encodeUtf8, formatGeneralJws, parseGeneralJws } from '@counterfoil/schemas';
import { extendTrust, openTrust, parseTrustRoot } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { DAY, makePairs, NOW, signersOf } from './fixture.js';

let roots: KeyPair[];
let issuing: KeyPair;
let status: KeyPair;
let extra: KeyPair;
let signers: Signer[];

beforeAll(async () => {
  [issuing, status, extra, ...roots] = (await makePairs(7)) as [KeyPair, KeyPair, KeyPair, ...KeyPair[]];
  signers = await signersOf(roots);
});

const plan = (change: Partial<RootPlan> = {}): RootPlan => ({
  vendor: 'acme.example',
  environment: 'production',
  now: NOW,
  threshold: 2,
  rootKeys: roots.slice(0, 3),
  issuing: [issuing],
  status: [status],
  ...change,
});
const build = (change: Partial<RootPlan> = {}): RootClaims => buildTrustRoot(plan(change));
const next = (claims: RootClaims, changes: readonly RootChange[] = [], now = NOW + DAY): RootClaims =>
  nextTrustRoot(claims, changes, { now });
const pick = (...numbers: number[]): Signer[] => numbers.map((number) => signers[number]!);
const readable = (text: string): RootClaims => parseTrustRoot(nodeEngine, text).claims;

describe('building a trust root', () => {
  it('gives version 1 for ten calendar years', () => {
    expect(build()).toEqual({
      schema: 1,
      iss: 'acme.example',
      environment: 'production',
      version: 1,
      iat: NOW,
      exp: Date.UTC(2036, 0, 1) / 1000,
      root: { threshold: 2, keys: roots.slice(0, 3).map(({ kid, x }) => ({ kid, x })) },
      issuing: [{ kid: issuing.kid, x: issuing.x, from: NOW }],
      status: [{ kid: status.kid, x: status.x, from: NOW }],
    });
    const leap = Date.UTC(2028, 1, 29) / 1000;
    expect(build({ now: leap }).exp).toBe(Date.UTC(2038, 2, 1) / 1000);
    expect(build({ expires: NOW + DAY }).exp).toBe(NOW + DAY);
  });

  it('takes windows and limits of keys', () => {
    const limits = { products: ['acme-backup'], kinds: ['trial'], longest: 30 } as const;
    const window = { from: NOW - DAY, until: NOW + DAY };
    const claims = build({
      issuing: [{ ...issuing, ...window, limits }],
      status: [{ ...status, ...window }],
    });
    expect(claims.issuing).toEqual([{ kid: issuing.kid, x: issuing.x, ...window, limits }]);
    expect(claims.status).toEqual([{ kid: status.kid, x: status.x, ...window }]);
    expect(build({ issuing: [{ ...issuing, limits: {} }] }).issuing[0]!.limits).toEqual({});
  });

  it('never takes the private half of a key pair', () => {
    const claims = next(build(), [
      { type: 'add-issuing', key: extra },
      { type: 'add-root', key: roots[3]! },
    ]);
    // what would be noticed
    expect(JSON.stringify(roots)).toContain(roots[0]!.jwk.d);
    for (const { jwk } of [...roots, issuing, status, extra])
      expect(JSON.stringify(claims)).not.toContain(jwk.d);
  });

  it.each<[string, () => Partial<RootPlan>, string]>([
    ['a vendor id with capitals', () => ({ vendor: 'Acme' }), 'claims-invalid'],
    ['no instant', () => ({ now: NaN }), 'claims-invalid'],
    ['half a second', () => ({ now: NOW + 0.5 }), 'json-number'],
    ['a threshold of 0', () => ({ threshold: 0 }), 'claims-invalid'],
    ['a threshold above the number of keys', () => ({ threshold: 4 }), 'root-inconsistent'],
    ['no root keys', () => ({ rootKeys: [] }), 'root-keys'],
    ['seventeen root keys', () => ({ rootKeys: Array.from({ length: 17 }, () => issuing) }), 'root-keys'],
    ['a root key twice', () => ({ rootKeys: [roots[0]!, roots[0]!, roots[1]!] }), 'root-inconsistent'],
    ['a root key that issues', () => ({ issuing: [roots[0]!] }), 'root-inconsistent'],
    ['a kid of another key', () => ({ status: [{ kid: issuing.kid, x: status.x }] }), 'root-inconsistent'],
    ['an end before the beginning', () => ({ expires: NOW }), 'root-inconsistent'],
    [
      'an unknown kind',
      () => ({ issuing: [{ ...issuing, limits: { kinds: ['gift' as never] } }] }),
      'claims-invalid',
    ],
  ])('refuses %s', (_, change, code) => {
    expect(() => build(change())).toThrowCode(code);
  });

  it('refuses a key of small order', () => {
    const x = 'AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
    const kid = Buffer.from(
      nodeEngine.sha256(encodeUtf8(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`)),
    ).toString('base64url');
    expect(() => build({ issuing: [{ kid, x }] })).toThrowCode('key-weak');
  });

  it('refuses what no verifier would read for its size', async () => {
    const products = Array.from({ length: 64 }, (_, index) => `product-${'x'.repeat(50)}-${String(index)}`);
    const keys = (await makePairs(8)).map((key) => ({ ...key, limits: { products } }));
    expect(() => build({ issuing: keys })).toThrowCode('root-too-large');
    // the claims fit, the signatures of old and new root keys do not
    const claims = build({ issuing: keys.slice(0, 5) });
    const part = await signRootPart(claims, signers[0]!);
    const many = Array.from({ length: 60 }, () => part);
    expect(() => joinRootParts(many)).toThrowCode('root-too-large');
  });
});

describe('signing a trust root', () => {
  it('is believed by the verifier', async () => {
    const claims = build();
    const text = await signTrustRoot(claims, pick(0, 2));
    expect(openTrust(nodeEngine, [text]).root).toEqual(claims);
    expect(parseGeneralJws(text, 'trust-root').signatures).toHaveLength(2);
  });

  it('counts a signer once', async () => {
    await expect(signTrustRoot(build(), pick(0, 0))).rejects.toThrowCode('threshold-unmet');
    const text = await signTrustRoot(build(), pick(0, 1, 0));
    expect(parseGeneralJws(text, 'trust-root').signatures).toHaveLength(2);
  });

  it('wants the threshold, and root keys only', async () => {
    await expect(signTrustRoot(build(), [])).rejects.toThrowCode('threshold-unmet');
    await expect(signTrustRoot(build(), pick(1))).rejects.toThrowCode('threshold-unmet');
    const issuer = await signerOf(issuing.jwk);
    await expect(signTrustRoot(build(), [...pick(0, 1), issuer])).rejects.toThrowCode('signer-unknown');
    await expect(signTrustRoot(build(), pick(0, 1, 3))).rejects.toThrowCode('signer-unknown');
  });

  it('notices claims that were spoiled after they were built', async () => {
    const spoiled = { ...build(), exp: 0 };
    await expect(signTrustRoot(spoiled, pick(0, 1))).rejects.toThrowCode('root-inconsistent');
    expect(() => requireRootClaims({ ...build(), iss: '' })).toThrowCode('claims-invalid');
  });

  it('notices a signer that signs wrongly', async () => {
    const broken: Signer = {
      ...signers[1]!,
      signJws: async (document, payload) => ({
        ...(await signers[1]!.signJws(document, payload)),
        signature: (await signers[1]!.signJws(document, encodeUtf8('{}'))).signature,
      }),
    };
    await expect(signTrustRoot(build(), [signers[0]!, broken])).rejects.toThrowCode('root-threshold');
  });

  it('can be done apart and joined', async () => {
    const claims = build();
    const parts = [await signRootPart(claims, signers[1]!), await signRootPart(claims, signers[2]!)];
    expect(joinRootParts(parts)).toBe(await signTrustRoot(claims, pick(1, 2)));
    expect(() => joinRootParts(parts.slice(0, 1))).toThrowCode('threshold-unmet');
    expect(() => joinRootParts([])).toThrowCode('jws-general');
    const otherPart = await signRootPart(build({ now: NOW + 1 }), signers[1]!);
    expect(() => joinRootParts([parts[0]!, otherPart])).toThrowCode('jws-general');
  });
});

describe('the next trust root', () => {
  it('renews the dates when nothing changes, and leaves the claims before it alone', () => {
    const first = Object.freeze(build());
    const second = next(first);
    expect(second).toEqual({ ...first, version: 2, iat: NOW + DAY, exp: Date.UTC(2036, 0, 2) / 1000 });
    expect(nextTrustRoot(first, [], { now: NOW, expires: NOW + 5 })).toMatchObject({
      iat: NOW,
      exp: NOW + 5,
    });
  });

  it('adds, retires, revokes and limits keys', () => {
    const claims = next(build(), [
      { type: 'add-issuing', key: { ...extra, from: NOW + 2 * DAY, limits: { longest: 366 } } },
      { type: 'retire', kid: issuing.kid, at: NOW + 3 * DAY },
      { type: 'revoke', kid: status.kid },
      { type: 'add-status', key: roots[3]! },
      { type: 'set-limits', kid: issuing.kid, limits: { kinds: ['commercial'] } },
      { type: 'set-limits', kid: extra.kid },
    ]);
    const { kid, x } = extra;
    expect(claims.issuing).toEqual([
      {
        kid: issuing.kid,
        x: issuing.x,
        from: NOW,
        retired: NOW + 3 * DAY,
        limits: { kinds: ['commercial'] },
      },
      { kid, x, from: NOW + 2 * DAY },
    ]);
    expect(claims.status).toEqual([
      { kid: status.kid, x: status.x, from: NOW, revoked: NOW + DAY },
      { kid: roots[3]!.kid, x: roots[3]!.x, from: NOW + DAY },
    ]);
    expect(next(claims, [{ type: 'revoke', kid: issuing.kid, at: NOW }]).issuing[0]).toMatchObject({
      retired: NOW + 3 * DAY,
      revoked: NOW,
    });
  });

  it('takes changes one after the other', () => {
    const { keys } = next(build(), [
      { type: 'remove-root', kid: roots[0]!.kid },
      { type: 'add-root', key: roots[3]! },
      { type: 'set-threshold', threshold: 3 },
    ]).root;
    expect(keys.map(({ kid }) => kid)).toEqual([roots[1]!.kid, roots[2]!.kid, roots[3]!.kid]);
  });

  it.each<[string, () => RootChange[], string]>([
    ['a root key that is there', () => [{ type: 'add-root', key: roots[0]! }], 'root-key-known'],
    ['an issuing key that is a status key', () => [{ type: 'add-issuing', key: status }], 'root-key-known'],
    ['a status key that is there', () => [{ type: 'add-status', key: status }], 'root-key-known'],
    ['to remove what is not there', () => [{ type: 'remove-root', kid: issuing.kid }], 'root-key-unknown'],
    ['to retire a root key', () => [{ type: 'retire', kid: roots[0]!.kid }], 'root-key-unknown'],
    ['to revoke what is not there', () => [{ type: 'revoke', kid: extra.kid }], 'root-key-unknown'],
    ['to limit a status key', () => [{ type: 'set-limits', kid: status.kid }], 'root-key-unknown'],
    [
      'to retire twice',
      () => [
        { type: 'retire', kid: issuing.kid },
        { type: 'retire', kid: issuing.kid },
      ],
      'root-key-ended',
    ],
    [
      'to retire what is revoked',
      () => [
        { type: 'revoke', kid: status.kid },
        { type: 'retire', kid: status.kid },
      ],
      'root-key-ended',
    ],
    [
      'fewer root keys than the threshold',
      () => roots.slice(0, 2).map(({ kid }) => ({ type: 'remove-root', kid })),
      'root-inconsistent',
    ],
    ['a threshold of half a key', () => [{ type: 'set-threshold', threshold: 0 }], 'claims-invalid'],
  ])('refuses %s', (_, changes, code) => {
    expect(() => next(build(), changes())).toThrowCode(code);
  });

  it('is not older than the one before it', () => {
    expect(() => next(build(), [], NOW - 1)).toThrowCode('root-clock');
  });
});

describe('rotation with two of three', () => {
  it('replaces two root keys in two steps, and the first root leads to the last', async () => {
    const first = build();
    const one = await signTrustRoot(first, pick(0, 1));
    const second = next(first, [
      { type: 'remove-root', kid: roots[0]!.kid },
      { type: 'add-root', key: roots[3]! },
      { type: 'retire', kid: issuing.kid },
      { type: 'add-issuing', key: extra },
    ]);
    // 0 and 2 count for the old root, 2 and 3 for the new one
    const two = await signTrustRoot(second, pick(0, 2, 3), one);
    const [spare] = (await makePairs(1)) as [KeyPair];
    const third = next(
      readable(two),
      [
        { type: 'remove-root', kid: roots[1]!.kid },
        { type: 'add-root', key: spare },
        { type: 'set-threshold', threshold: 3 },
      ],
      NOW + 2 * DAY,
    );
    const three = await signTrustRoot(third, [...pick(2, 3), await signerOf(spare.jwk)], two);

    const trust = openTrust(nodeEngine, [one, two, three]);
    expect(trust.root).toEqual(third);
    expect(extendTrust(nodeEngine, openTrust(nodeEngine, [one]), [two, three]).trust.root.version).toBe(3);
    expect(() => openTrust(nodeEngine, [one, three])).toThrowCode('root-gap');
  });

  it('wants the threshold of both roots', async () => {
    const first = build();
    const one = await signTrustRoot(first, pick(0, 1));
    const second = next(first, [
      { type: 'remove-root', kid: roots[0]!.kid },
      { type: 'remove-root', kid: roots[1]!.kid },
      { type: 'add-root', key: roots[3]! },
    ]);
    await expect(signTrustRoot(second, pick(2, 3), one)).rejects.toThrowCode('threshold-unmet');
    await expect(signTrustRoot(second, pick(0, 1, 2), one)).rejects.toThrowCode('threshold-unmet');
    await expect(signTrustRoot(second, pick(0, 2, 3), one)).resolves.toContain('signatures');
  });

  it('wants the root right before it', async () => {
    const first = build();
    const one = await signTrustRoot(first, pick(0, 1));
    const second = next(first);
    await expect(signTrustRoot(second, pick(0, 1))).rejects.toThrowCode('root-previous');
    await expect(signTrustRoot(first, pick(0, 1), one)).rejects.toThrowCode('root-previous');
    await expect(signTrustRoot(next(second), pick(0, 1), one)).rejects.toThrowCode('root-previous');
    const parts = await Promise.all(pick(0, 1).map((signer) => signRootPart(second, signer)));
    expect(() => joinRootParts(parts)).toThrowCode('root-previous');
    expect(joinRootParts(parts, one)).toBe(formatGeneralJws(parts));
  });

  it('stays with one vendor and one environment, and under signatures that hold', async () => {
    const one = await signTrustRoot(build(), pick(0, 1));
    const vendor = next(build({ vendor: 'other.example' }));
    await expect(signTrustRoot(vendor, pick(0, 1), one)).rejects.toThrowCode('root-vendor');
    const test = next(build({ environment: 'test' }));
    await expect(signTrustRoot(test, pick(0, 1), one)).rejects.toThrowCode('root-environment');
    const forged = formatGeneralJws([await signRootPart(build(), signers[0]!)]);
    await expect(signTrustRoot(next(build()), pick(0, 1), forged)).rejects.toThrowCode('root-threshold');
  });

  it('names no key that is unknown to both', async () => {
    const one = await signTrustRoot(build(), pick(0, 1));
    const stranger = await signerOf((await generateKeyPair()).jwk);
    await expect(signTrustRoot(next(build()), [...pick(0, 1), stranger], one)).rejects.toThrowCode(
      'signer-unknown',
    );
  });
});
