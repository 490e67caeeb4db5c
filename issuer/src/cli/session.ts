import { join } from 'node:path';
import { currentKey, listKeys, listRoots, openSigner, readPassphrase, type Signer } from '@counterfoil/keys';
import { openTrust } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { issuerFault } from '../codes.js';
import type { Vendor } from '../domain/vendor.js';
import { openStore } from '../register/open-store.js';
import type { OpenOptions, Store, StorePlace } from '../register/store.js';
import { readVendor, REGISTER_FILE, type VendorFacts } from '../register/vendor-folder.js';
import type { CommandIo } from './command-io.js';

/** Options that every command has. */
export interface GlobalOptions {
  readonly dir?: string;
  readonly passphraseFile?: string;
  readonly database?: string;
  readonly json?: boolean;
}

/** The environment variable that may name the vendor folder. */
const FOLDER_VARIABLE = 'COUNTERFOIL_DIR';
/** The environment variable that may hold the address of a PostgreSQL database. */
const DATABASE_VARIABLE = 'DATABASE_URL';

/** The vendor folder that a command works on. */
export function folderOf({ dir }: GlobalOptions, { env }: CommandIo): string {
  const variable = env[FOLDER_VARIABLE];
  return dir ?? (variable === undefined || variable === '' ? '.' : variable);
}

/** The passphrase, asked for once in a command. */
export function passphraseReader(
  options: GlobalOptions,
  io: CommandIo,
  isNew: boolean,
): () => Promise<string> {
  let read: Promise<string> | undefined;
  return () =>
    (read ??= readPassphrase({ file: options.passphraseFile, env: io.env, prompt: io.prompt, isNew }));
}

/** A vendor's folder without its register: who it is, its trust, and its keys, opened when they are asked for. */
export interface VendorKeys extends Pick<Vendor, 'trust' | 'roots' | 'signer'> {
  readonly facts: VendorFacts;
}

/** Reads a vendor folder but for its register; throws `vendor-broken` and the codes of reading it. */
export async function openVendorKeys(options: GlobalOptions, io: CommandIo): Promise<VendorKeys> {
  const folder = folderOf(options, io);
  const facts = await readVendor(folder);
  const roots = await listRoots(folder);
  const trust = openTrust(nodeEngine, roots);
  const { iss, environment } = trust.root;
  if (iss !== facts.id || environment !== facts.environment) {
    throw issuerFault('vendor-broken', {
      where: folder,
      expected: `trust roots of ${facts.id} (${facts.environment})`,
      actual: `${iss} (${environment})`,
    });
  }
  const passphrase = passphraseReader(options, io, false);
  const signers = new Map<string, Promise<Signer>>();
  const openCurrent = async (role: 'issuing' | 'status'): Promise<Signer> => {
    const { file } = currentKey(trust.root, role, await listKeys(folder), io.now());
    return openSigner(file, await passphrase());
  };
  const signer = (role: 'issuing' | 'status'): Promise<Signer> => {
    const known = signers.get(role);
    if (known !== undefined) return known;
    const opened = openCurrent(role);
    signers.set(role, opened);
    return opened;
  };
  return { facts, roots, trust, signer };
}

/** Where a command finds what is stored: in the database that it is told, else in the vendor folder. */
export function placeOf(options: GlobalOptions, io: CommandIo): StorePlace {
  const url = options.database ?? io.env[DATABASE_VARIABLE];
  return url === undefined || url === '' ? { path: join(folderOf(options, io), REGISTER_FILE) } : { url };
}

/** How long a command waits for another program. */
export const openOptionsOf = ({ busyTimeout }: CommandIo): OpenOptions =>
  busyTimeout === undefined ? {} : { busyTimeout };

/** Opens the store that a command works on, does the work and closes it, also after a fault. */
export async function withStore<T>(
  options: GlobalOptions,
  io: CommandIo,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const store = await openStore(placeOf(options, io), openOptionsOf(io));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Opens the vendor folder and its store, does the work and closes the store, also after a fault. */
export async function withVendor<T>(
  options: GlobalOptions,
  io: CommandIo,
  work: (vendor: Vendor, facts: VendorFacts) => Promise<T>,
): Promise<T> {
  const { facts, roots, trust, signer } = await openVendorKeys(options, io);
  const now = io.now();
  const { random, actor } = io;
  return withStore(options, io, ({ register }) =>
    work({ id: facts.id, trust, roots, register, signer, now, random, actor }, facts),
  );
}
