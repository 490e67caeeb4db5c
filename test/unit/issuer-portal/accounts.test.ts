import { createHash, randomBytes } from 'node:crypto';
import * as argon2 from '@node-rs/argon2';
import { IN_MEMORY, openStore, type Account, type AccountStore } from '@counterfoil/issuer';
import { Secret, TOTP } from 'otpauth';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { inviteFirstAdministrator } from '../../../issuer/src/domain/accounts/invite-account.js';
import { acceptLink, openLink } from '../../../issuer/src/domain/accounts/link.js';
import { fitsPassword, hashPassword, requirePassword } from '../../../issuer/src/domain/accounts/password.js';
import { openTotp, sealTotp } from '../../../issuer/src/domain/accounts/sealed-secret.js';
import { totpSetup, totpStep } from '../../../issuer/src/domain/accounts/totp.js';
import { lockOf, Tries } from '../../../issuer/src/domain/accounts/tries.js';
import { NOW } from '../../support/vendor.js';

vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof argon2>();
  return { ...real, verify: vi.fn(real.verify) };
});

const random = (length: number): Uint8Array => randomBytes(length);
const EMAIL = 'annabel@example.com';

describe('a password', () => {
  it.each([
    'walnut Orbit 7 sandals',
    'pässwörter sind gut',
    'annabel has nine cats',
    '犬猫鳥魚馬牛羊豚鶏兎亀蛇',
  ])('may be %s', (password) => {
    expect(() => requirePassword(password, EMAIL)).not.toThrow();
  });

  it.each([
    ['elevenchars', '12 to 256'],
    ['x7'.repeat(129), '12 to 256'],
    ['', '12 to 256'],
    ['abababababababab', 'different'],
    ['Password1234', 'commonest'],
    ['P-a-s-s-w-o-r-d 1234', 'commonest'],
    ['correct horse battery staple', 'commonest'],
    ['qwertyuiop123', 'commonest'],
    ['annabel@example.com', 'address'],
    ['Annabel@Example.com1', 'address'],
    ['annabelannabel', 'address'],
  ])('is not %s', (password, expected) => {
    const attempt = (): void => requirePassword(password, EMAIL);
    expect(attempt).toThrowCode('password-weak');
    expect(attempt).toThrow(expected);
    if (password !== '') expect(attempt).not.toThrow(password);
  });

  it('is kept as an argon2id hash with a salt of its own', async () => {
    const [one, two] = [await hashPassword('walnut', random), await hashPassword('walnut', random)];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(one).not.toBe(two);
    expect([await fitsPassword('walnut', one), await fitsPassword('Walnut', one)]).toEqual([true, false]);
    // The same letters, composed another way.
    expect(await fitsPassword('wa\u0308lnut', await hashPassword('w\u00e4lnut', random))).toBe(true);
  });

  it('costs the same work where there is no account, or far too much of it', async () => {
    const real = await hashPassword('walnut', random);
    const verify = vi.mocked(argon2.verify).mockClear();
    expect(await fitsPassword('walnut', undefined)).toBe(false);
    expect(await fitsPassword('x'.repeat(100_000), real)).toBe(false);
    expect(
      verify.mock.calls.map(([stored, typed]) => [String(stored).split('$').slice(0, 4), typed]),
    ).toEqual([
      [real.split('$').slice(0, 4), 'walnut'],
      [real.split('$').slice(0, 4), ''],
    ]);
  });
});

describe('a TOTP secret', () => {
  // RFC 6238, appendix B: SHA-1, the last six of eight digits.
  const secret = new TextEncoder().encode('12345678901234567890');
  it.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ])('gives at %i the code %s of the standard', (at, code) => {
    expect(totpStep(secret, code, at)).toBe(Math.floor(at / 30));
    expect(totpStep(secret, `${code.slice(0, 3)} ${code.slice(3)}`, at)).toBe(Math.floor(at / 30));
  });

  it('takes the codes of one step before and after, and says which it was', () => {
    const step = Math.floor(NOW / 30);
    const totp = new TOTP({ secret: new Secret({ buffer: Uint8Array.from(secret).buffer }) });
    const found = [-2, -1, 0, 1, 2].map((off) =>
      totpStep(secret, totp.generate({ timestamp: (NOW + off * 30) * 1000 }), NOW),
    );
    expect(found).toEqual([undefined, step - 1, step, step + 1, undefined]);
    for (const typed of ['', '12345', '1234567', 'abcdef', '１２３４５６', '-12345']) {
      expect(totpStep(secret, typed, NOW)).toBeUndefined();
    }
  });

  it('is shown as text and as an address for authenticators', () => {
    const { text, uri } = totpSetup(secret, 'Acme & Sons', EMAIL);
    expect(text).toBe('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ');
    expect(uri).toContain('issuer=Acme%20%26%20Sons');
    expect(uri).toContain('secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  });

  it('is sealed for its account and its portal', () => {
    const [key, other] = [random(32), random(32)];
    const sealed = sealTotp(key, 'account-1', secret, random);
    expect(sealed).not.toContain(Buffer.from(secret).toString('base64url'));
    expect(sealTotp(key, 'account-1', secret, random)).not.toBe(sealed);
    expect(Buffer.from(openTotp(key, 'account-1', sealed))).toEqual(Buffer.from(secret));
    expect(() => openTotp(other, 'account-1', sealed)).toThrowCode('secret-broken');
    expect(() => openTotp(key, 'account-2', sealed)).toThrowCode('secret-broken');
    const bytes = Buffer.from(sealed, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const broken = Buffer.from(bytes);
      broken[at]! ^= 1;
      expect(() => openTotp(key, 'account-1', broken.toString('base64url'))).toThrowCode('secret-broken');
    }
    for (const length of [0, 5, 12, 27]) {
      const cut = bytes.subarray(0, length).toString('base64url');
      expect(() => openTotp(key, 'account-1', cut)).toThrowCode('secret-broken');
    }
  });
});

describe('a lock', () => {
  it('comes with the fifth wrong try, doubles, and ends at an hour', () => {
    const minutes = [1, 4, 5, 6, 7, 10, 11, 12, 1000].map((count) => {
      const until = lockOf(count, NOW);
      return until === undefined ? 0 : (until - NOW) / 60;
    });
    expect(minutes).toEqual([0, 0, 1, 2, 4, 32, 60, 60, 60]);
  });

  const wrongFault = () => Object.assign(new Error('wrong'), { code: 'wrong' }) as never;
  const account = { id: 'a', email: 'a@example.com' } as Account;
  const fake = (change: Partial<AccountStore> = {}): AccountStore =>
    ({ findCredentials: async () => undefined, ...change }) as AccountStore;
  const none = () => Promise.resolve(undefined);

  it('is remembered for ten thousand strangers, no more', async () => {
    const tries = new Tries(fake());
    const wrong = (email: string) => tries.make({ email }, NOW, wrongFault, none);
    for (let i = 0; i < 5; i += 1) await expect(wrong('first@example.com')).rejects.toThrowCode('wrong');
    await expect(wrong('first@example.com')).rejects.toThrowCode('sign-in-locked');
    for (let i = 0; i < 10_000; i += 1) await wrong(`${i}@example.com`).catch(() => undefined);
    await expect(wrong('first@example.com')).rejects.toThrowCode('wrong');
  });

  it('is asked for alike, and the answer does not wait until it is written, whether or not there is an account', async () => {
    const asked: string[] = [];
    let write = (): void => undefined;
    const store = fake({
      findCredentials: async () => void asked.push('find'),
      countFailure: () => new Promise((done) => (write = () => done(1))),
    });
    const tries = new Tries(store);
    for (const tried of [{ email: account.email, account }, { email: 'nobody@example.com' }]) {
      await expect(tries.make(tried, NOW, wrongFault, none)).rejects.toThrowCode('wrong');
    }
    expect(asked).toEqual(['find', 'find']);
    // The next try of the same address does wait.
    let isMade = false;
    const next = tries.make({ email: account.email, account }, NOW, wrongFault, async () => (isMade = true));
    await tries.make({ email: 'nobody@example.com' }, NOW, wrongFault, async () => true);
    expect(isMade).toBe(false);
    write();
    expect(await next).toBe(true);
  });

  it('comes by memory where the store cannot count', async () => {
    const store = fake({ countFailure: () => Promise.reject(new Error('disk full')) });
    const tries = new Tries(store);
    const tried = { email: account.email, account };
    for (let i = 0; i < 5; i += 1) {
      await expect(tries.make(tried, NOW, wrongFault, none)).rejects.toThrowCode('wrong');
    }
    await expect(tries.make(tried, NOW, wrongFault, none)).rejects.toThrowCode('sign-in-locked');
  });

  it('is not got around by many tries at once: eight wait, no more', async () => {
    const tries = new Tries(fake());
    let open = (): void => undefined;
    const gate = new Promise<undefined>((done) => (open = () => done(undefined)));
    const tried = { email: 'a@example.com' };
    const made = Array.from({ length: 8 }, () =>
      tries.make(tried, NOW, wrongFault, () => gate).catch(String),
    );
    await expect(tries.make(tried, NOW, wrongFault, none)).rejects.toThrowCode('account-busy');
    await expect(tries.make({ email: 'b@example.com' }, NOW, wrongFault, none)).rejects.toThrowCode('wrong');
    open();
    const told = (await Promise.all(made)).map((text) => String(text).includes('wrong tries'));
    expect(told).toEqual([false, false, false, false, false, true, true, true]);
  });
});

describe('the first administrator', () => {
  const open = async () => {
    const store = await openStore({ path: IN_MEMORY });
    onTestFinished(() => store.close());
    const { accounts } = store;
    return { accounts, now: NOW, random, secret: random(32), tries: new Tries(accounts), actor: 'console' };
  };

  it('gets a link at every start until somebody of the staff has signed in', async () => {
    const desk = await open();
    const one = (await inviteFirstAdministrator(desk, 'admin@acme.example'))!;
    const two = (await inviteFirstAdministrator(desk, 'Admin@acme.example'))!;
    expect(two.account).toEqual(one.account);
    expect(two.token).not.toBe(one.token);
    expect(await desk.accounts.countStaff()).toBe(1);
    const { totp, account } = await openLink(desk, two.token);
    expect(account).toMatchObject({ kind: 'staff', role: 'admin', state: 'invited' });
    const code = new TOTP({ secret: new Secret({ buffer: Uint8Array.from(totp).buffer }) }).generate({
      timestamp: NOW * 1000,
    });
    const { session } = await acceptLink(desk, two.token, { password: 'walnut Orbit 7 sandals', code });
    expect(session.stage).toBe('full');
    expect(await inviteFirstAdministrator(desk, 'admin@acme.example')).toBeUndefined();
    expect(await inviteFirstAdministrator(desk, 'other@acme.example')).toBeUndefined();
  });

  it('leaves neither token nor password nor secret in the store', async () => {
    const desk = await open();
    const { account, token } = (await inviteFirstAdministrator(desk, 'admin@acme.example'))!;
    expect(await desk.accounts.findToken(token, NOW)).toBeUndefined();
    const digest = createHash('sha256').update(token).digest('base64url');
    expect(await desk.accounts.findToken(digest, NOW)).toMatchObject({ account: account.id });
    const { totp } = await openLink(desk, token);
    const code = new TOTP({ secret: new Secret({ buffer: Uint8Array.from(totp).buffer }) }).generate({
      timestamp: NOW * 1000,
    });
    await acceptLink(desk, token, { password: 'walnut Orbit 7 sandals', code });
    const text = JSON.stringify(await desk.accounts.findCredentials(account.id));
    expect(text).toContain('argon2id');
    expect(text).not.toContain('walnut');
    for (const form of ['base64url', 'hex'] as const) {
      expect(text).not.toContain(Buffer.from(totp).toString(form));
    }
  });
});
