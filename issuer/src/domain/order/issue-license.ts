import { formatLicenseId, type LicenseId, type Order, type Product } from '@counterfoil/schemas';
import type { Sales } from '../../catalog/product-document.js';
import { issuerFault } from '../../codes.js';
import { buildAllowed, type IdentityText } from './allowed-identities.js';
import { requireClock } from '../clock.js';
import { buildBinding } from './host-binding.js';
import { buildTerm } from './license-term.js';
import { buildOrderGrant } from './order-grant.js';
import { placeOrder } from './place-order.js';
import { randomSalt } from '../random.js';
import { signAndFile, type IssuedLicense, type LicenseDraft } from '../sign-and-file.js';
import type { Vendor } from '../vendor.js';

/** What is to be issued. */
export interface IssueRequest {
  readonly order: Order;
  readonly product: Product;
  /** The offers that the order may name; none unless given. */
  readonly sales?: Sales;
  /** The files of allowed identities that the order names, by kind. */
  readonly identities: ReadonlyMap<string, IdentityText>;
  /** Signs although the clock stands behind the register. */
  readonly acknowledgeClock?: boolean;
  /** Takes the order's name for a customer who is known under another. */
  readonly renameCustomer?: boolean;
  /** What the audit trail is to say besides; the license does not say it. */
  readonly note?: string;
}

/**
 * Issues the first revision of a new license: compiles, signs, checks with the shipped verifier, and files it.
 *
 * Filed means that the register has the whole file before anybody else gets it. Throws `clock-behind-register`,
 * `customer-differs`, `self-check`, the codes of orders and identities, and what signing and the register throw.
 */
export async function issueLicense(vendor: Vendor, request: IssueRequest): Promise<IssuedLicense> {
  // All that can be wrong with the order is told before anybody is asked for a passphrase.
  const draft = await planLicense(vendor, request);
  return signAndFile(vendor, async () => ({
    ...draft,
    grant: { ...draft.grant, id: await newLicenseId(vendor), revision: 1 },
  }));
}

/** What `issueLicense` would sign: nothing is signed or filed. Throws what it throws before it signs. */
export async function planLicense(vendor: Vendor, request: IssueRequest): Promise<FirstDraft> {
  await requireClock(vendor, request.acknowledgeClock === true);
  const draft = buildDraft(request, vendor);
  await requireCustomer(vendor, request);
  return draft;
}

/** The first revision of a license that has no id yet. */
export type FirstDraft = Omit<LicenseDraft, 'grant'> & {
  readonly grant: Omit<LicenseDraft['grant'], 'id' | 'revision'>;
};

function buildDraft(request: IssueRequest, { now, random }: Vendor): FirstDraft {
  const { product, sales = {}, identities, renameCustomer, note } = request;
  const order = placeOrder(request.order, sales);
  const salt = (): string => randomSalt(random);
  const rules = buildOrderGrant(order, product);
  const term = buildTerm(order, now);
  const { allowed, pages } = buildAllowed(order, product, identities, salt);
  const { binding, cnf, host } = buildBinding(order, salt);
  return {
    customer: order.customer,
    product,
    term,
    grant: {
      ...rules,
      ...(allowed === undefined ? {} : { allowed }),
      ...(binding === undefined ? {} : { binding }),
    },
    ...(cnf === undefined ? {} : { cnf }),
    pages,
    host,
    rename: renameCustomer === true,
    action: 'license-issued',
    ...(note === undefined ? {} : { detail: { note } }),
  };
}

async function requireCustomer({ register }: Vendor, { order, renameCustomer }: IssueRequest): Promise<void> {
  const { id, name } = order.customer;
  const known = await register.findCustomer(id);
  if (known === undefined || known.name === name || renameCustomer === true) return;
  throw issuerFault('customer-differs', { where: id, expected: known.name, actual: name });
}

/** A license id that is not in the register yet. */
export async function newLicenseId({ register, random }: Vendor): Promise<LicenseId> {
  for (;;) {
    const id = formatLicenseId(random(5));
    if (!(await register.hasLicense(id))) return id;
  }
}
