import { readKit, nodeEngine } from '@counterfoil/verifier/node';
import { verifyLicense } from '@counterfoil/verifier';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkGenuine } from '../../verifier/src/node/doctor/genuine.js';
import { repairFile, type Repaired } from '../../verifier/src/node/doctor/repair-file.js';
import {
  kitFile,
  licenseFile,
  licenseOf,
  makeVendor,
  NOW,
  shardOf,
  signCompact,
  signRoot,
} from '../support/signing.js';
import { BYTES, CONTENT, WRAPPINGS, type Damage } from '../unit/verifier-doctor/damage.js';

const nightly = process.env['COUNTERFOIL_NIGHTLY'] === '1';
const vendor = makeVendor();
const second = signRoot({ ...vendor.rootClaims, version: 2 }, vendor.rootKey);
const { trust } = readKit(kitFile([vendor.root]), nodeEngine);
const file = licenseFile(
  signCompact(vendor.issuing, 'license', licenseOf({}, { needs: { root: 2, status: 1 } })),
  {
    summary: 'License: CF-7K2M-94QX-3\nLicensee: Müller & Söhne',
    roots: [vendor.root, second],
    shard: shardOf(vendor),
  },
);
const repair = (bytes: string | Uint8Array): Repaired =>
  repairFile(Buffer.from(bytes), (text) => checkGenuine(trust, text));

/** The claims of a file that verifies, or what speaks against it. */
function claimsOf(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  const verdict = verifyLicense(text, { engine: nodeEngine, trust, product: 'backup', host: {}, now: NOW });
  return verdict.arm === 'usable' ? verdict.license.claims : verdict.finding.code;
}
const intact = claimsOf(file);

/** Each kind of damage has its turn at most once; damage of lines comes in the order in which none hides another. */
const names = (damages: readonly Damage[]): string[] => damages.map(({ name }) => name);
const byName = new Map([...CONTENT, ...WRAPPINGS, ...BYTES].map((damage) => [damage.name, damage]));
const journeys = fc
  .tuple(
    fc.subarray(names(CONTENT), { maxLength: 2 }),
    fc.shuffledSubarray(names(WRAPPINGS), { maxLength: 2 }),
    fc.subarray(names(BYTES), { maxLength: 1 }),
  )
  .map((parts) => parts.flat())
  .filter(({ length }) => length > 0 && length <= 4);
const named = (journey: readonly string[]): readonly Damage[] => journey.map((name) => byName.get(name)!);

describe('doctor', () => {
  it('repairs any journey of a genuine file, and names every damage', () => {
    expect(typeof intact).toBe('object');
    fc.assert(
      fc.property(journeys, (journey) => {
        let damaged: string | Uint8Array = file;
        const expected = new Set<string>();
        for (const { apply, codes } of named(journey)) {
          const before: string = damaged as string;
          damaged = apply(before);
          if (!Buffer.from(damaged).equals(Buffer.from(before))) for (const code of codes) expected.add(code);
        }
        const repaired = repair(damaged);
        expect(repaired.problem?.message).toBeUndefined();
        expect(claimsOf(repaired.text)).toEqual(intact);
        const told = new Set<string>(repaired.repairs.map(({ code }) => code));
        expect([...expected].filter((code) => !told.has(code))).toEqual([]);
      }),
      { numRuns: nightly ? 4_000 : 600 },
    );
  });

  it('never makes a changed file count for anything else, whatever else was done to it', () => {
    const at = file.indexOf('LICENSE-----\n') + 13;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: at, max: file.length - 1 }), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.option(journeys),
        (flips, journey) => {
          // The license stands behind a character of two bytes: places are those of characters, not of bytes.
          const characters = file.split('');
          for (const [where, code] of flips) characters[where] = String.fromCharCode(code);
          let damaged: string | Uint8Array = characters.join('');
          for (const { apply } of named(journey ?? [])) damaged = apply(damaged as string);
          const { text: repaired } = repair(damaged);
          if (repaired !== undefined) expect(claimsOf(repaired)).toEqual(intact);
        },
      ),
      { numRuns: nightly ? 4_000 : 600 },
    );
  });
});
