// A vendor, a license file and its parts, made with node:crypto and the codecs: what the benches measure with.
import { generateKeyPairSync, sign } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import {
  encodeBase64url,
  encodeBlock,
  encodeUtf8,
  formatCompactJws,
  formatFile,
  formatGeneralJws,
  headerFor,
  signingInputOf,
} from '@counterfoil/schemas';
import { thumbprint } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';

export const NOW = 1_800_000_000;
const DAY = 86_400;
const SHARD = 'counterfoil:acme.example:status:0';

export function makeKey() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { x } = publicKey.export({ format: 'jwk' });
  return { x, kid: thumbprint(nodeEngine, x), publicKey, privateKey };
}

function signPart(key, document, claims) {
  const input = signingInputOf(headerFor(document, key.kid), encodeUtf8(JSON.stringify(claims)));
  const signature = encodeBase64url(sign(null, input.bytes, key.privateKey));
  return { protected: input.protected, payload: input.payload, signature };
}

const row = ({ kid, x }) => ({ kid, x });

/** A vendor with 2 of 3 root keys; `root(version)` is signed by two of them. */
export function makeVendor() {
  const roots = [makeKey(), makeKey(), makeKey()];
  const issuing = makeKey();
  const status = makeKey();
  const root = (version) => {
    const claims = {
      schema: 1,
      iss: 'acme.example',
      environment: 'production',
      version,
      iat: NOW - 100 * DAY,
      exp: NOW + 3000 * DAY,
      root: { threshold: 2, keys: roots.map(row) },
      issuing: [{ ...row(issuing), from: NOW - 100 * DAY }],
      status: [{ ...row(status), from: NOW - 100 * DAY }],
    };
    return formatGeneralJws(roots.slice(0, 2).map((key) => signPart(key, 'trust-root', claims)));
  };
  return { issuing, status, root };
}

/** An ordinary license: a year's subscription with a pool, its rules, and two states. */
export function makeLicense(vendor, grant = {}) {
  return formatCompactJws(
    signPart(vendor.issuing, 'license', {
      iss: 'acme.example',
      aud: 'mailbox-backup',
      sub: 'C-1001',
      jti: encodeBase64url(new Uint8Array(16)),
      iat: NOW - 10 * DAY,
      nbf: NOW - 10 * DAY,
      exp: NOW + 369 * DAY,
      status: { status_list: { idx: 77, uri: SHARD } },
      license: {
        schema: 1,
        id: 'CF-7K2M-94QX-A',
        revision: 1,
        kind: 'commercial',
        licensee: { name: 'Contoso' },
        product: { name: 'Mailbox Backup', catalog: 1 },
        term: { type: 'fixed', until: NOW + 355 * DAY },
        kinds: { mailbox: { form: 'mail' } },
        operations: { backup: {}, restore: { reads: true } },
        states: { active: ['backup', 'restore'], expired: ['restore'] },
        pools: { mailboxes: { lots: [{ id: 'base', quantity: 100 }] } },
        needs: { root: 1, status: 1 },
        ...grant,
      },
    }),
  );
}

/** A shard in which one in a hundred is revoked. */
export function makeShard(vendor) {
  const bits = new Uint8Array(4096);
  for (let i = 0; i < 164; i++) bits[(i * 997) % 4096] |= 1 << ((i % 4) * 2);
  bits[77 >> 2] = 0;
  return formatCompactJws(
    signPart(vendor.status, 'status-list', {
      iss: 'acme.example',
      sub: SHARD,
      iat: NOW - 10 * DAY,
      version: 1,
      status_list: { bits: 2, lst: deflateSync(bits, { level: 9 }).toString('base64url') },
    }),
  );
}

export function makeFile(license, roots, shard) {
  return formatFile('A license of Acme', [
    encodeBlock('license', license),
    ...roots.map((root) => encodeBlock('trust-root', root)),
    ...(shard === undefined ? [] : [encodeBlock('status-list', shard)]),
  ]);
}
