import type { Asker } from '../node/host/data-folder.js';
import { readLicenseSource } from '../node/host/license-source.js';
import { askerOf } from './asker.js';
import type { HostIo } from './io.js';
import type { Typed } from './options.js';

/**
 * Who asks what the license allows: with the license of the call or the environment on top of the data folder, as the
 * product itself would see it (ledger.md, LG-4.3).
 *
 * Throws as {@link askerOf} does, and the codes of reading that license.
 */
export function sourcedAskerOf(typed: Typed, io: HostIo): Asker {
  const licenseFile = typed.values.get('license')?.[0];
  const source = readLicenseSource(licenseFile === undefined ? {} : { licenseFile }, io.env);
  const asker = askerOf(typed, io);
  return source === undefined ? asker : { ...asker, source };
}
