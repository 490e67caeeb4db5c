import { formatFault } from '../codes.js';
import { documentOfTyp, documents, type DocumentName } from '../documents.js';
import { show } from '../error.js';
import { limits } from '../limits.js';
import { decodeBase64url, encodeBase64url } from './base64.js';
import {
  formatJson,
  isJsonObject,
  parseJson,
  parseJsonObject,
  type JsonObject,
  type JsonValue,
} from './json.js';
import { encodeUtf8 } from './utf8.js';

/** The protected header: these three members and no other (license-file.md, clause 4.2). */
export interface ProtectedHeader {
  readonly alg: 'EdDSA' | 'Ed25519';
  /** RFC 7638 thumbprint of the signing key. */
  readonly kid: string;
  readonly typ: string;
}

/** One signature over `header.payload`, its payload not yet read. */
export interface SignedPart {
  readonly header: ProtectedHeader;
  /** The ASCII bytes that are signed. */
  readonly signingInput: Uint8Array;
  /** 64 bytes. */
  readonly signature: Uint8Array;
}

/** A compact JWS, taken apart but not verified. */
export interface CompactJws extends SignedPart {
  /** base64url text; decode it after the signature holds. */
  readonly payload: string;
}

/** A general JSON JWS, taken apart but not verified. */
export interface GeneralJws {
  readonly payload: string;
  readonly signatures: readonly SignedPart[];
}

/** What a signer gives back: the three parts of a flattened JWS, as base64url text. */
export interface FlattenedJws {
  readonly protected: string;
  readonly payload: string;
  readonly signature: string;
}

/** Members by which a token would bring its own key. */
const KEY_MEMBERS: ReadonlySet<string> = new Set(['jwk', 'jku', 'x5u', 'x5c', 'x5t', 'x5t#S256']);
const MEMBERS: ReadonlySet<string> = new Set(['alg', 'kid', 'typ']);

function textMember(header: JsonObject, name: 'alg' | 'kid' | 'typ', where: string): string {
  const value = header[name];
  if (typeof value !== 'string') {
    throw formatFault('header-value', { where: `${where}.${name}`, expected: 'a text', actual: show(value) });
  }
  return value;
}

/**
 * Headers that were read well. A key writes the same header on all its documents, so there are few; the bound is
 * for whoever feeds us many.
 */
const read = new Map<string, ProtectedHeader>();
const MOST_READ = 64;

/** Reads a protected header strictly for the document expected; the algorithm is checked before any key is looked up. */
function parseHeader(text: string, document: DocumentName): ProtectedHeader {
  const name = `${document} ${text}`;
  let header = read.get(name);
  if (header === undefined) {
    header = Object.freeze(readHeader(text, document));
    if (read.size === MOST_READ) read.clear();
    read.set(name, header);
  }
  return header;
}

function readHeader(text: string, document: DocumentName): ProtectedHeader {
  const where = `${document} header`;
  const header = parseJsonObject(decodeBase64url(text, where), where);
  for (const name of Object.keys(header)) {
    if (name === 'crit') throw formatFault('header-crit', { where, expected: 'no crit' });
    if (KEY_MEMBERS.has(name)) throw formatFault('header-key', { where, expected: 'only kid', actual: name });
    if (!MEMBERS.has(name))
      throw formatFault('header-member', { where, expected: 'alg, kid and typ', actual: show(name) });
  }
  const typ = textMember(header, 'typ', where);
  if (typ !== documents[document].typ) {
    const other = documentOfTyp(typ);
    throw formatFault('typ-mismatch', {
      where,
      expected: documents[document].typ,
      actual: other === undefined ? show(typ) : `a ${other}`,
    });
  }
  const alg = textMember(header, 'alg', where);
  if (alg !== 'EdDSA' && alg !== 'Ed25519') {
    throw formatFault('alg-not-allowed', { where, expected: 'EdDSA or Ed25519', actual: show(alg) });
  }
  return { alg, kid: textMember(header, 'kid', where), typ };
}

function parseSignature(text: string, where: string): Uint8Array {
  const signature = decodeBase64url(text, where);
  if (signature.length !== 64) {
    throw formatFault('jws-signature', { where, expected: '64 bytes', actual: String(signature.length) });
  }
  return signature;
}

function checkCap(text: string, document: DocumentName): void {
  const { cap } = documents[document];
  if (text.length > cap) {
    throw formatFault('document-too-large', {
      where: document,
      expected: `at most ${String(cap)} bytes`,
      actual: String(text.length),
    });
  }
}

/**
 * Takes a compact JWS apart (RFC 7515, 7.1) for the document that is expected here.
 *
 * Throws `document-too-large`, `jws-parts`, `jws-signature`, `base64url`, the `json-…`, `header-…`, `typ-mismatch`, `alg-not-allowed`.
 */
export function parseCompactJws(text: string, document: DocumentName): CompactJws {
  checkCap(text, document);
  const first = text.indexOf('.');
  const second = text.indexOf('.', first + 1);
  if (first < 0 || second < 0 || text.indexOf('.', second + 1) >= 0) {
    throw formatFault('jws-parts', {
      where: document,
      expected: 'three parts',
      actual: String(text.split('.', 9).length),
    });
  }
  return {
    header: parseHeader(text.slice(0, first), document),
    payload: text.slice(first + 1, second),
    signingInput: encodeUtf8(text.slice(0, second)),
    signature: parseSignature(text.slice(second + 1), `${document} signature`),
  };
}

/** The compact JWS of a signer's parts. */
export function formatCompactJws(jws: FlattenedJws): string {
  return `${jws.protected}.${jws.payload}.${jws.signature}`;
}

function members(value: JsonValue | undefined, names: readonly string[], where: string): readonly string[] {
  const keys = isJsonObject(value) ? Object.keys(value) : [];
  if (
    !isJsonObject(value) ||
    keys.length !== names.length ||
    names.some((name) => typeof value[name] !== 'string')
  ) {
    throw formatFault('jws-general', {
      where,
      expected: `an object of the texts ${names.join(', ')}`,
      actual: keys.join(', '),
    });
  }
  return names.map((name) => value[name] as string);
}

/**
 * Takes a general JSON JWS apart (RFC 7515, 7.2.1); every signature has a protected header and no other.
 *
 * Throws `jws-general` and what {@link parseCompactJws} throws.
 */
export function parseGeneralJws(text: string, document: DocumentName): GeneralJws {
  checkCap(text, document);
  const value = parseJson(text, document);
  const signatures = isJsonObject(value) ? value['signatures'] : undefined;
  const payload = isJsonObject(value) ? value['payload'] : undefined;
  const count = Array.isArray(signatures) ? signatures.length : 0;
  if (
    !isJsonObject(value) ||
    typeof payload !== 'string' ||
    Object.keys(value).length !== 2 ||
    count < 1 ||
    count > limits.signatures
  ) {
    throw formatFault('jws-general', {
      where: document,
      expected: `payload and 1 to ${String(limits.signatures)} signatures, nothing else`,
    });
  }
  return {
    payload,
    signatures: (signatures as readonly JsonValue[]).map((entry, index) => {
      const where = `${document} signatures[${String(index)}]`;
      const [header, signature] = members(entry, ['protected', 'signature'], where) as [string, string];
      return {
        header: parseHeader(header, document),
        signingInput: encodeUtf8(`${header}.${payload}`),
        signature: parseSignature(signature, where),
      };
    }),
  };
}

/** The general JSON JWS of signatures over one payload. */
export function formatGeneralJws(parts: readonly FlattenedJws[]): string {
  const payload = parts[0]?.payload;
  if (payload === undefined || parts.some((part) => part.payload !== payload)) {
    throw formatFault('jws-general', {
      where: 'signatures',
      expected: 'at least one, all over the same payload',
    });
  }
  const signatures = parts.map((part) => ({ protected: part.protected, signature: part.signature }));
  return formatJson({ payload, signatures }, 'general JWS');
}

/** The protected header that a signer of a document must use: `EdDSA` is the name that every library knows. */
export function headerFor(document: DocumentName, kid: string): ProtectedHeader {
  return { alg: 'EdDSA', kid, typ: documents[document].typ };
}

/** The bytes that a signature of this header and payload covers (RFC 7515, 5.1). */
export function signingInputOf(
  header: ProtectedHeader,
  payload: Uint8Array,
): { protected: string; payload: string; bytes: Uint8Array } {
  const head = encodeBase64url(encodeUtf8(formatJson(header, 'header')));
  const body = encodeBase64url(payload);
  return { protected: head, payload: body, bytes: encodeUtf8(`${head}.${body}`) };
}
