import {
  CounterfoilError,
  decodeUtf8,
  limits,
  parseFile,
  type LicenseClaims,
  type Product,
} from '@counterfoil/schemas';
import {
  explainLicense,
  notAsked,
  openShard,
  type Instant,
  type Shard,
  type Trust,
} from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import type { FoundFiles } from '../register/backup/load-files.js';
import type { IssuedFile, StoredShard } from '../register/register.js';
import { snapshotOf, textDigest } from './product-snapshot.js';

/** A copy of a license file, as it was found somewhere. */
export interface FoundCopy {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Why a copy was left out, or what is missing although the copies are whole. */
export interface RestoreProblem {
  readonly where: string;
  readonly problem: string;
}

/** What the copies are held against. */
export interface RestoreContext {
  readonly trust: Trust;
  readonly roots: readonly string[];
  readonly now: Instant;
  /** The newest document of each product; what a license cannot tell of its product comes from here. */
  readonly products: readonly Product[];
}

interface Copy {
  readonly name: string;
  readonly text: string;
  readonly claims: LicenseClaims;
  readonly shard: Shard;
  readonly token: string;
}

const BITS = { valid: 0, revoked: 1, suspended: 2 } as const;

/** The bits of a shard, two an entry. */
function bitsOf(shard: Shard): Uint8Array {
  const bits = new Uint8Array((limits.shardEntries * limits.shardBits) / 8);
  for (let index = 0; index < limits.shardEntries; index++) {
    const bit = BITS[shard.at(index) ?? 'valid'];
    bits[index >> 2] = (bits[index >> 2] ?? 0) | (bit << ((index & 3) * 2));
  }
  return bits;
}

/** Reads a copy that the vendor's trust accepts; a text says why one is not accepted. */
function readCopy({ name, bytes }: FoundCopy, { trust, now }: RestoreContext): Copy | string {
  const { verdict } = explainLicense(bytes, {
    engine: nodeEngine,
    trust,
    product: notAsked,
    host: notAsked,
    now,
  });
  if (verdict.arm === 'rejected') return `not genuine: ${verdict.finding.code}`;
  const claims = structuredClone(verdict.license.claims) as LicenseClaims;
  const text = decodeUtf8(bytes, name);
  const block = parseFile(text).blocks.find(({ document }) => document === 'status-list');
  if (block === undefined || claims.status === undefined) return 'it carries no status list';
  const token = block.body;
  try {
    const shard = openShard(nodeEngine, trust, token);
    if (shard.uri !== claims.status.status_list.uri) return 'its status list is another one';
    return { name, text, claims, shard, token };
  } catch (error) {
    if (!(error instanceof CounterfoilError)) throw error;
    return `its status list does not count: ${error.code}`;
  }
}

const numberOf = (uri: string): number => Number(/:([1-9][0-9]{0,8})$/.exec(uri)?.[1]);

function toFile({ text, claims }: Copy, product: Product): IssuedFile {
  const { iat, exp, jti, aud, sub, license, status } = claims;
  const place = status?.status_list ?? { uri: '', idx: 0 };
  return {
    license: license.id,
    revision: license.revision,
    customer: { id: sub, name: license.licensee.name },
    product: aud,
    productDigest: snapshotOf(product).digest,
    jti,
    iat,
    ...(exp === undefined ? {} : { exp }),
    shard: numberOf(place.uri),
    index: place.idx,
    digest: textDigest(text),
    text,
    claims,
  };
}

/** The newest version of each shard that the copies carry. */
function newestShards(copies: readonly Copy[]): readonly StoredShard[] {
  const newest = new Map<string, Copy>();
  for (const copy of copies) {
    const known = newest.get(copy.shard.uri);
    if (known === undefined || copy.shard.version > known.shard.version) newest.set(copy.shard.uri, copy);
  }
  return [...newest.values()].map(({ shard, token }) => ({
    number: numberOf(shard.uri),
    uri: shard.uri,
    version: shard.version,
    bits: bitsOf(shard),
    token,
  }));
}

/**
 * What can be filed again from copies of license files, and what cannot.
 *
 * Every copy is verified by the vendor's trust; one revision twice counts once, and two that differ not at all.
 */
export function findCopies(
  found: Iterable<FoundCopy>,
  context: RestoreContext,
): { readonly files: FoundFiles; readonly problems: readonly RestoreProblem[] } {
  const problems: RestoreProblem[] = [];
  const products = new Map(context.products.map((product) => [product.id, product]));
  const copies = new Map<string, { copy: Copy; file: IssuedFile }>();
  for (const one of found) {
    const copy = readCopy(one, context);
    const product = typeof copy === 'string' ? undefined : products.get(copy.claims.aud);
    if (typeof copy === 'string') problems.push({ where: one.name, problem: copy });
    else if (product === undefined)
      problems.push({ where: one.name, problem: `no document of the product ${copy.claims.aud}` });
    else {
      const file = toFile(copy, product);
      const place = `${file.license} ${String(file.revision).padStart(9, '0')}`;
      const known = copies.get(place);
      if (known === undefined) copies.set(place, { copy, file });
      else if (known.file.jti !== file.jti)
        problems.push({ where: one.name, problem: `another file of the revision in ${known.copy.name}` });
    }
  }
  const kept = [...copies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair);
  const files = kept.map(({ file }) => file);
  return {
    files: {
      // The name that the newest file has.
      customers: [
        ...new Map(
          [...files].sort((a, b) => a.iat - b.iat).map(({ customer }) => [customer.id, customer]),
        ).values(),
      ],
      products: context.products.map((product) => snapshotOf(product)),
      shards: newestShards(kept.map(({ copy }) => copy)),
      files,
      roots: context.roots,
    },
    problems: [...problems, ...missingRevisions(files)],
  };
}

function missingRevisions(files: readonly IssuedFile[]): readonly RestoreProblem[] {
  const known = new Map<string, Set<number>>();
  for (const { license, revision } of files)
    known.set(license, (known.get(license) ?? new Set()).add(revision));
  return [...known].flatMap(([license, revisions]) =>
    Array.from({ length: Math.max(...revisions) }, (_, index) => index + 1)
      .filter((revision) => !revisions.has(revision))
      .map((revision) => ({ where: license, problem: `no copy of revision ${String(revision)}` })),
  );
}
