import { dirname } from 'node:path';
import { CounterfoilError } from '@counterfoil/schemas';
import { nodeFault } from '../../codes.js';
import { reasonOf } from '../../files.js';
import { makeFolder } from '../../journal/platform.js';
import type { Acknowledgement } from '../../journal/records.js';
import type { Asker } from '../data-folder.js';
import { installLicense } from './install.js';
import type { InstallPlan } from './plan-install.js';

/**
 * Installs in the default data folder, and makes the vendor's folder around it where this is the vendor's first product here.
 *
 * Elsewhere a missing folder is a path mistyped or a disk not there. Throws what `installLicense` throws.
 */
export function installInDefault(
  asker: Asker,
  bytes: Uint8Array,
  acknowledged: readonly Acknowledgement[],
): InstallPlan {
  try {
    return installLicense(asker, bytes, acknowledged);
  } catch (fault) {
    const where = dirname(asker.folder);
    if (!(fault instanceof CounterfoilError) || fault.code !== 'data-missing') throw fault;
    try {
      makeFolder(where);
    } catch (cause) {
      const actual = reasonOf(cause);
      throw actual === 'ENOENT' ? fault : nodeFault('file-unwritable', { where, actual, cause });
    }
    return installLicense(asker, bytes, acknowledged);
  }
}
