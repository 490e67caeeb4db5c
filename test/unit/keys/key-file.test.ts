import {
  decryptKey,
  defaultScryptCost,
  encryptKey,
  formatKeyFile,
  generateKeyPair,
  keyLimits,
  keyRoles,
  parseKeyFile,
  type KeyFile,
  type KeyPair,
} from '@counterfoil/keys';
import { decodeBase64url, decodeUtf8, encodeBase64url, encodeUtf8 } from '@counterfoil/schemas';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { CHEAP, makePairs, NOW, PASSPHRASE, sealed } from './fixture.js';

let pair: KeyPair;
let other: KeyPair;
let file: KeyFile;

beforeAll(async () => {
  [pair, other] = (await makePairs(2)) as [KeyPair, KeyPair];
  file = await sealed(pair);
});

const parse = (value: unknown): KeyFile => parseKeyFile(encodeUtf8(JSON.stringify(value)), 'a.key.json');
const headerOf = ({ encrypted }: KeyFile): any =>
  JSON.parse(decodeUtf8(decodeBase64url(encrypted.split('.')[0]!, 'header'), 'header'));
const withHeader = (change: (header: any) => unknown): KeyFile => {
  const [, ...rest] = file.encrypted.split('.');
  const header = headerOf(file);
  const changed = change(header) ?? header;
  return { ...file, encrypted: [encodeBase64url(encodeUtf8(JSON.stringify(changed))), ...rest].join('.') };
};
const withPart = (index: number, part: string): KeyFile => ({
  ...file,
  encrypted: file.encrypted.split('.').with(index, part).join('.'),
});

describe('a key file', () => {
  it('is opened by its passphrase', async () => {
    expect(await decryptKey(parseKeyFile(formatKeyFile(file), 'a'), PASSPHRASE)).toEqual(pair);
  });

  it('has the default cost unless told otherwise', async () => {
    const strong = await encryptKey(pair, { role: 'root', created: NOW, passphrase: PASSPHRASE });
    expect(headerOf(strong).scrypt).toMatchObject({ n: 131_072, r: 8, p: 1 });
    expect(defaultScryptCost).toEqual({ n: 131_072, r: 8, p: 1 });
    expect(await decryptKey(strong, PASSPHRASE)).toEqual(pair);
  });

  it('binds what it says in the protected header, with a salt of its own', async () => {
    const { salt } = headerOf(file).scrypt;
    expect(headerOf(file)).toEqual({
      alg: 'dir',
      enc: 'A256GCM',
      typ: 'counterfoil-key',
      key: { version: 1, role: 'issuing', kid: pair.kid, x: pair.x, created: NOW },
      scrypt: { ...CHEAP, salt },
    });
    expect(decodeBase64url(salt, 'salt')).toHaveLength(16);
    expect(headerOf(await sealed(pair)).scrypt.salt).not.toBe(salt);
  });

  it('shows nothing of the private key', () => {
    const text = decodeUtf8(formatKeyFile(file), 'file');
    expect(text).toContain(pair.x);
    expect(text).not.toContain(pair.jwk.d);
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('goes round for every role, instant and passphrase', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...keyRoles),
        fc.integer({ min: 0, max: 253_402_300_799 }),
        fc.string({ unit: 'grapheme', minLength: 40, maxLength: 60 }),
        async (role, created, passphrase) => {
          const made = await encryptKey(pair, { role, created, passphrase, scryptCost: CHEAP });
          const read = parseKeyFile(formatKeyFile(made), 'a');
          expect(read).toEqual(made);
          expect(await decryptKey(read, passphrase)).toEqual(pair);
          await expect(decryptKey(read, `${passphrase}.`)).rejects.toThrowCode('passphrase-wrong');
        },
      ),
      { numRuns: 10 },
    );
  });

  it('takes both spellings of one character for the same passphrase', async () => {
    const made = await encryptKey(pair, {
      role: 'root',
      created: 0,
      passphrase: 'many warm Gr\u00fc\u00dfe',
      scryptCost: CHEAP,
    });
    expect(await decryptKey(made, 'many warm Gru\u0308\u00dfe')).toEqual(pair);
  });
});

describe('a wrong passphrase and a changed ciphertext', () => {
  it('look alike, and tell neither key nor passphrase', async () => {
    const [, , iv, text, tag] = file.encrypted.split('.') as [string, string, string, string, string];
    const flip = (part: string): string => (part.startsWith('A') ? 'B' : 'A') + part.slice(1);
    const results = await Promise.allSettled([
      decryptKey(file, 'another passphrase'),
      decryptKey(withPart(2, flip(iv)), PASSPHRASE),
      decryptKey(withPart(3, flip(text)), PASSPHRASE),
      decryptKey(withPart(4, flip(tag)), PASSPHRASE),
    ]);
    const messages = results.map((result) => (result as PromiseRejectedResult).reason.message as string);
    expect(new Set(messages).size).toBe(1);
    expect(messages[0]).toContain('or the encrypted key was changed');
    expect(messages[0]).not.toMatch(/another passphrase|correct horse/);
    for (const { reason } of results as PromiseRejectedResult[]) expect(reason.code).toBe('passphrase-wrong');
  });
});

describe('a changed key file', () => {
  it.each([
    ['role', 'root'],
    ['created', NOW + 1],
  ])('is noticed by its %s', (name, value) => {
    expect(() => parse({ ...file, [name]: value })).toThrowCode('key-file-mismatch');
  });

  it('is noticed by kid, x and both', async () => {
    for (const swap of [{ kid: other.kid }, { x: other.x }, { kid: other.kid, x: other.x }]) {
      expect(() => parse({ ...file, ...swap })).toThrowCode('key-file-mismatch');
      await expect(decryptKey({ ...file, ...swap }, PASSPHRASE)).rejects.toThrowCode('key-file-mismatch');
    }
  });

  it('is noticed when the protected header was changed along with it', async () => {
    const { encrypted } = withHeader((header) => {
      header.key = { ...header.key, role: 'root' };
    });
    const renamed = parse({ ...file, role: 'root', encrypted });
    await expect(decryptKey(renamed, PASSPHRASE)).rejects.toThrowCode('passphrase-wrong');
  });

  it('is noticed when salt or cost were changed', async () => {
    const salted = withHeader((header) => {
      header.scrypt.salt = 'AAAAAAAAAAAAAAAAAAAAAA';
    });
    const costly = withHeader((header) => {
      header.scrypt.n = 2 ** 15;
    });
    for (const changed of [salted, costly]) {
      await expect(decryptKey(parse(changed), PASSPHRASE)).rejects.toThrowCode('passphrase-wrong');
    }
  });

  it.each<[string, (whole: any) => unknown]>([
    ['is no object', () => []],
    ['lacks its mark', (whole) => ({ ...whole, counterfoil: undefined })],
    ['has another mark', (whole) => ({ ...whole, counterfoil: 'license' })],
    ['has another version', (whole) => ({ ...whole, version: 2 })],
    ['has an unknown role', (whole) => ({ ...whole, role: 'host' })],
    ['has a short kid', (whole) => ({ ...whole, kid: 'abc' })],
    ['has no x', (whole) => ({ ...whole, x: null })],
    ['has a date for an instant', (whole) => ({ ...whole, created: '2026-01-01' })],
    ['is of the year 10000', (whole) => ({ ...whole, created: 253_402_300_800 })],
    ['is from before 1970', (whole) => ({ ...whole, created: -1 })],
    ['has a member more', (whole) => ({ ...whole, note: 'x' })],
    ['has no ciphertext', (whole) => ({ ...whole, encrypted: 1 })],
    ['has four parts', (whole) => ({ ...whole, encrypted: 'a.b.c.d' })],
    ['has an encrypted key', () => withPart(1, 'AAAA')],
    ['has padding', () => withPart(3, 'AA==')],
    ['has a header that is no JSON', () => withPart(0, 'AAAA')],
  ])('is invalid when it %s', (_, change) => {
    expect(() => parse(change(file))).toThrowCode('key-file-invalid');
  });

  it.each<[string, (header: any) => unknown]>([
    ['another alg', (header) => ({ ...header, alg: 'PBES2-HS256+A128KW' })],
    ['another enc', (header) => ({ ...header, enc: 'A128GCM' })],
    ['no typ', (header) => ({ ...header, typ: undefined })],
    ['compression', (header) => ({ ...header, zip: 'DEF' })],
    ['no label', (header) => ({ ...header, key: null })],
    ['an unknown role', (header) => ({ ...header, key: { ...header.key, role: 'admin' } })],
    ['no scrypt', (header) => ({ ...header, scrypt: 1 })],
    ['a text as cost', (header) => ({ ...header, scrypt: { ...header.scrypt, n: '16384' } })],
    ['a short salt', (header) => ({ ...header, scrypt: { ...header.scrypt, salt: 'AAAA' } })],
    ['a member more', (header) => ({ ...header, scrypt: { ...header.scrypt, t: 1 } })],
  ])('is invalid with %s in the protected header', (_, change) => {
    expect(() => parse(withHeader(change))).toThrowCode('key-file-invalid');
  });

  it('is invalid when it names a member twice, or is too large', () => {
    const text = decodeUtf8(formatKeyFile(file), 'file');
    const twice = encodeUtf8(text.replace('"version": 1', '"version": 1, "version": 1'));
    expect(() => parseKeyFile(twice, 'a')).toThrowCode('key-file-invalid');
    const large = encodeUtf8(text + ' '.repeat(keyLimits.keyFile));
    expect(() => parseKeyFile(large, 'a')).toThrowCode('key-file-invalid');
    expect(() => parseKeyFile(large, 'place/a.key.json')).toThrow('place/a.key.json');
  });

  it('is invalid when a part of the ciphertext has the wrong length', async () => {
    await expect(decryptKey(withPart(4, 'AAAA'), PASSPHRASE)).rejects.toThrowCode('key-file-invalid');
  });
});

describe('a key file made of parts that do not belong together', () => {
  it('is noticed by the kid before, and by the private key after decryption', async () => {
    const misnamed = await sealed({ ...pair, kid: other.kid });
    expect(() => parse(misnamed)).toThrowCode('key-mismatch');
    const foreign = parse(await sealed({ ...pair, jwk: other.jwk }));
    await expect(decryptKey(foreign, PASSPHRASE)).rejects.toThrowCode('key-mismatch');
  });

  it('is noticed when what is inside is no key', async () => {
    const empty = await sealed({ ...pair, jwk: {} as never });
    await expect(decryptKey(empty, PASSPHRASE)).rejects.toThrowCode('key-private');
    const list = await sealed({ ...pair, jwk: [] as never });
    await expect(decryptKey(list, PASSPHRASE)).rejects.toThrowCode('key-file-invalid');
  });

  it('is not written', async () => {
    const sealing = { role: 'root', created: NOW, passphrase: PASSPHRASE, scryptCost: CHEAP } as const;
    await expect(encryptKey({ ...pair, kid: 'x' }, sealing)).rejects.toThrowCode('key-file-invalid');
    await expect(encryptKey(pair, { ...sealing, created: NaN })).rejects.toThrowCode('key-file-invalid');
    await expect(encryptKey(pair, { ...sealing, passphrase: 'short' })).rejects.toThrowCode(
      'passphrase-weak',
    );
  });
});

describe('the cost of scrypt', () => {
  const wrong = [
    { n: 2 ** 13 },
    { n: 2 ** 21 },
    { n: 20_000 },
    { n: NaN },
    { n: 2 ** 14 + 0.5 },
    { r: 7 },
    { r: 17 },
    { p: 0 },
    { p: 5 },
  ];

  it.each(wrong)('is refused out of bounds: %o', async (change) => {
    const scryptCost = { ...CHEAP, ...change };
    const written = encryptKey(pair, { role: 'root', created: NOW, passphrase: PASSPHRASE, scryptCost });
    await expect(written).rejects.toThrowCode('scrypt-cost');
  });

  it.each(wrong.filter((change) => Object.values(change).every(Number.isInteger)))(
    'is refused when a file states %o',
    (change) => {
      const stated = withHeader((header) => {
        Object.assign(header.scrypt, change);
      });
      expect(() => parse(stated)).toThrowCode('scrypt-cost');
    },
  );

  it('may be the highest of r and p', async () => {
    const scryptCost = { n: 2 ** 14, r: keyLimits.scryptMostR, p: keyLimits.scryptMostP };
    const made = await encryptKey(await generateKeyPair(), {
      role: 'root',
      created: NOW,
      passphrase: PASSPHRASE,
      scryptCost,
    });
    await expect(decryptKey(made, PASSPHRASE)).resolves.toMatchObject({ kid: made.kid });
  });
});
