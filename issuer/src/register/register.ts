import type { LicenseClaims } from '@counterfoil/schemas';
import type { DeepReadonly, Instant } from '@counterfoil/verifier';

/** A licensee as the register knows it. */
export interface Customer {
  readonly id: string;
  readonly name: string;
}

/** A product's rules as they were when a license was issued or a kit signed. */
export interface ProductSnapshot {
  /** SHA-256 of the JSON text, base64url. */
  readonly digest: string;
  readonly id: string;
  readonly catalog: number;
  readonly json: string;
}

/** One shard of the status list as last published. */
export interface StoredShard {
  /** Counted from 1. */
  readonly number: number;
  readonly uri: string;
  readonly version: number;
  /** Two bits an entry, not compressed. */
  readonly bits: Uint8Array;
  /** Compact JWS. */
  readonly token: string;
}

/** The counterfoil: what the vendor keeps of a license file that was handed out. */
export interface IssuedFile {
  readonly license: string;
  readonly revision: number;
  readonly customer: Customer;
  readonly product: string;
  readonly productDigest: string;
  readonly jti: string;
  readonly iat: Instant;
  /** End of grace; absent when perpetual. */
  readonly exp?: Instant;
  readonly shard: number;
  readonly index: number;
  /** SHA-256 of the text's UTF-8 bytes, base64url. */
  readonly digest: string;
  /** The whole file. */
  readonly text: string;
  readonly claims: DeepReadonly<LicenseClaims>;
}

/** One line of the audit trail. */
export interface AuditEntry {
  /** Counted from 1, without gaps. */
  readonly seq: number;
  readonly at: Instant;
  /** The system user who ran the command. */
  readonly actor: string;
  readonly action:
    | 'vendor-made'
    | 'license-issued'
    | 'license-renewed'
    | 'license-extended'
    | 'license-reduced'
    | 'license-restored'
    | 'kit-signed'
    | 'customer-renamed'
    | 'catalog-published'
    | 'account-added'
    | 'account-changed'
    | 'order-placed'
    | 'order-moved'
    | 'order-done'
    | 'payment-noted'
    | 'ask-noted'
    | 'ask-closed';
  /** What was acted on: a license id, a product, a customer, an account, an order, an ask. */
  readonly object: string;
  readonly detail: Readonly<Record<string, string | number>>;
  /** SHA-256 of the hash before it and of this entry, base64url: who changes one entry would have to change all after it. */
  readonly hash: string;
}

export type NewAuditEntry = Omit<AuditEntry, 'seq' | 'hash'>;

/** Who did it, and when; action, object and detail follow from what is done. */
export interface ActorAudit {
  readonly at: Instant;
  /** The system user who ran the command, or `portal:` and an account. */
  readonly actor: string;
}

/** A catalog that the portal sells by, as its vendor wrote it. */
export interface StoredCatalog {
  /** The product's id. */
  readonly id: string;
  /** Rises with every publication. */
  readonly version: number;
  /** YAML. */
  readonly text: string;
  readonly at: Instant;
}

/** All that filing one license writes, at once or not at all. */
export interface Filing {
  readonly file: IssuedFile;
  readonly product: ProductSnapshot;
  /** A shard that was published for this license. */
  readonly shard?: StoredShard;
  /** Allows another name for a customer who is known already. */
  readonly rename?: boolean;
  /** The order that this license is the result of: it moves from `ready` to `done`. */
  readonly order?: string;
  readonly audit: NewAuditEntry;
}

export interface FileFilter {
  readonly customer?: string;
  readonly product?: string;
}

/**
 * The vendor's record of what it issued.
 *
 * A folder beside this file is one way to store it; test/contracts holds them all to this interface. Every method
 * may throw `register-busy`, `register-broken`, `register-unwritable`, `register-unreachable`.
 */
export interface Register {
  /** The newest instant that anything in the register was signed at. */
  readonly newestSignature: () => Promise<Instant | undefined>;
  readonly findCustomer: (id: string) => Promise<Customer | undefined>;
  readonly hasLicense: (id: string) => Promise<boolean>;
  /** The shard with the highest number. */
  readonly newestShard: () => Promise<StoredShard | undefined>;
  readonly findShard: (number: number) => Promise<StoredShard | undefined>;
  /** The indices of a shard that files have. */
  readonly usedIndices: (shard: number) => Promise<ReadonlySet<number>>;
  /**
   * Files a license with its audit entry in one transaction.
   *
   * Throws `customer-differs`; `order-done` when its order has a result already, `order-state` when the order is not ready
   * or not known; `register-conflict` when license, revision or index were taken meanwhile, or when the
   * revision does not follow the newest.
   */
  readonly fileLicense: (filing: Filing) => Promise<void>;
  /** A file by license and revision, the newest revision unless given. */
  readonly findFile: (license: string, revision?: number) => Promise<IssuedFile | undefined>;
  /** The newest revision of every license, by license id; texts are left out. */
  readonly listFiles: (filter: FileFilter) => Promise<readonly Omit<IssuedFile, 'text'>[]>;
  /** Remembers a trust root; the same version twice changes nothing. */
  readonly saveRoot: (version: number, text: string) => Promise<void>;
  /** A product's rules by the digest that a file names. */
  readonly findProduct: (digest: string) => Promise<ProductSnapshot | undefined>;
  readonly saveProduct: (product: ProductSnapshot, audit: NewAuditEntry) => Promise<void>;
  /**
   * Publishes a catalog; the same one twice changes nothing.
   *
   * Throws `register-conflict` unless its version is higher than the last.
   */
  readonly saveCatalog: (catalog: StoredCatalog, audit: ActorAudit) => Promise<void>;
  /** The newest catalog of a product. */
  readonly findCatalog: (id: string) => Promise<StoredCatalog | undefined>;
  /** The newest catalog of every product, by id. */
  readonly listCatalogs: () => Promise<readonly StoredCatalog[]>;
  readonly recordAudit: (entry: NewAuditEntry) => Promise<void>;
  /** The audit trail, the oldest entry first. */
  readonly listAudit: () => Promise<readonly AuditEntry[]>;
  readonly close: () => Promise<void>;
}
