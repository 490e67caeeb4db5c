import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limits, parseFile } from '@counterfoil/schemas';
import { checkIdentity, openTrust, verifyLicense, type Usable } from '@counterfoil/verifier';
import { nodeEngine, openSideFile, writeCarriedPages, writeSideFile } from '@counterfoil/verifier/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  licenseFile,
  licenseOf,
  makeVendor,
  NOW,
  pagesOf,
  shardOf,
  signCompact,
} from '../../support/signing.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterfoil-side-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('writeSideFile', () => {
  it('replaces a file and leaves nothing else behind', () => {
    const path = join(folder, 'a.pages');
    writeSideFile(path, Buffer.from('old'));
    writeSideFile(path, Buffer.from('newer'));
    expect(readFileSync(path, 'utf8')).toBe('newer');
    expect(readdirSync(folder)).toEqual(['a.pages']);
  });

  it('throws file-unwritable and leaves nothing behind', () => {
    expect(() => {
      writeSideFile(join(folder, 'none', 'a'), Buffer.from('x'));
    }).toThrowCode('file-unwritable');
    // a folder of that name stands in the way of the last step
    const taken = mkdtempSync(join(folder, 'taken-'));
    writeFileSync(join(taken, 'inside'), '');
    expect(() => {
      writeSideFile(taken, Buffer.from('x'));
    }).toThrowCode('file-unwritable');
    expect(readdirSync(folder)).toHaveLength(1);
  });
});

describe('openSideFile', () => {
  it('reads blocks by position, shorter ones at the end', () => {
    const path = join(folder, 'b.pages');
    writeSideFile(
      path,
      Buffer.concat([Buffer.alloc(limits.page, 1), Buffer.alloc(limits.page, 2), Buffer.alloc(5, 3)]),
    );
    const side = openSideFile(path);
    expect(side.readBlock(1)).toEqual(Buffer.alloc(limits.page, 2));
    expect(side.readBlock(0)).toEqual(Buffer.alloc(limits.page, 1));
    expect(side.readBlock(2)).toEqual(Buffer.alloc(5, 3));
    expect(side.readBlock(3)).toHaveLength(0);
    side.close();
    expect(() => side.readBlock(0)).toThrowCode('file-unreadable');
  });

  it('throws file-missing, and file-unreadable for what is no file', () => {
    expect(() => openSideFile(join(folder, 'none'))).toThrowCode('file-missing');
    expect(() => openSideFile(folder).readBlock(0)).toThrowCode('file-unreadable');
  });
});

describe('writeCarriedPages', () => {
  const vendor = makeVendor();
  const people = Array.from({ length: 700 }, (_, i) => `user${i}@example.com`);
  const { claim, bytes } = pagesOf(people);
  const license = signCompact(
    vendor.issuing,
    'license',
    licenseOf({}, { allowed: { mailbox: { pages: claim } } }),
  );
  const parts = { roots: [vendor.root], shard: shardOf(vendor) };
  const context = {
    engine: nodeEngine,
    trust: openTrust(nodeEngine, [vendor.root]),
    product: 'backup',
    host: {},
    now: NOW,
  };

  it('writes pages from which both answers are read', () => {
    const text = licenseFile(license, { ...parts, pages: [bytes] });
    const verdict = verifyLicense(text, context) as Usable;
    const paths = writeCarriedPages(nodeEngine, parseFile(text), verdict.license.claims, folder);
    const path = paths.get('mailbox')!;
    expect(paths.size).toBe(1);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    const side = openSideFile(path);
    const ask = (identity: string): boolean =>
      checkIdentity(nodeEngine, verdict.license, 'mailbox', identity, side.readBlock).allowed;
    expect([ask('user0@example.com'), ask('User699@EXAMPLE.com'), ask('user700@example.com')]).toEqual([
      true,
      true,
      false,
    ]);
    side.close();
  });

  it.each([
    ['pages-missing', []],
    ['pages-broken', [pagesOf(people.slice(1)).bytes]],
    ['pages-broken', [Buffer.concat([bytes.subarray(0, -1), Buffer.from([1])])]],
  ])('throws %s and writes nothing', (code, pages) => {
    const text = licenseFile(license, { ...parts, pages });
    const verdict = verifyLicense(text, context) as Usable;
    expect(() => writeCarriedPages(nodeEngine, parseFile(text), verdict.license.claims, folder)).toThrowCode(
      code,
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});
