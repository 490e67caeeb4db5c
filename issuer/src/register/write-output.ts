import { randomBytes } from 'node:crypto';
import { link, lstat, open, rename, rm } from 'node:fs/promises';
import { platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { issuerFault } from '../codes.js';

/** How a file is written. */
export interface OutputOptions {
  /** Replaces a file that is there already. */
  readonly force: boolean;
  /** For the user alone: the file holds secrets. */
  readonly isPrivate?: boolean;
}

const errorCode = (error: unknown): string => String((error as NodeJS.ErrnoException).code);
/** What a file system without hard links answers, such as the one of a memory stick. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Throws `output-exists`, `output-unwritable` for a place where a file could not be written. */
export async function requireWritable(path: string, { force }: OutputOptions): Promise<void> {
  const folder = dirname(path);
  const probe = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    if (await exists(path)) {
      if (!force) throw issuerFault('output-exists', { where: path });
      if ((await lstat(path)).isDirectory())
        throw issuerFault('output-unwritable', { where: path, actual: 'a folder' });
    }
    await (await open(probe, 'wx')).close();
    await rm(probe);
  } catch (cause) {
    throw asFault(cause, path);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function asFault(cause: unknown, path: string): unknown {
  if (cause instanceof Error && 'entry' in cause) return cause;
  const actual = errorCode(cause);
  return issuerFault(actual === 'EEXIST' ? 'output-exists' : 'output-unwritable', {
    where: path,
    actual,
    cause,
  });
}

/** Writes a file whole or not at all, and onto the disk before it returns; throws `output-exists`, `output-unwritable`. */
export function writeOutput(path: string, text: string, options: OutputOptions): Promise<void> {
  return writeParts(path, (put) => put(text), options);
}

/** The same for a text that is too long to be held at once. */
export async function writeParts(
  path: string,
  work: (put: (text: string) => Promise<void>) => Promise<void>,
  { force, isPrivate = false }: OutputOptions,
): Promise<void> {
  const folder = dirname(path);
  const draft = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(draft, 'wx', isPrivate ? 0o600 : 0o644);
    try {
      // At the current position, after what was written before.
      await work((text) => handle.writeFile(text));
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (force) await rename(draft, path);
    else await linkNew(draft, path);
    await syncFolder(folder);
  } catch (cause) {
    throw asFault(cause, path);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Unlike rename, a link never replaces a file that came meanwhile. */
async function linkNew(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path);
  } catch (error) {
    if (!NO_LINKS.has(errorCode(error))) throw error;
    if (await exists(path)) throw issuerFault('output-exists', { where: path });
    await rename(draft, path);
  }
}

/** Makes a new name in a folder last; Windows cannot sync a folder. */
export async function syncFolder(folder: string): Promise<void> {
  if (platform() === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
