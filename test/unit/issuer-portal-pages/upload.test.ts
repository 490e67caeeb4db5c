import {
  issueLicense,
  parseProductDocument,
  publishShard,
  renewLicense,
  type Vendor,
} from '@counterfoil/issuer';
import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { readUpload } from '../../../issuer/src/domain/upload/read-upload.js';
import type { UploadedLicense } from '../../../issuer/src/domain/upload/upload.js';
import { uploadView } from '../../../issuer/src/portal/pages/upload/upload-view.js';
import { tamper } from '../../support/signing.js';
import { catalogPath, memoryVendor, NOW } from '../../support/vendor.js';

const product = parseProductDocument(readFileSync(catalogPath('mailbox-backup.yaml'), 'utf8'), 'product');

async function issue(vendor: Vendor) {
  const { file } = await issueLicense(vendor, {
    order: {
      product: 'mailbox-backup',
      customer: { id: 'C-1001', name: 'Müller & Söhne' },
      zone: 'Europe/Vienna',
      term: { duration: 'P1Y' },
      pools: { mailboxes: 50 },
    },
    product,
    identities: new Map(),
  });
  return file;
}

const read = ({ register, trust }: Vendor, text: string | Uint8Array, now = NOW) =>
  readUpload(register, trust, typeof text === 'string' ? Buffer.from(text) : text, now);

describe('reading an upload', () => {
  it('finds the newest file of a license current, and says what it says', async () => {
    const vendor = await memoryVendor();
    const { text, license } = await issue(vendor);
    const upload = await read(vendor, text);
    expect(upload.repairs).toEqual([]);
    expect(upload.finding).toMatchObject({
      type: 'license',
      state: 'active',
      standing: { type: 'current', customer: 'C-1001' },
    });
    const view = uploadView(upload, NOW);
    expect(view).toMatchObject({ kind: 'current', canInstall: true, license: { id: license, revision: 1 } });
    expect(JSON.stringify(view)).not.toContain('C-1001');
  });

  it('finds an older file, and tells nobody of the newer one’s number', async () => {
    const vendor = await memoryVendor();
    const { text, license } = await issue(vendor);
    for (const count of [1, 2, 3, 4, 5, 6]) {
      const length = { duration: `P${count + 1}M` };
      await renewLicense(
        vendor,
        { license },
        { length, basis: 'from-expiry', preload: false, pools: new Map() },
      );
    }
    const upload = await read(vendor, text);
    expect(upload.finding).toMatchObject({ standing: { type: 'older', newest: 7 } });
    const view = uploadView(upload, NOW);
    expect(view).toMatchObject({ kind: 'older', canInstall: false });
    const standing = { type: 'older', customer: 'C-2', newest: 99 } as const;
    const finding = { ...(upload.finding as UploadedLicense), standing };
    expect(uploadView({ ...upload, finding }, NOW)).toEqual(view);
  });

  it('mends what a mail did, and names it; such a copy is not to be installed', async () => {
    const vendor = await memoryVendor();
    const { text } = await issue(vendor);
    const view = uploadView(await read(vendor, text.replaceAll('\n', '\r\n> ')), NOW);
    expect(view).toMatchObject({ kind: 'current', canInstall: false });
    expect(view.repairs.map(({ code }) => code)).toContain('mail-quotes');
  });

  it('takes a bare token for what it is, and says that a host needs more', async () => {
    const vendor = await memoryVendor();
    const { text } = await issue(vendor);
    const token = /LICENSE-----\n([^]+?)\n-----END/.exec(text)![1]!.replaceAll('\n', '');
    const view = uploadView(await read(vendor, token), NOW);
    expect(view).toMatchObject({ kind: 'current', license: { state: 'active' } });
    const stranger = await memoryVendor({ ...vendor, register: (await memoryVendor()).register });
    expect(uploadView(await read(stranger, token), NOW)).toMatchObject({
      kind: 'unknown',
      isIncomplete: true,
      canInstall: false,
    });
  });

  it('knows a license that the register does not have by its signature alone', async () => {
    const vendor = await memoryVendor();
    const { text } = await issue(vendor);
    const other = await memoryVendor({ ...vendor, register: (await memoryVendor()).register });
    expect((await read(other, text)).finding).toMatchObject({
      type: 'license',
      standing: { type: 'unknown' },
    });
  });

  it('goes by the newest status list, not by the one in the file', async () => {
    const vendor = await memoryVendor();
    const { text, shard, index } = await issue(vendor);
    const stored = (await vendor.register.findShard(shard))!;
    const bits = Uint8Array.from(stored.bits);
    bits[index >> 2]! |= 1 << ((index & 3) * 2);
    const { id, trust, now, random } = vendor;
    const revoked = await publishShard(
      { ...stored, bits },
      { vendor: id, trust, now, random, status: () => vendor.signer('status') },
    );
    const register = {
      ...vendor.register,
      findFile: vendor.register.findFile,
      findShard: () => Promise.resolve(revoked),
    };
    const view = uploadView(await read({ ...vendor, register }, text), NOW);
    expect(view).toMatchObject({ kind: 'withdrawn', canInstall: false, license: { state: 'revoked' } });
  });

  it.each([
    ['changed', (text: string) => tamper(text), 'signature-invalid'],
    ['cut off', (text: string) => text.slice(0, 900), 'armor-truncated'],
    ['empty', () => '', 'file-empty'],
    ['of another kind', () => '%PDF-1.7 hello', 'file-kind'],
  ])('says why it is no license: %s', async (_, change, code) => {
    const vendor = await memoryVendor();
    const view = uploadView(await read(vendor, change((await issue(vendor)).text)), NOW);
    expect(view).toMatchObject({ kind: 'problem', canInstall: false, problem: { code } });
    expect(view.problem?.hint).not.toContain('counterfoil-host');
    expect(view.license).toBeUndefined();
  });

  it('says of another vendor’s license that its key is not known, and nothing that it claims', async () => {
    const { text } = await issue(await memoryVendor());
    const view = uploadView(await read(await memoryVendor(), text), NOW);
    expect(view.kind).toBe('problem');
    expect(JSON.stringify(view)).not.toContain('Müller');
  });

  it('knows a sound file of the vendor that is no license', async () => {
    const vendor = await memoryVendor();
    const root = (await issue(vendor)).text.replace(/^[^]*?(-----BEGIN COUNTERFOIL TRUST ROOT)/, '$1');
    const trustOnly = root.slice(0, root.indexOf('-----BEGIN COUNTERFOIL STATUS'));
    expect(uploadView(await read(vendor, trustOnly), NOW)).toMatchObject({ kind: 'document' });
  });
});
