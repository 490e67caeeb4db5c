import { CounterfoilError } from '@counterfoil/schemas';
import {
  verifierFault,
  verifyLicense,
  type Finding,
  type LicenseContent,
  type Usable,
  type VerifiedLicense,
} from '../../../core/index.js';
import { findingOf } from '../../../core/verify/finding.js';
import { nodeFault } from '../../codes.js';
import type { Acknowledgement, InstallRecord, JournalRecord } from '../../journal/records.js';
import { currentAt, obstacleOf, type InstallObstacle } from '../../journal/replay.js';
import { contextOf, judgeInstalled, licenseDigest, type Stored } from '../data-folder.js';
import { changesBetween, type Change } from './license-change.js';

/** Days within which an install may be undone, where the license does not say. */
const UNDO_DAYS = 3;

/** It cannot be installed here. */
interface RefusedInstall {
  readonly arm: 'refused';
  readonly finding: Finding;
  readonly license?: VerifiedLicense;
}

/** What an install will do. */
export interface PlannedInstall {
  /** `repeat` where the file is installed already: nothing is to be done. */
  readonly arm: 'install' | 'repeat';
  readonly verdict: Usable;
  readonly record: InstallRecord;
  /** Whether the license has not begun, so that the one before stays current until it does. */
  readonly preloaded: boolean;
  readonly changes: readonly Change[];
}

export type InstallPlan = RefusedInstall | PlannedInstall;

function obstacleFinding(obstacle: InstallObstacle, last: InstallRecord, next: InstallRecord): Finding {
  if (obstacle === 'revision-older') {
    return findingOf(
      'revision',
      'LF-8.16',
      verifierFault('revision-older', {
        expected: `revision ${String(last.revision)} or newer, or --acknowledge older-revision`,
        actual: String(next.revision),
      }),
    );
  }
  return findingOf(
    'license-id',
    'LG-3.2',
    nodeFault('license-id-other', {
      expected: `${last.id}, or --acknowledge other-license`,
      actual: next.id,
    }),
  );
}

function recordOf(
  { aud, nbf, exp, license }: LicenseContent,
  digest: string,
  at: number,
  acknowledged: readonly Acknowledgement[],
): InstallRecord {
  return {
    kind: 'install',
    at,
    product: aud,
    license: digest,
    id: license.id,
    revision: license.revision,
    type: license.kind,
    from: nbf,
    ...(exp === undefined ? {} : { end: exp }),
    undo: license.policies?.undo ?? UNDO_DAYS,
    ...(acknowledged.length === 0 ? {} : { acknowledged }),
  };
}

/** What stands in an installed license, as far as it can still be read. */
function contentBefore(stored: Stored): LicenseContent | undefined {
  const current = currentAt(stored.state.installs, stored.at);
  if (current === undefined) return undefined;
  try {
    const verdict = judgeInstalled(stored, current);
    return verdict.arm === 'rejected' ? undefined : verdict.license.claims;
  } catch (error) {
    if (!(error instanceof CounterfoilError)) throw error;
    // A lost predecessor must not keep its successor out.
    return undefined;
  }
}

/** Says what installing a file would do, and does nothing (ledger.md, LG-3.2). */
export function planInstall(
  stored: Stored,
  bytes: Uint8Array,
  acknowledged: readonly Acknowledgement[],
): InstallPlan {
  const verdict = verifyLicense(bytes, contextOf(stored));
  if (verdict.arm !== 'usable') return { ...verdict, arm: 'refused' };
  const { claims } = verdict.license;
  const { installs, last } = stored.state;
  const plain = recordOf(claims, licenseDigest(bytes), stored.at, []);
  const needed = last === undefined ? undefined : obstacleOf(last, plain);
  const record = needed === undefined ? plain : { ...plain, acknowledged };
  const obstacle = obstacleOf(last, record);
  if (obstacle !== undefined && last !== undefined) {
    return { arm: 'refused', finding: obstacleFinding(obstacle, last, record), license: verdict.license };
  }
  return {
    arm: installs.at(-1)?.license === record.license ? 'repeat' : 'install',
    verdict,
    record,
    preloaded: record.from > stored.at,
    changes: changesBetween(contentBefore(stored), claims, stored.at),
  };
}

/** The lines of the trust that a file brought and the host does not have yet. */
export function trustRecords(
  { trust, shards, at }: Stored,
  verdict: Usable,
  shard: string | undefined,
): readonly JournalRecord[] {
  const brought = verdict.shard;
  const known = shards.find(({ uri }) => uri === brought?.uri)?.version ?? 0;
  const record = (document: 'trust-root' | 'status-list', text: string): JournalRecord => ({
    kind: 'trust',
    at,
    document,
    text,
  });
  return [
    ...[...verdict.trust.texts]
      .filter(([version]) => !trust.texts.has(version))
      .map(([, text]) => record('trust-root', text)),
    ...(brought !== undefined && shard !== undefined && brought.version > known
      ? [record('status-list', shard)]
      : []),
  ];
}

/** The records of the install itself, which go into one line: the switch, and what holds with it. */
export function installRecords(
  { state, at }: Stored,
  { verdict, record }: PlannedInstall,
): readonly JournalRecord[] {
  const { claims } = verdict.license;
  const { term } = claims.license;
  const floor = Math.max(claims.iat, verdict.trust.root.iat, verdict.shard?.iat ?? 0);
  const starts = term.type === 'activation' && at < term.by && !state.activated.has(record.id);
  return [
    record,
    ...(floor > state.floor ? [{ kind: 'clock' as const, at, floor }] : []),
    ...(starts
      ? [
          {
            kind: 'first-use' as const,
            at,
            product: record.product,
            id: record.id,
            activated: Math.max(at, record.from),
          },
        ]
      : []),
  ];
}
