import { decodeBody, decodeUtf8, formatFault, parseFile, type Block } from '@counterfoil/schemas';
import {
  extendTrust,
  openShard,
  parseTrustRoot,
  verifierFault,
  type Instant,
  type ReadRoot,
  type Shard,
  type Trust,
} from '../../../core/index.js';
import { nodeEngine } from '../../engine.js';
import { openJournal, openJournalToAppend } from '../../journal/journal.js';
import type { JournalRecord, TrustRecord } from '../../journal/records.js';
import { takeStock, type Asker, type Stored } from '../data-folder.js';
import { requireMade, usingJournal } from '../install/install.js';

/** A document of trust, as it is named to people. */
export interface TrustDocument {
  readonly document: 'trust-root' | 'status-list';
  /** `trust root 2`, `status list counterfoil:acme.example:status:0`. */
  readonly name: string;
  readonly version: number;
}

/** What an import brought. */
export interface ImportAnswer {
  readonly fresh: readonly TrustDocument[];
  readonly known: readonly TrustDocument[];
}

interface ImportPlan extends ImportAnswer {
  readonly records: readonly JournalRecord[];
}

const rootDocument = (version: number, test: boolean): TrustDocument => ({
  document: 'trust-root',
  name: `${test ? 'test' : 'trust'} root ${String(version)}`,
  version,
});
const listDocument = ({ uri, version }: Shard): TrustDocument => ({
  document: 'status-list',
  name: `status list ${uri}`,
  version,
});

/** The texts of a trust that another does not have, by version. */
const newTexts = (
  trust: Trust | undefined,
  before: Trust | undefined,
): readonly (readonly [number, string])[] =>
  [...(trust?.texts ?? [])].filter(([version]) => before?.texts.has(version) !== true);

/** Throws `file-blocks` for a file in which there is nothing to import. */
function requireTrustBlocks(blocks: readonly Block[]): readonly Block[] {
  const found = blocks.filter(({ document }) => document === 'trust-root' || document === 'status-list');
  if (found.length > 0) return found;
  throw formatFault('file-blocks', {
    expected: 'trust roots or a status list',
    actual: blocks.map(({ document }) => document).join(', '),
  });
}

/** The newest of the lists in a file that are newer than those on the host, one of each name. */
function freshLists(opened: readonly Shard[], stored: readonly Shard[]): readonly Shard[] {
  const newest = new Map(stored.map((shard) => [shard.uri, shard]));
  for (const shard of opened)
    if (shard.version > (newest.get(shard.uri)?.version ?? 0)) newest.set(shard.uri, shard);
  return opened.filter((shard) => newest.get(shard.uri) === shard);
}

/** Says what a file would bring, each document verified; the license in it, if any, is not looked at. */
function planImport(stored: Stored, bytes: Uint8Array): ImportPlan {
  const { blocks } = parseFile(bytes);
  const wanted = requireTrustBlocks(blocks);
  const bodies = wanted.flatMap(({ document, body }) => (document === 'status-list' ? [body] : []));
  const texts = wanted
    .filter(({ document }) => document === 'trust-root')
    .map((block) => decodeUtf8(decodeBody(block), 'trust-root'));
  const { trust, missing } = extendTrust(nodeEngine, stored.trust, texts);
  if (missing !== undefined)
    throw verifierFault('root-gap', {
      expected: `trust root ${String(missing)}`,
      actual: 'none in the file',
    });
  const opened = bodies.map((body) => openShard(nodeEngine, trust, body));
  const lists = freshLists(opened, stored.shards);
  const roots = newTexts(trust, stored.trust);
  const testRoots = newTexts(trust.test, stored.trust.test);
  const carried = texts.map((text) => parseTrustRoot(nodeEngine, text));
  const isNews = roots.length + testRoots.length + lists.length > 0;
  if (!isNews && wanted.length === blocks.length && opened.length === 0) requireNotOlder(carried, trust);
  const record = (document: TrustRecord['document'], text: string): TrustRecord => ({
    kind: 'trust',
    at: stored.at,
    document,
    text,
  });
  const isFresh = ({ text }: ReadRoot): boolean =>
    [...roots, ...testRoots].some(([, fresh]) => fresh === text);
  const isTest = ({ claims }: ReadRoot): boolean =>
    claims.environment === 'test' && trust.root.environment !== 'test';
  const nameOf = (root: ReadRoot): TrustDocument => rootDocument(root.claims.version, isTest(root));
  return {
    fresh: [...carried.filter(isFresh).map(nameOf), ...lists.map(listDocument)],
    known: [
      ...carried.filter((root) => !isFresh(root)).map(nameOf),
      ...opened.filter((shard) => !lists.includes(shard)).map(listDocument),
    ],
    records: [
      ...[...roots, ...testRoots].map(([, text]) => record('trust-root', text)),
      ...lists.map((shard) => record('status-list', bodies[opened.indexOf(shard)] as string)),
      ...floorRecords(stored, [
        ...(roots.length === 0 ? [] : [trust.root.iat]),
        ...lists.map(({ iat }) => iat),
      ]),
    ],
  };
}

/** A newer signed instant moves the floor, as that of an installed license does (ledger.md, LG-3.5). */
function floorRecords({ state, at }: Stored, signed: readonly Instant[]): readonly JournalRecord[] {
  const floor = Math.max(0, ...signed);
  return floor > state.floor ? [{ kind: 'clock', at, floor }] : [];
}

/** Throws `root-older` for roots alone all of which the host has left behind (trust-root.md, clause 4.2). */
function requireNotOlder(carried: readonly ReadRoot[], trust: Trust): void {
  const newest = Math.max(...carried.map(({ claims }) => claims.version));
  if (carried.some(({ claims }) => claims.environment !== trust.root.environment)) return;
  if (newest >= trust.root.version) return;
  throw verifierFault('root-older', {
    expected: `trust root ${String(trust.root.version)} or newer`,
    actual: String(newest),
  });
}

/**
 * Takes the trust roots and status lists out of a carried file and keeps them (ledger.md, LG-3.6).
 *
 * What is refused is refused whole. Throws format codes, `root-gap`, `root-fork`, `root-older`, `root-vendor` and whatever else following
 * roots and opening a status list throw; `data-missing`, `file-unwritable`, `journal-unsynced`, `journal-newer`.
 */
export function importTrust(asker: Asker, bytes: Uint8Array): ImportAnswer {
  const looked = usingJournal(openJournal(asker.folder), (journal) => {
    const plan = planImport(takeStock(asker, journal), bytes);
    journal.sync();
    return plan;
  });
  if (looked.records.length === 0) return looked;
  requireMade(asker.folder);
  return usingJournal(openJournalToAppend(asker.folder), (journal) => {
    const plan = planImport(takeStock(asker, journal), bytes);
    // Each in a line of its own: together they could be longer than a line may be.
    for (const record of plan.records) journal.append([record]);
    journal.sync();
    return plan;
  });
}
