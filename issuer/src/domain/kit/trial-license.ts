import { limits, type Order, type Product } from '@counterfoil/schemas';
import { addDays, dateInUtc, DAY, formatDate, type Instant } from '@counterfoil/verifier';
import { issueLicense } from '../order/issue-license.js';
import type { IssuedLicense } from '../sign-and-file.js';
import type { Vendor } from '../vendor.js';

/** The licensee of a trial that lies in the kit, before anybody has told a name. */
const NOBODY = { id: 'trial', name: 'Trial' };

/** A trial for whoever starts the product. */
export interface TrialLicense {
  readonly issued: IssuedLicense;
  readonly days: number;
  /** The last day on which it can be activated, in UTC. */
  readonly activateBy: string;
}

/** The last whole day in UTC on which a license that is issued now may still be activated (license-file.md, clause 6.3). */
function lastActivation(now: Instant): string {
  return formatDate(addDays(dateInUtc(now + limits.preloadDays * DAY), -1));
}

/**
 * Issues the trial that a product offers, as the file that goes into its kit; undefined where it offers none.
 *
 * Throws what `issueLicense` throws.
 */
export async function issueTrial(
  vendor: Vendor,
  product: Product,
  acknowledgeClock: boolean,
): Promise<TrialLicense | undefined> {
  const { trial } = product;
  if (trial === undefined) return undefined;
  const activateBy = lastActivation(vendor.now);
  const order: Order = {
    product: product.id,
    customer: NOBODY,
    kind: 'trial',
    term: { activateBy, activated: `P${String(trial.days)}D` },
    ...(trial.pools === undefined ? {} : { pools: trial.pools }),
  };
  const issued = await issueLicense(vendor, { order, product, identities: new Map(), acknowledgeClock });
  return { issued, days: trial.days, activateBy };
}
