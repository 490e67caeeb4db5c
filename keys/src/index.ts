export { keysCodes, keysFault } from './codes.js';
export { keyLimits } from './limits.js';
export { generateKeyPair, keyPairOf } from './key-pair.js';
export { signCompact, signerOf } from './signer.js';
export { defaultScryptCost } from './key-file/scrypt.js';
export { keyRoles } from './key-file/label.js';
export { decryptKey, encryptKey, formatKeyFile, parseKeyFile } from './key-file/key-file.js';
export { PASSPHRASE_VARIABLE, readPassphrase } from './passphrase/passphrase.js';
export { requireStrength } from './passphrase/strength.js';
export { promptAt } from './passphrase/prompt.js';
export { buildTrustRoot } from './root/build-trust-root.js';
export { nextTrustRoot } from './root/next-trust-root.js';
export { requireRootClaims } from './root/root-claims.js';
export { joinRootParts, signRootPart, signTrustRoot } from './root/sign-trust-root.js';
export { createVendorKeys } from './vendor-keys.js';
export { currentKey } from './keyring/current-key.js';
export {
  findKey,
  listKeys,
  listRoots,
  loadTrust,
  openSigner,
  readKeyFile,
  saveKey,
  saveRoot,
  writeKeyFile,
} from './keyring/keyring.js';
export { saveVendorKeys } from './keyring/save-vendor-keys.js';

export type { KeysCode } from './codes.js';
export type { KeyPair, PrivateJwk } from './key-pair.js';
export type { Signer } from './signer.js';
export type { ScryptCost } from './key-file/scrypt.js';
export type { KeyLabel, KeyRole } from './key-file/label.js';
export type { KeyFile, Sealing } from './key-file/key-file.js';
export type { PassphraseSources } from './passphrase/passphrase.js';
export type { Prompt, TerminalInput, TerminalOutput } from './passphrase/prompt.js';
export type { RootPlan } from './root/build-trust-root.js';
export type { RootChange, RootTimes } from './root/next-trust-root.js';
export type { KeyLimits, NewIssuingKey, NewKey, PublicKeyRow, RootClaims } from './root/root-claims.js';
export type { VendorKeys, VendorPlan } from './vendor-keys.js';
export type { StoredKey } from './keyring/keyring.js';
export type { VendorSealing } from './keyring/save-vendor-keys.js';
