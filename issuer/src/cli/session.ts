import { join } from 'node:path';
import { currentKey, listKeys, listRoots, openSigner, readPassphrase, type Signer } from '@counterfoil/keys';
import { openTrust } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { issuerFault } from '../codes.js';
import type { Vendor } from '../domain/vendor.js';
import { openRegister } from '../register/sqlite/open-register.js';
import { readVendor, REGISTER_FILE, type VendorFacts } from '../register/vendor-folder.js';
import type { CommandIo } from './command-io.js';

/** Options that every command has. */
export interface GlobalOptions {
  readonly dir?: string;
  readonly passphraseFile?: string;
  readonly json?: boolean;
}

/** The environment variable that may name the vendor folder. */
const FOLDER_VARIABLE = 'COUNTERFOIL_DIR';

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

/** Opens the vendor folder, does the work and closes the register, also after a fault. */
export async function withVendor<T>(
  options: GlobalOptions,
  io: CommandIo,
  work: (vendor: Vendor, facts: VendorFacts) => Promise<T>,
): Promise<T> {
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
  const now = io.now();
  const passphrase = passphraseReader(options, io, false);
  const signers = new Map<string, Promise<Signer>>();
  const openCurrent = async (role: 'issuing' | 'status'): Promise<Signer> => {
    const { file } = currentKey(trust.root, role, await listKeys(folder), now);
    return openSigner(file, await passphrase());
  };
  const signer = (role: 'issuing' | 'status'): Promise<Signer> => {
    const known = signers.get(role);
    if (known !== undefined) return known;
    const opened = openCurrent(role);
    signers.set(role, opened);
    return opened;
  };
  const busy = io.busyTimeout === undefined ? {} : { busyTimeout: io.busyTimeout };
  const register = await openRegister(join(folder, REGISTER_FILE), busy);
  try {
    const { random, actor } = io;
    return await work({ id: facts.id, trust, roots, register, signer, now, random, actor }, facts);
  } finally {
    await register.close();
  }
}
