export { issuerCodes, issuerFault } from './codes.js';
export { DocumentError, placeOf } from './catalog/document-issue.js';
export { parseOrder, parseOrderDocument } from './catalog/order-document.js';
export { describeProduct } from './catalog/describe/describe-product.js';
export {
  checkProductDocument,
  parseCatalogDocument,
  parseProductDocument,
} from './catalog/product-document.js';
export { buildIdentityPages } from './domain/order/identity-pages.js';
export { extendLicense, reduceLicense } from './domain/reissue/change-license.js';
export { findLicense } from './domain/find-license.js';
export { initVendor } from './domain/init-vendor.js';
export { inspectLicense } from './domain/inspect-license.js';
export { issueLicense } from './domain/order/issue-license.js';
export { buildTerm } from './domain/order/license-term.js';
export { listLicenses } from './domain/list-licenses.js';
export { buildKit, buildTrustFile, parseTrustFile } from './domain/kit/product-kit.js';
export { renewLicense } from './domain/reissue/renew-license.js';
export { bitAt, publishShard, takeStatusPlace } from './domain/status-shards.js';
export { openRegister, openStore } from './register/open-store.js';
export { IN_MEMORY } from './register/sqlite/open-store.js';
export { readVendor } from './register/vendor-folder.js';
export { main } from './cli/run.js';

export type { IssuerCode } from './codes.js';
export type { DocumentIssue, DocumentPlace } from './catalog/document-issue.js';
export type { CatalogDocument, NamedText, ProductCheck, Sales } from './catalog/product-document.js';
export type { CatalogWarning, CatalogWarningCode } from './catalog/product-warnings.js';
export type { IdentityText } from './domain/order/allowed-identities.js';
export type { IdentityPages } from './domain/order/identity-pages.js';
export type { InitRequest, NewVendor } from './domain/init-vendor.js';
export type { Counterpart, Inspection } from './domain/inspect-license.js';
export type { Extension, PackOrder, PoolChange } from './domain/reissue/change-license.js';
export type { IssueRequest } from './domain/order/issue-license.js';
export type { LicenseTerm } from './domain/order/license-term.js';
export type { LicenseRow } from './domain/list-licenses.js';
export type { PlacedOrder } from './domain/order/placed-order.js';
export type { KitRequest } from './domain/kit/product-kit.js';
export type { RandomBytes } from './domain/random.js';
export type { ReissueRequest } from './domain/reissue/plan-reissue.js';
export type { ReissuedLicense } from './domain/reissue/reissue-license.js';
export type { Renewal } from './domain/reissue/renew-license.js';
export type { IssuedLicense } from './domain/sign-and-file.js';
export type { StatusPlace } from './domain/status-shards.js';
export type { Vendor } from './domain/vendor.js';
export type {
  Account,
  AccountStore,
  Credentials,
  CredentialsChange,
  LinkToken,
  Session,
} from './register/account-store.js';
export type {
  Ask,
  Money,
  OrderState,
  OrderStore,
  PaymentEvent,
  PlacedChange,
  WantedChange,
} from './register/order-store.js';
export type {
  ActorAudit,
  AuditEntry,
  Customer,
  FileFilter,
  Filing,
  IssuedFile,
  NewAuditEntry,
  ProductSnapshot,
  Register,
  StoredCatalog,
  StoredShard,
} from './register/register.js';
export type { OpenOptions, Store, StorePlace } from './register/store.js';
export type { VendorFacts } from './register/vendor-folder.js';
export type { CommandIo, ExitStatus, Report } from './cli/command-io.js';
