/** Every limit of key files and passphrases, in one place. */
export const keyLimits = Object.freeze({
  /** A key file, in bytes. */
  keyFile: 16_384,
  /** A passphrase file, in bytes. */
  passphraseFile: 4096,
  /** A new passphrase, in characters. */
  passphraseShortest: 12,
  passphraseLongest: 1000,
  /** The salt of scrypt, in bytes. */
  salt: 16,
  /** What is accepted as cost of scrypt; memory is 128 · n · r bytes, 2 GiB at most. */
  scryptLeastN: 2 ** 14,
  scryptMostN: 2 ** 20,
  scryptMostR: 16,
  scryptMostP: 4,
  /** Calendar years that a trust root holds unless said otherwise. */
  rootYears: 10,
});
