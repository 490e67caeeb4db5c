import { createHash } from 'node:crypto';
import {
  headerFor,
  isJsonObject,
  signingInputOf,
  type DocumentName,
  type JsonValue,
} from '@counterfoil/schemas';
import type { Instant } from '@counterfoil/verifier';
import { issuerFault } from '../../codes.js';

/** The roles whose keys may lie on another machine. */
export type SpoolRole = 'issuing' | 'status';

/** The one document that each role signs through a spool: kits and roots are signed at a desk. */
export const SPOOLED = { issuing: 'license', status: 'status-list' } as const satisfies Record<
  SpoolRole,
  DocumentName
>;

/** What a portal without keys asks the machine that has them. */
export interface SigningRequest {
  readonly counterfoil: 'signing-request';
  readonly version: 1;
  readonly id: string;
  readonly at: Instant;
  readonly role: SpoolRole;
  readonly document: (typeof SPOOLED)[SpoolRole];
  /** The protected header, base64url. */
  readonly header: string;
  /** The payload, base64url. */
  readonly payload: string;
  /** SHA-256 of `header.payload`, base64url. */
  readonly digest: string;
}

/** A signature, or the code of why there is none. */
export type SigningAnswer = {
  readonly counterfoil: 'signing-answer';
  readonly version: 1;
  readonly id: string;
  readonly at: Instant;
} & ({ readonly signature: string } | { readonly code: string });

export const SPOOL_ROLES: readonly SpoolRole[] = ['issuing', 'status'];
const REQUEST_MEMBERS = [
  'counterfoil',
  'version',
  'id',
  'at',
  'role',
  'document',
  'header',
  'payload',
  'digest',
] as const;

/** What a signature covers, as a digest that both machines compare. */
export const inputDigest = (input: Uint8Array): string =>
  createHash('sha256').update(input).digest('base64url');

/** The request to sign a payload with a key of a role. */
export function buildRequest(
  { id, at, role }: Pick<SigningRequest, 'id' | 'at' | 'role'>,
  kid: string,
  bytes: Uint8Array,
): SigningRequest {
  const document = SPOOLED[role];
  const input = signingInputOf(headerFor(document, kid), bytes);
  return {
    counterfoil: 'signing-request',
    version: 1,
    id,
    at,
    role,
    document,
    header: input.protected,
    payload: input.payload,
    digest: inputDigest(input.bytes),
  };
}

/** A request as it lies in the spool; throws `spool-request`. */
export function parseRequest(id: string, value: JsonValue | undefined): SigningRequest {
  const members = isJsonObject(value) ? value : {};
  const { at, role, ...texts } = members;
  const known = SPOOL_ROLES.find((name) => name === role);
  const isWhole =
    REQUEST_MEMBERS.every((name) => name in members) &&
    Object.keys(members).length === REQUEST_MEMBERS.length &&
    texts['counterfoil'] === 'signing-request' &&
    texts['version'] === 1 &&
    texts['id'] === id &&
    typeof at === 'number' &&
    known !== undefined &&
    texts['document'] === SPOOLED[known];
  const isText = ['header', 'payload', 'digest'].every((name) => typeof texts[name] === 'string');
  if (!isWhole || !isText)
    throw issuerFault('spool-request', { where: id, expected: REQUEST_MEMBERS.join(', ') });
  return members as unknown as SigningRequest;
}

/** An answer as it lies in the spool; throws `signing-answer`. */
export function parseAnswer(id: string, value: JsonValue): SigningAnswer {
  const {
    counterfoil,
    version,
    id: named,
    at,
    signature,
    code,
    ...others
  } = isJsonObject(value) ? value : {};
  const isHead = counterfoil === 'signing-answer' && version === 1 && named === id && typeof at === 'number';
  if (isHead && Object.keys(others).length === 0) {
    const head = { counterfoil, version, id, at } as const;
    if (typeof signature === 'string' && code === undefined) return { ...head, signature };
    if (typeof code === 'string' && signature === undefined) return { ...head, code };
  }
  throw issuerFault('signing-answer', { where: id, expected: 'a signature or a code' });
}

/** What a worker says of the key that it signs with for a role. */
export const buildAnnouncement = (kid: string): object => ({ counterfoil: 'signing-key', version: 1, kid });

/** The key id of an announcement, undefined where there is none that can be read. */
export function announcedKey(value: JsonValue | undefined): string | undefined {
  const { counterfoil, version, kid } = isJsonObject(value) ? value : {};
  return counterfoil === 'signing-key' && version === 1 && typeof kid === 'string' ? kid : undefined;
}
