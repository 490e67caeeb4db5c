import type { IssuedFile, NewAuditEntry } from '../../register/register.js';
import { signAndFile, type IssuedLicense } from '../sign-and-file.js';
import type { Vendor } from '../vendor.js';
import { planReissue, requireRevision, type ReissueRequest } from './plan-reissue.js';
import type { Change, Current } from './reissue-current.js';

/** A license that was reissued. */
export interface ReissuedLicense extends IssuedLicense {
  /** The revision that it supersedes. */
  readonly before: IssuedFile;
  /** The revision that the customer has in force: the same, or an older one that is preloaded to be followed. */
  readonly inForce: IssuedFile;
}

/**
 * Issues the next revision of a license with a change: same license id, customer, binding and identities; new file id,
 * status index, trust root and status list.
 *
 * Throws what `planReissue` throws, `license-superseded` also when another program was faster, and the codes of issuing.
 */
export async function reissueLicense(
  vendor: Vendor,
  request: ReissueRequest,
  action: NewAuditEntry['action'],
  change: (current: Current) => Change,
): Promise<ReissuedLicense> {
  const { draft, before, inForce } = await planReissue(vendor, request, action, change);
  const issued = await signAndFile(vendor, async () => {
    requireRevision(await vendor.register.findFile(before.license), before.revision);
    return draft;
  });
  return { ...issued, before, inForce };
}
