import { encodeBase64url } from '@counterfoil/schemas';

/** Gives that many random bytes; cryptographic ones outside tests. */
export type RandomBytes = (length: number) => Uint8Array;

/** A whole number from 0 to below the bound, each equally likely; the bound is at most 2^32. */
export function randomBelow(random: RandomBytes, bound: number): number {
  // Numbers past the last whole multiple would make the first ones likelier.
  const last = 2 ** 32 - (2 ** 32 % bound);
  for (;;) {
    const bytes = random(4);
    const value = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
    if (value < last) return value % bound;
  }
}

/** 16 random bytes in base64url: a `jti` or a salt. */
export function randomSalt(random: RandomBytes): string {
  return encodeBase64url(random(16));
}
