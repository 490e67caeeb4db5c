import { checkIdentity, openTrust, verifyLicense, type Trust } from '@counterfoil/verifier';
import { parseFile } from '@counterfoil/schemas';
import { nodeEngine } from '@counterfoil/verifier/node';
import { carriedPages } from '@counterfoil/verifier';
import { describe, expect, it } from 'vitest';
import {
  DAY,
  licenseFile,
  licenseOf,
  makeKey,
  makeVendor,
  NOW,
  pagesOf,
  shardOf,
  signCompact,
  signRoot,
  type Loose,
  type TestKey,
} from '../support/signing.js';

const vendor = makeVendor();
const key = makeKey();
const row = ({ kid, x }: TestKey): Loose => ({ kid, x });
const next = signRoot(
  { ...vendor.rootClaims, version: 2, issuing: [{ ...row(key), from: NOW - 50 * DAY }] },
  vendor.rootKey,
);
const trust = openTrust(nodeEngine, [vendor.root]);
const { claim, bytes: pages } = pagesOf(['a@example.com', 'b@example.com']);
const license = (grant: Loose = {}): string =>
  signCompact(key, 'license', licenseOf({}, { needs: { root: 2, status: 1 }, ...grant }));
const parts = { summary: 'A license of Acme', roots: [vendor.root, next] };

/** Files with their clocks; each has all that its license needs. */
const FILES: readonly (readonly [string, string, number])[] = [
  ['an active license', licenseFile(license(), { ...parts, shard: shardOf(vendor) }), NOW],
  ['an expired one', licenseFile(license(), { ...parts, shard: shardOf(vendor) }), NOW + 114 * DAY],
  ['a revoked one', licenseFile(license(), { ...parts, shard: shardOf(vendor, { 7: 1 }) }), NOW],
  ['a suspended one', licenseFile(license(), { ...parts, shard: shardOf(vendor, { 7: 2 }) }), NOW],
  [
    'one with identity pages',
    licenseFile(license({ allowed: { mailbox: { pages: claim } } }), {
      ...parts,
      shard: shardOf(vendor),
      pages: [pages],
    }),
    NOW,
  ],
];

/** What a file gives: nothing, or one state of one license. */
function gives(text: string | Uint8Array, now: number, known: Trust = trust): string {
  const verdict = verifyLicense(text, { engine: nodeEngine, trust: known, product: 'backup', host: {}, now });
  return verdict.arm === 'usable' ? `${verdict.state} ${JSON.stringify(verdict.license.claims)}` : 'nothing';
}

describe.each(FILES)('%s', (_, file, now) => {
  const intact = gives(file, now);
  const bytes = Buffer.from(file);
  // Coprime to 8, so that every kind of bit has its turn; each bit of each file at night.
  const step = process.env['COUNTERFOIL_NIGHTLY'] === '1' ? 1 : bytes.length > 6000 ? 37 : 5;
  /** Fails unless a changed file gives nothing, or just what the intact one gave. */
  const noMore = (changed: string | Uint8Array, what: string): void => {
    const given = gives(changed, now);
    if (given !== 'nothing' && given !== intact) expect.fail(`${what} gives ${given}, not ${intact}`);
  };

  it('is what it is', () => {
    expect(intact).not.toBe('nothing');
  });

  it('gives no more with any one bit flipped', () => {
    for (let bit = 0; bit < bytes.length * 8; bit += step) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      noMore(changed, `bit ${String(bit)} flipped`);
    }
  });

  it('gives no more with any one byte dropped, doubled, or a common one inserted', () => {
    for (let at = 0; at < bytes.length; at += step) {
      noMore(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]), `byte ${String(at)} dropped`);
      noMore(
        Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + 1), bytes.subarray(at)]),
        `byte ${String(at)} doubled`,
      );
      for (const byte of [0x0a, 0x0d, 0x20, 0x41, 0x3d]) {
        noMore(
          Buffer.concat([bytes.subarray(0, at), Buffer.of(byte), bytes.subarray(at)]),
          `byte ${String(byte)} inserted at ${String(at)}`,
        );
      }
    }
  });

  it('gives no more cut off anywhere', () => {
    for (let length = 0; length < bytes.length; length += step)
      noMore(bytes.subarray(0, length), `cut to ${String(length)} bytes`);
  });

  it('gives no more with blocks dropped, doubled or swapped', () => {
    const [head, ...rest] = file.split(/(?=-----BEGIN )/);
    const blocks = rest;
    expect(blocks.length).toBe(parseFile(file).blocks.length);
    const join = (some: readonly string[]): string => head! + some.join('');
    for (let subset = 0; subset < 1 << blocks.length; subset++) {
      noMore(join(blocks.filter((__, i) => subset & (1 << i))), `blocks ${subset.toString(2)} alone`);
    }
    for (const [i, block] of blocks.entries()) {
      noMore(join([...blocks, block]), `block ${String(i)} doubled at the end`);
      noMore(join(blocks.toSpliced(i, 0, block)), `block ${String(i)} doubled in place`);
      for (let j = 0; j < i; j++)
        noMore(
          join(blocks.with(i, blocks[j]!).with(j, block)),
          `blocks ${String(i)} and ${String(j)} swapped`,
        );
    }
  });
});

describe('parts of two genuine files', () => {
  it('give no more than one of the two', () => {
    const other = licenseFile(license({ id: 'CF-0000-0000-0', revision: 2, needs: { root: 2, status: 2 } }), {
      ...parts,
      shard: shardOf(vendor, { 7: 1 }, { version: 2 }),
    });
    const [first] = FILES;
    const allowed = new Set(['nothing', gives(first![1], NOW), gives(other, NOW)]);
    const a = first![1].split(/(?=-----BEGIN )/);
    const b = other.split(/(?=-----BEGIN )/);
    for (let choice = 0; choice < 1 << a.length; choice++) {
      const mixed = a.map((part, i) => (choice & (1 << i) ? b[i]! : part)).join('');
      const given = gives(mixed, NOW);
      // The newer shard revokes both; with it, a license is worth less than before.
      if (!given.startsWith('revoked')) expect(allowed).toContain(given);
    }
  });

  it('leave pages of another license without effect', () => {
    const foreign = pagesOf(['c@example.com']).bytes;
    const text = licenseFile(license({ allowed: { mailbox: { pages: claim } } }), {
      ...parts,
      shard: shardOf(vendor),
      pages: [foreign],
    });
    const verdict = verifyLicense(text, { engine: nodeEngine, trust, product: 'backup', host: {}, now: NOW });
    if (verdict.arm !== 'usable') throw new Error(verdict.finding.code);
    const { license: verified } = verdict;
    expect(() => carriedPages(nodeEngine, parseFile(text), verified.claims)).toThrowCode('pages-broken');
    const read = (i: number): Uint8Array => foreign.subarray(i * 4096, (i + 1) * 4096);
    expect(() => checkIdentity(nodeEngine, verified, 'mailbox', 'c@example.com', read)).toThrowCode(
      'pages-broken',
    );
  });
});
