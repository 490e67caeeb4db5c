import { decodeBase64, show, type Grant } from '@counterfoil/schemas';
import { verifierFault } from '../codes.js';
import type { DeepReadonly } from '../deep-readonly.js';

/** A kind of identity, as a license or catalog describes it. */
export type IdentityKind = DeepReadonly<NonNullable<Grant['kinds']>[string]>;

// Part of every host that runs JavaScript, yet of no ECMAScript library: its host parser does UTS 46.
declare const URL: new (text: string) => { readonly hostname: string };

const LABELS =
  /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
/** A last label that makes an address of a name, in one of several notations. */
const NUMERIC = /(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)$/;
const HEX_GUID = /^(?:urn:uuid:)?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/;
/** Where each byte stands in the little-endian fields of a Microsoft GUID. */
const MICROSOFT = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/** Host or domain name as A-labels in lower case, without the root's dot; undefined when it is none. */
function toAscii(name: string): string | undefined {
  // What the parser of URLs would take for another part of one, or decode, is no name.
  if (/[\s/?#@:[\]\\%<>^|*]/.test(name) || CONTROL.test(name)) return undefined;
  const plain = name.toLowerCase().replace(/\.$/, '');
  // Versions of that parser differ about A-labels that decode to nothing; what is ASCII is read here, alike everywhere.
  if (/^[!-~]+$/.test(name) && !NUMERIC.test(plain)) return LABELS.test(plain) ? plain : undefined;
  try {
    const ascii = new URL(`http://${name}/`).hostname.replace(/\.$/, '');
    return LABELS.test(ascii) ? ascii : undefined;
  } catch {
    return undefined;
  }
}

function toDomain(name: string): string | undefined {
  const ascii = toAscii(name);
  // A last label of digits makes an address of it, in several notations.
  return ascii === undefined || ascii.includes('_') || /(?:^|\.)[0-9]+$/.test(ascii) ? undefined : ascii;
}

function toMail(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  // Once more after folding: a small letter may compose with a mark that its capital does not take.
  const local = address.slice(0, Math.max(at, 0)).normalize('NFC').toLowerCase().normalize('NFC');
  const domain = toDomain(address.slice(at + 1));
  return local === '' || /[\s@]/.test(local) || CONTROL.test(local) || domain === undefined
    ? undefined
    : `${local}@${domain}`;
}

function toGuid(text: string, byteOrder: IdentityKind['byteOrder']): string | undefined {
  const bare = text.toLowerCase().replace(/^\{(.*)\}$|^\((.*)\)$/, '$1$2');
  const match = HEX_GUID.exec(bare);
  if (match !== null) return match.slice(1).join('-');
  if (byteOrder === undefined || text.length !== 24) return undefined;
  try {
    const bytes = decodeBase64(text, 'guid');
    if (bytes.length !== 16) return undefined;
    const order = byteOrder === 'microsoft' ? MICROSOFT : MICROSOFT.keys();
    const hex = Array.from(order, (i) => (bytes[i] as number).toString(16).padStart(2, '0')).join('');
    return toGuid(hex, undefined);
  } catch {
    return undefined;
  }
}

function toText(text: string): string | undefined {
  const normal = text.normalize('NFC');
  return normal === '' || normal.length > 400 || CONTROL.test(normal) ? undefined : normal;
}

/**
 * The one spelling of an identity by which it is counted and listed, forms version 1 (license-file.md, clause 11.1).
 *
 * guid: lower case with dashes, from any textual notation, from base64 only where the kind states a byte order;
 * mail: folded to lower case, its domain as A-labels; domain and host: A-labels in lower case; text: NFC.
 * Throws `identity-form`.
 */
export function canonicalIdentity(kind: IdentityKind, identity: string): string {
  const canonical = {
    guid: () => toGuid(identity, kind.byteOrder),
    mail: () => toMail(identity),
    domain: () => toDomain(identity),
    host: () => toAscii(identity),
    text: () => toText(identity),
  }[kind.form]();
  if (canonical === undefined)
    throw verifierFault('identity-form', { expected: `a ${kind.form}`, actual: show(identity) });
  return canonical;
}

/** The canonical entry of a list of allowed domains: a domain, or `*.` and a domain for everything below it. Throws `identity-form`. */
export function canonicalDomainEntry(entry: string): string {
  const below = entry.startsWith('*.');
  const domain = toDomain(below ? entry.slice(2) : entry);
  if (domain === undefined)
    throw verifierFault('identity-form', { expected: 'a domain, or *. and a domain', actual: show(entry) });
  return below ? `*.${domain}` : domain;
}
