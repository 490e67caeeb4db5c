import type { IssuingKey, WindowedKey } from '@counterfoil/schemas';
import {
  rootFingerprint,
  type DeepReadonly,
  type Instant,
  type Role,
  type Trust,
  type Verdict,
} from '../../../core/index.js';
import { findingOf, type Finding } from '../../../core/verify/finding.js';
import { nodeEngine } from '../../engine.js';
import { openJournal } from '../../journal/journal.js';
import { currentAt } from '../../journal/replay.js';
import { judgeInstalled, takeStock, type Asker, type Stored } from '../data-folder.js';
import { usingJournal } from '../install/install.js';

/** A key of the newest trust root. */
export interface KeyView {
  readonly role: 'root' | Role;
  readonly kid: string;
  /** Whether it may sign at this instant: in its window, neither retired nor revoked. */
  readonly usable: boolean;
  readonly from?: Instant;
  readonly until?: Instant;
  readonly retired?: Instant;
  readonly revoked?: Instant;
  readonly limits?: DeepReadonly<IssuingKey['limits']>;
}

/** One line of trust roots. */
interface LineView {
  readonly environment: 'production' | 'test';
  /** The versions that are known here, rising. */
  readonly versions: readonly number[];
  /** Of the newest root. */
  readonly fingerprint: string;
  readonly signed: Instant;
  readonly expires: Instant;
  readonly expired: boolean;
}

/** Whom a host trusts: by its kit, and by what was installed or imported. */
export interface TrustView extends LineView {
  readonly vendor: string;
  readonly asOf: Instant;
  readonly threshold: number;
  readonly keys: readonly KeyView[];
  /** The vendor's test root beside the production root. */
  readonly test?: LineView;
  readonly lists: readonly { readonly uri: string; readonly version: number; readonly signed: Instant }[];
  /** What the installed license needs, where one can be read. */
  readonly needs?: {
    readonly root: number;
    readonly list?: { readonly uri: string; readonly version: number };
  };
  /** Why the installed license cannot be read. */
  readonly finding?: Finding;
}

function lineOf(trust: Trust, at: Instant): LineView {
  const { environment, iat, exp } = trust.root;
  return {
    environment,
    versions: [...trust.texts.keys()].sort((a, b) => a - b),
    fingerprint: rootFingerprint(nodeEngine, trust),
    signed: iat,
    expires: exp,
    expired: at >= exp,
  };
}

type KeyRow = DeepReadonly<WindowedKey> & { readonly limits?: DeepReadonly<IssuingKey['limits']> };

function keyOfRole(role: Role, row: KeyRow, at: Instant): KeyView {
  const { kid, from, until, retired, revoked, limits } = row;
  return {
    role,
    kid,
    usable:
      revoked === undefined &&
      at >= from &&
      (until === undefined || at < until) &&
      (retired === undefined || at < retired),
    from,
    ...(until === undefined ? {} : { until }),
    ...(retired === undefined ? {} : { retired }),
    ...(revoked === undefined ? {} : { revoked }),
    ...(limits === undefined ? {} : { limits }),
  };
}

function needsOf(stored: Stored): Pick<TrustView, 'needs' | 'finding'> {
  const current = currentAt(stored.state.installs, stored.at);
  if (current === undefined) return {};
  let verdict: Verdict;
  try {
    verdict = judgeInstalled(stored, current);
  } catch (error) {
    return { finding: findingOf('installed', 'LG-4.2', error) };
  }
  if (verdict.arm === 'rejected') return { finding: verdict.finding };
  const { status, license } = verdict.license.claims;
  const { root, status: version } = license.needs;
  const uri = status?.status_list.uri;
  return {
    needs: { root, ...(uri === undefined || version === undefined ? {} : { list: { uri, version } }) },
  };
}

/** Says whom a host trusts; where there is no data folder, by the kit alone. Throws the codes of reading files, `journal-unsynced`. */
export function trustView(asker: Asker): TrustView {
  return usingJournal(openJournal(asker.folder), (journal) => {
    const stored = takeStock(asker, journal);
    const { trust, shards, at } = stored;
    journal.sync();
    const { iss, root, issuing, status } = trust.root;
    return {
      vendor: iss,
      asOf: at,
      ...lineOf(trust, at),
      threshold: root.threshold,
      keys: [
        ...root.keys.map(({ kid }): KeyView => ({ role: 'root', kid, usable: true })),
        ...issuing.map((row) => keyOfRole('issuing', row, at)),
        ...status.map((row) => keyOfRole('status', row, at)),
      ],
      ...(trust.test === undefined ? {} : { test: lineOf(trust.test, at) }),
      lists: shards.map(({ uri, version, iat }) => ({ uri, version, signed: iat })),
      ...needsOf(stored),
    };
  });
}
