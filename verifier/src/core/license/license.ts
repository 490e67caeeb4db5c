import type { LicenseClaims, ProtectedHeader } from '@counterfoil/schemas';
import type { DeepReadonly } from '../deep-readonly.js';

/** What a license says: its claims, read and consistent. */
export type LicenseContent = DeepReadonly<LicenseClaims>;

/** A license that a trusted key signed; only the verifier makes one. */
export interface VerifiedLicense {
  readonly claims: LicenseContent;
  /** The header under which it is signed. */
  readonly header: ProtectedHeader;
}

/** The private member is the mark: no literal, copy or parsed JSON has it. */
class Marked implements VerifiedLicense {
  readonly #verified = true;
  readonly claims: LicenseContent;
  readonly header: ProtectedHeader;

  constructor(claims: LicenseContent, header: ProtectedHeader) {
    this.claims = claims;
    this.header = header;
    Object.freeze(this);
  }

  static is(license: VerifiedLicense): boolean {
    return #verified in license;
  }
}

/** Marks a license as verified; called by the pipeline, and by it alone. */
export function markVerified(claims: LicenseContent, header: ProtectedHeader): VerifiedLicense {
  return new Marked(claims, header);
}

/** Whether an object came out of a verification in this program, not of JSON or a constructor. */
export function isVerified(license: VerifiedLicense): boolean {
  return Marked.is(license);
}

/** Throws a TypeError for a license that was put together by hand. */
export function requireVerified(license: VerifiedLicense): void {
  if (!isVerified(license))
    throw new TypeError('expected a license from a verdict, got an object of another origin');
}
