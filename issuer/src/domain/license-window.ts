import {
  poolLimits,
  zoneOf,
  type Instant,
  type LicenseContent,
  type PoolLimit,
  type State,
} from '@counterfoil/verifier';
import { stateAt } from '@counterfoil/verifier';
import type { FileFilter, IssuedFile, Register } from '../register/register.js';
import { findBegun } from './reissue/reissue-running.js';
import { bitAt } from './status-shards.js';

/** What a license says, as the licensing window of the product shows it. */
export interface LicenseWindow {
  readonly id: string;
  readonly revision: number;
  readonly product: { readonly id: string; readonly name: string };
  readonly licensee: string;
  readonly kind: LicenseContent['license']['kind'];
  readonly state: State;
  /** The zone in which the days of the term are whole. */
  readonly zone: string;
  readonly from: Instant;
  readonly term: LicenseContent['license']['term'];
  /** End of grace; absent when perpetual. */
  readonly graceUntil?: Instant;
  /** What each pool holds now, or where the license starts later, then. */
  readonly pools: readonly PoolLimit[];
  readonly features: readonly { readonly id: string; readonly until?: Instant }[];
  /** What kind of host it is bound to. */
  readonly binding?: NonNullable<LicenseContent['license']['binding']>['type'];
}

/** A license of the register as the customer has it now. */
export interface OwnLicense extends LicenseWindow {
  readonly customer: string;
  readonly issued: Instant;
  /** The newest revision: another one than `revision` where it lies ready for a later day. */
  readonly newest: number;
  /** The first instant of the newest revision, where it lies ready. */
  readonly newestFrom?: Instant;
}

/** The window of a license in a state that was found out already. */
export function windowOf(claims: LicenseContent, state: State, now: Instant): LicenseWindow {
  const { aud, nbf, exp, license } = claims;
  const { id, revision, kind, licensee, product, term, features = {}, binding } = license;
  return {
    id,
    revision,
    product: { id: aud, name: product.name },
    licensee: licensee.name,
    kind,
    state,
    zone: zoneOf(claims),
    from: nbf,
    term,
    ...(exp === undefined ? {} : { graceUntil: exp }),
    pools: poolLimits(claims, Math.max(now, nbf)),
    features: Object.entries(features).map(([name, { until }]) => ({
      id: name,
      ...(until === undefined ? {} : { until }),
    })),
    ...(binding === undefined ? {} : { binding: binding.type }),
  };
}

/** What a customer has of a license now, by its newest file and the newest status list. */
export async function ownLicense(
  register: Register,
  newest: Omit<IssuedFile, 'text'>,
  now: Instant,
): Promise<OwnLicense> {
  const begun = await findBegun(register, newest, now);
  const file = begun ?? newest;
  const shard = await register.findShard(file.shard);
  const bit = shard === undefined ? undefined : bitAt(shard, file.index);
  return {
    ...windowOf(file.claims, stateAt(file.claims, now, bit).state, now),
    customer: newest.customer.id,
    issued: file.iat,
    newest: newest.revision,
    ...(begun === undefined ? {} : { newestFrom: newest.claims.nbf }),
  };
}

/** The licenses that the filter lets through, by license id. */
export async function listOwnLicenses(
  register: Register,
  filter: FileFilter,
  now: Instant,
): Promise<readonly OwnLicense[]> {
  const licenses: OwnLicense[] = [];
  for (const newest of await register.listFiles(filter)) {
    licenses.push(await ownLicense(register, newest, now));
  }
  return licenses;
}
