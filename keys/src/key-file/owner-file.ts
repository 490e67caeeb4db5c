import { randomBytes } from 'node:crypto';
import { link, open, rm, type FileHandle } from 'node:fs/promises';
import { platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { show } from '@counterfoil/schemas';
import { keysFault } from '../codes.js';

/** Windows has neither modes nor a folder that can be synced. */
const POSIX = platform() !== 'win32';
/** What a file system without hard links answers, such as the one of a memory stick. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

const errorCode = (error: unknown): string => String((error as NodeJS.ErrnoException).code);

/**
 * The bytes of a file that only its owner may read, one byte more than `cap` at most.
 *
 * Throws `file-unreadable`, and on POSIX `key-file-permissions`.
 */
export async function readOwnerFile(path: string, cap: number): Promise<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const mode = (await handle.stat()).mode & 0o777;
    // Of the open file, not of the path: between two looks at a path it may become another file.
    if (POSIX && (mode & 0o077) !== 0) {
      throw keysFault('key-file-permissions', {
        where: path,
        expected: 'mode 600',
        actual: `mode ${mode.toString(8)}`,
      });
    }
    return await readUpTo(handle, cap + 1);
  } catch (cause) {
    if (cause instanceof Error && 'entry' in cause) throw cause;
    throw keysFault('file-unreadable', { where: path, actual: errorCode(cause), cause });
  } finally {
    await handle?.close();
  }
}

async function readUpTo(handle: FileHandle, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.slice(0, filled);
}

/**
 * Writes a file that must not exist yet, whole or not at all, and syncs it and its folder.
 *
 * Throws `file-exists`, `file-unwritable`.
 */
export async function writeNewFile(path: string, bytes: Uint8Array, mode: 0o600 | 0o644): Promise<void> {
  const folder = dirname(path);
  const draft = join(folder, `.${basename(path)}.${randomBytes(8).toString('hex')}.tmp`);
  try {
    await writeSynced(draft, bytes, mode);
    try {
      // Unlike rename, link never replaces a file.
      await link(draft, path);
    } catch (error) {
      if (!NO_LINKS.has(errorCode(error))) throw error;
      await writeSynced(path, bytes, mode);
    } finally {
      await rm(draft);
    }
    await syncFolder(folder);
  } catch (cause) {
    const code = errorCode(cause);
    throw keysFault(code === 'EEXIST' ? 'file-exists' : 'file-unwritable', {
      where: path,
      actual: show(code),
      cause,
    });
  }
}

async function writeSynced(path: string, bytes: Uint8Array, mode: number): Promise<void> {
  const handle = await open(path, 'wx', mode);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (!POSIX) return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
