import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nodeFault } from '../codes.js';
import { readFault, reasonOf } from '../files.js';
import { formatLine, readLines, type JournalLine } from './line.js';
import { openForAppending, syncData, syncFolder } from './platform.js';
import type { JournalRecord } from './records.js';
import { FORMAT, REDUCER, replay } from './replay.js';
import { leafHash, treeHead, type TreeHead } from './tree-head.js';

/** The live segment in a data folder. */
export const journalPath = (folder: string): string => join(folder, 'journal.1.log');

/** How often a line is appended that was written in part. */
const ATTEMPTS = 8;

/** An open journal: a file of lines that is only ever appended to (ledger.md, LG-2). */
export interface Journal {
  readonly path: string;
  /** The lines as they stood when they were last read, each once. */
  readonly lines: () => readonly JournalLine[];
  /** Texts in the file that are no line. */
  readonly broken: () => number;
  /** The tree head over the lines (RFC 9162). */
  readonly head: () => TreeHead;
  /** Appends records as one line and reads on; durable only after {@link Journal.sync}. */
  readonly append: (records: readonly JournalRecord[]) => JournalLine;
  /** Makes durable what was read so far. Nothing may be answered before. Throws `journal-unsynced`. */
  readonly sync: () => void;
  readonly close: () => void;
}

type Mode = 'read' | 'append';

class FileJournal implements Journal {
  readonly path: string;
  readonly #descriptor: number | undefined;
  readonly #mode: Mode;
  readonly #lines = new Map<string, JournalLine>();
  #broken = 0;
  #consumed = 0;
  #synced = 0;

  constructor(path: string, descriptor: number | undefined, mode: Mode) {
    this.path = path;
    this.#descriptor = descriptor;
    this.#mode = mode;
    this.#readOn();
  }

  lines(): readonly JournalLine[] {
    return [...this.#lines.values()];
  }

  broken(): number {
    return this.#broken;
  }

  head(): TreeHead {
    return treeHead(this.lines().map(({ text }) => leafHash(Buffer.from(text))));
  }

  /** Reads what was appended since, by anyone. */
  #readOn(): void {
    if (this.#descriptor === undefined) return;
    try {
      const size = fstatSync(this.#descriptor).size - this.#consumed;
      if (size <= 0) return;
      const bytes = Buffer.allocUnsafe(size);
      let length = 0;
      while (length < size) {
        const read = readSync(this.#descriptor, bytes, length, size - length, this.#consumed + length);
        if (read === 0) break;
        length += read;
      }
      const { lines, broken, consumed } = readLines(bytes.subarray(0, length));
      // A line that stands twice was appended again after a doubtful write: it counts once, where it first stood.
      for (const line of lines) if (!this.#lines.has(line.digest)) this.#lines.set(line.digest, line);
      this.#broken += broken;
      this.#consumed += consumed;
    } catch (cause) {
      throw readFault(this.path, cause);
    }
  }

  append(records: readonly JournalRecord[]): JournalLine {
    const { newer, ledger } = replay(this.#lines.values(), '');
    if (newer) throw nodeFault('journal-newer', { where: this.path });
    if (ledger === undefined) {
      const id = randomBytes(16).toString('base64url');
      this.#write([{ kind: 'header', format: FORMAT, reducer: REDUCER, ledger: id }]);
    }
    return this.#write(records);
  }

  #write(records: readonly JournalRecord[]): JournalLine {
    const after = [...this.#lines.keys()].at(-1) ?? '';
    const value = records.length === 1 ? { ...records[0], after } : { kind: 'batch', records, after };
    const text = formatLine(value);
    const bytes = Buffer.from(`\n${text}\n`);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        // A part is not a line: the rest is not sent after it, for another's line may lie between.
        writeSync(this.#descriptor as number, bytes);
      } catch (cause) {
        throw nodeFault('file-unwritable', { where: this.path, actual: reasonOf(cause), cause });
      }
      this.#readOn();
      // What counts is what can be read again: libuv itself sends the rest after a short write, and says that all was written.
      const line = [...this.#lines.values()].find((known) => known.text === text);
      if (line !== undefined) return line;
    }
    throw nodeFault('file-unwritable', {
      where: this.path,
      actual: `a line that cannot be read again, ${String(ATTEMPTS)} times`,
    });
  }

  sync(): void {
    if (this.#descriptor === undefined || this.#synced >= this.#consumed) return;
    try {
      const end = this.#consumed;
      syncData(this.#descriptor, this.#mode === 'append');
      if (this.#mode === 'append') syncFolder(dirname(this.path));
      this.#synced = end;
    } catch (cause) {
      throw nodeFault('journal-unsynced', { where: this.path, actual: reasonOf(cause), cause });
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
  }
}

/** Opens the journal of a data folder to look at it; where there is none, it is empty. Throws `file-unreadable`. */
export function openJournal(folder: string): Journal {
  const path = journalPath(folder);
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
  } catch (cause) {
    if (reasonOf(cause) !== 'ENOENT') throw readFault(path, cause);
  }
  return new FileJournal(path, descriptor, 'read');
}

/** Opens the journal of a data folder to append to it, made where there is none. Throws `file-unwritable`, `file-unreadable`. */
export function openJournalToAppend(folder: string): Journal {
  const path = journalPath(folder);
  let descriptor: number;
  try {
    descriptor = openForAppending(path);
  } catch (cause) {
    throw nodeFault('file-unwritable', { where: path, actual: reasonOf(cause), cause });
  }
  return new FileJournal(path, descriptor, 'append');
}
