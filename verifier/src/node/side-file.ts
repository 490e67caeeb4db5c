import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { decodeBase64url, limits, type CarriedFile } from '@counterfoil/schemas';
import { carriedPages, type Engine, type LicenseContent, type ReadBlock } from '../core/index.js';
import { nodeFault } from './codes.js';
import { readFault, reasonOf } from './files.js';

/** A side file that is read by position; it is open until closed. */
export interface SideFile {
  readonly readBlock: ReadBlock;
  readonly close: () => void;
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
}

/**
 * Writes a file so that its name stands for the old bytes or the new ones, whole, and never for a part of them.
 *
 * Throws `file-unwritable`; nothing is left behind then.
 */
export function writeSideFile(path: string, bytes: Uint8Array): void {
  const folder = dirname(path);
  const draft = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const descriptor = openSync(draft, 'wx', 0o644);
    try {
      writeAll(descriptor, bytes);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, path);
    syncFolder(folder);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw nodeFault('file-unwritable', { where: path, actual: reasonOf(cause), cause });
  }
}

/** Makes the new name durable; Windows cannot open a folder and needs no such thing. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Opens identity pages for reading by position, one block a level.
 *
 * Throws `file-missing`, `file-unreadable`; so does reading a block.
 */
export function openSideFile(path: string): SideFile {
  const attempt = <T>(action: () => T): T => {
    try {
      return action();
    } catch (cause) {
      throw readFault(path, cause);
    }
  };
  const descriptor = attempt(() => openSync(path, 'r'));
  return {
    readBlock: (index) =>
      attempt(() => {
        const block = Buffer.alloc(limits.page);
        let length = 0;
        while (length < block.length) {
          const read = readSync(
            descriptor,
            block,
            length,
            block.length - length,
            index * limits.page + length,
          );
          if (read === 0) break;
          length += read;
        }
        return block.subarray(0, length);
      }),
    close: () => {
      closeSync(descriptor);
    },
  };
}

/** The side file of a kind: another list has another root, so a new file never replaces one that is in use. */
export function sideFilePath(folder: string, kind: string, root: string): string {
  const hex = Buffer.from(decodeBase64url(root, 'root').subarray(0, 16)).toString('hex');
  return join(folder, `${kind}-${hex}.pages`);
}

/**
 * Writes the identity pages that a license file carries to side files, each checked whole; answers their paths by kind.
 *
 * Throws `pages-missing`, `pages-broken`, `base64`, `file-unwritable`.
 */
export function writeCarriedPages(
  engine: Engine,
  file: CarriedFile,
  content: LicenseContent,
  folder: string,
): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const [kind, bytes] of carriedPages(engine, file, content)) {
    const root = content.license.allowed?.[kind]?.pages?.root as string;
    const path = sideFilePath(folder, kind, root);
    writeSideFile(path, bytes);
    paths.set(kind, path);
  }
  return paths;
}
