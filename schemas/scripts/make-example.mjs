// Prints the worked example of spec/license-file.md: the file, its claims, and the fingerprint of its root. It was
// run once; test/unit/docs/spec-example.test.ts verifies what stands in the specification.
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { loadSources } from './load-sources.mjs';

const schemas = await loadSources(`export * from '@counterfoil/schemas';`);
const {
  encodeBase64url,
  encodeBlock,
  formatCompactJws,
  formatFile,
  formatGeneralJws,
  headerFor,
  signingInputOf,
} = schemas;
const { endOfDay, nodeEngine, parseDate, startOfDay, summaryText, thumbprint } = await loadSources(
  `export * from '@counterfoil/verifier'; export { nodeEngine } from '@counterfoil/verifier/node';`,
);

const sha256 = (data) => createHash('sha256').update(data).digest();
const utf8 = (value) => new TextEncoder().encode(JSON.stringify(value));

/** EXAMPLE KEYS: everyone can compute these seeds. */
const keyOf = (name) => {
  const seed = sha256(`counterfoil example key, never use it: ${name}`);
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { x, kid: thumbprint(nodeEngine, x), privateKey };
};
const signWith = ({ kid, privateKey }, document, payload) => {
  const input = signingInputOf(headerFor(document, kid), payload);
  const signature = encodeBase64url(sign(null, input.bytes, privateKey));
  return { protected: input.protected, payload: input.payload, signature };
};
const publicOf = ({ kid, x }) => ({ kid, x });

const roots = ['root 1', 'root 2', 'root 3'].map(keyOf);
const issuing = keyOf('issuing 1');
const status = keyOf('status 1');
const instant = (text) => Date.parse(text) / 1000;
const zone = 'Europe/Vienna';
const uri = 'counterfoil:acme.example:status:1';

const root = {
  schema: 1,
  iss: 'acme.example',
  environment: 'production',
  version: 1,
  iat: instant('2025-12-01T09:00:00Z'),
  exp: instant('2035-12-01T09:00:00Z'),
  root: { threshold: 2, keys: roots.map(publicOf) },
  issuing: [
    {
      ...publicOf(issuing),
      from: instant('2025-12-01T09:00:00Z'),
      until: instant('2027-12-01T09:00:00Z'),
      limits: { products: ['acme-backup'], longest: 1096 },
    },
  ],
  status: [{ ...publicOf(status), from: instant('2025-12-01T09:00:00Z') }],
};
const rootPayload = utf8(root);
const rootText = formatGeneralJws(roots.slice(0, 2).map((key) => signWith(key, 'trust-root', rootPayload)));

const shard = {
  iss: 'acme.example',
  sub: uri,
  iat: instant('2025-12-15T09:30:00Z'),
  version: 7,
  status_list: { bits: 2, lst: '' },
};
const bits = new Uint8Array(4096);
bits[81 >> 2] |= 1 << ((81 & 3) * 2); // index 81 is revoked
bits[1002 >> 2] |= 2 << ((1002 & 3) * 2); // index 1002 is suspended
shard.status_list.lst = encodeBase64url(deflateSync(bits, { level: 9 }));
const shardText = formatCompactJws(signWith(status, 'status-list', utf8(shard)));

const day = (text) => parseDate(text);
const license = {
  iss: 'acme.example',
  aud: 'acme-backup',
  sub: 'C-1042',
  jti: encodeBase64url(sha256('counterfoil example jti').subarray(0, 16)),
  iat: instant('2025-12-15T10:00:00Z'),
  nbf: startOfDay(day('2026-01-01'), zone),
  exp: endOfDay(day('2027-01-14'), zone),
  status: { status_list: { idx: 4711, uri } },
  license: {
    schema: 1,
    id: 'CF-0410-6105-X',
    revision: 1,
    kind: 'commercial',
    licensee: { name: 'Muster & Söhne' },
    product: { name: 'Acme Backup', catalog: 3 },
    term: { type: 'fixed', until: endOfDay(day('2026-12-31'), zone), zone },
    forms: 1,
    kinds: { mailbox: { form: 'mail' } },
    operations: { backup: { meters: ['mailboxes'] }, restore: { reads: true } },
    states: {
      active: ['backup', 'restore'],
      grace: ['backup', 'restore'],
      expired: ['restore'],
      none: ['restore'],
    },
    pools: { seats: { lots: [{ id: 'first', quantity: 25 }] } },
    meters: { mailboxes: { pools: ['seats'], kind: 'mailbox' } },
    needs: { root: 1, status: 7 },
  },
};
const licensePayload = utf8(license);
const licenseText = formatCompactJws(signWith(issuing, 'license', licensePayload));

const file = formatFile(summaryText(license), [
  encodeBlock('license', licenseText),
  encodeBlock('trust-root', rootText),
  encodeBlock('status-list', shardText),
]);
const fence = (info, text) => `\`\`\`${info}\n${text}\n\`\`\`\n`;
const pretty = (value) => JSON.stringify(value, null, 2);
process.stdout.write(
  [
    fence('text example.lic', file.trimEnd()),
    `fingerprint ${encodeBase64url(sha256(rootPayload))}\n`,
    fence('json license', pretty(license)),
    fence('json trust-root', pretty(root)),
    fence('json status-list', pretty(shard)),
  ].join('\n'),
);
