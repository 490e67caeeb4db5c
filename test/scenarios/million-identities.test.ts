import { readFile, truncate, writeFile } from 'node:fs/promises';
import { limits, parseFile } from '@counterfoil/schemas';
import {
  checkIdentity,
  explainLicense,
  isOnPages,
  verifyLicense,
  type Usable,
  type VerifyContext,
} from '@counterfoil/verifier';
import { nodeEngine, openSideFile, readKit, writeCarriedPages } from '@counterfoil/verifier/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogPath, makeScratch, NOW, openDesk } from '../support/vendor.js';

const COUNT = 1_000_000;
const guid = (i: number): string => `00000000-0000-4000-8000-${i.toString(16).padStart(12, '0')}`;

describe('a license for 1,000,000 mailboxes (LF-11.3)', () => {
  let verdict: Usable;
  let pages = '';
  let context: VerifyContext;
  let text: Buffer;

  beforeAll(async () => {
    const desk = await openDesk();
    const list = await desk.write(
      'ids.txt',
      Array.from({ length: COUNT }, (_, i) => `{${guid(i).toUpperCase()}}\n`).join(''),
    );
    const product = ['--product-file', catalogPath('mailbox-backup.yaml')];
    await desk.run(['export', 'kit', ...product, '--out', desk.path('kit')]);
    const order = [
      '--customer',
      'C-1',
      '--customer-name',
      'One',
      '--duration',
      'P12M',
      '--allow',
      `mailbox=${list}`,
    ];
    const answer = await desk.run(['issue', ...product, ...order, '--out', desk.path('big.lic')]);
    expect(answer).toMatchObject({ exit: 0 });
    const kit = readKit(await readFile(desk.path('kit')), nodeEngine);
    text = await readFile(desk.path('big.lic'));
    context = { engine: nodeEngine, trust: kit.trust, product: 'mailbox-backup', host: {}, now: NOW };
    const found = verifyLicense(text, context);
    if (found.arm !== 'usable') throw new Error(found.finding.code);
    verdict = found;
    pages = writeCarriedPages(nodeEngine, parseFile(text), verdict.license.claims, await makeScratch()).get(
      'mailbox',
    )!;
  }, 120_000);

  const ask = (identity: string, path = pages): string => {
    const file = openSideFile(path);
    try {
      const answer = checkIdentity(nodeEngine, verdict.license, 'mailbox', identity, file.readBlock);
      return answer.allowed ? answer.by : answer.code;
    } finally {
      file.close();
    }
  };
  /** A copy of the pages, changed. */
  const changed = async (edit: (bytes: Buffer) => void): Promise<string> => {
    const bytes = await readFile(pages);
    edit(bytes);
    const path = `${await makeScratch()}/changed.pages`;
    await writeFile(path, bytes);
    return path;
  };
  const samples = [0, 1, 255, 256, 499_999, COUNT - 2, COUNT - 1];

  it('is carried as one file and is valid as a whole', () => {
    expect(text.length).toBeLessThan(limits.file);
    expect(explainLicense(text, context)).toMatchObject({ outcome: 'valid' });
    expect(verdict.license.claims.license.allowed?.['mailbox']?.pages?.count).toBe(COUNT);
    expect(JSON.stringify(verdict.license.claims).length).toBeLessThan(3000);
  });

  it('admits each of them, in any notation, and proves that others are absent', () => {
    for (const i of samples) expect(ask(guid(i).replaceAll('-', ''))).toBe('pages');
    for (let i = 0; i < 200; i++) expect(ask(guid(COUNT + i))).toBe('identity-not-listed');
  });

  it('gives no answer from pages that were swapped', async () => {
    const swapped = await changed((bytes) => {
      // All leaves moved on by one: each leaf is genuine, and none is in its place.
      const leaves = bytes.subarray(48 * limits.page);
      const first = Buffer.from(leaves.subarray(0, limits.page));
      leaves.copyWithin(0, limits.page);
      first.copy(leaves, leaves.length - limits.page);
    });
    for (const i of samples) expect(() => ask(guid(i), swapped)).toThrowCode('pages-broken');
    expect(() => ask(guid(COUNT), swapped)).toThrowCode('pages-broken');
  });

  it('gives no answer from pages that were cut off', async () => {
    const cut = await changed(() => undefined);
    await truncate(cut, 48 * limits.page);
    for (const i of samples) expect(() => ask(guid(i), cut)).toThrowCode('pages-broken');
    expect(() => ask(guid(COUNT), cut)).toThrowCode('pages-broken');
  });

  it('gives no answer from pages in which an identity was written over another', async () => {
    const forged = await changed((bytes) => {
      bytes.fill(0x5a, 100 * limits.page, 101 * limits.page);
    });
    const answers = Array.from({ length: 20_000 }, (_, i) => {
      try {
        return ask(guid(i), forged);
      } catch (error) {
        return (error as { code: string }).code;
      }
    });
    expect(new Set(answers)).toEqual(new Set(['pages', 'pages-broken']));
  }, 120_000);

  it('finds nobody under a wrong salt', () => {
    const { claims } = verdict.license;
    const pagesClaim = claims.license.allowed?.['mailbox']?.pages;
    const file = openSideFile(pages);
    const wrong = { ...pagesClaim!, salt: Buffer.alloc(16, 9).toString('base64url') };
    for (const i of samples) {
      expect(isOnPages(nodeEngine, pagesClaim!, file.readBlock, guid(i))).toBe(true);
      expect(isOnPages(nodeEngine, wrong, file.readBlock, guid(i))).toBe(false);
    }
    file.close();
  });
});
