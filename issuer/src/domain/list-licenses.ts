import { stateAt, termText, zoneOf, type State } from '@counterfoil/verifier';
import { dateInZone, formatDate, lastDayOf, type Instant } from '@counterfoil/verifier';
import type { FileFilter, IssuedFile, Register } from '../register/register.js';
import { findBegun } from './reissue/reissue-running.js';
import { bitAt } from './status-shards.js';

/** One license of the register, as the customer has it now. */
export interface LicenseRow {
  readonly id: string;
  /** The revision that holds now, which all other members but `next` are of. */
  readonly revision: number;
  readonly customer: IssuedFile['customer'];
  readonly product: string;
  readonly kind: string;
  readonly issued: Instant;
  /** The last day of the term, or to activate by; absent when perpetual. */
  readonly lastDay?: string;
  readonly zone: string;
  readonly term: string;
  /** Of a license from activation it is not known whether a host activated it. */
  readonly state: State;
  /** The newest revision and its first day, where it lies ready and an older one has begun. */
  readonly next?: { readonly revision: number; readonly from: string };
}

/** Every license that the filter lets through, by license id: the revision that holds now, and one that lies ready. */
export async function listLicenses(
  register: Register,
  filter: FileFilter,
  now: Instant,
): Promise<readonly LicenseRow[]> {
  const shards = new Map<number, Awaited<ReturnType<Register['findShard']>>>();
  const rows: LicenseRow[] = [];
  for (const newest of await register.listFiles(filter)) {
    const begun = await findBegun(register, newest, now);
    const file = begun ?? newest;
    if (!shards.has(file.shard)) shards.set(file.shard, await register.findShard(file.shard));
    const shard = shards.get(file.shard);
    const { claims, license: id, revision, product, iat } = file;
    const { term, kind } = claims.license;
    const zone = zoneOf(claims);
    const last = term.type === 'perpetual' ? undefined : term.type === 'fixed' ? term.until : term.by;
    rows.push({
      id,
      revision,
      customer: newest.customer,
      product,
      kind,
      issued: iat,
      ...(last === undefined ? {} : { lastDay: formatDate(lastDayOf(last, zone)) }),
      zone,
      term: termText(claims),
      state: stateAt(claims, now, shard === undefined ? undefined : bitAt(shard, file.index)).state,
      ...(begun === undefined ? {} : { next: { revision: newest.revision, from: firstDayOf(newest) } }),
    });
  }
  return rows;
}

const firstDayOf = ({ claims }: Pick<IssuedFile, 'claims'>): string =>
  formatDate(dateInZone(claims.nbf, zoneOf(claims)));
