import type { Request } from 'express';
import { CounterfoilError, parseLicenseId } from '@counterfoil/schemas';
import type { IssuedFile } from '../../register/register.js';
import { requireAccess } from '../access.js';
import { issuerFault } from '../../codes.js';
import type { Portal } from '../portal.js';
import { visitorOf, type SignedIn } from './visitor.js';

/** A license that the visitor may see, by its newest file, or by a revision. */
export interface FoundLicense {
  readonly visitor: SignedIn;
  readonly file: IssuedFile;
}

/**
 * Finds the license that the address names, for somebody who may see it.
 *
 * Throws `session-missing` before anything is looked up; `page-unknown` for what does not exist, is somebody else's, or is no id.
 */
export async function findOwnLicense(
  { store }: Portal,
  request: Request,
  revision?: number,
): Promise<FoundLicense> {
  requireAccess(visitorOf(request), { type: 'self' });
  const id = licenseIdOf(String(request.params['id']));
  const file = id === undefined ? undefined : await store.register.findFile(id, revision);
  const visitor = requireAccess(visitorOf(request), { type: 'license', customer: file?.customer.id });
  if (file === undefined) throw issuerFault('page-unknown');
  return { visitor, file };
}

function licenseIdOf(typed: string): string | undefined {
  try {
    return parseLicenseId(typed);
  } catch (error) {
    if (error instanceof CounterfoilError) return undefined;
    throw error;
  }
}
