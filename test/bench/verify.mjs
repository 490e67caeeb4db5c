// Verifying, against as many bare verifications of node:crypto as there are signatures to check.
import { createPublicKey, verify } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { openTrust, verifyLicense } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { compactVerify, importJWK, jwtVerify } from 'jose';
import nacl from 'tweetnacl';
import { makeFile, makeLicense, makeShard, makeVendor, NOW } from './fixture.mjs';
import { inTurns, table } from './harness.mjs';

const vendor = makeVendor();
const token = makeLicense(vendor, { needs: { root: 1 } });
const [one, two] = [vendor.root(1), vendor.root(2)];
const bareToken = (() => {
  // A license of its own, without a status: one signature is all there is.
  const { issuing } = vendor;
  return {
    message: Buffer.from(token.slice(0, token.lastIndexOf('.'))),
    signature: Buffer.from(token.slice(token.lastIndexOf('.') + 1), 'base64url'),
    issuing,
  };
})();
const licensed = makeLicense(vendor);
const shard = makeShard(vendor);
const known = makeFile(licensed, [one], shard);
const renewed = makeFile(makeLicense(vendor, { needs: { root: 2, status: 1 } }), [one, two], shard);
const trust = openTrust(nodeEngine, [one]);
const context = { engine: nodeEngine, trust, product: 'mailbox-backup', host: {}, now: NOW };
const raw = Buffer.from(vendor.issuing.x, 'base64url');
const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: vendor.issuing.x }, format: 'jwk' });
const joseKey = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: vendor.issuing.x }, 'EdDSA');
const { message, signature } = bareToken;

function check(text, state) {
  const verdict = verifyLicense(text, context);
  if (verdict.arm !== 'usable' || verdict.state !== state) throw new Error(JSON.stringify(verdict.finding));
}
check(known, 'active');
check(renewed, 'active');

const many = (once) => (times) => {
  for (let i = 0; i < times; i++) once();
};
const manyLater = (once) => async (times) => {
  for (let i = 0; i < times; i++) await once();
};

/** Signatures that have to hold: license and shard, and two under a new root, by keys of both roots. */
const contenders = [
  {
    name: 'node:crypto, key imported once',
    signatures: 1,
    times: 200,
    run: many(() => verify(null, message, key, signature)),
  },
  {
    name: 'Counterfoil, file with a known root',
    signatures: 2,
    times: 100,
    run: many(() => verifyLicense(known, context)),
  },
  {
    name: 'Counterfoil, file with a new root',
    signatures: 4,
    times: 40,
    run: many(() => verifyLicense(renewed, context)),
  },
  {
    name: 'jose `compactVerify`',
    signatures: 1,
    times: 100,
    run: manyLater(() => compactVerify(licensed, joseKey)),
  },
  {
    name: 'jose `jwtVerify`',
    signatures: 1,
    times: 100,
    run: manyLater(() =>
      jwtVerify(licensed, joseKey, {
        currentDate: new Date(NOW * 1000),
        issuer: 'acme.example',
        audience: 'mailbox-backup',
      }),
    ),
  },
  {
    name: '@noble/curves',
    signatures: 1,
    times: 8,
    run: many(() => ed25519.verify(signature, message, raw, { zip215: false })),
  },
  {
    name: 'tweetnacl',
    signatures: 1,
    times: 2,
    run: many(() => nacl.sign.detached.verify(message, signature, raw)),
  },
];

const rows = await inTurns(contenders, 60);
export const section = table(
  'Verifying an ordinary license',
  ['contender', 'signatures', 'µs', 'rate for each signature, node:crypto = 1'],
  rows.map(({ name, seconds, rate, signatures }) => [
    name,
    signatures,
    (seconds * 1e6).toFixed(0),
    (rate * signatures).toFixed(2),
  ]),
);
