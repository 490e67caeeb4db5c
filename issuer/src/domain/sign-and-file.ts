import { CounterfoilError, type Grant, type LicenseClaims, type Product } from '@counterfoil/schemas';
import { signCompact } from '@counterfoil/keys';
import { openTrust, type DeepReadonly, type Instant, type Usable } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import type { Customer, IssuedFile, NewAuditEntry } from '../register/register.js';
import { buildLicenseFile } from './license-file.js';
import type { LicenseTerm } from './order/license-term.js';
import { snapshotOf, textDigest } from './product-snapshot.js';
import { randomSalt } from './random.js';
import { requireUsable, type SelfCheck } from './self-check.js';
import { takeStatusPlace } from './status-shards.js';
import type { Vendor } from './vendor.js';

/** One revision of a license before it is signed: all that signing itself does not decide. */
export interface LicenseDraft {
  readonly customer: Customer;
  readonly product: Product;
  readonly term: LicenseTerm;
  readonly grant: Omit<Grant, 'term' | 'needs'>;
  readonly cnf?: NonNullable<LicenseClaims['cnf']>;
  /** The identity pages that go beside the license. */
  readonly pages: readonly Uint8Array[];
  /** The host that the license is for, as far as the vendor knows it. */
  readonly host: SelfCheck['host'];
  /** Takes the customer's name although the register knows another. */
  readonly rename?: boolean;
  /** The order that this fulfils: filing moves it to its end, so that it is done once. */
  readonly order?: string;
  readonly action: NewAuditEntry['action'];
  /** What the audit entry tells besides revision, product, customer and digest. */
  readonly detail?: NewAuditEntry['detail'];
}

/** What a draft comes to once it is signed, without what only signing and filing give: its file id and status place. */
export type PlannedContent = DeepReadonly<
  Omit<LicenseClaims, 'jti' | 'status' | 'license'> & { license: Omit<Grant, 'needs'> }
>;

/** The content of a draft at an instant. */
export function contentOf(
  { id: iss, now }: { readonly id: string; readonly now: Instant },
  {
    customer,
    product,
    term,
    grant,
    cnf,
  }: Pick<LicenseDraft, 'customer' | 'product' | 'term' | 'grant' | 'cnf'>,
): PlannedContent {
  const { schema, id, revision, ...rules } = grant;
  return {
    iss,
    aud: product.id,
    sub: customer.id,
    iat: now,
    nbf: term.nbf,
    ...(term.exp === undefined ? {} : { exp: term.exp }),
    ...(cnf === undefined ? {} : { cnf }),
    license: { schema, id, revision, term: term.term, ...rules },
  };
}

/** A license that was signed, checked and filed. */
export interface IssuedLicense {
  readonly file: IssuedFile;
  /** What the verifier says of it now. */
  readonly verdict: Usable;
}

/** How often filing is tried when another program takes the same id or index. */
const TRIES = 3;

/**
 * Signs a draft, checks the finished file with the shipped verifier, and files it with its audit entry.
 *
 * Asks for the draft again when another program took its id or status index meanwhile. Throws `self-check`,
 * `customer-differs`, and what the draft, signing and the register throw.
 */
export async function signAndFile(
  vendor: Vendor,
  draftNow: () => Promise<LicenseDraft>,
): Promise<IssuedLicense> {
  for (let tries = 1; ; tries++) {
    const draft = await draftNow();
    try {
      return await tryFiling(vendor, draft);
    } catch (error) {
      const isRace = error instanceof CounterfoilError && error.code === 'register-conflict';
      if (!isRace || tries === TRIES) throw error;
    }
  }
}

async function tryFiling(vendor: Vendor, draft: LicenseDraft): Promise<IssuedLicense> {
  const { id: iss, trust, roots, register, now, random, actor } = vendor;
  const { customer, product, term, grant, pages, host, rename, order, action, detail } = draft;
  const { shard, index, isNew } = await takeStatusPlace(register, {
    vendor: iss,
    trust,
    now,
    random,
    status: () => vendor.signer('status'),
  });
  const { id, revision } = grant;
  const { iss: issuer, aud, sub, license: content, cnf, ...times } = contentOf(vendor, draft);
  const claims = {
    iss: issuer,
    aud,
    sub,
    jti: randomSalt(random),
    ...times,
    status: { status_list: { idx: index, uri: shard.uri } },
    ...(cnf === undefined ? {} : { cnf }),
    license: { ...content, needs: { root: trust.root.version, status: shard.version } },
  } satisfies DeepReadonly<LicenseClaims>;
  const license = await signCompact(await vendor.signer('issuing'), 'license', claims);
  const text = buildLicenseFile(claims, { license, roots, status: shard.token, pages });
  const pinned = openTrust(nodeEngine, roots.slice(0, 1));
  const verdict = requireUsable({ text, claims, trust: pinned, host, now });
  const snapshot = snapshotOf(product);
  const file: IssuedFile = {
    license: id,
    revision,
    customer,
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
  await register.fileLicense({
    file,
    product: snapshot,
    ...(isNew ? { shard } : {}),
    ...(rename === true ? { rename } : {}),
    ...(order === undefined ? {} : { order }),
    audit: {
      at: now,
      actor,
      action,
      object: id,
      detail: { revision, product: product.id, customer: customer.id, digest: file.digest, ...detail },
    },
  });
  return { file, verdict };
}
