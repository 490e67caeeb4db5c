import {
  closeSync,
  constants,
  fchownSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  lchownSync,
  mkdirSync,
  openSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { reasonOf } from '../files.js';

// What the journal needs of the operating system: all that differs between systems stands here. Faults are thrown as
// the system says them.

/** Whose a file is. */
interface Owner {
  readonly uid: number;
  readonly gid: number;
}

const isRoot = (): boolean => process.getuid?.() === 0;

export function ownerOf(folder: string): Owner {
  const { uid, gid } = statSync(folder);
  return { uid, gid };
}

/**
 * Gives what root has made to the folder's owner, who must be able to go on with it.
 *
 * A link is not followed: that owner could have laid it, and would be given what it points to.
 */
export function giveTo({ uid, gid }: Owner, made: string | number): void {
  if (!isRoot()) return;
  if (typeof made === 'number') fchownSync(made, uid, gid);
  else lchownSync(made, uid, gid);
}

/** Makes a folder, unless it is there, for the owner of the one that it lies in; its name is durable then. */
export function makeFolder(path: string): void {
  const around = dirname(path);
  let made = true;
  try {
    mkdirSync(path, 0o755);
  } catch (error) {
    if (reasonOf(error) !== 'EEXIST') throw error;
    made = false;
  }
  if (made) giveTo(ownerOf(around), path);
  try {
    // Also where it was there: who made it may have been killed before this.
    syncFolder(around);
  } catch (error) {
    // Not every user may read the folder around one that was made for him.
    if (made || reasonOf(error) !== 'EACCES') throw error;
  }
}

/** Opens a file whose every write goes to its end, whoever else writes to it; a link is not followed. */
export function openForAppending(path: string): number {
  // Where a system has no such flag, it is undefined and adds nothing.
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_RDWR } = constants;
  const descriptor = openSync(path, O_APPEND | O_CREAT | O_NOFOLLOW | O_RDWR, 0o644);
  try {
    const owner = ownerOf(dirname(path));
    if (fstatSync(descriptor).uid !== owner.uid) giveTo(owner, descriptor);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** Makes everything written to the file durable, by whomever (Linux: local file systems). */
export function syncData(descriptor: number, writable: boolean): void {
  // Windows flushes through a descriptor for writing only; what was answered there, its writer has flushed.
  if (writable || process.platform !== 'win32') fdatasyncSync(descriptor);
}

/** Makes the names in a folder durable; Windows cannot open a folder and needs no such thing. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
