import { printable } from '@counterfoil/schemas';
import { issuerFault } from '../../codes.js';

/** A file of a form. Its name is for showing alone: nothing is ever stored under it. */
export interface UploadedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The fields and files of a form; each name once. */
export interface Form {
  readonly fields: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, UploadedFile>;
}

const MOST_PARTS = 64;
const MOST_HEAD = 2048;
const CRLF2 = Buffer.from('\r\n\r\n');

const broken = (expected: string): Error => issuerFault('multipart-broken', { expected });

/** The boundary that a content type names (RFC 2046, 5.1.1). */
function boundaryOf(contentType: string): Buffer {
  const found =
    /^multipart\/form-data *; *boundary=(?:"([\w'()+,./:=? -]{0,69}[\w'()+,./:=?-])"|([\w'+.-]{1,70}))$/i.exec(
      contentType,
    );
  const boundary = found?.[1] ?? found?.[2];
  if (boundary === undefined) throw broken('a boundary of 1 to 70 characters');
  return Buffer.from(`\r\n--${boundary}`);
}

/** Text as it was sent; throws `multipart-broken` for other bytes than UTF-8. */
function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw broken('UTF-8');
  }
}

/** The name of a part and of its file, from its header lines. */
function namesOf(head: string): { name: string; file: string | undefined } {
  const lines = head.split('\r\n');
  const [disposition, ...others] = lines.filter((line) => !/^content-type: ?[\x20-\x7e]{0,200}$/i.test(line));
  const found =
    /^content-disposition: ?form-data; ?name="([^"\r\n]{1,100})"(?:; ?filename="([^"\r\n]{0,500})")?$/i.exec(
      disposition ?? '',
    );
  // Another header, such as an encoding of the part, would make it something else than what it looks like.
  if (found?.[1] === undefined || others.length > 0) throw broken('a name and perhaps a type for each part');
  return { name: found[1], file: found[2] };
}

/**
 * Takes a multipart form apart (RFC 7578), as browsers write it and no other way: nothing before the first part or
 * after the last, each name once. Throws `multipart-broken`.
 */
export function parseMultipart(contentType: string, body: Buffer): Form {
  const delimiter = boundaryOf(contentType);
  const fields = new Map<string, string>();
  const files = new Map<string, UploadedFile>();
  // The first one has no line end before it.
  if (!body.subarray(0, delimiter.length - 2).equals(delimiter.subarray(2))) throw broken('a part');
  let at = delimiter.length - 2;
  for (let count = 0; ; count += 1) {
    const mark = body.subarray(at, at + 2).toString('latin1');
    if (mark === '--') break;
    if (mark !== '\r\n' || count >= MOST_PARTS) throw broken(`at most ${MOST_PARTS} parts, and a line end`);
    const start = body.indexOf(CRLF2, at);
    if (start < 0 || start - at > MOST_HEAD) throw broken('the header of a part');
    const end = body.indexOf(delimiter, start + CRLF2.length);
    if (end < 0) throw broken('the end of a part');
    const { name, file } = namesOf(decodeText(body.subarray(at + 2, start)));
    if (fields.has(name) || files.has(name)) throw broken(`each name once`);
    const bytes = body.subarray(start + CRLF2.length, end);
    if (file === undefined) fields.set(name, decodeText(bytes));
    else files.set(name, { name: printable(file, 200), bytes });
    at = end + delimiter.length;
  }
  const rest = body.subarray(at + 2).toString('latin1');
  if (rest !== '' && rest !== '\r\n') throw broken('nothing after the last part');
  return { fields, files };
}
