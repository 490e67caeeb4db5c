import { parseJson, type Grant, type Order, type Product } from '@counterfoil/schemas';
import { notAsked, parseShape, product as productShape } from '@counterfoil/verifier';
import type { Sales } from '../../catalog/product-document.js';
import { issuerFault } from '../../codes.js';
import type { IssuedFile, NewAuditEntry, Register } from '../../register/register.js';
import { buildAllowed, type IdentityText } from '../order/allowed-identities.js';
import { requireClock } from '../clock.js';
import { findLicense } from '../find-license.js';
import type { LicenseTerm } from '../order/license-term.js';
import { buildFeature, buildOrderGrant, buildPool, requireName } from '../order/order-grant.js';
import { findOffer } from '../order/place-order.js';
import { randomSalt } from '../random.js';
import type { Change, Current } from './reissue-current.js';
import { carryAllowed } from './reissue-identities.js';
import { findRunning } from './reissue-running.js';
import { carryFeatures, carryOpening, carryPools, currentId } from './replaced-names.js';
import { contentOf, type LicenseDraft, type PlannedContent } from '../sign-and-file.js';
import { bitAt } from '../status-shards.js';
import type { Vendor } from '../vendor.js';

/** What every reissue says, whatever it changes. */
export interface ReissueRequest {
  /** License id as a person typed it. */
  readonly license: string;
  /** Rules to compile in; those of the last revision unless given. */
  readonly product?: Product;
  /** The offers beside these rules; none unless given. */
  readonly sales?: Sales;
  /** Lists of identities that take the place of those of the last revision, by kind. */
  readonly identities?: ReadonlyMap<string, IdentityText>;
  /** For the audit trail. */
  readonly note?: string;
  /** The revision that the change was decided on: another newest one is refused. */
  readonly seen?: number;
  /** The order that this fulfils. */
  readonly order?: string;
  /** Signs although the clock stands behind the register. */
  readonly acknowledgeClock?: boolean;
}

/** A reissue before it is signed. */
export interface PlannedReissue {
  readonly draft: LicenseDraft;
  /** What the license will say. */
  readonly content: PlannedContent;
  /** The revision that it supersedes. */
  readonly before: IssuedFile;
  /** The revision that the customer has in force: the same, or an older one that is preloaded to be followed. */
  readonly inForce: IssuedFile;
}

/**
 * What the next revision of a license would be: nothing is signed or filed, and no key is asked for.
 *
 * Throws `license-unknown`, `license-withdrawn`, `license-superseded`, `catalog-older`, `order-product`, `order-name-unknown`,
 * the codes of building a license, and what the change throws.
 */
export async function planReissue(
  vendor: Vendor,
  request: ReissueRequest,
  action: NewAuditEntry['action'],
  change: (current: Current) => Change,
): Promise<PlannedReissue> {
  await requireClock(vendor, request.acknowledgeClock === true);
  const { register, now } = vendor;
  const file = await findStanding(register, request);
  const { product, filed } = await findRules(register, file, request.product);
  const { sales = {} } = request;
  const grant = carryGrant(structuredClone(file.claims.license) as Grant, product);
  const sold = findOffer(sales, grant.offer);
  const { nbf, exp } = file.claims;
  const term: LicenseTerm = { nbf, ...(exp === undefined ? {} : { exp }), term: grant.term };
  const running = await findRunning(register, file, now);
  const current: Current = {
    file,
    grant,
    term,
    product,
    sales,
    ...(sold === undefined ? {} : { sold }),
    ...(running === undefined ? {} : { running }),
    next: file.revision + 1,
    now,
  };
  const draft = { ...buildDraft(vendor, request, current, change(current), filed), action };
  return { draft, content: contentOf(vendor, draft), before: file, inForce: running ?? file };
}

/** A license that may be reissued: known, not withdrawn, and still at the revision that was seen. */
export async function findStanding(
  register: Register,
  { license, seen }: Pick<ReissueRequest, 'license' | 'seen'>,
): Promise<IssuedFile> {
  const file = await findLicense(register, license);
  if (seen !== undefined) requireRevision(file, seen);
  await requireNotWithdrawn(register, file);
  return file;
}

/** The rules for the next revision, which are the given ones or those that were filed, and those that were filed. */
export async function findRules(
  register: Register,
  file: IssuedFile,
  given: Product | undefined,
): Promise<{ readonly product: Product; readonly filed: Product }> {
  const filed = await findProduct(register, file);
  return { product: requireCatalog(given ?? filed, file, filed), filed };
}

/** What a license grants, under the ids that a product has for it: what is replaced is carried over. */
function carryGrant(grant: Grant, product: Product): Grant {
  const { pools, features, opening } = grant;
  return {
    ...grant,
    ...(pools === undefined ? {} : { pools: carryPools(pools, product) }),
    ...(features === undefined ? {} : { features: carryFeatures(features, product) }),
    ...(opening === undefined ? {} : { opening: carryOpening(opening, product) }),
  };
}

/** A new file has a new status index, so that it would put a withdrawn license in force again. */
async function requireNotWithdrawn(register: Register, { license, shard, index }: IssuedFile): Promise<void> {
  const stored = await register.findShard(shard);
  const bit = stored === undefined ? 'valid' : bitAt(stored, index);
  if (bit !== 'valid')
    throw issuerFault('license-withdrawn', { where: license, expected: 'valid', actual: bit });
}

/** The rules that were filed with a license. */
async function findProduct(register: Register, { product, productDigest }: IssuedFile): Promise<Product> {
  const filed = await register.findProduct(productDigest);
  if (filed === undefined) throw issuerFault('register-broken', { where: product, expected: productDigest });
  return parseShape(productShape, parseJson(filed.json, product), product);
}

function requireCatalog(product: Product, file: IssuedFile, filed: Product): Product {
  if (product.id !== file.product) {
    throw issuerFault('order-product', { where: 'product', expected: file.product, actual: product.id });
  }
  if (product.catalog < filed.catalog) {
    const [expected, actual] = [`catalog ${String(filed.catalog)} or newer`, String(product.catalog)];
    throw issuerFault('catalog-older', { where: product.id, expected, actual });
  }
  return product;
}

/** A change starts from what its author saw: on top of another change it could be made twice. Throws `license-superseded`. */
export function requireRevision(newest: IssuedFile | undefined, seen: number): void {
  if (newest === undefined || newest.revision === seen) return;
  throw issuerFault('license-superseded', {
    where: newest.license,
    expected: `revision ${String(seen)}`,
    actual: String(newest.revision),
  });
}

/** The order that would make the rules of the license again, without its term, pools and features. */
function orderOf({ file, grant, product, sold }: Current, filed: Product): Omit<Order, 'term'> {
  // What differs from the product of that time, the order of that time had set.
  const own = Object.entries(grant.policies ?? {}).filter(
    ([name, value]) =>
      JSON.stringify((filed.policies as Record<string, unknown> | undefined)?.[name]) !==
      JSON.stringify(value),
  );
  return {
    product: product.id,
    customer: file.customer,
    kind: grant.kind,
    ...(grant.offer === undefined ? {} : { offer: sold?.id ?? grant.offer }),
    ...(own.length === 0 ? {} : { policies: Object.fromEntries(own) }),
    ...(grant.critical === undefined ? {} : { critical: grant.critical }),
  };
}

function buildDraft(
  { random }: Vendor,
  { identities = new Map(), note, order: fulfilled }: ReissueRequest,
  current: Current,
  { term, pools = {}, features = {} }: Change,
  filed: Product,
): Omit<LicenseDraft, 'action'> {
  const { file, grant, product, next } = current;
  const order = orderOf(current, filed);
  const replaced = Object.fromEntries([...identities].map(([kind, { name }]) => [kind, { file: name }]));
  const built = buildAllowed({ ...order, allowed: replaced }, product, identities, () => randomSalt(random));
  const { allowed, pages } = carryAllowed(file, product, built);
  // Seats are kept by meter, so that none may go.
  for (const id of Object.keys(grant.meters ?? {}))
    requireName(product.meters, currentId(product.meters, id), `meters.${id}`);
  for (const id of Object.keys(pools)) requireName(product.pools, id, `pools.${id}`);
  for (const id of Object.keys(features)) requireName(product.features, id, `features.${id}`);
  const named = {
    pools: Object.entries(pools).map(([id, { lots }]) => [id, buildPool(product, id, lots)] as const),
    features: Object.entries(features).map(
      ([id, { until }]) => [id, buildFeature(product, id, until)] as const,
    ),
  };
  const { cnf } = file.claims;
  const { binding, opening } = grant;
  return {
    customer: file.customer,
    product,
    term,
    grant: {
      ...buildOrderGrant(order, product),
      id: grant.id,
      revision: next,
      ...(named.pools.length === 0 ? {} : { pools: Object.fromEntries(named.pools) }),
      ...(named.features.length === 0 ? {} : { features: Object.fromEntries(named.features) }),
      ...(allowed === undefined ? {} : { allowed }),
      ...(binding === undefined ? {} : { binding }),
      ...(opening === undefined ? {} : { opening }),
    },
    ...(cnf === undefined ? {} : { cnf: { ...cnf } }),
    pages,
    host: hostOf(grant, cnf?.jkt),
    ...(fulfilled === undefined ? {} : { order: fulfilled }),
    ...(note === undefined ? {} : { detail: { note } }),
  };
}

export function hostOf({ binding }: Grant, key: string | undefined): LicenseDraft['host'] {
  // Of a host's id the register has no more than a salted digest.
  if (binding?.type === 'host-id') return notAsked;
  return key === undefined ? {} : { key };
}
