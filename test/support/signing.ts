import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import {
  documents,
  encodeBase64url,
  encodeBlock,
  formatCompactJws,
  formatFile,
  formatGeneralJws,
  HASH_PREFIX,
  limits,
  NODE_FANOUT,
  PAGE_DIGESTS,
  pagesHeader,
  pagesLayout,
  type DocumentName,
  type FlattenedJws,
} from '@counterfoil/schemas';

/** Anything that JSON can say: fixtures must be able to be wrong. */
export type Loose = Record<string, any>;

const b64 = (value: unknown): string => encodeBase64url(Buffer.from(JSON.stringify(value)));
const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export interface TestKey {
  readonly kid: string;
  readonly x: string;
  readonly privateKey: KeyObject;
}

export function makeKey(): TestKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const x = publicKey.export({ format: 'jwk' }).x!;
  const kid = sha256(Buffer.from(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`)).toString('base64url');
  return { kid, x, privateKey };
}

/** Signs any payload under any header; what is not said is as it should be. */
export function signPart(
  key: TestKey,
  document: DocumentName,
  payload: unknown,
  header: Loose = {},
): FlattenedJws {
  const head = b64({ alg: 'EdDSA', kid: key.kid, typ: documents[document].typ, ...header });
  const body = typeof payload === 'string' ? payload : b64(payload);
  const signature = sign(null, Buffer.from(`${head}.${body}`), key.privateKey).toString('base64url');
  return { protected: head, payload: body, signature };
}

export const signCompact = (...args: Parameters<typeof signPart>): string =>
  formatCompactJws(signPart(...args));

/** 2026-06-01T00:00:00Z, at which every fixture is in force. */
export const NOW = 1_780_272_000;
export const DAY = 86_400;

export interface TestVendor {
  readonly id: string;
  readonly rootKey: TestKey;
  readonly issuing: TestKey;
  readonly status: TestKey;
  /** General JSON of the only root. */
  readonly root: string;
  readonly rootClaims: Loose;
}

/** The claims of a root that names these keys. */
export function rootClaims(
  keys: Pick<TestVendor, 'rootKey' | 'issuing' | 'status'>,
  change: Loose = {},
): Loose {
  const row = ({ kid, x }: TestKey): Loose => ({ kid, x });
  return {
    schema: 1,
    iss: 'acme.example',
    environment: 'production',
    version: 1,
    iat: NOW - 200 * DAY,
    exp: NOW + 700 * DAY,
    root: { threshold: 1, keys: [row(keys.rootKey)] },
    issuing: [{ ...row(keys.issuing), from: NOW - 200 * DAY }],
    status: [{ ...row(keys.status), from: NOW - 200 * DAY }],
    ...change,
  };
}

export const signRoot = (claims: Loose, ...signers: readonly TestKey[]): string =>
  formatGeneralJws(signers.map((key) => signPart(key, 'trust-root', claims)));

export function makeVendor(change: Loose = {}): TestVendor {
  const keys = { rootKey: makeKey(), issuing: makeKey(), status: makeKey() };
  const claims = rootClaims(keys, change);
  return { id: claims['iss'], ...keys, rootClaims: claims, root: signRoot(claims, keys.rootKey) };
}

export const SHARD = 'counterfoil:acme.example:status:0';

/** The claims of a license that is good at `NOW`; `grant` changes what stands under `license`. */
export function licenseOf(change: Loose = {}, grant: Loose = {}): Loose {
  return {
    iss: 'acme.example',
    aud: 'backup',
    sub: 'C-1001',
    jti: 'AAAAAAAAAAAAAAAAAAAAAA',
    iat: NOW - 10 * DAY,
    nbf: NOW - 9 * DAY,
    exp: NOW + 114 * DAY,
    status: { status_list: { idx: 7, uri: SHARD } },
    license: {
      schema: 1,
      id: 'CF-7K2M-94QX-3',
      revision: 1,
      kind: 'commercial',
      licensee: { name: 'Müller & Söhne' },
      product: { name: 'Acme Backup', catalog: 1 },
      term: { type: 'fixed', until: NOW + 100 * DAY, zone: 'Europe/Vienna' },
      kinds: { mailbox: { form: 'mail' }, tenant: { form: 'guid' } },
      operations: { backup: {}, restore: { reads: true } },
      states: { none: ['restore'], active: ['backup', 'restore'], grace: ['backup', 'restore'] },
      pools: { mailboxes: { label: 'Mailboxes', lots: [{ id: 'lot-1', quantity: 50 }] } },
      needs: { root: 1, status: 1 },
      ...grant,
    },
    ...change,
  };
}

/** A shard of the status list; `bits` are the entries that are not 0. */
export function shardOf(
  vendor: TestVendor,
  bits: Readonly<Record<number, number>> = {},
  change: Loose = {},
): string {
  const bytes = Buffer.alloc((limits.shardEntries * limits.shardBits) / 8);
  for (const [index, value] of Object.entries(bits)) {
    bytes[Number(index) >> 2]! |= value << ((Number(index) & 3) * 2);
  }
  return signCompact(vendor.status, 'status-list', {
    iss: vendor.id,
    sub: SHARD,
    iat: NOW - 10 * DAY,
    version: 1,
    status_list: { bits: 2, lst: deflateSync(bytes, { level: 9 }).toString('base64url') },
    ...change,
  });
}

export interface FileParts {
  readonly summary?: string;
  readonly roots?: readonly string[];
  readonly shard?: string;
  readonly pages?: readonly Uint8Array[];
}

/** The text of a license file. */
export function licenseFile(
  license: string,
  { summary = '', roots = [], shard, pages = [] }: FileParts = {},
): string {
  return formatFile(summary, [
    encodeBlock('license', license),
    ...roots.map((root) => encodeBlock('trust-root', root)),
    ...(shard === undefined ? [] : [encodeBlock('status-list', shard)]),
    ...pages.map((bytes) => encodeBlock('identity-pages', bytes)),
  ]);
}

/** A good license file of a vendor. */
export function goodFile(vendor: TestVendor, change: Loose = {}, grant: Loose = {}): string {
  const license = signCompact(vendor.issuing, 'license', licenseOf(change, grant));
  return licenseFile(license, { roots: [vendor.root], shard: shardOf(vendor) });
}

/** The text of a license file, one character of the license's signature changed. */
export function tamper(text: string): string {
  const near = text.indexOf('\n-----END COUNTERFOIL LICENSE') - 20;
  const at = text[near] === '\n' ? near - 1 : near;
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
}

/** The claims of a product document. */
export function productOf(change: Loose = {}, product: Loose = {}): Loose {
  return {
    iss: 'acme.example',
    sub: 'backup',
    jti: 'AAAAAAAAAAAAAAAAAAAAAA',
    iat: NOW - 10 * DAY,
    product: {
      schema: 1,
      id: 'backup',
      name: 'Acme Backup',
      catalog: 1,
      operations: { backup: {}, restore: { reads: true } },
      states: { none: ['restore'], active: ['backup', 'restore'] },
      ...product,
    },
    ...change,
  };
}

/** The text of a kit. */
export function kitFile(roots: readonly string[], product?: string): string {
  return formatFile('', [
    ...(product === undefined ? [] : [encodeBlock('product', product)]),
    ...roots.map((root) => encodeBlock('trust-root', root)),
  ]);
}

/** Identity pages of canonical identities, and what a license says of them. */
export function pagesOf(identities: readonly string[]): { claim: Loose; bytes: Buffer } {
  const salt = Buffer.alloc(16, 5);
  const digests = identities
    .map((identity) =>
      sha256(Buffer.from([HASH_PREFIX.identity]), salt, Buffer.from(identity)).subarray(0, 16),
    )
    .sort((a, b) => Buffer.compare(a, b));
  const page = (parts: readonly Buffer[]): Buffer =>
    Buffer.concat([...parts, Buffer.alloc(limits.page)]).subarray(0, limits.page);
  const chunk = <T>(items: readonly T[], size: number): T[][] =>
    Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
  const describe = (block: Buffer, prefix: number): Buffer =>
    Buffer.concat([block.subarray(0, 16), sha256(Buffer.from([prefix]), block)]);
  const leaves = chunk(digests, PAGE_DIGESTS).map(page);
  const levels = [leaves];
  let entries = leaves.map((leaf) => describe(leaf, HASH_PREFIX.leaf));
  for (const width of pagesLayout(identities.length).nodes.toReversed()) {
    const nodes = chunk(entries, NODE_FANOUT).map(page);
    if (nodes.length !== width) throw new Error(`expected ${width} nodes, got ${nodes.length}`);
    levels.unshift(nodes);
    entries = nodes.map((node) => describe(node, HASH_PREFIX.node));
  }
  if (entries.length !== 1) throw new Error('expected one node at the top');
  const root = entries[0]!.subarray(16).toString('base64url');
  const bytes = Buffer.concat([page([Buffer.from(pagesHeader(root, identities.length))]), ...levels.flat()]);
  return { claim: { root, salt: salt.toString('base64url'), count: identities.length }, bytes };
}
