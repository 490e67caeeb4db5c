import {
  encodeBase64url,
  encodeUtf8,
  formatJson,
  isJsonObject,
  limits,
  parseJson,
} from '@counterfoil/schemas';
import type { JsonObject } from '@counterfoil/schemas';
import { nodeEngine } from '../engine.js';

/** One line of a journal whose digest holds. */
export interface JournalLine {
  /** The JSON text, digest included. */
  readonly text: string;
  /** SHA-256 of the text without its last member, base64url. */
  readonly digest: string;
  readonly value: JsonObject;
}

const TAIL = /,"digest":"([A-Za-z0-9_-]{43})"\}$/;

const digestOf = (body: string): string => encodeBase64url(nodeEngine.sha256(encodeUtf8(body)));

/** The text of a line: the value's members, then the digest of them (ledger.md, LG-2.2). Throws format codes and a RangeError beyond the cap. */
export function formatLine(value: object): string {
  const body = formatJson(value, 'journal');
  const text = `${body.slice(0, -1)},"digest":"${digestOf(body)}"}`;
  const { length } = encodeUtf8(text);
  if (length > limits.journalLine)
    throw new RangeError(`expected at most ${String(limits.journalLine)} bytes, got ${String(length)}`);
  return text;
}

/** The line that a text is, or undefined for anything else: half a line, two run together, a changed one (ledger.md, LG-2.4). */
export function parseLine(text: string): JournalLine | undefined {
  const [tail, digest] = TAIL.exec(text) ?? [];
  if (tail === undefined || digest === undefined) return undefined;
  if (digestOf(`${text.slice(0, -tail.length)}}`) !== digest) return undefined;
  try {
    const value = parseJson(text, 'journal');
    return isJsonObject(value) ? { text, digest, value } : undefined;
  } catch {
    return undefined;
  }
}

/** What one pass over the bytes of a journal found. */
export interface ReadLines {
  readonly lines: readonly JournalLine[];
  /** Texts that are no line: torn, half or changed. */
  readonly broken: number;
  /** Bytes that are read for good: up to the last line feed, and never beyond. */
  readonly consumed: number;
}

/** Reads lines as far as the last line feed (ledger.md, LG-2.4). */
export function readLines(bytes: Uint8Array): ReadLines {
  const consumed = bytes.lastIndexOf(10) + 1;
  const lines: JournalLine[] = [];
  let broken = 0;
  // What is no UTF-8 is replaced, and so fails its digest.
  const texts = Buffer.from(bytes.buffer, bytes.byteOffset, consumed).toString('utf8').split('\n');
  for (const text of texts) {
    if (text === '') continue;
    const line = parseLine(text);
    if (line === undefined) broken++;
    else lines.push(line);
  }
  return { lines, broken, consumed };
}
