import {
  codeTable,
  faultsOf,
  type CodeEntry,
  type CounterfoilError,
  type Detail,
  type Fixer,
} from '@counterfoil/schemas';

const row = (
  message: string,
  hint: string,
  exit: 1 | 2 = 2,
  http = 500,
  who: Fixer = 'vendor',
): CodeEntry => ({
  message,
  hint,
  who,
  exit,
  http,
});

const RESTORE = 'take the file from a backup; nothing in it is meant to be edited';
const NEWEST_ROOT = 'start from the newest trust root';

/** What can go wrong with the vendor's keys, passphrases and trust roots. */
export const keysCodes = codeTable({
  // files
  'file-exists': row(
    'the file exists and is never overwritten',
    'move it away, or choose another name',
    2,
    409,
  ),
  'file-unreadable': row('a file cannot be read', 'check the name and who may read it'),
  'file-unwritable': row(
    'a file cannot be written',
    'check the folder, its free space and who may write there',
  ),
  'key-file-permissions': row(
    'others than the owner have access to the file',
    'chmod 600 the file, and ask who has read it',
  ),
  'key-file-invalid': row('this is not a key file', RESTORE, 1),
  'key-file-mismatch': row('the key file does not say what it was sealed with', RESTORE, 1),
  'scrypt-cost': row(
    'the cost of the key derivation is out of bounds',
    'use a cost within the limits; a key file that names another one was made by another program',
    1,
  ),
  // keys
  'key-private': row(
    'this is not a private Ed25519 key',
    'give a JWK with kty, crv, x and d',
    1,
    400,
    'developer',
  ),
  'key-mismatch': row('the parts of a key do not belong together', RESTORE, 1),
  'key-not-held': row('no key file here has this key id', 'fetch the key file from where it is kept'),
  'key-none-current': row(
    'no key that is held here may sign now',
    'add a key to the trust root, or fetch the key file of one that it names',
  ),
  'document-form': row(
    'a document of this kind is not signed in this form',
    'sign the documents that the table of documents lists as compact',
    2,
    500,
    'developer',
  ),
  // passphrases
  'passphrase-wrong': row(
    'wrong passphrase, or the encrypted key was changed',
    'type it again; if you are sure of it, take the key file from a backup',
    1,
    403,
  ),
  'passphrase-missing': row(
    'no passphrase was given and there is no terminal to ask at',
    'name a passphrase file, or set COUNTERFOIL_PASSPHRASE',
  ),
  'passphrase-weak': row(
    'the new passphrase is too short or too long',
    'take several words; nobody can reset it',
    2,
    400,
  ),
  'passphrase-differs': row('the two passphrases differ', 'type the same passphrase twice', 2, 400),
  'passphrase-cancelled': row(
    'the question for the passphrase was cancelled',
    'run the command again when the passphrase is at hand',
  ),
  // trust roots
  'root-keys': row(
    'the number of root keys is out of bounds',
    'three root keys and a threshold of two suit most vendors',
    2,
    400,
  ),
  'root-too-large': row(
    'the trust root is larger than a verifier reads',
    'shorten the limits of its keys',
    2,
    400,
  ),
  'root-previous': row('the trust root does not follow the one before it', NEWEST_ROOT, 2, 409),
  'root-clock': row(
    'the trust root would be older than the one before it',
    'set the clock of this machine',
    2,
    409,
  ),
  'root-key-known': row('the trust root has this key already', NEWEST_ROOT, 2, 409),
  'root-key-unknown': row('the trust root has no such key', NEWEST_ROOT, 2, 404),
  'root-key-ended': row('the key is retired or revoked already', 'nothing needs to be done', 2, 409),
  'signer-unknown': row(
    'a signer is not a root key of this trust root or of the one before it',
    'sign with root keys only',
    2,
    400,
  ),
  'threshold-unmet': row(
    'too few root keys sign the trust root',
    'bring more root keys; the spare ones count too',
    2,
    409,
  ),
  // keyring
  'keyring-used': row('the folder has keys or trust roots already', 'choose an empty folder', 2, 409),
  'keyring-broken': row('the folder of keys is not complete', RESTORE, 1),
});

export type KeysCode = keyof typeof keysCodes;

/** The error of a code of keys. */
export const keysFault: (code: KeysCode, detail?: Detail) => CounterfoilError = faultsOf(keysCodes);
