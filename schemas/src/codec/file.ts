import { formatFault } from '../codes.js';
import { documentOfLabel, documents, type DocumentName } from '../documents.js';
import { show } from '../error.js';
import { limits } from '../limits.js';
import { decodeBase64, encodeBase64 } from './base64.js';
import { decodeUtf8, encodeUtf8 } from './utf8.js';

/** One armored document of a file. */
export interface Block {
  readonly document: DocumentName;
  /** The body without line breaks: the compact JWS itself, or base64 of the document. */
  readonly body: string;
}

/** A file, taken apart: nothing in it is trusted yet. */
export interface CarriedFile {
  /** The explanatory text before the first block, without its last line break; empty where there is none. */
  readonly summary: string;
  readonly blocks: readonly Block[];
  /** True for a bare compact JWS without armor. */
  readonly bare: boolean;
}

const BEGIN = '-----BEGIN ';
const END = '-----END ';
const DASHES = '-----';
const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*$/;
// Control characters but the line feed, byte order marks, line separators, and marks that turn the direction of writing.
const UNPRINTABLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/;

/**
 * Takes a carried file apart (license-file.md, clause 2).
 *
 * Throws `file-too-large`, `file-empty`, `utf8`, `file-line-ends`, `file-text`, `file-blocks`, `armor-boundary`, `armor-label`, `armor-truncated`, `armor-body`.
 */
export function parseFile(input: string | Uint8Array): CarriedFile {
  if (input.length > limits.file) {
    throw formatFault('file-too-large', {
      expected: `at most ${String(limits.file)} bytes`,
      actual: String(input.length),
    });
  }
  const text = typeof input === 'string' ? input : decodeUtf8(input, 'file');
  if (text.length === 0) throw formatFault('file-empty', { expected: 'a license', actual: 'no bytes' });
  if (text.includes('\r'))
    throw formatFault('file-line-ends', { expected: 'line feeds', actual: 'carriage returns' });
  const start = text.startsWith(BEGIN) ? 0 : text.indexOf(`\n${BEGIN}`) + 1;
  if (start === 0 && !text.startsWith(BEGIN)) return bare(text);
  const summary = text.slice(0, start);
  checkSummary(summary);
  return { summary: summary.replace(/\n+$/, ''), blocks: parseBlocks(text, start), bare: false };
}

function bare(text: string): CarriedFile {
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  if (body.length > documents.license.cap || !COMPACT.test(body)) {
    throw formatFault('armor-boundary', { expected: 'a line -----BEGIN COUNTERFOIL …-----', actual: 'none' });
  }
  return { summary: '', blocks: [{ document: 'license', body }], bare: true };
}

function checkSummary(summary: string): void {
  if (
    summary.length > limits.summary ||
    UNPRINTABLE.test(summary) ||
    summary.includes(`\n${DASHES}`) ||
    summary.startsWith(DASHES)
  ) {
    throw formatFault('file-text', {
      where: 'before the first block',
      expected: `at most ${String(limits.summary)} printable characters`,
    });
  }
}

function parseBlocks(text: string, start: number): readonly Block[] {
  const blocks: Block[] = [];
  let at = start;
  while (at < text.length) {
    if (blocks.length === limits.blocks)
      throw formatFault('file-blocks', { expected: `at most ${String(limits.blocks)} blocks` });
    const eol = text.indexOf('\n', at);
    const begin = eol < 0 ? '' : text.slice(at, eol);
    if (!begin.startsWith(BEGIN) || !begin.endsWith(DASHES)) {
      throw formatFault('armor-boundary', {
        where: `block ${String(blocks.length + 1)}`,
        expected: 'a BEGIN line right after the last block',
      });
    }
    const label = begin.slice(BEGIN.length, -DASHES.length);
    const document = documentOfLabel(label);
    if (document === undefined)
      throw formatFault('armor-label', { expected: 'a label of Counterfoil', actual: show(label) });
    const end = `\n${END}${label}${DASHES}`;
    const close = text.indexOf(`\n${DASHES}`, eol);
    if (close < 0)
      throw formatFault('armor-truncated', {
        where: label,
        expected: end.slice(1),
        actual: 'the end of the file',
      });
    if (
      !text.startsWith(end, close) ||
      (close + end.length < text.length && text.charAt(close + end.length) !== '\n')
    ) {
      throw formatFault('armor-boundary', {
        where: label,
        expected: end.slice(1),
        actual: 'another line of dashes',
      });
    }
    blocks.push({ document, body: joinLines(text, eol + 1, close, label) });
    at = close + end.length + 1;
  }
  return blocks;
}

/** Lines of exactly 64 characters, the last one shorter or as long (clause 2.5). */
function joinLines(text: string, from: number, to: number, label: string): string {
  const stride = limits.armorLine + 1;
  const body = to > from ? text.slice(from, to).replaceAll('\n', '') : '';
  let regular = body.length > 0 && to - from === body.length + Math.ceil(body.length / limits.armorLine) - 1;
  for (let i = from + limits.armorLine; regular && i < to; i += stride) regular = text.charCodeAt(i) === 10;
  if (!regular) {
    throw formatFault('armor-body', {
      where: label,
      expected: `lines of ${String(limits.armorLine)} characters`,
      actual: 'lines broken otherwise',
    });
  }
  return body;
}

/** The bytes of a block that is written as base64. Throws `base64`, `document-too-large`. */
export function decodeBody(block: Block): Uint8Array {
  const { cap } = documents[block.document];
  if (block.body.length > Math.ceil(cap / 3) * 4) {
    throw formatFault('document-too-large', {
      where: block.document,
      expected: `at most ${String(cap)} bytes`,
    });
  }
  return decodeBase64(block.body, block.document);
}

/** The block of a document: JWS text as it is, anything else as base64. */
export function encodeBlock(document: DocumentName, content: string | Uint8Array): Block {
  const body =
    documents[document].form === 'compact' && typeof content === 'string'
      ? content
      : encodeBase64(typeof content === 'string' ? encodeUtf8(content) : content);
  return { document, body };
}

/** The text of a file, each block armored, with a summary for people in front. */
export function formatFile(summary: string, blocks: readonly Block[]): string {
  const head = summary === '' ? '' : `${summary}\n\n`;
  checkSummary(head);
  const lines = new RegExp(`.{1,${String(limits.armorLine)}}`, 'g');
  return (
    head +
    blocks
      .map(({ document, body }) => {
        const { label } = documents[document];
        return `${BEGIN}${label}${DASHES}\n${(body.match(lines) as string[]).join('\n')}\n${END}${label}${DASHES}\n`;
      })
      .join('')
  );
}
