import { parseLicenseId } from '@counterfoil/schemas';
import { issuerFault } from '../codes.js';
import type { IssuedFile, Register } from '../register/register.js';

/** A filed license by the id that a person typed, its newest revision unless given; throws `license-id`, `license-unknown`, `revision-unknown`. */
export async function findLicense(register: Register, typed: string, revision?: number): Promise<IssuedFile> {
  const id = parseLicenseId(typed);
  const file = await register.findFile(id, revision);
  if (file !== undefined) return file;
  const newest = await register.findFile(id);
  if (newest === undefined) throw issuerFault('license-unknown', { where: id });
  throw issuerFault('revision-unknown', {
    where: id,
    expected: `1 to ${String(newest.revision)}`,
    actual: String(revision),
  });
}
