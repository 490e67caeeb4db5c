export { CounterfoilError, codeTable, describe, documentRow, faultsOf, show } from './error.js';
export { printable, printableJson } from './printable.js';
export { nearName } from './near-name.js';
export { formatCodes, formatFault } from './codes.js';
export { limits } from './limits.js';
export { documentOfLabel, documentOfTyp, documents } from './documents.js';
export {
  HASH_PREFIX,
  NODE_ENTRY,
  NODE_FANOUT,
  PAGE_DIGESTS,
  pagesHeader,
  pagesLayout,
} from './identity-pages.js';
export { decodeBase64, decodeBase64url, encodeBase64, encodeBase64url } from './codec/base64.js';
export { decodeUtf8, encodeUtf8 } from './codec/utf8.js';
export { formatJson, isJsonObject, parseJson, parseJsonObject } from './codec/json.js';
export {
  formatCompactJws,
  formatGeneralJws,
  headerFor,
  parseCompactJws,
  parseGeneralJws,
  signingInputOf,
} from './codec/jws.js';
export { decodeBody, encodeBlock, formatFile, parseFile } from './codec/file.js';
export { formatLicenseId, parseLicenseId } from './codec/license-id.js';

export type { CodeEntry, Detail, Fixer } from './error.js';
export type { FormatCode } from './codes.js';
export type { DocumentForm, DocumentName, DocumentRow } from './documents.js';
export type { JsonObject, JsonValue } from './codec/json.js';
export type { CompactJws, FlattenedJws, GeneralJws, ProtectedHeader, SignedPart } from './codec/jws.js';
export type { Block, CarriedFile } from './codec/file.js';
export type { PagesLayout } from './identity-pages.js';
export type { LicenseId } from './codec/license-id.js';
export type {
  License as LicenseClaims,
  Allowed,
  Binding,
  Grant,
  Lot,
  Pool,
  Term,
} from './generated/license.js';
export type { Product as ProductClaims, ProductRules as Product } from './generated/product.js';
export type { StatusList as StatusListClaims } from './generated/status-list.js';
export type { TrustRoot, IssuingKey, Key as RootKey, WindowedKey } from './generated/trust-root.js';
export type { Catalog, Offer } from './generated/catalog.js';
export type { Order } from './generated/order.js';
