import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, openSync, unlinkSync, writeFileSync } from 'node:fs';
import { nodeFault } from '../codes.js';
import { reasonOf } from '../files.js';
import { doctorFault } from './codes.js';

/** Reasons by which a disk says that it has no links, as the sticks have on which files are carried. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Writes a new file and waits for the disk; leaves none behind where that fails. */
function writeNew(path: string, text: string): void {
  const descriptor = openSync(path, 'wx', 0o666);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } catch (error) {
    unlinkSync(path);
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Writes a file whole or not at all, and never over another one.
 *
 * Throws `file-exists`, `file-unwritable`.
 */
export function writeRepaired(path: string, text: string): void {
  const draft = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    if (existsSync(path)) throw Object.assign(new Error('exists'), { code: 'EEXIST' });
    writeNew(draft, text);
    try {
      // Unlike a rename, a link takes no other file's place.
      linkSync(draft, path);
    } catch (error) {
      if (!NO_LINKS.has(reasonOf(error))) throw error;
      writeNew(path, text);
    } finally {
      unlinkSync(draft);
    }
  } catch (cause) {
    const reason = reasonOf(cause);
    throw reason === 'EEXIST'
      ? doctorFault('file-exists', { where: path, cause })
      : nodeFault('file-unwritable', { where: path, actual: reason, cause });
  }
}
