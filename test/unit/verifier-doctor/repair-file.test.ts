import { parseFile } from '@counterfoil/schemas';
import { nodeEngine, readKit } from '@counterfoil/verifier/node';
import { describe, expect, it } from 'vitest';
import { checkGenuine } from '../../../verifier/src/node/doctor/genuine.js';
import { repairFile, type Repaired } from '../../../verifier/src/node/doctor/repair-file.js';
import {
  kitFile,
  licenseFile,
  licenseOf,
  makeVendor,
  shardOf,
  signCompact,
  signRoot,
} from '../../support/signing.js';
import { BYTES, CONTENT, WRAPPINGS } from './damage.js';

const vendor = makeVendor();
const second = signRoot({ ...vendor.rootClaims, version: 2 }, vendor.rootKey);
const { trust } = readKit(kitFile([vendor.root]), nodeEngine);
const claims = licenseOf({}, { needs: { root: 2, status: 1 } });
/** Dashes can only be damaged where there are some. */
function licenseWithDashes(): string {
  for (let i = 0; ; i++) {
    const jti = Buffer.alloc(16, i).toString('base64url');
    const license = signCompact(vendor.issuing, 'license', { ...claims, jti });
    if (license.split('.')[2]!.slice(0, 60).includes('-')) return license;
  }
}
const license = licenseWithDashes();
const good = licenseFile(license, {
  summary: 'License: CF-7K2M-94QX-3\nLicensee: Müller & Söhne',
  roots: [vendor.root, second],
  shard: shardOf(vendor),
});
const repair = (input: string | Uint8Array): Repaired =>
  repairFile(Buffer.from(input), (text) => checkGenuine(trust, text));
const codesOf = ({ repairs }: Repaired): readonly string[] => repairs.map(({ code }) => code);

describe('repairFile', () => {
  it('leaves an intact file alone', () => {
    expect(repair(good)).toEqual({ repairs: [], text: good, genuine: 'genuine' });
    expect(repair(good.trimEnd())).toEqual({ repairs: [], text: good.trimEnd(), genuine: 'genuine' });
    expect(repairFile(Buffer.from(good))).toEqual({ repairs: [], text: good, genuine: 'unchecked' });
  });

  it.each([...CONTENT, ...WRAPPINGS, ...BYTES])('undoes $name', ({ apply, codes, also = [] }) => {
    const damaged = apply(good);
    expect(Buffer.from(damaged).equals(Buffer.from(good))).toBe(false);
    const repaired = repair(damaged);
    expect(repaired.problem?.message).toBeUndefined();
    expect(codesOf(repaired).toSorted()).toEqual([...codes, ...also].sort());
    expect(parseFile(repaired.text!).blocks).toEqual(parseFile(good).blocks);
    expect(repaired.genuine).toBe('genuine');
  });

  it('removes blank lines at the end', () => {
    const repaired = repair(`${good}\n\n`);
    expect(repaired).toMatchObject({ text: good, genuine: 'genuine' });
    expect(repaired.repairs).toMatchObject([{ code: 'blank-lines', count: 2 }]);
  });
});
