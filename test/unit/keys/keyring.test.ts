import { mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createVendorKeys,
  currentKey,
  findKey,
  generateKeyPair,
  listKeys,
  listRoots,
  loadTrust,
  nextTrustRoot,
  openSigner,
  readKeyFile,
  saveKey,
  saveRoot,
  saveVendorKeys,
  signCompact,
  signTrustRoot,
  type KeyRole,
  type RootChange,
  type StoredKey,
  type VendorKeys,
} from '@counterfoil/keys';
import { parseCompactJws, parseGeneralJws } from '@counterfoil/schemas';
import { keyOf, openTrust, verifySignature } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { CHEAP, DAY, makeVendor, NOW, PASSPHRASE, sealed, signersOf, temporaryFolders } from './fixture.js';

const posix = process.platform !== 'win32';
const newFolder = temporaryFolders();
let made: VendorKeys;

beforeAll(async () => {
  made = await makeVendor();
});

const passphraseOf = (role: KeyRole, number: number): string => `${PASSPHRASE} ${role} ${String(number)}`;
const sealing = { created: NOW, passphraseOf, scryptCost: CHEAP };
const filled = async (): Promise<string> => {
  const folder = await newFolder();
  await saveVendorKeys(folder, made, sealing);
  return folder;
};
const secondRoot = async (changes: readonly RootChange[] = []): Promise<string> =>
  signTrustRoot(
    nextTrustRoot(made.claims, changes, { now: NOW + DAY }),
    await signersOf(made.rootKeys.slice(0, 2)),
    made.trustRoot,
  );

describe('the first keys of a vendor', () => {
  it('are three root keys, one to issue and one for status, under a root signed by all', () => {
    expect(made.rootKeys).toHaveLength(3);
    const { signatures } = parseGeneralJws(made.trustRoot, 'trust-root');
    expect(signatures.map(({ header }) => header.kid)).toEqual(made.rootKeys.map(({ kid }) => kid));
    const { root } = openTrust(nodeEngine, [made.trustRoot]);
    expect(root).toEqual(made.claims);
    expect(root).toMatchObject({ version: 1, iss: 'acme.example', root: { threshold: 2 } });
    expect(root.issuing.map(({ kid }) => kid)).toEqual([made.issuing.kid]);
    expect(root.status.map(({ kid }) => kid)).toEqual([made.status.kid]);
  });

  it('are as many as asked for', async () => {
    const plan = { vendor: 'acme.example', environment: 'test', now: NOW } as const;
    const limits = { kinds: ['trial'] } as const;
    const small = await createVendorKeys({ ...plan, rootKeys: 1, threshold: 1, expires: NOW + DAY, limits });
    expect(small.rootKeys).toHaveLength(1);
    expect(small.claims).toMatchObject({ environment: 'test', exp: NOW + DAY, issuing: [{ limits }] });
    for (const rootKeys of [0, 17, 2.5, NaN, 1]) {
      await expect(createVendorKeys({ ...plan, rootKeys })).rejects.toThrowCode('root-keys');
    }
    await expect(createVendorKeys({ ...plan, threshold: 0 })).rejects.toThrowCode('claims-invalid');
  });
});

describe('a keyring', () => {
  it('has a file for each key and each root', async () => {
    const folder = await filled();
    expect((await readdir(join(folder, 'keys'))).sort()).toEqual([
      'issuing-1.key.json',
      'root-1.key.json',
      'root-2.key.json',
      'root-3.key.json',
      'status-1.key.json',
    ]);
    expect(await readdir(join(folder, 'roots'))).toEqual(['1.root.json']);
    expect(await readFile(join(folder, 'roots', '1.root.json'), 'utf8')).toBe(`${made.trustRoot}\n`);
    if (posix) {
      expect((await stat(join(folder, 'keys'))).mode & 0o777).toBe(0o700);
      expect((await stat(join(folder, 'keys', 'root-1.key.json'))).mode & 0o777).toBe(0o600);
    }
  });

  it('lists its keys by role and number, and finds them by key id', async () => {
    const folder = await filled();
    const keys = await listKeys(folder);
    expect(keys.map(({ file, number }) => `${file.role} ${String(number)} ${file.kid}`)).toEqual([
      ...made.rootKeys.map(({ kid }, index) => `root ${String(index + 1)} ${kid}`),
      `issuing 1 ${made.issuing.kid}`,
      `status 1 ${made.status.kid}`,
    ]);
    expect(await findKey(folder, made.status.kid)).toEqual(keys[4]);
    await expect(findKey(folder, 'missing')).rejects.toThrowCode('key-not-held');
  });

  it('gives signers whose documents its trust root vouches for', async () => {
    const folder = await filled();
    const trust = await loadTrust(folder);
    const { file } = currentKey(trust.root, 'issuing', await listKeys(folder), NOW);
    const signer = await openSigner(file, passphraseOf('issuing', 1));
    const { header, signature, signingInput } = parseCompactJws(
      await signCompact(signer, 'license', {}),
      'license',
    );
    expect(verifySignature(nodeEngine, keyOf(trust, header.kid)!.publicKey, signingInput, signature)).toBe(
      true,
    );
    await expect(openSigner(file, passphraseOf('root', 1))).rejects.toThrowCode('passphrase-wrong');
  });

  it('is not filled twice', async () => {
    const folder = await filled();
    await expect(saveVendorKeys(folder, made, sealing)).rejects.toThrowCode('keyring-used');
    await rm(join(folder, 'keys'), { recursive: true });
    await expect(saveVendorKeys(folder, made, sealing)).rejects.toThrowCode('keyring-used');
  });

  it('is empty at first, with nothing to trust', async () => {
    const folder = await newFolder();
    expect(await listKeys(folder)).toEqual([]);
    expect(await listRoots(folder)).toEqual([]);
    await expect(loadTrust(folder)).rejects.toThrowCode('root-missing');
  });

  it('counts on, over gaps, and takes a key once', async () => {
    const folder = await filled();
    const second = await sealed(await generateKeyPair());
    expect(await saveKey(folder, second)).toMatchObject({ number: 2, file: second });
    await rm(join(folder, 'keys', 'issuing-1.key.json'));
    expect((await saveKey(folder, await sealed(await generateKeyPair()))).path).toContain(
      'issuing-3.key.json',
    );
    await expect(saveKey(folder, second)).rejects.toThrowCode('file-exists');
    // another encryption of the same key is the same key
    const again = await sealed(made.status, 'status');
    await expect(saveKey(folder, again)).rejects.toThrowCode('file-exists');
  });

  it('overlooks files of other names and notices a key under the name of another role', async () => {
    const folder = await filled();
    await writeFile(join(folder, 'keys', 'notes.txt'), 'hello');
    await writeFile(join(folder, 'keys', 'issuing-01.key.json'), 'hello');
    await writeFile(join(folder, 'roots', 'latest.root.json'), 'hello');
    expect(await listKeys(folder)).toHaveLength(5);
    expect(await listRoots(folder)).toHaveLength(1);
    await rename(join(folder, 'keys', 'status-1.key.json'), join(folder, 'keys', 'root-4.key.json'));
    await expect(listKeys(folder)).rejects.toThrowCode('key-file-mismatch');
    // the file itself is whole
    expect(await readKeyFile(join(folder, 'keys', 'root-4.key.json'))).toMatchObject({ role: 'status' });
  });

  it('says when its folders cannot be read or made', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'file'), '');
    await expect(listKeys(join(folder, 'file'))).rejects.toThrowCode('file-unreadable');
    await symlink(join(folder, 'missing', 'deep'), join(folder, 'keys'));
    await expect(saveKey(folder, await sealed(made.issuing))).rejects.toThrowCode('file-unwritable');
  });
});

describe('the trust roots of a keyring', () => {
  it('grow by one version at a time', async () => {
    const folder = await filled();
    const two = await secondRoot();
    expect(await saveRoot(folder, two)).toBe(join(folder, 'roots', '2.root.json'));
    expect(await listRoots(folder)).toEqual([made.trustRoot, two]);
    expect((await loadTrust(folder)).root.version).toBe(2);
    await expect(saveRoot(folder, two)).rejects.toThrowCode('root-previous');
    await expect(saveRoot(await newFolder(), two)).rejects.toThrowCode('root-previous');
  });

  it('take no root that the chain does not vouch for', async () => {
    const folder = await filled();
    const stranger = await makeVendor();
    const claims = nextTrustRoot(stranger.claims, [], { now: NOW });
    const foreign = await signTrustRoot(claims, await signersOf(stranger.rootKeys), stranger.trustRoot);
    await expect(saveRoot(folder, foreign)).rejects.toThrowCode('root-threshold');
    expect(await readdir(join(folder, 'roots'))).toEqual(['1.root.json']);
  });

  it('are broken when one is missing or stands under another number', async () => {
    const folder = await filled();
    await saveRoot(folder, await secondRoot());
    await rename(join(folder, 'roots', '1.root.json'), join(folder, 'one'));
    await expect(listRoots(folder)).rejects.toThrowCode('keyring-broken');
    await rename(join(folder, 'roots', '2.root.json'), join(folder, 'roots', '1.root.json'));
    await expect(loadTrust(folder)).rejects.toThrowCode('keyring-broken');
  });

  it('are unreadable when they are no text', async () => {
    const folder = await newFolder();
    await mkdir(join(folder, 'roots', '1.root.json'), { recursive: true });
    await expect(listRoots(folder)).rejects.toThrowCode('file-unreadable');
  });
});

describe('the current key', () => {
  const stored = (number: number, kid: string, role: KeyRole = 'issuing'): StoredKey => ({
    path: `keys/${role}-${String(number)}.key.json`,
    number,
    file: { counterfoil: 'key', version: 1, role, kid, x: kid, created: NOW, encrypted: '' },
  });
  const row = (kid: string, from: number, more: object = {}) => ({ kid, x: kid, from, ...more });
  const find = (rows: ReturnType<typeof row>[], held: StoredKey[], now = NOW): string =>
    currentKey({ ...made.claims, issuing: rows }, 'issuing', held, now).file.kid;

  it('is the newest that is held', () => {
    const rows = [row('a', NOW - 3), row('c', NOW - 1), row('b', NOW - 2)];
    const held = ['a', 'b', 'c'].map((kid, index) => stored(index + 1, kid));
    expect(find(rows, held)).toBe('c');
    expect(find(rows, held.slice(0, 2))).toBe('b');
    expect(find(rows, held, NOW - 3)).toBe('a');
    // of two of one instant, the one that was added last
    expect(find([row('a', NOW), row('b', NOW)], held)).toBe('b');
  });

  it.each([{ revoked: NOW + 1 }, { retired: NOW }, { until: NOW }])('passes over one with %o', (mark) => {
    const held = [stored(1, 'a'), stored(2, 'b')];
    expect(find([row('a', NOW - 2), row('b', NOW - 1, mark)], held)).toBe('a');
    expect(() => find([row('b', NOW - 1, mark)], held)).toThrowCode('key-none-current');
  });

  it('is still one that retires later', () => {
    expect(find([row('a', NOW, { retired: NOW + 1, until: NOW + 1 })], [stored(1, 'a')])).toBe('a');
  });

  it('is none that is not yet in force, not held, or held for another role', () => {
    expect(() => find([row('a', NOW + 1)], [stored(1, 'a')])).toThrowCode('key-none-current');
    expect(() => find([row('a', NOW)], [])).toThrowCode('key-none-current');
    expect(() => find([row('a', NOW)], [stored(1, 'a', 'status')])).toThrowCode('key-none-current');
  });
});
