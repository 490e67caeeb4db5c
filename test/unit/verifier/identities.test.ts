import { decodeBody, encodeBlock, formatFile, parseFile } from '@counterfoil/schemas';
import {
  canonicalDomainEntry,
  canonicalIdentity,
  carriedPages,
  checkIdentity,
  hostIdDigest,
  isOnPages,
  openTrust,
  requirePages,
  verifyLicense,
  type IdentityKind,
  type LicenseContent,
  type PagesClaim,
  type ReadBlock,
  type VerifiedLicense,
} from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  licenseFile,
  licenseOf,
  makeVendor,
  NOW,
  pagesOf,
  shardOf,
  signCompact,
  type Loose,
} from '../../support/signing.js';

const vendor = makeVendor();
const GUID = '0f8fad5b-d9cb-469f-a165-70867728950e';

describe('canonicalIdentity (B02, LF-11.1)', () => {
  const forms: readonly (readonly [IdentityKind['form'], string, string])[] = [
    ['guid', GUID.toUpperCase(), GUID],
    ['guid', `{${GUID}}`, GUID],
    ['guid', `(${GUID.toUpperCase()})`, GUID],
    ['guid', GUID.replaceAll('-', ''), GUID],
    ['guid', `urn:uuid:${GUID}`, GUID],
    ['mail', 'Anna.Müller@Example.COM', 'anna.müller@example.com'],
    ['mail', 'anna@BÜCHER.example', 'anna@xn--bcher-kva.example'],
    ['mail', 'anna@xn--bcher-kva.example.', 'anna@xn--bcher-kva.example'],
    ['mail', 'Mu\u0308ller@example.com', 'müller@example.com'],
    ['domain', 'Example.COM', 'example.com'],
    ['domain', 'bücher.example', 'xn--bcher-kva.example'],
    ['host', 'DB_01.Example.com', 'db_01.example.com'],
    ['host', 'SERVER', 'server'],
    ['host', '127.1', '127.0.0.1'],
    ['host', '0x7F000001', '127.0.0.1'],
    ['domain', 'XN--A.example.', 'xn--a.example'],
    ['text', 'Cafe\u0301 1', 'Café 1'],
    ['mail', 'J\u030c@example.com', '\u01f0@example.com'],
  ];
  it.each(forms)('%s %j is %j', (form, identity, canonical) => {
    expect(canonicalIdentity({ form }, identity)).toBe(canonical);
    expect(canonicalIdentity({ form }, canonical)).toBe(canonical);
  });

  it('reads base64 of a GUID only in a stated byte order', () => {
    const bytes = Buffer.from(GUID.replaceAll('-', ''), 'hex');
    const text = bytes.toString('base64');
    expect(canonicalIdentity({ form: 'guid', byteOrder: 'rfc4122' }, text)).toBe(GUID);
    expect(canonicalIdentity({ form: 'guid', byteOrder: 'microsoft' }, 'W62PD8vZn0ahZXCGdyiVDg==')).toBe(
      GUID,
    );
    expect(() => canonicalIdentity({ form: 'guid' }, text)).toThrowCode('identity-form');
    for (const bad of ['AAAA', 'x'.repeat(24), `${'A'.repeat(20)}====`, `${'A'.repeat(23)}=`]) {
      expect(() => canonicalIdentity({ form: 'guid', byteOrder: 'rfc4122' }, bad)).toThrowCode(
        'identity-form',
      );
    }
  });

  const wrong: readonly (readonly [IdentityKind['form'], string])[] = [
    ['guid', ''],
    ['guid', `{${GUID})`],
    ['guid', GUID.slice(1)],
    ['guid', `${GUID}0`],
    ['mail', ''],
    ['mail', 'anna'],
    ['mail', '@example.com'],
    ['mail', 'anna@'],
    ['mail', 'an na@example.com'],
    ['mail', 'an@na@example.com'],
    ['mail', 'anna\u0000@example.com'],
    ['mail', 'anna@127.0.0.1'],
    ['mail', 'anna@example.com:25'],
    ['domain', ''],
    ['domain', '127.1'],
    ['domain', '0x7f.1'],
    ['domain', 'example.com/path'],
    ['domain', 'user@example.com'],
    ['domain', 'ex%61mple.com'],
    ['domain', '*.example.com'],
    ['domain', 'a..b'],
    ['domain', 'bücher..example'],
    ['host', `${'ü'.repeat(70)}.example`],
    ['domain', 'db_01.example.com'],
    ['domain', `${'a'.repeat(64)}.example`],
    ['host', 'a b'],
    ['host', '[::1]'],
    ['host', 'tab\there'],
    ['text', ''],
    ['text', 'a\u0007'],
    ['text', 'x'.repeat(401)],
  ];
  it.each(wrong)('%s %j is none', (form, identity) => {
    expect(() => canonicalIdentity({ form }, identity)).toThrowCode('identity-form');
  });

  it('is settled after one step, for anything', () => {
    const kinds = fc.constantFrom<IdentityKind['form']>('guid', 'mail', 'domain', 'host', 'text');
    fc.assert(
      fc.property(
        kinds,
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.emailAddress(), fc.domain(), fc.uuid()),
        (form, identity) => {
          let once: string;
          try {
            once = canonicalIdentity({ form }, identity);
          } catch (error) {
            expect(error).toMatchObject({ code: 'identity-form' });
            return;
          }
          expect(canonicalIdentity({ form }, once)).toBe(once);
        },
      ),
    );
  });

  it('reads entries of a list of domains', () => {
    expect(canonicalDomainEntry('*.BÜCHER.example')).toBe('*.xn--bcher-kva.example');
    expect(canonicalDomainEntry('Example.com')).toBe('example.com');
    for (const bad of ['*', '*.', '*.*.com', 'a.*.com', '.example.com']) {
      expect(() => canonicalDomainEntry(bad)).toThrowCode('identity-form');
    }
  });
});

const withoutKinds = (): VerifiedLicense => verified(undefined, null);
function verified(
  allowed: Loose | undefined,
  kinds: Loose | null = { mailbox: { form: 'mail' }, tenant: { form: 'guid' } },
): VerifiedLicense {
  const text = licenseFile(
    signCompact(vendor.issuing, 'license', licenseOf({}, { allowed, kinds: kinds ?? undefined })),
    { shard: shardOf(vendor) },
  );
  const verdict = verifyLicense(text, {
    engine: nodeEngine,
    trust: openTrust(nodeEngine, [vendor.root]),
    product: 'backup',
    host: {},
    now: NOW,
  });
  if (verdict.arm !== 'usable') throw new Error(verdict.finding.code);
  return verdict.license;
}
const ask = (license: VerifiedLicense, identity: string, pages?: ReadBlock, kind = 'mailbox'): string => {
  const answer = checkIdentity(nodeEngine, license, kind, identity, pages);
  return answer.allowed ? answer.by : answer.code;
};

describe('checkIdentity (LF-11.2)', () => {
  it('restricts nothing where nothing is listed', () => {
    expect(ask(verified(undefined), 'a@example.com')).toBe('unrestricted');
    expect(ask(verified({ tenant: { list: [] } }), 'a@example.com')).toBe('unrestricted');
  });

  it('admits by list or domain, and says which', () => {
    const license = verified({ mailbox: { list: ['a@example.com'], domains: ['b.example', '*.c.example'] } });
    expect(ask(license, 'A@Example.com')).toBe('list');
    expect(ask(license, 'x@example.com')).toBe('identity-not-listed');
    expect(ask(license, 'x@b.example')).toBe('domains');
    expect(ask(license, 'x@sub.b.example')).toBe('identity-not-listed');
    expect(ask(license, 'x@c.example')).toBe('identity-not-listed');
    expect(ask(license, 'x@sub.c.example')).toBe('domains');
    expect(ask(license, 'x@deep.sub.c.example')).toBe('domains');
    expect(ask(license, 'x@notc.example')).toBe('identity-not-listed');
  });

  it('takes domains for kinds that have one, and for no other', () => {
    const kinds = { mailbox: { form: 'text' } };
    expect(ask(verified({ mailbox: { domains: ['b.example'] } }, kinds), 'x@b.example')).toBe(
      'identity-not-listed',
    );
    const hosts = { mailbox: { form: 'host' } };
    expect(ask(verified({ mailbox: { domains: ['*.b.example'] } }, hosts), 'DB.b.example')).toBe('domains');
  });

  it('admits nobody by an empty entry', () => {
    expect(ask(verified({ mailbox: {} }), 'a@example.com')).toBe('identity-not-listed');
  });

  it('refuses kinds that the license does not have, and licenses that nobody verified', () => {
    expect(() => ask(verified(undefined), 'x', undefined, 'constructor')).toThrowCode('identity-kind');
    expect(() => ask(verified(undefined, { tenant: { form: 'guid' } }), 'a@example.com')).toThrowCode(
      'identity-kind',
    );
    expect(() => ask(withoutKinds(), 'a@example.com')).toThrowCode('identity-kind');
    const forged = JSON.parse(JSON.stringify(verified(undefined))) as VerifiedLicense;
    expect(() => ask(forged, 'a@example.com')).toThrow(TypeError);
  });

  it('answers from pages, and cannot decide without them', () => {
    const { claim, bytes } = pagesOf(['a@example.com', 'b@example.com']);
    const license = verified({ mailbox: { pages: claim } });
    const read: ReadBlock = (i) => bytes.subarray(i * 4096, (i + 1) * 4096);
    expect(ask(license, 'A@example.com', read)).toBe('pages');
    expect(ask(license, 'c@example.com', read)).toBe('identity-not-listed');
    expect(() => ask(license, 'a@example.com')).toThrowCode('pages-missing');
  });
});

describe('identity pages (LF-11.3)', () => {
  const name = (i: number): string => `user${String(i)}@example.com`;
  const made = new Map<number, ReturnType<typeof pagesOf>>();
  const pages = (count: number): { claim: PagesClaim; bytes: Buffer } => {
    const found = made.get(count) ?? pagesOf(Array.from({ length: count }, (_, i) => name(i)));
    made.set(count, found);
    return found as { claim: PagesClaim; bytes: Buffer };
  };
  const reader = (bytes: Uint8Array): { read: ReadBlock; blocks: number[] } => {
    const blocks: number[] = [];
    return {
      blocks,
      read: (i) => {
        blocks.push(i);
        return bytes.subarray(i * 4096, (i + 1) * 4096);
      },
    };
  };

  it.each([1, 2, 255, 256, 257, 21_760, 21_761])('prove presence and absence among %d', (count) => {
    const { claim, bytes } = pages(count);
    requirePages(nodeEngine, claim, bytes);
    const samples =
      count < 300 ? Array.from({ length: count }, (_, i) => i) : [0, 1, 255, 256, 257, count >> 1, count - 1];
    for (const i of samples) expect(isOnPages(nodeEngine, claim, reader(bytes).read, name(i))).toBe(true);
    for (let i = 0; i < 200; i++)
      expect(isOnPages(nodeEngine, claim, reader(bytes).read, `absent${String(i)}@example.com`)).toBe(false);
  });

  it('read one block a level', () => {
    const { claim, bytes } = pages(21_761);
    const { read, blocks } = reader(bytes);
    expect(isOnPages(nodeEngine, claim, read, name(5))).toBe(true);
    expect(blocks).toHaveLength(3);
  });

  it('notice a block that was changed, swapped or cut off, wherever an answer rests on it', () => {
    const { claim, bytes } = pages(600);
    const { read, blocks } = reader(bytes);
    isOnPages(nodeEngine, claim, read, name(7));
    for (const block of blocks) {
      const flipped = Buffer.from(bytes);
      flipped[block * 4096 + 4000]! ^= 1;
      expect(() => isOnPages(nodeEngine, claim, reader(flipped).read, name(7))).toThrowCode('pages-broken');
      const cut = bytes.subarray(0, block * 4096 + 4095);
      expect(() => isOnPages(nodeEngine, claim, reader(cut).read, name(7))).toThrowCode('pages-broken');
    }
    const swapped = Buffer.concat([
      bytes.subarray(0, 2 * 4096),
      bytes.subarray(3 * 4096, 4 * 4096),
      bytes.subarray(2 * 4096, 3 * 4096),
      bytes.subarray(4 * 4096),
    ]);
    const wrong = [name(7), name(8), name(9), name(10)].map((who) => {
      try {
        return isOnPages(nodeEngine, claim, reader(swapped).read, who);
      } catch (error) {
        return (error as { code: string }).code;
      }
    });
    expect(wrong).toContain('pages-broken');
    expect(wrong).not.toContain(false);
    expect(() => requirePages(nodeEngine, claim, swapped)).toThrowCode('pages-broken');
  });

  it('find nobody under another salt, and nothing under another root or count', () => {
    const { claim, bytes } = pages(257);
    const other = { ...claim, salt: Buffer.alloc(16, 6).toString('base64url') };
    expect(isOnPages(nodeEngine, other, reader(bytes).read, name(1))).toBe(false);
    const root = { ...claim, root: Buffer.alloc(32, 6).toString('base64url') };
    expect(() => isOnPages(nodeEngine, root, reader(bytes).read, name(1))).toThrowCode('pages-broken');
    for (const bad of [root, { ...claim, count: 256 }, { ...claim, count: 258 }, other]) {
      if (bad !== other) expect(() => requirePages(nodeEngine, bad, bytes)).toThrowCode('pages-broken');
    }
    expect(() => requirePages(nodeEngine, claim, bytes.subarray(1))).toThrowCode('pages-broken');
  });

  it('refuse what a signer got wrong: digests that do not rise, a first digest that is another', () => {
    const blockOf = (entries: readonly Uint8Array[]): Buffer =>
      Buffer.concat([...entries, Buffer.alloc(4096)]).subarray(0, 4096);
    const hash = (prefix: number, block: Buffer): Buffer =>
      Buffer.from(nodeEngine.sha256(Buffer.concat([Buffer.of(prefix), block])));
    const low = Buffer.alloc(16, 0);
    const high = Buffer.alloc(16, 1);
    const salt = Buffer.alloc(16).toString('base64url');
    const falling = blockOf([high, low]);
    const build = (first: Buffer, leaf: Buffer): { claim: PagesClaim; bytes: Buffer } => {
      const top = blockOf([first, hash(0, leaf)]);
      return {
        claim: { root: hash(1, top).toString('base64url'), salt, count: 2 },
        bytes: Buffer.concat([Buffer.alloc(4096), top, leaf]),
      };
    };
    const unsorted = build(low, blockOf([low, low]));
    expect(() => isOnPages(nodeEngine, unsorted.claim, reader(unsorted.bytes).read, 'x')).toThrowCode(
      'pages-broken',
    );
    const mislabelled = build(low, falling);
    expect(() => isOnPages(nodeEngine, mislabelled.claim, reader(mislabelled.bytes).read, 'x')).toThrowCode(
      'pages-broken',
    );
  });
});

describe('carriedPages', () => {
  const { claim, bytes } = pagesOf(['a@example.com']);
  const content = (allowed?: Loose): LicenseContent => licenseOf({}, { allowed }) as LicenseContent;
  const file = (...pages: readonly Uint8Array[]): ReturnType<typeof parseFile> =>
    parseFile(
      formatFile('', [
        { document: 'license', body: 'a.b.c' },
        ...pages.map((one) => encodeBlock('identity-pages', one)),
      ]),
    );

  it('finds the pages of each kind', () => {
    const found = carriedPages(
      nodeEngine,
      file(bytes),
      content({ mailbox: { pages: claim }, tenant: { list: [] } }),
    );
    expect([...found.keys()]).toEqual(['mailbox']);
    expect(Buffer.from(found.get('mailbox')!)).toEqual(bytes);
    expect(decodeBody(encodeBlock('identity-pages', bytes))).toHaveLength(bytes.length);
    expect(carriedPages(nodeEngine, file(), content()).size).toBe(0);
  });

  it('misses what is not there, and refuses what nobody named', () => {
    const other = pagesOf(['b@example.com']).bytes;
    expect(() => carriedPages(nodeEngine, file(), content({ mailbox: { pages: claim } }))).toThrowCode(
      'pages-missing',
    );
    expect(() => carriedPages(nodeEngine, file(other), content({ mailbox: { pages: claim } }))).toThrowCode(
      'pages-broken',
    );
    expect(() =>
      carriedPages(nodeEngine, file(bytes, other), content({ mailbox: { pages: claim } })),
    ).toThrowCode('pages-broken');
    expect(() => carriedPages(nodeEngine, file(bytes), content())).toThrowCode('pages-broken');
    expect(() => carriedPages(nodeEngine, file(Buffer.alloc(100, 65)), content({ mailbox: {} }))).toThrowCode(
      'pages-broken',
    );
  });
});

describe('hostIdDigest (LF-6.6)', () => {
  it('depends on salt and id, in its NFC form', () => {
    const salt = Buffer.alloc(16).toString('base64url');
    expect(hostIdDigest(nodeEngine, salt, 'Cafe\u0301')).toBe(hostIdDigest(nodeEngine, salt, 'Café'));
    expect(hostIdDigest(nodeEngine, salt, 'a')).not.toBe(hostIdDigest(nodeEngine, salt, 'b'));
    expect(hostIdDigest(nodeEngine, Buffer.alloc(16, 1).toString('base64url'), 'a')).not.toBe(
      hostIdDigest(nodeEngine, salt, 'a'),
    );
  });
});
