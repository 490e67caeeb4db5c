import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { CounterfoilError, formatFault } from '@counterfoil/schemas';
import { nodeFault } from './codes.js';

/** The message of an operating system's error: its short name, such as `EACCES`. */
export function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'an unknown error';
}

/** The fault of reading or opening a file: `file-missing` or `file-unreadable`. */
export function readFault(path: string, cause: unknown): CounterfoilError {
  const reason = reasonOf(cause);
  const gone = reason === 'ENOENT' || reason === 'ENOTDIR';
  return nodeFault(gone ? 'file-missing' : 'file-unreadable', { where: path, actual: reason, cause });
}

const tooLarge = (path: string, limit: number, actual: string): CounterfoilError =>
  formatFault('file-too-large', { where: path, expected: `at most ${String(limit)} bytes`, actual });

/** Reads to the end, but never more than one byte beyond the limit. */
function readBounded(descriptor: number, expected: number, limit: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let next = Math.min(expected, limit) + 1;
  while (length <= limit) {
    const chunk = Buffer.allocUnsafe(Math.min(next, limit + 1 - length));
    const read = readSync(descriptor, chunk, 0, chunk.length, null);
    if (read === 0) break;
    chunks.push(chunk.subarray(0, read));
    length += read;
    next = 65_536;
  }
  return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks);
}

/**
 * The bytes of a file that is carried here, asked for its size before it is read.
 *
 * A pipe is read too. Throws `file-missing`, `file-is-folder`, `file-unreadable`, `file-too-large`.
 */
export function readFileWithin(path: string, limit: number): Uint8Array {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (cause) {
    throw readFault(path, cause);
  }
  try {
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) throw nodeFault('file-is-folder', { where: path });
    // The size of a pipe or a file of /proc is 0, whatever can be read from it.
    if (stat.size > limit) throw tooLarge(path, limit, String(stat.size));
    const bytes = readBounded(descriptor, stat.size, limit);
    if (bytes.length > limit) throw tooLarge(path, limit, 'more');
    return bytes;
  } catch (cause) {
    throw cause instanceof CounterfoilError ? cause : readFault(path, cause);
  } finally {
    closeSync(descriptor);
  }
}
