import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { CounterfoilError, limits } from '@counterfoil/schemas';
import {
  extendTrust,
  openShard,
  verifyLicense,
  type HostFacts,
  type Instant,
  type Shard,
  type Trust,
  type Verdict,
  type VerifyContext,
} from '../../core/index.js';
import { nodeFault } from '../codes.js';
import { nodeEngine } from '../engine.js';
import { readFault, readFileWithin, reasonOf } from '../files.js';
import type { Journal } from '../journal/journal.js';
import type { InstallRecord, TrustRecord } from '../journal/records.js';
import { replay, type JournalState } from '../journal/replay.js';
import type { Kit } from '../kit.js';

/** Who asks: the product by its kit, this host, at one reading of the clock. */
export interface Asker {
  readonly kit: Kit;
  readonly product: string;
  readonly host: HostFacts;
  readonly now: Instant;
  /** The data folder. */
  readonly folder: string;
  /** The license that the surroundings give. */
  readonly source?: LicenseSource;
}

/** A license that is given by the surroundings of a program, as container sites do, and not by an install. */
export interface LicenseSource {
  /** Who gave it: `the argument`, or the name of the variable. */
  readonly from: string;
  readonly bytes: Uint8Array;
}

/** What a host has stored, as far as its signatures hold. */
export interface Stored {
  readonly asker: Asker;
  readonly journal: Journal;
  readonly state: JournalState;
  /** The kit's trust, extended by the stored roots. */
  readonly trust: Trust;
  /** The newest stored shard of each name. */
  readonly shards: readonly Shard[];
  /** The instant by which everything here is judged: the clock, never before the floor. */
  readonly at: Instant;
  /** The license that the surroundings give, as far as it is not written to the folder: it counts as installed last. */
  readonly carried?: { readonly digest: string; readonly bytes: Uint8Array };
}

/** What the function returns, or undefined for a document that does not hold: a journal is a file that anyone may write to. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CounterfoilError) return undefined;
    throw error;
  }
}

const textsOf = (trust: readonly TrustRecord[], kind: TrustRecord['document']): readonly string[] =>
  trust.filter(({ document }) => document === kind).map(({ text }) => text);

function extendByStored(pinned: Trust, roots: readonly string[]): Trust {
  return roots.reduce(
    (trust, text) => attempt(() => extendTrust(nodeEngine, trust, [text]).trust) ?? trust,
    pinned,
  );
}

function newestShards(trust: Trust, texts: readonly string[]): readonly Shard[] {
  const newest = new Map<string, Shard>();
  for (const text of texts) {
    const shard = attempt(() => openShard(nodeEngine, trust, text));
    if (shard !== undefined && shard.version > (newest.get(shard.uri)?.version ?? 0))
      newest.set(shard.uri, shard);
  }
  return [...newest.values()];
}

/** Takes stock of what a host has stored, from its open journal. */
export function takeStock(asker: Asker, journal: Journal): Stored {
  const state = replay(journal.lines(), asker.product);
  const trust = extendByStored(asker.kit.trust, textsOf(state.trust, 'trust-root'));
  const shards = newestShards(trust, textsOf(state.trust, 'status-list'));
  return { asker, journal, state, trust, shards, at: Math.max(asker.now, state.floor) };
}

/** What a license is held against on this host. */
export function contextOf({ asker, trust, shards, state }: Stored, activated?: Instant): VerifyContext {
  const { product, host, now } = asker;
  return {
    engine: nodeEngine,
    trust,
    product,
    host,
    now,
    shards,
    ...(state.floor === 0 ? {} : { floor: state.floor }),
    ...(activated === undefined ? {} : { activated }),
  };
}

/** Throws `data-missing` unless the data folder is there. */
export function requireFolder(folder: string): void {
  try {
    if (statSync(folder).isDirectory()) return;
  } catch (cause) {
    if (reasonOf(cause) !== 'ENOENT') throw readFault(folder, cause);
  }
  throw nodeFault('data-missing', { where: folder });
}

/** The name under which a license file lies: SHA-256 of its bytes, hexadecimal. */
export function licenseDigest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export const licensesIn = (folder: string): string => join(folder, 'licenses');

export const pagesIn = (folder: string): string => join(folder, 'pages');

export const licensePath = (folder: string, digest: string): string =>
  join(licensesIn(folder), `${digest}.lic`);

/** The bytes of an installed file. Throws `license-lost`, `file-unreadable`. */
export function readInstalled({ asker, carried }: Stored, { license }: InstallRecord): Uint8Array {
  if (carried?.digest === license) return carried.bytes;
  const path = licensePath(asker.folder, license);
  let bytes: Uint8Array;
  try {
    bytes = readFileWithin(path, limits.file);
  } catch (cause) {
    if (cause instanceof CounterfoilError && cause.code === 'file-missing') {
      throw nodeFault('license-lost', { where: path, actual: 'no such file', cause });
    }
    throw cause;
  }
  if (licenseDigest(bytes) !== license)
    throw nodeFault('license-lost', { where: path, actual: 'a changed file' });
  return bytes;
}

/** The verdict on an installed file, as of now. Throws `license-lost`, `file-unreadable`. */
export function judgeInstalled(stored: Stored, install: InstallRecord): Verdict {
  const bytes = readInstalled(stored, install);
  return verifyLicense(bytes, contextOf(stored, stored.state.activated.get(install.id)));
}
