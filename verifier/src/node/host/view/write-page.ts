import { CounterfoilError, encodeUtf8 } from '@counterfoil/schemas';
import { nodeFault } from '../../codes.js';
import { writeSideFile } from '../../side-file.js';
import type { StatusView } from '../status-view.js';
import { statusPage } from './status-page.js';

/**
 * Writes the licensing window; whoever reads it sees the old page or the new one, whole.
 *
 * What is there is replaced, as a scheduled job wants it. Throws `file-is-folder`, `file-unwritable`.
 */
export function writePage(path: string, view: StatusView): void {
  try {
    writeSideFile(path, encodeUtf8(statusPage(view)));
  } catch (fault) {
    if (!(fault instanceof CounterfoilError) || fault.detail.actual !== 'EISDIR') throw fault;
    throw nodeFault('file-is-folder', { where: path, cause: fault });
  }
}
