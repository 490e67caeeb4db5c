import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { createVendorKeys, saveVendorKeys, type ScryptCost, type StoredKey } from '@counterfoil/keys';
import { openTrust, rootFingerprint, type Instant } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { issuerFault } from '../codes.js';
import { openStore } from '../register/open-store.js';
import type { NewAuditEntry } from '../register/register.js';
import type { StorePlace } from '../register/store.js';
import { formatVendor, REGISTER_FILE, VENDOR_FILE, type VendorFacts } from '../register/vendor-folder.js';
import { syncFolder, writeOutput } from '../register/write-output.js';

/** What a new vendor is to be. */
export interface InitRequest extends VendorFacts {
  readonly folder: string;
  readonly threshold: number;
  readonly rootKeys: number;
  readonly passphrase: string;
  readonly now: Instant;
  readonly actor: string;
  readonly scryptCost?: ScryptCost;
  /** An empty PostgreSQL database that takes the place of the register in the folder. */
  readonly database?: string;
}

/** A vendor that was made. */
export interface NewVendor {
  /** Paths of the key files below the folder, such as `keys/root-1.key.json`. */
  readonly keys: readonly string[];
  /** SHA-256 of the first trust root's payload, base64url (trust-root.md, clause 9). */
  readonly fingerprint: string;
}

/** Throws `vendor-exists` unless the folder is missing or empty, `output-unwritable` when it cannot be looked at. */
export async function requireNewFolder(folder: string): Promise<'missing' | 'empty'> {
  try {
    const names = await readdir(folder);
    if (names.length === 0) return 'empty';
    const actual = names.includes(VENDOR_FILE) ? 'a vendor' : `${String(names.length)} other entries`;
    throw issuerFault('vendor-exists', { where: folder, expected: 'an empty or new folder', actual });
  } catch (cause) {
    const code = String((cause as NodeJS.ErrnoException).code);
    if (code === 'ENOENT') return 'missing';
    if (code === 'vendor-exists') throw cause;
    throw issuerFault(code === 'ENOTDIR' ? 'vendor-exists' : 'output-unwritable', {
      where: folder,
      actual: code,
      cause,
    });
  }
}

/**
 * Makes a vendor folder: keys, first trust root, register.
 *
 * It is built beside its place and moved there when it is whole, `vendor.json` last, so that a fault leaves nothing
 * that looks like a vendor. Throws `vendor-exists`, `output-unwritable`, and what keys and register throw.
 */
export async function initVendor(request: InitRequest): Promise<NewVendor> {
  const folder = resolve(request.folder);
  const found = await requireNewFolder(folder);
  // Inside an empty folder: it may be somebody's current one, which must not be replaced.
  const home = found === 'empty' ? folder : dirname(folder);
  const draft = join(home, `.${basename(folder)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await mkdir(home, { recursive: true });
    await mkdir(draft, { mode: 0o700 });
    const made = await buildFolder(draft, request);
    if (found === 'missing') await rename(draft, folder);
    else await moveInto(draft, folder);
    await syncFolder(home);
    return made;
  } catch (cause) {
    throw asFault(cause, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function asFault(cause: unknown, folder: string): unknown {
  const isOurs = cause instanceof Error && 'entry' in cause;
  if (isOurs || !(cause instanceof Error) || !('syscall' in cause)) return cause;
  return issuerFault('output-unwritable', {
    where: folder,
    actual: String((cause as NodeJS.ErrnoException).code),
    cause,
  });
}

async function buildFolder(draft: string, request: InitRequest): Promise<NewVendor> {
  const { id, name, environment, threshold, rootKeys, passphrase, now, actor, scryptCost, database } =
    request;
  const made = await createVendorKeys({ vendor: id, environment, now, rootKeys, threshold });
  const stored = await saveVendorKeys(draft, made, {
    created: now,
    passphraseOf: () => passphrase,
    ...(scryptCost === undefined ? {} : { scryptCost }),
  });
  const fingerprint = rootFingerprint(nodeEngine, openTrust(nodeEngine, [made.trustRoot]));
  const place = database === undefined ? { path: join(draft, REGISTER_FILE) } : { url: database };
  const detail = { environment, threshold, rootKeys, fingerprint };
  await beginRegister(place, made.trustRoot, { at: now, actor, action: 'vendor-made', object: id, detail });
  if ('path' in place) await detachRegister(place.path);
  await writeOutput(join(draft, VENDOR_FILE), formatVendor({ id, name, environment }), { force: false });
  return { keys: stored.map(({ path }: StoredKey) => `keys/${basename(path)}`), fingerprint };
}

/** The first lines of a register; throws `register-not-empty`. */
async function beginRegister(place: StorePlace, root: string, entry: NewAuditEntry): Promise<void> {
  const { register, close } = await openStore(place, { create: true });
  try {
    if ((await register.listAudit()).length > 0) {
      throw issuerFault('register-not-empty', { expected: 'no audit trail', actual: 'one' });
    }
    await register.saveRoot(1, root);
    await register.recordAudit(entry);
  } finally {
    await close();
  }
}

/**
 * Makes of a closed register a file that this process has not open.
 *
 * libsql keeps what was closed until it is collected as garbage, with the index of its log: whoever opened the moved
 * file in this process would get that index, other programs a new one, and together they would damage the register.
 */
async function detachRegister(path: string): Promise<void> {
  const copy = `${path}.copy`;
  await copyFile(path, copy);
  const handle = await open(copy, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  // Empty by now; SQLite makes them anew.
  for (const end of ['-wal', '-shm']) await rm(`${path}${end}`, { force: true });
  await rename(copy, path);
}

/** Moves what was built, `vendor.json` last; takes it back when a move fails. */
async function moveInto(draft: string, folder: string): Promise<void> {
  const moved: string[] = [];
  try {
    for (const name of (await readdir(draft)).sort(
      (a, b) => Number(a === VENDOR_FILE) - Number(b === VENDOR_FILE),
    )) {
      await rename(join(draft, name), join(folder, name));
      moved.push(name);
    }
  } catch (error) {
    for (const name of moved) await rm(join(folder, name), { recursive: true, force: true });
    throw error;
  }
}
