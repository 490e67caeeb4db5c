import type { Grant, Order } from '@counterfoil/schemas';
import { issuerFault } from '../../codes.js';
import { buildAllowed, type IdentityText } from '../order/allowed-identities.js';
import { newLicenseId } from '../order/issue-license.js';
import { buildTerm } from '../order/license-term.js';
import { buildOrderGrant } from '../order/order-grant.js';
import { placeOrder } from '../order/place-order.js';
import { requireClock } from '../clock.js';
import { randomSalt } from '../random.js';
import { contentOf, signAndFile, type LicenseDraft } from '../sign-and-file.js';
import type { Vendor } from '../vendor.js';
import {
  findRules,
  findStanding,
  hostOf,
  requireRevision,
  type PlannedReissue,
  type ReissueRequest,
} from './plan-reissue.js';
import { carryAllowed } from './reissue-identities.js';
import type { ReissuedLicense } from './reissue-license.js';

/** The offer that follows a trial, so many times. */
export interface Conversion {
  readonly offer: string;
  readonly quantity: number;
}

/**
 * What the commercial license after a trial would be: nothing is signed or filed, and no key is asked for.
 *
 * It has a license id of its own, which hosts take in place of the trial; customer, zone, host and allowed identities
 * are the trial's. Throws `trial-only`, `order-offer` for a trial or a pack, and what `planReissue` throws.
 */
export async function planConversion(
  vendor: Vendor,
  request: ReissueRequest,
  { offer, quantity }: Conversion,
): Promise<PlannedReissue> {
  await requireClock(vendor, request.acknowledgeClock === true);
  const { register, random, now } = vendor;
  const { sales = {}, identities = new Map<string, IdentityText>(), note } = request;
  const file = await findStanding(register, request);
  const trial: Grant = structuredClone(file.claims.license) as Grant;
  if (trial.kind !== 'trial')
    throw issuerFault('trial-only', { where: file.license, expected: 'a trial', actual: trial.kind });
  const { product } = await findRules(register, file, request.product);
  const { zone } = trial.term;
  const replaced = Object.fromEntries([...identities].map(([kind, { name }]) => [kind, { file: name }]));
  const order: Order = {
    product: product.id,
    customer: file.customer,
    offer,
    quantity,
    allowed: replaced,
    ...(zone === undefined ? {} : { zone }),
  };
  const placed = placeOrder(order, sales);
  if (placed.kind === 'trial') {
    const actual = `the trial ${offer}`;
    throw issuerFault('order-offer', { where: 'offer', expected: 'an offer that is no trial', actual });
  }
  const built = buildAllowed(placed, product, identities, () => randomSalt(random));
  const { allowed, pages } = carryAllowed(file, product, built);
  const { cnf } = file.claims;
  const { binding } = trial;
  const draft: LicenseDraft = {
    customer: file.customer,
    product,
    term: buildTerm(placed, now),
    grant: {
      ...buildOrderGrant(placed, product),
      id: await newLicenseId(vendor),
      revision: 1,
      ...(allowed === undefined ? {} : { allowed }),
      ...(binding === undefined ? {} : { binding }),
    },
    ...(cnf === undefined ? {} : { cnf: { ...cnf } }),
    pages,
    host: hostOf(trial, cnf?.jkt),
    action: 'license-issued',
    ...(request.order === undefined ? {} : { order: request.order }),
    detail: { trial: file.license, ...(note === undefined ? {} : { note }) },
  };
  return { draft, content: contentOf(vendor, draft), before: file, inForce: file };
}

/** Issues the commercial license that follows a trial; throws what planning it and issuing throw. */
export async function convertTrial(
  vendor: Vendor,
  request: ReissueRequest,
  conversion: Conversion,
): Promise<ReissuedLicense> {
  const { draft, before } = await planConversion(vendor, request, conversion);
  const issued = await signAndFile(vendor, async () => {
    requireRevision(await vendor.register.findFile(before.license), before.revision);
    return { ...draft, grant: { ...draft.grant, id: await newLicenseId(vendor) } };
  });
  return { ...issued, before, inForce: before };
}
