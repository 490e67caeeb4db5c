import type { Grant, Product } from '@counterfoil/schemas';
import type { Instant } from '@counterfoil/verifier';
import type { IssuedFile } from '../../register/register.js';
import type { Sales } from '../../catalog/product-document.js';
import type { LicenseTerm } from '../order/license-term.js';
import type { FoundOffer } from '../order/place-order.js';

/** The newest revision of a license, as a change starts from it. */
export interface Current {
  readonly file: IssuedFile;
  /** A copy of what it grants, under the ids that the rules of the next revision have for it. */
  readonly grant: Grant;
  readonly term: LicenseTerm;
  /** The rules that the next revision gets. */
  readonly product: Product;
  /** The offers that are known, */
  readonly sales: Sales;
  /** and which of them the license names. */
  readonly sold?: FoundOffer;
  /** The revision in force, where the newest one is a renewal that waits for its end. */
  readonly running?: IssuedFile;
  /** The number of the next revision. */
  readonly next: number;
  readonly now: Instant;
}

/** What a change makes of a license; all else is carried over. */
export type Change = Pick<Grant, 'pools' | 'features'> & { readonly term: LicenseTerm };
