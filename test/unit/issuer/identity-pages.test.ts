import { buildIdentityPages } from '@counterfoil/issuer';
import { limits } from '@counterfoil/schemas';
import { isOnPages, requirePages } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pagesOf } from '../../support/signing.js';

const SALT = Buffer.alloc(16, 5).toString('base64url');
const users = (count: number): string[] => Array.from({ length: count }, (_, i) => `user${i}@acme.example`);
const reader = (bytes: Uint8Array) => (block: number) =>
  bytes.subarray(block * limits.page, (block + 1) * limits.page);

describe('buildIdentityPages', () => {
  it.each([1, 2, 255, 256, 257, 256 * 85, 256 * 85 + 1])(
    'builds what the other builder builds, for %i',
    (count) => {
      const mine = buildIdentityPages(users(count), count, SALT);
      const other = pagesOf(users(count));
      expect(mine.claim).toEqual(other.claim);
      expect(Buffer.compare(mine.bytes, other.bytes)).toBe(0);
    },
  );

  it('counts an identity once', () => {
    const { claim } = buildIdentityPages([...users(300), ...users(200)], 500, SALT);
    expect(claim.count).toBe(300);
  });

  it('is read by the verifier, present or absent', () => {
    const identities = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 600 });
    fc.assert(
      fc.property(identities, fc.stringMatching(/^[a-z]{1,6}$/), (list, asked) => {
        const { claim, bytes } = buildIdentityPages(list, list.length, SALT);
        requirePages(nodeEngine, claim, bytes);
        const isOn = (identity: string): boolean => isOnPages(nodeEngine, claim, reader(bytes), identity);
        expect(isOn(list[0]!)).toBe(true);
        expect(isOn(asked)).toBe(list.includes(asked));
      }),
      { numRuns: 60 },
    );
  });

  it('puts digests in order that share their first four bytes', () => {
    // found by search: among these 200,000 there are several such pairs
    const list = users(200_000);
    const { claim, bytes } = buildIdentityPages(list, list.length, SALT);
    requirePages(nodeEngine, claim, bytes);
    const leaves = bytes.subarray(bytes.length - Math.ceil(list.length / 256) * limits.page);
    let shared = 0;
    for (let i = 1; i < list.length; i++) {
      const [before, after] = [leaves.subarray((i - 1) * 16, i * 16), leaves.subarray(i * 16, (i + 1) * 16)];
      if (Buffer.compare(before, after) >= 0) throw new Error(`digest ${i} does not rise`);
      if (Buffer.compare(before.subarray(0, 4), after.subarray(0, 4)) === 0) shared++;
    }
    expect(shared).toBeGreaterThan(0);
  });
});
