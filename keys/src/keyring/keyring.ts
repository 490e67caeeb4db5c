import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeUtf8, encodeUtf8 } from '@counterfoil/schemas';
import { openTrust, parseTrustRoot, type Trust } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { keysFault } from '../codes.js';
import { decryptKey, formatKeyFile, parseKeyFile, type KeyFile } from '../key-file/key-file.js';
import { keyRoles } from '../key-file/label.js';
import { readOwnerFile, writeNewFile } from '../key-file/owner-file.js';
import { keyLimits } from '../limits.js';
import { signerOf, type Signer } from '../signer.js';

/** A key file of a keyring: `DIR/keys/issuing-1.key.json`. */
export interface StoredKey {
  readonly path: string;
  /** Counts the keys of a role, from 1. */
  readonly number: number;
  readonly file: KeyFile;
}

const KEY_NAME = new RegExp(`^(${keyRoles.join('|')})-([1-9][0-9]{0,5})\\.key\\.json$`);
const ROOT_NAME = /^([1-9][0-9]{0,6})\.root\.json$/;

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    const code = String((cause as NodeJS.ErrnoException).code);
    if (code === 'ENOENT') return [];
    throw keysFault('file-unreadable', { where: folder, actual: code, cause });
  }
}

async function makeFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const code = String((cause as NodeJS.ErrnoException).code);
    throw keysFault('file-unwritable', { where: folder, actual: code, cause });
  }
  return folder;
}

/** Reads one key file, wherever it lies; throws `file-unreadable`, `key-file-permissions` and what parsing throws. */
export async function readKeyFile(path: string): Promise<KeyFile> {
  return parseKeyFile(await readOwnerFile(path, keyLimits.keyFile), path);
}

/** Writes one key file, mode 600; throws `file-exists`, `file-unwritable`. */
export async function writeKeyFile(path: string, file: KeyFile): Promise<void> {
  await writeNewFile(path, formatKeyFile(file), 0o600);
}

/** The keys of a keyring, by role and number; nothing is decrypted. Throws what {@link readKeyFile} throws. */
export async function listKeys(folder: string): Promise<readonly StoredKey[]> {
  const keys: StoredKey[] = [];
  for (const name of await namesIn(join(folder, 'keys'))) {
    const [, role, digits] = KEY_NAME.exec(name) ?? [];
    if (role === undefined) continue;
    const path = join(folder, 'keys', name);
    const file = await readKeyFile(path);
    if (file.role !== role)
      throw keysFault('key-file-mismatch', { where: path, expected: role, actual: file.role });
    keys.push({ path, number: Number(digits), file });
  }
  const rank = ({ file }: StoredKey): number => keyRoles.indexOf(file.role);
  return keys.sort((a, b) => rank(a) - rank(b) || a.number - b.number);
}

/** Files a key under the next free number of its role, 1 at first, and gives its place. Throws `file-exists`, `file-unwritable`. */
export async function saveKey(folder: string, file: KeyFile): Promise<StoredKey> {
  const keys = await listKeys(folder);
  const same = keys.find((key) => key.file.kid === file.kid);
  if (same !== undefined)
    throw keysFault('file-exists', { where: same.path, expected: 'a key that is not held yet' });
  const number =
    Math.max(0, ...keys.filter((key) => key.file.role === file.role).map((key) => key.number)) + 1;
  const path = join(await makeFolder(join(folder, 'keys')), `${file.role}-${String(number)}.key.json`);
  await writeKeyFile(path, file);
  return { path, number, file };
}

/** The key file of a key id; throws `key-not-held`. */
export async function findKey(folder: string, kid: string): Promise<StoredKey> {
  const key = (await listKeys(folder)).find(({ file }) => file.kid === kid);
  if (key === undefined) throw keysFault('key-not-held', { where: folder, expected: `key id ${kid}` });
  return key;
}

/** The signer of a key file; throws what {@link decryptKey} throws. */
export async function openSigner(file: KeyFile, passphrase: string): Promise<Signer> {
  return signerOf((await decryptKey(file, passphrase)).jwk);
}

/** The trust roots of a keyring as general JSON JWS, from version 1 on; throws `keyring-broken`, `file-unreadable`. */
export async function listRoots(folder: string): Promise<readonly string[]> {
  const inside = join(folder, 'roots');
  const versions = (await namesIn(inside)).flatMap((name) => {
    const [, digits] = ROOT_NAME.exec(name) ?? [];
    return digits === undefined ? [] : [Number(digits)];
  });
  versions.sort((a, b) => a - b);
  const texts: string[] = [];
  for (const version of versions) {
    const path = join(inside, `${String(version)}.root.json`);
    const text = await readText(path);
    const actual = parseTrustRoot(nodeEngine, text).claims.version;
    if (version !== texts.length + 1 || actual !== version) {
      const expected = `version ${String(texts.length + 1)}`;
      throw keysFault('keyring-broken', { where: path, expected, actual: `version ${String(actual)}` });
    }
    texts.push(text);
  }
  return texts;
}

async function readText(path: string): Promise<string> {
  try {
    return decodeUtf8(await readFile(path), path).trimEnd();
  } catch (cause) {
    const code = String((cause as NodeJS.ErrnoException).code);
    throw keysFault('file-unreadable', { where: path, actual: code, cause });
  }
}

/** The verified chain of a keyring's roots; throws `root-missing` when there is none, `keyring-broken`, and what the chain throws. */
export async function loadTrust(folder: string): Promise<Trust> {
  return openTrust(nodeEngine, await listRoots(folder));
}

/** Files the next trust root once it continues the chain; throws `root-previous`, `file-exists`, and what the chain throws. */
export async function saveRoot(folder: string, text: string): Promise<string> {
  const before = await listRoots(folder);
  const { version } = parseTrustRoot(nodeEngine, text).claims;
  if (version !== before.length + 1) {
    const expected = `version ${String(before.length + 1)}`;
    throw keysFault('root-previous', { where: folder, expected, actual: `version ${String(version)}` });
  }
  openTrust(nodeEngine, [...before, text]);
  const path = join(await makeFolder(join(folder, 'roots')), `${String(version)}.root.json`);
  await writeNewFile(path, encodeUtf8(`${text}\n`), 0o644);
  return path;
}
