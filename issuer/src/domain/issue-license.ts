import {
  CounterfoilError,
  formatLicenseId,
  type LicenseClaims,
  type LicenseId,
  type Order,
  type Product,
} from '@counterfoil/schemas';
import { signCompact } from '@counterfoil/keys';
import { openTrust, type Usable } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { issuerFault } from '../codes.js';
import type { IssuedFile } from '../register/register.js';
import { buildAllowed, type IdentityText } from './allowed-identities.js';
import { requireClock } from './clock.js';
import { buildBinding } from './host-binding.js';
import { buildLicenseFile } from './license-file.js';
import { buildTerm } from './license-term.js';
import { buildOrderGrant } from './order-grant.js';
import { snapshotOf, textDigest } from './product-snapshot.js';
import { randomSalt, type RandomBytes } from './random.js';
import { requireUsable } from './self-check.js';
import { takeStatusPlace } from './status-shards.js';
import type { Vendor } from './vendor.js';

/** What is to be issued. */
export interface IssueRequest {
  readonly order: Order;
  readonly product: Product;
  /** The files of allowed identities that the order names, by kind. */
  readonly identities: ReadonlyMap<string, IdentityText>;
  /** Signs although the clock stands behind the register. */
  readonly acknowledgeClock?: boolean;
  /** Takes the order's name for a customer who is known under another. */
  readonly renameCustomer?: boolean;
}

/** A license that was signed, checked and filed. */
export interface IssuedLicense {
  readonly file: IssuedFile;
  /** What the verifier says of it now. */
  readonly verdict: Usable;
}

/** How often filing is tried when another program takes the same id or index. */
const TRIES = 3;

/** What follows from the order before anything is signed. */
type Draft = ReturnType<typeof buildDraft>;

function buildDraft({ order, product, identities }: IssueRequest, { now, random }: Vendor) {
  const salt = (): string => randomSalt(random);
  return {
    grant: buildOrderGrant(order, product),
    term: buildTerm(order, now),
    allowed: buildAllowed(order, product, identities, salt),
    binding: buildBinding(order, salt),
  };
}

/**
 * Issues the first revision of a new license: compiles, signs, checks with the shipped verifier, and files it.
 *
 * Filed means that the register has the whole file before anybody else gets it. Throws `clock-behind-register`,
 * `customer-differs`, `self-check`, the codes of orders and identities, and what signing and the register throw.
 */
export async function issueLicense(vendor: Vendor, request: IssueRequest): Promise<IssuedLicense> {
  await requireClock(vendor, request.acknowledgeClock === true);
  // All that can be wrong with the order is told before anybody is asked for a passphrase.
  const draft = buildDraft(request, vendor);
  await requireCustomer(vendor, request);
  for (let tries = 1; ; tries++) {
    try {
      return await signAndFile(vendor, request, draft);
    } catch (error) {
      const isRace = error instanceof CounterfoilError && error.code === 'register-conflict';
      if (!isRace || tries === TRIES) throw error;
    }
  }
}

async function requireCustomer({ register }: Vendor, { order, renameCustomer }: IssueRequest): Promise<void> {
  const { id, name } = order.customer;
  const known = await register.findCustomer(id);
  if (known === undefined || known.name === name || renameCustomer === true) return;
  throw issuerFault('customer-differs', { where: id, expected: known.name, actual: name });
}

async function newLicenseId({ register }: Vendor, random: RandomBytes): Promise<LicenseId> {
  for (;;) {
    const id = formatLicenseId(random(5));
    if (!(await register.hasLicense(id))) return id;
  }
}

async function signAndFile(vendor: Vendor, request: IssueRequest, draft: Draft): Promise<IssuedLicense> {
  const { id: iss, trust, roots, register, now, random, actor } = vendor;
  const { order, product } = request;
  const { shard, index, isNew } = await takeStatusPlace(register, {
    vendor: iss,
    trust,
    now,
    random,
    status: () => vendor.signer('status'),
  });
  const { grant, term, allowed, binding } = draft;
  const { schema, ...rules } = grant;
  const claims: LicenseClaims = {
    iss,
    aud: product.id,
    sub: order.customer.id,
    jti: randomSalt(random),
    iat: now,
    nbf: term.nbf,
    ...(term.exp === undefined ? {} : { exp: term.exp }),
    status: { status_list: { idx: index, uri: shard.uri } },
    ...(binding.cnf === undefined ? {} : { cnf: binding.cnf }),
    license: {
      schema,
      id: await newLicenseId(vendor, random),
      revision: 1,
      term: term.term,
      ...rules,
      ...(allowed.allowed === undefined ? {} : { allowed: allowed.allowed }),
      ...(binding.binding === undefined ? {} : { binding: binding.binding }),
      needs: { root: trust.root.version, status: shard.version },
    },
  };
  const license = await signCompact(await vendor.signer('issuing'), 'license', claims);
  const text = buildLicenseFile(claims, { license, roots, status: shard.token, pages: allowed.pages });
  const pinned = openTrust(nodeEngine, roots.slice(0, 1));
  const verdict = requireUsable({ text, claims, trust: pinned, host: binding.host, now });
  const snapshot = snapshotOf(product);
  const file: IssuedFile = {
    license: claims.license.id,
    revision: 1,
    customer: order.customer,
    product: product.id,
    productDigest: snapshot.digest,
    jti: claims.jti,
    iat: now,
    ...(term.exp === undefined ? {} : { exp: term.exp }),
    shard: shard.number,
    index,
    digest: textDigest(text),
    text,
    claims,
  };
  const detail = { revision: 1, product: product.id, customer: order.customer.id, digest: file.digest };
  await register.fileLicense({
    file,
    product: snapshot,
    ...(isNew ? { shard } : {}),
    ...(request.renameCustomer === true ? { rename: true } : {}),
    audit: { at: now, actor, action: 'license-issued', object: file.license, detail },
  });
  return { file, verdict };
}
