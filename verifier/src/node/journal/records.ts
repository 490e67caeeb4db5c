import { isJsonObject, type JsonObject, type JsonValue } from '@counterfoil/schemas';
import { days, digest, id, instant, licenseKind, salt } from '../../core/claims/rules.js';
import { integer, list, object, oneOf, text, type Shape, type ShapeFault } from '../../core/claims/shape.js';
import type { Instant } from '../../core/index.js';

/** What an administrator may acknowledge, so that an install goes on. */
export type Acknowledgement = 'older-revision' | 'other-license';

/** The first line: which journal it is, and who may write it (ledger.md, LG-3.1). */
interface HeaderRecord {
  readonly kind: 'header';
  readonly format: number;
  readonly reducer: number;
  /** 16 random bytes, base64url. */
  readonly ledger: string;
}

/** The switch to a license file (ledger.md, LG-3.2). */
export interface InstallRecord {
  readonly kind: 'install';
  readonly at: Instant;
  readonly product: string;
  /** SHA-256 of the file, hexadecimal: `licenses/<it>.lic`. */
  readonly license: string;
  readonly id: string;
  readonly revision: number;
  readonly type: 'trial' | 'commercial' | 'evaluation' | 'not-for-production';
  readonly from: Instant;
  /** End of grace; absent when perpetual. */
  readonly end?: Instant;
  /** Days within which it may be undone. */
  readonly undo: number;
  readonly acknowledged?: readonly Acknowledgement[];
}

/** The switch back to the predecessor (ledger.md, LG-3.3). */
interface UndoRecord {
  readonly kind: 'undo';
  readonly at: Instant;
  readonly product: string;
  /** The digest of the line that is undone. */
  readonly undoes: string;
  /** The file that is current again. */
  readonly license: string;
}

/** The end of what was installed; the record of use stays (ledger.md, LG-3.7). */
interface UninstallRecord {
  readonly kind: 'uninstall';
  readonly at: Instant;
  readonly product: string;
  /** The file of the last install. */
  readonly license: string;
}

/** The start of a term that a host computes (ledger.md, LG-3.4). */
interface FirstUseRecord {
  readonly kind: 'first-use';
  readonly at: Instant;
  readonly product: string;
  readonly id: string;
  readonly activated: Instant;
}

/** The newest signed instant among installed documents (ledger.md, LG-3.5). */
interface ClockRecord {
  readonly kind: 'clock';
  readonly at: Instant;
  readonly floor: Instant;
}

/** A trust root or a shard that came with a file (ledger.md, LG-3.6). */
export interface TrustRecord {
  readonly kind: 'trust';
  readonly at: Instant;
  readonly document: 'trust-root' | 'status-list';
  readonly text: string;
}

export type JournalRecord =
  HeaderRecord | InstallRecord | UndoRecord | UninstallRecord | FirstUseRecord | ClockRecord | TrustRecord;

const hex = text(/^[0-9a-f]{64}$/, 64, 'a SHA-256 in hexadecimal');
const version = integer(1, 1_000_000);
const licenseId = text(/^CF-[0-9A-Z-]{11}$/, 14, 'a license id');

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- one table for shapes of several types
const SHAPES: ReadonlyMap<unknown, Shape<any>> = new Map<unknown, Shape<any>>([
  ['header', object({ kind: oneOf('header'), format: version, reducer: version, ledger: salt })],
  [
    'install',
    object(
      {
        kind: oneOf('install'),
        at: instant,
        product: id,
        license: hex,
        id: licenseId,
        revision: version,
        type: licenseKind,
        from: instant,
        undo: days,
      },
      { end: instant, acknowledged: list(oneOf('older-revision', 'other-license'), 2) },
    ),
  ],
  ['undo', object({ kind: oneOf('undo'), at: instant, product: id, undoes: digest, license: hex })],
  ['uninstall', object({ kind: oneOf('uninstall'), at: instant, product: id, license: hex })],
  [
    'first-use',
    object({ kind: oneOf('first-use'), at: instant, product: id, id: licenseId, activated: instant }),
  ],
  ['clock', object({ kind: oneOf('clock'), at: instant, floor: instant })],
  [
    'trust',
    object({
      kind: oneOf('trust'),
      at: instant,
      document: oneOf('trust-root', 'status-list'),
      text: text(/[^]/, 65_536, 'a document'),
    }),
  ],
]);

const BATCH = 64;

/** The records of a line that this version counts; those of a kind or form that it does not know are kept, uncounted (ledger.md, LG-2.5). */
export function recordsOf(value: JsonObject): readonly JournalRecord[] {
  const { kind, records } = value;
  const all: readonly JsonValue[] =
    kind === 'batch' && Array.isArray(records) ? (records as readonly JsonValue[]).slice(0, BATCH) : [value];
  return all.filter((record): record is JsonObject & JournalRecord => {
    const shape = isJsonObject(record) ? SHAPES.get(record['kind']) : undefined;
    const faults: ShapeFault[] = [];
    shape?.(record, faults);
    return shape !== undefined && faults.length === 0;
  });
}
