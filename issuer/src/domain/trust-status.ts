import { CounterfoilError, limits, type IssuingKey, type WindowedKey } from '@counterfoil/schemas';
import {
  openShard,
  rootFingerprint,
  type DeepReadonly,
  type Instant,
  type Trust,
} from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import type { Register, StoredShard } from '../register/register.js';
import type { Vendor } from './vendor.js';

/** Where something stands that has a window: it may be used, not yet, no longer, or was taken back. */
export type KeyStanding = 'current' | 'future' | 'over' | 'retired' | 'revoked';

/** A signing key that the trust root names. */
export interface KeyStatus {
  readonly role: 'issuing' | 'status';
  readonly kid: string;
  readonly from: Instant;
  /** The first instant at which it signs no more; absent where none is set. */
  readonly until?: Instant;
  readonly standing: KeyStanding;
  readonly limits?: DeepReadonly<IssuingKey['limits']>;
}

/** A shard of the status list as last published. */
interface StatusListStatus {
  readonly number: number;
  readonly version: number;
  /** Absent where the trust accepts its signature no more: it is signed again with the next license. */
  readonly signedAt?: Instant;
  /** Places that files have, of all that there are. */
  readonly used: number;
  readonly entries: number;
}

/** What needs somebody before it ends. */
export type TrustConcern =
  | { readonly type: 'root'; readonly ends: Instant }
  /** The last key of a role that may sign now ends, or none may. */
  | { readonly type: KeyStatus['role']; readonly ends?: Instant }
  | { readonly type: 'list'; readonly number: number };

/** What the vendor's trust rests on, and until when. */
export interface TrustStatus {
  readonly vendor: string;
  readonly environment: 'production' | 'test';
  readonly root: {
    readonly version: number;
    readonly signedAt: Instant;
    readonly expires: Instant;
    readonly threshold: number;
    readonly keys: number;
    readonly fingerprint: string;
  };
  readonly keys: readonly KeyStatus[];
  readonly lists: readonly StatusListStatus[];
  readonly concerns: readonly TrustConcern[];
}

/** Days before its end within which a root or the last key of a role is to be replaced: a ceremony takes time. */
export const TRUST_SOON = 90;
const DAY = 86_400;

/** What the trust of a vendor rests on now, and what of it ends soon. */
export async function trustStatus({
  trust,
  register,
  now,
}: Pick<Vendor, 'trust' | 'register' | 'now'>): Promise<TrustStatus> {
  const { iss, environment, version, iat, exp, root, issuing, status } = trust.root;
  const keys = [
    ...issuing.map((row) => keyStatus('issuing', row, now)),
    ...status.map((row) => keyStatus('status', row, now)),
  ];
  const lists = await listStatuses(register, trust);
  return {
    vendor: iss,
    environment,
    root: {
      version,
      signedAt: iat,
      expires: exp,
      threshold: root.threshold,
      keys: root.keys.length,
      fingerprint: rootFingerprint(nodeEngine, trust),
    },
    keys,
    lists,
    concerns: [
      ...(isSoon(exp, now) ? [{ type: 'root', ends: exp } as const] : []),
      ...roleConcerns('issuing', keys, now),
      ...roleConcerns('status', keys, now),
      ...lists
        .filter(({ signedAt }) => signedAt === undefined)
        .map(({ number }) => ({ type: 'list', number }) as const),
    ],
  };
}

const isSoon = (end: Instant, now: Instant): boolean => end - now <= TRUST_SOON * DAY;

function keyStatus(
  role: KeyStatus['role'],
  row: DeepReadonly<WindowedKey & Pick<IssuingKey, 'limits'>>,
  now: Instant,
): KeyStatus {
  const { kid, from, until, limits: bounds } = row;
  return {
    role,
    kid,
    from,
    ...(until === undefined ? {} : { until }),
    standing: standingOf(row, now),
    ...(bounds === undefined ? {} : { limits: bounds }),
  };
}

function standingOf({ from, until, retired, revoked }: DeepReadonly<WindowedKey>, now: Instant): KeyStanding {
  if (revoked !== undefined) return 'revoked';
  if (retired !== undefined && now >= retired) return 'retired';
  if (until !== undefined && now >= until) return 'over';
  return now < from ? 'future' : 'current';
}

function roleConcerns(
  role: KeyStatus['role'],
  keys: readonly KeyStatus[],
  now: Instant,
): readonly TrustConcern[] {
  const ends = keys
    .filter((key) => key.role === role && key.standing === 'current')
    .map(({ until = Infinity }) => until);
  if (ends.length === 0) return [{ type: role }];
  const last = Math.max(...ends);
  return isSoon(last, now) ? [{ type: role, ends: last }] : [];
}

async function listStatuses(register: Register, trust: Trust): Promise<readonly StatusListStatus[]> {
  const newest = await register.newestShard();
  const lists: StatusListStatus[] = [];
  for (let number = newest?.number ?? 0; number > 0; number--) {
    const shard = await register.findShard(number);
    if (shard === undefined) continue;
    const signedAt = signingTime(shard, trust);
    lists.push({
      number,
      version: shard.version,
      ...(signedAt === undefined ? {} : { signedAt }),
      used: (await register.usedIndices(number)).size,
      entries: limits.shardEntries,
    });
  }
  return lists;
}

function signingTime({ token }: StoredShard, trust: Trust): Instant | undefined {
  try {
    return openShard(nodeEngine, trust, token).iat;
  } catch (error) {
    if (error instanceof CounterfoilError) return undefined;
    throw error;
  }
}
