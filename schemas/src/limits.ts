/** Every limit of the formats, in one place (license-file.md, clause 13). Sizes in bytes unless said otherwise. */
export const limits = Object.freeze({
  /** A whole file, identity pages included. */
  file: 48 * 1024 * 1024,
  /** The explanatory text before the first block. */
  summary: 4096,
  /** Blocks in one file. */
  blocks: 96,
  /** Roots in one chain. */
  chain: 64,
  /** Characters of an armor line. */
  armorLine: 64,
  /** Nesting of JSON arrays and objects. */
  jsonDepth: 16,
  /** Signatures on one trust root. */
  signatures: 16,
  /** Entries in one shard of the status list, and bits of each. */
  shardEntries: 16_384,
  shardBits: 2,
  /** An identity page, and a digest on it. */
  page: 4096,
  pageDigest: 16,
  /** Days from `iat` or the start to the end of a term that is not perpetual: five years of 365 days, two leap days, a day for zones. */
  termDays: 1828,
  /** Days of grace after a term. */
  graceDays: 366,
  /** Days that a license may start after it was issued. */
  preloadDays: 400,
  /** Tolerance of the clock before a signed instant, in seconds. */
  clockTolerance: 86_400,
  /** A line of a journal: a trust root, which has a cap of its own, twice escaped and then some. */
  journalLine: 131_072,
});
