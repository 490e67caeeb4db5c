import { CounterfoilError } from '@counterfoil/schemas';
import type { LicenseContent } from '@counterfoil/verifier';
import type { Catalog } from '@counterfoil/schemas';
import { issuerFault } from '../../codes.js';
import type { Money, WantedChange } from '../../register/order-store.js';
import type { IssuedFile } from '../../register/register.js';
import { findLicense } from '../find-license.js';
import { extensionOf, reductionOf } from '../reissue/change-license.js';
import { convertTrial, planConversion } from '../reissue/convert-trial.js';
import { planReissue, type PlannedReissue, type ReissueRequest } from '../reissue/plan-reissue.js';
import type { Change, Current } from '../reissue/reissue-current.js';
import { reissueLicense } from '../reissue/reissue-license.js';
import { previewReissue, type ReissuePreview } from '../reissue/reissue-preview.js';
import { renewalOf } from '../reissue/renew-license.js';
import type { IssuedLicense, PlannedContent } from '../sign-and-file.js';
import type { Vendor } from '../vendor.js';
import { findSales, type OrderDesk } from './order-desk.js';
import { priceChange, type ChangeCost } from './price-change.js';
import { requireWanted } from './wanted-change.js';

/** How a wish would become a file: by itself, once paid, once staff approve it, or not at all. */
export type Way = 'at-once' | 'payment' | 'staff' | 'not-offered';

/** What would come of a wish; nothing is stored or signed. */
export interface PlannedChange {
  readonly file: IssuedFile;
  readonly wanted: WantedChange;
  readonly how: Way;
  /** Why it is not offered. */
  readonly finding?: CounterfoilError;
  /** What the customer has in force. */
  readonly before: LicenseContent;
  /** What the customer would have; absent when not offered. */
  readonly after?: PlannedContent;
  readonly preview?: ReissuePreview;
  /** Without tax; absent where nothing is to be paid ahead, or nothing in the catalog says how much. */
  readonly price?: Money;
}

/**
 * What would come of a customer's wish: dates, pools, price, and how it is got.
 *
 * Throws `license-id`, `license-unknown`; what stands against the wish itself is the plan's finding.
 */
export async function planChange(
  desk: OrderDesk,
  license: string,
  wanted: WantedChange,
): Promise<PlannedChange> {
  const { vendor } = desk;
  const file = await findLicense(vendor.register, license);
  const base = { file, wanted, before: file.claims };
  try {
    const request = await requestFor(desk, file);
    const policy = await requireOffered(desk, file, wanted, request.sales?.selfService);
    const plan = await planWanted(vendor, request, wanted);
    const { inForce, content: after } = plan;
    const before = inForce.claims;
    const cost = priceChange(request.sales ?? {}, { wanted, before, after, now: vendor.now });
    return {
      ...base,
      before,
      after,
      how: wayOf(policy, cost, file),
      preview: previewReissue(before, after, vendor.now),
      ...(cost.type === 'price' ? { price: cost.money } : {}),
    };
  } catch (error) {
    if (!(error instanceof CounterfoilError) || error.entry.http >= 500) throw error;
    return { ...base, how: 'not-offered', finding: error };
  }
}

/** The request of a reissue by what the vendor sells now. */
export async function requestFor(desk: OrderDesk, file: IssuedFile): Promise<ReissueRequest> {
  return { license: file.license, seen: file.revision, ...(await findSales(desk, file)) };
}

type SelfService = NonNullable<Catalog['selfService']>;
type Policy = NonNullable<SelfService[keyof SelfService]>;

async function requireOffered(
  { orders }: OrderDesk,
  { license, claims }: IssuedFile,
  wanted: WantedChange,
  selfService: SelfService = {},
): Promise<Exclude<Policy, 'no'>> {
  requireWanted(wanted);
  const { type } = wanted;
  const { kind } = claims.license;
  // What is added to a trial would be a gift.
  if (kind === 'trial' && (type === 'extend' || type === 'reduce'))
    throw issuerFault('change-not-offered', {
      where: license,
      expected: 'convert',
      actual: `${type} a trial`,
    });
  const policy = selfService[type] ?? 'ask';
  if (policy === 'no') throw issuerFault('change-not-offered', { where: license, actual: type });
  if (type === 'convert') {
    const done = await orders.listOrders({ license, states: ['done'] });
    const first = done.find(({ wanted: { type: was } }) => was === 'convert')?.result?.license;
    if (first !== undefined) throw issuerFault('trial-converted', { where: license, actual: first });
  }
  return policy;
}

function wayOf(policy: Exclude<Policy, 'no'>, cost: ChangeCost, { claims }: IssuedFile): Way {
  const { kind } = claims.license;
  // Prices are for what is sold; what was given away, such as for tests, staff decide on.
  const isSold = kind === 'commercial' || kind === 'trial';
  if (policy === 'ask' || cost.type === 'unknown' || !isSold) return 'staff';
  return cost.type === 'price' ? 'payment' : 'at-once';
}

/** A wish as the change of a license. */
function changeOf(wanted: Exclude<WantedChange, { readonly type: 'convert' }>): (current: Current) => Change {
  switch (wanted.type) {
    case 'renew': {
      const pools = new Map(Object.entries(wanted.pools ?? {}));
      return renewalOf({ length: { duration: wanted.duration }, preload: false, pools });
    }
    case 'extend': {
      const more = Object.entries(wanted.add ?? {}).map(
        ([id, quantity]) => [id, { type: 'add', quantity }] as const,
      );
      const pack = wanted.pack === undefined ? {} : { pack: wanted.pack };
      return extensionOf({ ...pack, pools: new Map(more), features: new Map() });
    }
    case 'reduce':
      return reductionOf(new Map(Object.entries(wanted.pools)));
  }
}

const ACTIONS = {
  renew: 'license-renewed',
  extend: 'license-extended',
  reduce: 'license-reduced',
} as const;

function planWanted(vendor: Vendor, request: ReissueRequest, wanted: WantedChange): Promise<PlannedReissue> {
  return wanted.type === 'convert'
    ? planConversion(vendor, request, wanted)
    : planReissue(vendor, request, ACTIONS[wanted.type], changeOf(wanted));
}

/** Signs and files what was wanted; throws what reissuing and converting throw. */
export function issueWanted(
  vendor: Vendor,
  request: ReissueRequest,
  wanted: WantedChange,
): Promise<IssuedLicense> {
  return wanted.type === 'convert'
    ? convertTrial(vendor, request, wanted)
    : reissueLicense(vendor, request, ACTIONS[wanted.type], changeOf(wanted));
}
