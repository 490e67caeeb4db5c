import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { limits } from '@counterfoil/schemas';
import { nodeEngine, readKit } from '@counterfoil/verifier/node';
import { openTrust } from '@counterfoil/verifier';
import { describe, expect, it } from 'vitest';
import { openTestPortal, type PortalAnswer, type TestPortal } from '../../support/portal.js';
import { kitFile, licenseFile, licenseOf, makeVendor, shardOf, signCompact } from '../../support/signing.js';
import { BYTES, CONTENT, WRAPPINGS } from '../verifier-doctor/damage.js';
import { MARKUP } from './hostile-texts.js';

const rates = { any: 1_000_000, upload: 1_000_000 };

type Upload = (bytes: string | Uint8Array, name?: string) => Promise<PortalAnswer>;

/** Uploads as somebody whom nobody knows. */
async function uploader(open: TestPortal, accept = 'application/json'): Promise<Upload> {
  const browser = open.browser();
  const csrf = await browser.csrf('/');
  return (bytes, name = 'a.lic') => {
    const form = new FormData();
    form.set('csrf', csrf);
    form.set('file', new File([typeof bytes === 'string' ? bytes : Buffer.from(bytes)], name));
    return browser.post('/', form, { csrf, headers: { accept } });
  };
}

describe('an upload of a license that was damaged on its way', () => {
  it('is known for what it is', async () => {
    const open = await openTestPortal({ change: { rates } });
    const { text } = (await open.issue('C-1')).file;
    const upload = await uploader(open);
    for (const { name, apply } of [...CONTENT, ...WRAPPINGS, ...BYTES]) {
      const answer = await upload(apply(text));
      expect([name, answer.status, answer.json().kind]).toEqual([name, 200, 'current']);
    }
    expect(open.faults).toEqual([]);
  });

  it('is told in plain words wherever it breaks off, and whatever stands in its name', async () => {
    const open = await openTestPortal({ change: { rates } });
    const { text } = (await open.issue('C-1')).file;
    const upload = await uploader(open, 'text/html');
    const names = [
      '<script>alert(1)</script>.lic',
      '../../x.lic',
      '__proto__',
      'a\u202ecil.lic',
      'x'.repeat(300),
    ];
    for (let part = 0; part < 40; part += 1) {
      const answer = await upload(
        text.slice(0, Math.floor((text.length * part) / 40)),
        names[part % names.length],
      );
      expect([part, [200, 400].includes(answer.status), MARKUP.exec(answer.text)?.[0]]).toEqual([
        part,
        true,
        undefined,
      ]);
    }
    expect(open.faults).toEqual([]);
  });
});

interface Vector {
  readonly name: string;
  readonly trust?: string;
  readonly file?: string;
}

const vectorsOf = (name: string): any =>
  JSON.parse(readFileSync(new URL(`../../vectors/data/${name}.json`, import.meta.url), 'utf8'));

describe('an upload of a file that no reader must take', () => {
  it.each(['format', 'header', 'json', 'claims', 'signature', 'status', 'trust', 'identities'])(
    'is answered, and nothing breaks: %s',
    async (name) => {
      const vectors: readonly Vector[] = vectorsOf(name);
      const roots: readonly string[] = vectorsOf('trusts').usual.roots;
      const open = await openTestPortal({ change: { rates, kitTrust: openTrust(nodeEngine, roots) } });
      const upload = await uploader(open);
      let count = 0;
      for (const { name: vector, file } of vectors) {
        if (file === undefined || count++ % 3 > 0) continue;
        const answer = await upload(file);
        expect([vector, answer.status < 500, answer.status]).toEqual([vector, true, file === '' ? 400 : 200]);
        expect(answer.text).toContain('"kind":');
      }
      expect(count).toBeGreaterThan(5);
      expect(open.faults).toEqual([]);
    },
  );
});

const b64 = (text: string): string => Buffer.from(text).toString('base64url');

describe('an upload that is made to hurt', () => {
  const vendor = makeVendor();
  const license = signCompact(vendor.issuing, 'license', licenseOf());
  const fileWith = (parts: Parameters<typeof licenseFile>[1], text = license): string =>
    licenseFile(text, { roots: [vendor.root], shard: shardOf(vendor), ...parts });
  const bomb = (size: number): string =>
    fileWith({
      shard: shardOf(
        vendor,
        {},
        {
          status_list: { bits: 2, lst: deflateSync(Buffer.alloc(size), { level: 9 }).toString('base64url') },
        },
      ),
    });
  const signed = (json: string): string => signCompact(vendor.issuing, 'license', b64(json));
  const lines = fileWith({}).split(/(?=-----BEGIN)/);
  const most = 2 * 1024 * 1024 - 1000;

  const inBody = (piece: string, count: number): string =>
    fileWith({}).replace(/LICENSE-----\n.{10}/, (start) => start + piece.repeat(count));
  const after = (piece: string, count: number): string => `${fileWith({})}${piece.repeat(count)}x`;

  it.each<[name: string, result: string, make: () => string]>([
    ['a status list that grows to 1 MiB', 'status-broken', () => bomb(1024 * 1024)],
    ['a status list that grows to 64 MiB', 'document-too-large', () => bomb(64 * 1024 * 1024)],
    [
      'a status list of one byte too many',
      'status-broken',
      () => bomb((limits.shardEntries * limits.shardBits) / 8 + 1),
    ],
    ['deeply nested JSON', 'json-depth', () => fileWith({}, signed('['.repeat(20_000)))],
    ['deeply nested objects', 'json-depth', () => fileWith({}, signed('{"a":'.repeat(5_000)))],
    ['a prototype', 'json-forbidden-key', () => fileWith({}, signed('{"__proto__":{"kind":1}}'))],
    [
      '96 blocks',
      'unknown',
      () => `${lines[0]}${Array.from({ length: 32 }, () => lines.slice(1).join('')).join('')}`,
    ],
    ['beginnings alone', 'file-blocks', () => '-----BEGIN COUNTERFOIL LICENSE-----\n'.repeat(40_000)],
    ['blank lines', 'armor-boundary', () => '\n'.repeat(most)],
    ['blank lines in a license', 'unknown', () => fileWith({}).replace(/\n/, '\n'.repeat(most - 20_000))],
    ['a body behind blank lines', 'unknown', () => inBody('\n', most - 20_000)],
    ['a body behind spaces', 'unknown', () => inBody(' ', most - 20_000)],
    ['a body behind unusual spaces', 'unknown', () => inBody('\u00a0', (most - 20_000) / 2)],
    ['spaces and a word', 'unknown', () => after(' ', most - 20_000)],
    ['blank lines and a word', 'unknown', () => after('\n', most - 20_000)],
    ['carriage returns and a word', 'unknown', () => after('\r', most - 20_000)],
    ['a fence that goes on', 'unknown', () => `${after('', 0)}\`\`\`${' '.repeat(most - 20_000)}!`],
    ['comments without an end', 'unknown', () => after('<br><!--', 200_000)],
    ['quotation marks and a word', 'unknown', () => after('"', most - 20_000)],
    ['marks and spaces', 'armor-boundary', () => `""${' '.repeat(most)}x`],
    ['marks in a word', 'armor-boundary', () => `x${'"'.repeat(most)}x`],
    ['quotes of mail', 'armor-boundary', () => '>'.repeat(most)],
    ['lines of quotes', 'armor-boundary', () => '> \n'.repeat(most / 3)],
    ['dashes', 'armor-boundary', () => '-'.repeat(most)],
    ['spaces', 'armor-boundary', () => `a${' '.repeat(most)}b`],
    ['brackets', 'armor-boundary', () => '<'.repeat(most)],
    ['entities', 'armor-boundary', () => '&#'.repeat(most / 2)],
    ['escapes', 'armor-boundary', () => '%'.repeat(most)],
    ['equals signs', 'armor-boundary', () => '='.repeat(most)],
    ['backslashes', 'armor-boundary', () => `"${'\\'.repeat(most)}`],
    ['letters', 'armor-boundary', () => 'A'.repeat(most)],
    ['NUL', 'armor-boundary', () => '\0'.repeat(most)],
  ])('is answered at once, and in plain words: %s', async (_, result, make) => {
    const { trust: kitTrust } = readKit(kitFile([vendor.root]), nodeEngine);
    const open = await openTestPortal({ change: { rates, kitTrust } });
    const answer = await (await uploader(open))(make());
    const { kind, problem } = answer.json();
    expect([answer.status, kind === 'problem' ? problem.code : kind]).toEqual([200, result]);
    expect(open.faults).toEqual([]);
    expect((await open.browser().get('/')).status).toBe(200);
  });
});
