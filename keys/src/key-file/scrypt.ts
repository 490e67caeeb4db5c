import { scrypt } from 'node:crypto';
import { show } from '@counterfoil/schemas';
import { keysFault } from '../codes.js';
import { keyLimits } from '../limits.js';

/** Cost parameters of scrypt (RFC 7914, 2). */
export interface ScryptCost {
  /** A power of two; memory is 128 · n · r bytes. */
  readonly n: number;
  readonly r: number;
  readonly p: number;
}

/** 128 MiB and about a third of a second. */
export const defaultScryptCost: ScryptCost = Object.freeze({ n: 2 ** 17, r: 8, p: 1 });

const isBetween = (value: unknown, least: number, most: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;

/** Throws `scrypt-cost` unless the parameters are strong enough for a key and small enough for a machine. */
export function requireScryptCost(n: unknown, r: unknown, p: unknown): ScryptCost {
  const { scryptLeastN, scryptMostN, scryptMostR, scryptMostP } = keyLimits;
  if (!isBetween(n, scryptLeastN, scryptMostN) || !Number.isInteger(Math.log2(n))) {
    const expected = `a power of two from ${String(scryptLeastN)} to ${String(scryptMostN)}`;
    throw keysFault('scrypt-cost', { where: 'n', expected, actual: show(n) });
  }
  if (!isBetween(r, 8, scryptMostR)) {
    throw keysFault('scrypt-cost', { where: 'r', expected: `8 to ${String(scryptMostR)}`, actual: show(r) });
  }
  if (!isBetween(p, 1, scryptMostP)) {
    throw keysFault('scrypt-cost', { where: 'p', expected: `1 to ${String(scryptMostP)}`, actual: show(p) });
  }
  return { n, r, p };
}

/** 32 bytes of a passphrase; two ways to type one character count as the same (RFC 8265, 4.2). Throws `scrypt-cost`. */
export function deriveKey(passphrase: string, salt: Uint8Array, cost: ScryptCost): Promise<Uint8Array> {
  const { n, r, p } = requireScryptCost(cost.n, cost.r, cost.p);
  // OpenSSL wants the memory of all blocks and some more.
  const maxmem = 128 * r * (n + p) + 65_536;
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, 32, { N: n, r, p, maxmem }, (cause, key) => {
      if (cause === null) resolve(key);
      else reject(keysFault('scrypt-cost', { expected: `${String(maxmem)} bytes of memory`, cause }));
    });
  });
}
