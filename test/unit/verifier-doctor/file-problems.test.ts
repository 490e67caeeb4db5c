import { deflateRawSync, gzipSync } from 'node:zlib';
import { readKit, nodeEngine } from '@counterfoil/verifier/node';
import { encodeBlock, formatFile, limits } from '@counterfoil/schemas';
import { describe, expect, it } from 'vitest';
import { checkGenuine } from '../../../verifier/src/node/doctor/genuine.js';
import { repairFile, type Repaired } from '../../../verifier/src/node/doctor/repair-file.js';
import {
  goodFile,
  kitFile,
  licenseFile,
  licenseOf,
  makeKey,
  makeVendor,
  pagesOf,
  productOf,
  shardOf,
  signCompact,
  signRoot,
  tamper,
} from '../../support/signing.js';

const vendor = makeVendor();
const second = signRoot({ ...vendor.rootClaims, version: 2 }, vendor.rootKey);
const { trust } = readKit(kitFile([vendor.root]), nodeEngine);
const repair = (input: string | Uint8Array): Repaired =>
  repairFile(Buffer.from(input), (text) => checkGenuine(trust, text));
const unasked = (input: string | Uint8Array): Repaired => repairFile(Buffer.from(input));
const codesOf = ({ repairs }: Repaired): readonly string[] => repairs.map(({ code }) => code);
const good = goodFile(vendor);
const end = good.indexOf('\n-----END COUNTERFOIL LICENSE');
const BEGIN = '-----BEGIN COUNTERFOIL LICENSE-----\n';

describe('a file that is short', () => {
  it.each([
    ['in the signature', good.slice(0, end - 30), '56 of the 86 characters of the signature: 30 are missing'],
    ['in the payload', good.slice(0, 500), 'end in the payload: none of the 86 characters'],
    ['in the header', good.slice(0, 60), '24 characters, which end in the header'],
    ['right after BEGIN', BEGIN, 'an empty block'],
    ['in a root', good.slice(0, good.indexOf('ROOT-----') + 200), '188 characters of base64'],
  ])('%s says by how much', (_, text, said) => {
    const { problem, text: repaired } = repair(text);
    expect(problem).toMatchObject({ code: 'armor-truncated' });
    expect(problem!.detail.actual).toContain(said);
    expect(repaired).toBeUndefined();
  });

  it('tells the block', () => {
    expect(repair(good.slice(0, -200)).problem!.detail.where).toBe('block 3, COUNTERFOIL STATUS LIST');
  });

  it('has its END line put back where the block before it is whole', () => {
    const repaired = repair(good.slice(0, good.lastIndexOf('-----END')));
    expect(repaired).toMatchObject({ text: good, genuine: 'genuine' });
    expect(codesOf(repaired)).toEqual(['boundary-lost']);
  });

  it('says which blocks are not there', () => {
    const { problem } = repair(
      licenseFile(signCompact(vendor.issuing, 'license', licenseOf({}, { needs: { root: 2, status: 1 } }))),
    );
    expect(problem).toMatchObject({
      code: 'file-short',
      detail: { actual: 'no trust root 2, no status list, version 1' },
    });
  });

  it('says it of lost characters inside a block too', () => {
    const lost = good.slice(0, end - 10) + good.slice(end - 8);
    expect(repair(lost).problem).toMatchObject({
      code: 'file-short',
      detail: { actual: '84 of the 86 characters of the signature: 2 are missing' },
    });
    const root = good.indexOf('ROOT-----\n') + 100;
    expect(repair(good.slice(0, root) + good.slice(root + 1)).problem).toMatchObject({ code: 'file-short' });
    const payload = good.indexOf('.') + 70;
    expect(repair(good.slice(0, payload) + good.slice(payload + 1)).text).toBeUndefined();
  });

  it('has no BEGIN line', () => {
    expect(repair(good.slice(BEGIN.length)).problem).toMatchObject({
      code: 'armor-boundary',
      detail: { actual: 'an END line alone' },
    });
    expect(
      repair(good.replace(/-----END COUNTERFOIL LICENSE-----\n-----BEGIN COUNTERFOIL TRUST ROOT-----\n/, ''))
        .problem,
    ).toMatchObject({ code: 'armor-boundary', detail: { actual: 'that of COUNTERFOIL TRUST ROOT' } });
  });

  it('is empty', () => {
    expect(repair('').problem).toMatchObject({ code: 'file-empty' });
    expect(repair(new Uint8Array(limits.file + 1)).problem).toMatchObject({ code: 'file-too-large' });
  });
});

describe('another kind of file', () => {
  const zip = Buffer.concat([
    Buffer.from('PK\x03\x04\x14\0\0\0\x08\0', 'latin1'),
    Buffer.alloc(16),
    Buffer.of(5, 0, 0, 0),
    Buffer.from('a.lic'),
    deflateRawSync(good),
  ]);
  it.each([
    ['a ZIP archive', zip],
    [
      'a Word, Excel or PowerPoint document',
      Buffer.concat([
        Buffer.from('PK\x03\x04', 'latin1'),
        Buffer.alloc(26),
        Buffer.from('[Content_Types].xml'),
      ]),
    ],
    ['a gzip archive', gzipSync(good)],
    ['a PDF document', '%PDF-1.7\n'],
    ['a PEM private key', '-----BEGIN PRIVATE KEY-----\nMC4C\n-----END PRIVATE KEY-----\n'],
    ['a PEM certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'],
    ['an HTML page', '<!DOCTYPE html><html><body>Please log in</body></html>'],
    [
      'a saved e-mail',
      `Received: from a\nSubject: your license\nMIME-Version: 1.0\n\n${Buffer.from('x'.repeat(400)).toString('base64')}`,
    ],
    ['a key file, which stays with the vendor', '{\n  "counterfoil": "key",\n  "version": 1 }'],
    ['a bare trust root', vendor.root],
    ['a JSON Web Key', '{"kty":"OKP"}'],
    ['identity pages', pagesOf(['a@example.com']).bytes],
  ])('is called %s', (kind, content) => {
    expect(repair(content)).toMatchObject({ problem: { code: 'file-kind', detail: { actual: kind } } });
    expect(repair(content).text).toBeUndefined();
  });

  it('is called nothing where it is nothing known', () => {
    expect(repair('something else').problem).toMatchObject({ code: 'armor-boundary' });
    expect(repair('-----BEGIN SOMETHING-----\nAAAA\n-----END SOMETHING-----\n').problem).toMatchObject({
      code: 'armor-label',
    });
  });
});

describe('a genuine difference', () => {
  it('is never undone', () => {
    expect(repair(tamper(good))).toMatchObject({ repairs: [], problem: { code: 'signature-invalid' } });
    const crlf = repair(tamper(good).replaceAll('\n', '\r\n'));
    expect(codesOf(crlf)).toEqual(['line-ends']);
    expect(crlf).toMatchObject({ problem: { code: 'signature-invalid' } });
    expect(crlf.text).toBeUndefined();
  });

  it('is not hidden by dropping characters that no alphabet has', () => {
    for (const strange of ['?', 'ä', '\ufffd', '*'])
      expect(repair(`${good.slice(0, 100)}${strange}${good.slice(100)}`).problem).toMatchObject({
        code: 'file-damaged',
        detail: { actual: '1 other characters' },
      });
  });

  it('may lie in blocks of two files', () => {
    const other = signCompact(vendor.issuing, 'license', licenseOf({ jti: 'BBBBBBBBBBBBBBBBBBBBBA' }));
    expect(repair(licenseFile(other) + good).problem).toMatchObject({ code: 'file-blocks' });
  });

  it('in a root is not hidden either', () => {
    const stranger = makeVendor();
    expect(repair(kitFile([stranger.root])).problem).toMatchObject({ code: 'root-threshold' });
    const forged = signRoot({ ...vendor.rootClaims, version: 2 }, makeKey());
    expect(
      repair(`> ${kitFile([vendor.root, forged]).trimEnd().replaceAll('\n', '\n> ')}`).problem,
    ).toMatchObject({ code: 'root-threshold' });
  });
});

describe('dashes of a word processor', () => {
  const status = { status: undefined };
  /** A bound number of hyphens stands in the first lines of the license. */
  function licenseWithDashes(): string {
    for (let i = 0; i < 256; i++) {
      const jti = Buffer.alloc(16, i).toString('base64url');
      const license = signCompact(
        vendor.issuing,
        'license',
        licenseOf({ jti, ...status }, { needs: { root: 1 } }),
      );
      const head = license.slice(0, 64).split('-').length - 1;
      const last = license.slice(64).split('-').length - 1;
      if (head + last >= 1 && head + last <= 6) return license;
    }
    throw new Error('expected a license with a few hyphens');
  }
  const license = licenseWithDashes();
  const text = licenseFile(license);
  const joined = (body: string): string => `${BEGIN}${body}\n-----END COUNTERFOIL LICENSE-----\n`;

  it('are decided by the signature, where the length of lines cannot tell', () => {
    const damaged = joined(license.replaceAll('-', '–'));
    const repaired = repair(damaged);
    expect(repaired).toMatchObject({ text, genuine: 'genuine' });
    expect(codesOf(repaired).toSorted()).toEqual(['line-width', 'smart-dashes']);
    expect(unasked(damaged)).toMatchObject({ problem: { code: 'file-damaged' } });
    expect(unasked(damaged).problem!.detail.actual).toContain('with --kit');
  });

  it('may stand for two each, even where the other reading is no token at all', () => {
    for (let i = 0; i < 20_000; i++) {
      const jti = Buffer.from(String(i).padStart(16, '0')).toString('base64url');
      const one = signCompact(
        vendor.issuing,
        'license',
        licenseOf({ jti, ...status }, { needs: { root: 1 } }),
      );
      const dashes: readonly string[] = one.match(/-+/g) ?? [];
      if (dashes.length > 5 || !dashes.includes('--') || dashes.some(({ length }) => length > 2)) continue;
      const repaired = repair(joined(one.replace(/--?/g, '–')));
      expect(repaired).toMatchObject({ text: licenseFile(one), genuine: 'genuine' });
      return;
    }
    expect.fail('expected a license with two hyphens together');
  });

  it('are told by the length of lines, where it is whole', () => {
    const lines = text.split('\n').map((line) => (line.length === 64 ? line.replaceAll('-', '–') : line));
    expect(repair(lines.join('\n'))).toMatchObject({ text, genuine: 'genuine' });
  });

  it('are not decided where they are too many, or the signature holds for none', () => {
    const many = repair(joined(license.replace('.', `.${'–'.repeat(7)}`)));
    expect(many).toMatchObject({ problem: { code: 'file-damaged' } });
    expect(repair(joined(license.replace('.', `.${'–'.repeat(30)}`)))).toMatchObject({
      problem: { code: 'file-damaged' },
    });
    const none = repair(joined(license.replace('.', '.—')));
    expect(none.problem).toBeDefined();
    expect(none.text).toBeUndefined();
  });
});

describe('other carried files', () => {
  const product = signCompact(vendor.issuing, 'product', productOf());
  it.each([
    ['a kit', kitFile([vendor.root, second], product)],
    ['a file of trust roots', kitFile([vendor.root, second])],
    ['a status list', formatFile('', [encodeBlock('status-list', shardOf(vendor))])],
  ])('%s is repaired and held against the kit', (_, text) => {
    expect(repair(text)).toEqual({ repairs: [], text, genuine: 'genuine' });
    const repaired = repair(text.replaceAll('\n', '\r\n> '));
    expect(repaired).toMatchObject({ text, genuine: 'genuine' });
    expect(codesOf(repaired)).toEqual(['line-ends', 'mail-quotes']);
    expect(unasked(text.replaceAll('\n', '\r\n'))).toMatchObject({ text, genuine: 'unchecked' });
  });

  it('a bare token is joined', () => {
    const token = signCompact(vendor.issuing, 'license', licenseOf({}, { needs: { root: 1, status: 1 } }));
    expect(repair(`${token}\n`)).toMatchObject({ repairs: [], genuine: 'genuine' });
    const repaired = repair(`  “${token.match(/.{1,70}/g)!.join('\r\n')}”\n`);
    expect(repaired.problem?.message).toBeUndefined();
    expect(codesOf(repaired)).toEqual(expect.arrayContaining(['line-ends', 'line-width', 'quotes']));
    expect(repaired.text).toBe(`${token}\n`);
  });

  it('identity pages are held against their license', () => {
    const { claim, bytes } = pagesOf(['a@example.com', 'b@example.com']);
    const license = signCompact(
      vendor.issuing,
      'license',
      licenseOf({}, { allowed: { mailbox: { pages: claim } } }),
    );
    const text = licenseFile(license, { roots: [vendor.root], shard: shardOf(vendor), pages: [bytes] });
    expect(repair(text.replaceAll('\n', '\r\n'))).toMatchObject({ text, genuine: 'genuine' });
    const foreign = licenseFile(license, {
      roots: [vendor.root],
      shard: shardOf(vendor),
      pages: [pagesOf(['c@example.com']).bytes],
    });
    expect(repair(foreign.replaceAll('\n', '\r\n')).problem).toMatchObject({ code: 'pages-broken' });
  });

  it('are not taken for something else because of words that their base64 happens to have', () => {
    const words = ['end+END/', 'BEGIN+++', 'begin/br', 'COUNTERFOIL+']
      .map((word) => word.padEnd(12, 'A'))
      .join('');
    const pages = Buffer.concat([pagesOf(['a@example.com']).bytes, Buffer.from(words, 'base64')]);
    const text = formatFile('', [
      encodeBlock('license', signCompact(vendor.issuing, 'license', licenseOf())),
      encodeBlock('identity-pages', pages),
    ]);
    expect(text.replaceAll('\n', '')).toContain('end+END/');
    const repaired = unasked(text.replaceAll('\n', '\r\n'));
    expect(repaired.text).toBe(text);
    expect(codesOf(repaired)).toEqual(['line-ends']);
  });

  it('with more blocks than a file may have are not looked through', () => {
    expect(repair(BEGIN.repeat(2000)).problem).toMatchObject({ code: 'file-blocks' });
  });

  it('a request is nobody’s to vouch for', () => {
    const text = formatFile('', [encodeBlock('request', signCompact(makeKey(), 'request', { iss: 'x' }))]);
    expect(repair(text.replaceAll('\n', '\r\n'))).toMatchObject({ text, genuine: 'unchecked' });
  });

  it('lets a mail go that is in front', () => {
    const mail = `Received: from a\nMessage-ID: <1>\nSubject: your license\n\nHello\n\n${good}`;
    expect(repair(mail.replaceAll('\n', '\r\n')).text).toBe(good);
  });
});
