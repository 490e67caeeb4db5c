export { verifierCodes, verifierFault } from './codes.js';
export { importPublicKey, verifySignature } from './ed25519.js';
export { thumbprint } from './thumbprint.js';
export { requireKeyLimits } from './trust/key-rules.js';
export { parseTrustRoot, requireThreshold } from './trust/trust-root.js';
export {
  extendTrust,
  keyOf,
  openMixedTrust,
  openTrust,
  rootFingerprint,
  unknownRoots,
} from './trust/trust.js';
export { openShard } from './status/shard.js';
export { poolLimits } from './license/pool-limits.js';
export { isVerified } from './license/license.js';
export { isInForce, stateAt } from './license/state.js';
export { summaryLines, summaryText, termText, zoneOf } from './license/summary.js';
export { activatedUntil, graceUntil, termOf } from './license/term.js';
export { notAsked } from './verify/context.js';
export { readProduct } from './product/read-product.js';
export { isGood, explainLicense } from './verify/explain.js';
export { decide, explainDecision } from './decide/decide.js';
export { standingOf } from './decide/standing.js';
export { verifyLicense } from './verify/verify.js';
export { canonicalDomainEntry, canonicalIdentity } from './identities/canonical.js';
export { checkIdentity } from './identities/allowed.js';
export { carriedPages } from './identities/carried-pages.js';
export { hostIdDigest } from './identities/host-id.js';
export { identityDigest, isOnPages, prefixedSha256, requirePages } from './identities/pages.js';
export { licenseClaims } from './claims/license-claims.js';
export { product, productClaims } from './claims/product-claims.js';
export { statusListClaims } from './claims/status-list-claims.js';
export { trustRootClaims } from './claims/trust-root-claims.js';
export { parseShape } from './claims/shape.js';
export {
  addDays,
  dateInUtc,
  DAY,
  formatDate,
  lastDayAfter,
  lastDayFrom,
  parseDate,
  parseDuration,
  startInUtc,
} from './time/calendar.js';
export { dateInZone, endOfDay, lastDayOf, startOfDay, zoneOrUtc } from './time/zone.js';

export type { VerifierCode } from './codes.js';
export type { PublicKey } from './ed25519.js';
export type { Engine } from './engine.js';
export type { DeepReadonly } from './deep-readonly.js';
export type { ReadRoot, Role, TrustedKey } from './trust/trust-root.js';
export type { ExtendedTrust, Trust } from './trust/trust.js';
export type { Bit, Shard } from './status/shard.js';
export type { LicenseContent, VerifiedLicense } from './license/license.js';
export type { PoolLimit } from './license/pool-limits.js';
export type { State, StateAt } from './license/state.js';
export type { ProductContent } from './product/read-product.js';
export type { SummaryLine } from './license/summary.js';
export type { Term } from './license/term.js';
export type { HostFacts, InstalledRevision, VerifyContext } from './verify/context.js';
export type { Check, Explanation } from './verify/explain.js';
export type { Finding } from './verify/finding.js';
export type { Refused, Rejected, Usable, Verdict } from './verify/verify.js';
export type { Decision } from './decide/decide.js';
export type { Question, Subject } from './decide/rules.js';
export type { Standing } from './decide/standing.js';
export type { IdentityAnswer } from './identities/allowed.js';
export type { IdentityKind } from './identities/canonical.js';
export type { PagesClaim, ReadBlock } from './identities/pages.js';
export type { Shape, ShapeFault } from './claims/shape.js';
export type { CalendarDate, CalendarDuration, Instant } from './time/calendar.js';
