import { DAY, type Instant } from '../../core/index.js';
import type { JournalLine } from './line.js';
import { recordsOf, type InstallRecord, type JournalRecord, type TrustRecord } from './records.js';

/** The format and reducer that this version writes; it reads any, and writes to none that is newer. */
export const FORMAT = 1;
export const REDUCER = 1;

/** An install that holds, and the line that it stands in. */
export interface Installed extends InstallRecord {
  readonly line: string;
}

/** What the lines of a journal mean for one product: a pure function of them, in their order. */
export interface JournalState {
  /** Absent while there is no header. */
  readonly ledger?: string;
  /** Whether a newer version has written to it, so that this one may only read. */
  readonly newer: boolean;
  /** The installs that hold and were not undone, in their order. */
  readonly installs: readonly Installed[];
  /** The last install that holds and was not undone, also after an uninstall: what a next install is held against. */
  readonly last?: Installed;
  /** Lines whose writer had seen a line that is not before them. */
  readonly gaps: number;
  readonly trust: readonly TrustRecord[];
  /** 0 while nothing signed is known. */
  readonly floor: Instant;
  /** When this host activated each license id. */
  readonly activated: ReadonlyMap<string, Instant>;
}

/** Why an install does not hold as things stand. */
export type InstallObstacle = 'revision-older' | 'license-id-other';

/** What keeps a license from following the one installed last, unless it is acknowledged (ledger.md, LG-3.2). */
export function obstacleOf(
  last: InstallRecord | undefined,
  next: Pick<InstallRecord, 'id' | 'revision' | 'type' | 'acknowledged'>,
): InstallObstacle | undefined {
  if (last === undefined) return undefined;
  const acknowledged = next.acknowledged ?? [];
  if (last.id === next.id) {
    const older = next.revision < last.revision && !acknowledged.includes('older-revision');
    return older ? 'revision-older' : undefined;
  }
  const grown = last.type === 'trial' && next.type !== 'trial';
  return grown || acknowledged.includes('other-license') ? undefined : 'license-id-other';
}

/** Why the last install cannot be undone. */
export type UndoObstacle = 'undo-nothing' | 'undo-late' | 'undo-ended';

/** What keeps the last install from being undone at an instant (ledger.md, LG-3.3). */
export function undoObstacleOf(installs: readonly InstallRecord[], at: Instant): UndoObstacle | undefined {
  const [predecessor, last] = [installs.at(-2), installs.at(-1)];
  if (predecessor === undefined || last === undefined) return 'undo-nothing';
  if (at >= last.at + last.undo * DAY) return 'undo-late';
  return predecessor.end !== undefined && at >= predecessor.end ? 'undo-ended' : undefined;
}

/**
 * The install that is current at an instant: the last in order whose license has begun, else the last of all
 * (ledger.md, LG-4.1); undefined where nothing is installed.
 */
export function currentAt<T extends InstallRecord>(installs: readonly T[], now: Instant): T | undefined {
  return installs.findLast(({ from }) => from <= now) ?? installs.at(-1);
}

/** The install that is preloaded: the one that follows the current one next, by itself (ledger.md, LG-4.1). */
export function preloadedAt<T extends InstallRecord>(installs: readonly T[], now: Instant): T | undefined {
  const current = currentAt(installs, now);
  const later = installs.slice(current === undefined ? 0 : installs.indexOf(current) + 1);
  if (later.length === 0) return undefined;
  return currentAt(installs, Math.min(...later.map(({ from }) => from)));
}

/** Whether a record finds no room where it stands. */
function isVoid(
  installs: readonly Installed[],
  last: Installed | undefined,
  record: JournalRecord,
  product: string,
): boolean {
  if (!('product' in record) || record.product !== product) return false;
  switch (record.kind) {
    case 'install':
      return obstacleOf(last, record) !== undefined;
    case 'undo':
      return (
        undoObstacleOf(installs, record.at) !== undefined ||
        installs.at(-1)?.line !== record.undoes ||
        installs.at(-2)?.license !== record.license
      );
    case 'uninstall':
      return installs.at(-1)?.license !== record.license;
    case 'first-use':
      return false;
  }
}

/** Replays lines for a product; order decides, and what finds no room when its turn comes is void (ledger.md, LG-3). */
export function replay(lines: Iterable<JournalLine>, product: string): JournalState {
  let ledger: string | undefined;
  let newer = false;
  let gaps = 0;
  let floor = 0;
  const installs: Installed[] = [];
  let last: Installed | undefined;
  const trust: TrustRecord[] = [];
  const activated = new Map<string, Instant>();
  const seen = new Set<unknown>(['']);
  for (const { value, digest } of lines) {
    if (!seen.has(value['after'])) gaps++;
    seen.add(digest);
    const records = recordsOf(value);
    // A line holds as a whole: with a void install nothing else of it counts.
    if (records.some((record) => isVoid(installs, last, record, product))) continue;
    for (const record of records) {
      switch (record.kind) {
        case 'header':
          ledger ??= record.ledger;
          newer ||= record.format > FORMAT || record.reducer > REDUCER;
          break;
        case 'install':
          if (record.product !== product) break;
          last = { ...record, line: digest };
          installs.push(last);
          break;
        case 'undo':
          if (record.product !== product) break;
          installs.pop();
          last = installs.at(-1);
          break;
        case 'uninstall':
          if (record.product === product) installs.length = 0;
          break;
        case 'first-use':
          if (record.product === product && !activated.has(record.id))
            activated.set(record.id, record.activated);
          break;
        case 'clock':
          floor = Math.max(floor, record.floor);
          break;
        case 'trust':
          trust.push(record);
      }
    }
  }
  return {
    ...(ledger === undefined ? {} : { ledger }),
    newer,
    installs,
    ...(last === undefined ? {} : { last }),
    gaps,
    trust,
    floor,
    activated,
  };
}
