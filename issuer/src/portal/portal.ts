import type { Instant, Trust } from '@counterfoil/verifier';
import type { RandomBytes } from '../domain/random.js';
import type { Vendor } from '../domain/vendor.js';
import type { Store } from '../register/store.js';
import type { VendorFacts } from '../register/vendor-folder.js';
import type { Rates } from './http/rates.js';

/** All that the portal works with; it reads no clock, setting or file besides. */
export interface Portal {
  readonly store: Store;
  readonly vendor: VendorFacts;
  /** The vendor at the present instant, as whom the audit trail is to name; signing by an open key or by the spool. */
  readonly desk: (actor: string) => Vendor;
  readonly now: () => Instant;
  readonly random: RandomBytes;
  /** 32 bytes that seal TOTP secrets and bind forms to sessions; made at the first start, never in a setting. */
  readonly secret: Uint8Array;
  /** Scheme, host and port as browsers write them: forms are taken from there alone. */
  readonly origin: string;
  /** What the products trust, by which uploads are judged. */
  readonly kitTrust: Trust;
  /** The key that a shop signs its payments with. */
  readonly webhookSecret?: Uint8Array;
  /** Whether the address of a request is the one that a proxy in front writes. */
  readonly trustProxy?: boolean;
  /** How often one address may ask; the portal's own rates unless given. */
  readonly rates?: Partial<Rates>;
  /** Takes faults that a visitor is told nothing about. */
  readonly report: (error: unknown) => void;
}
