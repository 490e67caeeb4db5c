import type { CounterfoilError } from '@counterfoil/schemas';
import type { Finding, LicenseContent, State } from '@counterfoil/verifier';
import type { Repair } from '@counterfoil/verifier/node';

/** Whether a genuine license is the newest that the vendor has of it. */
export type Standing =
  /** The newest revision. */
  | { readonly type: 'current'; readonly customer: string }
  /** There is a newer one; its number is for nobody but the customer and the vendor. */
  | { readonly type: 'older'; readonly customer: string; readonly newest: number }
  /** Genuine by its signature, and yet not filed. */
  | { readonly type: 'unknown' };

/** A genuine license that was uploaded. */
export interface UploadedLicense {
  readonly type: 'license';
  readonly claims: LicenseContent;
  /** By the vendor's newest status list where the license is filed. */
  readonly state: State;
  /** What a host would miss beside it, as in a bare token. */
  readonly missing?: Finding;
  readonly standing: Standing;
}

/** What an upload is. */
export type UploadFinding =
  | UploadedLicense
  /** A sound file of the vendor, which is no license. */
  | { readonly type: 'other-document' }
  /** Not whole, not genuine, or no file of this kind at all. */
  | { readonly type: 'problem'; readonly problem: CounterfoilError };

/** What came of reading an upload. */
export interface Upload {
  readonly finding: UploadFinding;
  /** What was damaged on the way and mended, or would have to be besides the problem. */
  readonly repairs: readonly Repair[];
  /** What the bytes look like, in words; a guess, on which nothing rests. */
  readonly looksLike?: string;
}
