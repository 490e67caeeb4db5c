import {
  codeTable,
  documentRow as row,
  faultsOf,
  type CounterfoilError,
  type Detail,
} from '@counterfoil/schemas';

const REISSUE = 'ask the vendor to issue the file again';
const NEWER_PROGRAM = 'update the program; this file was made for a newer version of it';
const NEWER_TRUST = 'import the vendor’s newest trust roots, or ask for a file that carries them';
const WHOLE_FILE = 'ask the vendor for the whole file again; a block was left out on the way';

/** What a verifier can find, beyond the form of the file (license-file.md, clauses 4 to 12; trust-root.md). */
export const verifierCodes = codeTable({
  // keys and signatures
  'key-length': row('a public key has the wrong length', REISSUE),
  'key-weak': row('a public key is not canonical or of small order', REISSUE),
  'key-unknown': row('no trusted key has this key id', NEWER_TRUST, 'administrator'),
  'key-role': row('the key is trusted, but not for this kind of document', REISSUE),
  'key-revoked': row('the signing key was revoked', REISSUE),
  'key-retired': row('the document was signed after its key had been retired', REISSUE),
  'key-window': row('the document was signed outside the key’s time window', REISSUE),
  'key-products': row('the key may not sign for this product', REISSUE),
  'key-kinds': row('the key may not sign licenses of this kind', REISSUE),
  'key-longest': row('the key may not sign so long a term', REISSUE),
  'signature-invalid': row(
    'the signature does not hold',
    'the file was changed after it was signed; ask the vendor to send it again',
  ),
  'test-license': row(
    'the license is signed with the vendor’s test key',
    'install the production license instead',
    'administrator',
  ),
  // trust roots
  'root-inconsistent': row('a trust root contradicts itself', REISSUE),
  'root-threshold': row('a trust root lacks signatures', REISSUE),
  'root-gap': row('the chain of trust roots has a gap', NEWER_TRUST, 'administrator'),
  'root-fork': row(
    'two different trust roots have the same version',
    'check that the file is of this vendor; if it is, tell him at once: one of the two roots is not his, or was withdrawn',
  ),
  'root-older': row(
    'the trust root is older than the one in use',
    'nothing needs to be done: the newer one stays',
    'administrator',
  ),
  'root-vendor': row(
    'the trust root belongs to another vendor',
    'use the file of the vendor whose product this is',
    'administrator',
  ),
  'root-environment': row(
    'the trust root is for another environment',
    'do not mix test and production roots',
    'developer',
  ),
  'root-missing': row(
    'no trust root was given',
    'give the kit or trust file that the vendor built',
    'developer',
    2,
    400,
  ),
  'root-expired': row('the newest trust root has passed its date', NEWER_TRUST, 'administrator'),
  // claims
  'claims-invalid': row('a claim is missing or malformed', REISSUE),
  'claims-inconsistent': row('two claims contradict each other', REISSUE),
  'schema-newer': row('the document has a newer schema', NEWER_PROGRAM, 'administrator'),
  'critical-unknown': row(
    'the document demands something that this version does not know',
    NEWER_PROGRAM,
    'administrator',
  ),
  'term-too-long': row('the term is longer than a verifier accepts', REISSUE),
  // genuine, but not for here
  'vendor-mismatch': row(
    'the license is of another vendor',
    'use the license of the vendor whose product this is',
    'administrator',
  ),
  'product-mismatch': row(
    'the license is for another product',
    'use the license of this product',
    'administrator',
  ),
  'root-needed': row(
    'the file needs a newer trust root than it carries or the host has',
    WHOLE_FILE,
    'administrator',
  ),
  'status-needed': row(
    'the file needs a status list that it does not carry and the host does not have',
    WHOLE_FILE,
    'administrator',
  ),
  'revision-older': row(
    'a newer revision of the license is installed',
    'keep the newer one, or acknowledge the step back',
    'administrator',
  ),
  'host-mismatch': row(
    'the license is bound to another host',
    'ask the vendor to move the license to this host',
    'administrator',
  ),
  // status list
  'status-broken': row('the status list cannot be read', WHOLE_FILE, 'administrator'),
  // states
  'license-pending': row('the license is not yet valid', 'wait for its first day', 'administrator'),
  'license-not-activated': row(
    'the license has not been activated',
    'install it before its activation date',
    'administrator',
  ),
  'license-grace': row('the term has ended and the time of grace runs', 'renew the license', 'administrator'),
  'license-expired': row('the license has expired', 'renew the license', 'administrator'),
  'trial-expired': row('the trial has ended', 'buy a license', 'administrator'),
  'license-suspended': row('the vendor has suspended the license', 'ask the vendor why', 'administrator'),
  'license-revoked': row('the vendor has revoked the license', 'ask the vendor why', 'administrator'),
  // decisions
  'license-missing': row(
    'no license is installed',
    'install the license file; its vendor sells it',
    'administrator',
    1,
    403,
  ),
  'operation-denied': row(
    'the license does not allow this operation',
    'ask the vendor for a license that does',
    'vendor',
    1,
    403,
  ),
  'role-denied': row(
    'this operation is for another role',
    'let somebody do it who has the role',
    'administrator',
    1,
    403,
  ),
  'feature-missing': row(
    'the license lacks the feature that this operation needs',
    'ask the vendor for the feature',
    'administrator',
    1,
    403,
  ),
  'feature-ended': row(
    'the feature that this operation needs has ended',
    'ask the vendor to extend the feature',
    'administrator',
    1,
    403,
  ),
  'operation-unknown': row(
    'the product has no such operation',
    'use an operation that the product’s catalog names',
    'developer',
    2,
    400,
  ),
  'role-unknown': row(
    'the product has no such role',
    'use a role that the product’s catalog names',
    'developer',
    2,
    400,
  ),
  // conditions
  'clock-before-issue': row(
    'the clock stands before a signed instant',
    'set the host’s clock',
    'administrator',
  ),
  'clock-invalid': row(
    'the time given is not an instant in UTC seconds',
    'pass whole seconds since 1970',
    'developer',
    2,
    400,
  ),
  'summary-differs': row(
    'the text before the blocks does not say what the license says',
    'believe the license, not the text',
    'administrator',
  ),
  // identities
  'identity-form': row(
    'this is not an identity of its kind',
    'give the identity in one of the forms of its kind',
    'developer',
    2,
    400,
  ),
  'identity-kind': row(
    'the license has no such kind of identity',
    'use a kind that the product’s catalog names',
    'developer',
    2,
    400,
  ),
  'identity-not-listed': row(
    'the identity is not among those that the license allows',
    'ask the vendor to add it',
    'administrator',
  ),
  'pages-missing': row('the identity pages are not here', WHOLE_FILE, 'administrator', 2),
  'pages-broken': row(
    'the identity pages are not those that the license names',
    WHOLE_FILE,
    'administrator',
    2,
  ),
  // dates
  'date-invalid': row('this is not a date of the calendar', 'write dates as 2026-12-31', 'vendor', 2, 400),
  'duration-invalid': row(
    'this is not a calendar duration',
    'write durations as P12M, P1Y or P14D',
    'vendor',
    2,
    400,
  ),
  'zone-unknown': row(
    'the time zone is not known here',
    'use a zone of the IANA database, such as Europe/Vienna',
    'vendor',
    2,
    400,
  ),
});

export type VerifierCode = keyof typeof verifierCodes;

/** The error of a verifier code. */
export const verifierFault: (code: VerifierCode, detail?: Detail) => CounterfoilError =
  faultsOf(verifierCodes);
