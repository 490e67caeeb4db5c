import { createHash } from 'node:crypto';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  IN_MEMORY,
  main,
  openRegister,
  type CommandIo,
  type ExitStatus,
  type RandomBytes,
  type Register,
  type Vendor,
} from '@counterfoil/issuer';
import { createVendorKeys, signerOf } from '@counterfoil/keys';
import { openTrust } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { afterAll } from 'vitest';

/** 2026-06-01T00:00:00Z. */
export const NOW = 1_780_272_000;
const VENDOR_ID = 'acme.example';
export const PASSPHRASE = 'four words and then some';
/** The lowest cost that key files take: tests make many. */
export const LOW_COST = { n: 2 ** 14, r: 8, p: 1 };

const CATALOGS = fileURLToPath(new URL('../../issuer/catalogs/', import.meta.url));

/** The path of an example: `mailbox-backup.yaml`, `orders/mailbox-backup.yaml`. */
export const catalogPath = (name: string): string => join(CATALOGS, name);

/** Bytes that look random and are the same in every run. */
function seededRandom(seed = 'seed'): RandomBytes {
  let count = 0;
  return (length) => {
    const chunks: Buffer[] = [];
    for (let size = 0; size < length; size += 32) {
      chunks.push(
        createHash('sha256')
          .update(`${seed} ${String(count++)}`)
          .digest(),
      );
    }
    return Buffer.concat(chunks).subarray(0, length);
  };
}

/** What a command answered. */
export interface Answer {
  readonly exit: ExitStatus;
  readonly out: string;
  readonly err: string;
}

/** A vendor at its desk: a folder of its own, a clock that the test sets, and the command. */
export interface Desk {
  readonly folder: string;
  /** A path inside the desk's scratch folder, outside the vendor folder. */
  readonly path: (name: string) => string;
  readonly write: (name: string, text: string) => Promise<string>;
  /** Runs a command at an instant, `NOW` unless given; `--dir` is added. */
  readonly run: (args: readonly string[], change?: Partial<CommandIo>) => Promise<Answer>;
  /** The same with `--json`, its answer parsed. */
  readonly ask: (
    args: readonly string[],
    change?: Partial<CommandIo>,
  ) => Promise<{ exit: ExitStatus; data: any }>;
}

const scratch: string[] = [];
afterAll(async () => {
  for (const folder of scratch.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A folder that is removed when the tests of the file are done. */
export async function makeScratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'counterfoil-desk-'));
  scratch.push(folder);
  return folder;
}

/** Runs the vendor command in this process. */
export async function runCommand(args: readonly string[], change: Partial<CommandIo> = {}): Promise<Answer> {
  let out = '';
  let err = '';
  const exit = await main(args, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    now: () => NOW,
    random: seededRandom(args.join(' ')),
    env: { COUNTERFOIL_PASSPHRASE: PASSPHRASE },
    actor: 'tester',
    scryptCost: LOW_COST,
    ...change,
  });
  return { exit, out, err };
}

let template: Promise<string> | undefined;

async function makeTemplate(): Promise<string> {
  const folder = join(await makeScratch(), 'vendor');
  const { exit, err } = await runCommand(['init', '--vendor', VENDOR_ID, '--dir', folder]);
  if (exit !== 0) throw new Error(err);
  return folder;
}

/** A desk with a new vendor, or with none where `bare`. */
export async function openDesk({ bare = false } = {}): Promise<Desk> {
  const home = await makeScratch();
  const folder = join(home, 'vendor');
  if (!bare) await cp(await (template ??= makeTemplate()), folder, { recursive: true });
  const path = (name: string): string => join(home, name);
  const run: Desk['run'] = (args, change) => runCommand([...args, '--dir', folder], change);
  return {
    folder,
    path,
    write: async (name, text) => {
      await writeFile(path(name), text);
      return path(name);
    },
    run,
    ask: async (args, change) => {
      const { exit, out } = await run([...args, '--json'], change);
      return { exit, data: JSON.parse(out) };
    },
  };
}

/** A vendor in memory, for use cases without a command. */
export async function memoryVendor(change: Partial<Vendor> = {}): Promise<Vendor & { register: Register }> {
  const keys = await createVendorKeys({ vendor: VENDOR_ID, environment: 'production', now: NOW - 100_000 });
  const [issuing, status] = await Promise.all([signerOf(keys.issuing.jwk), signerOf(keys.status.jwk)]);
  return {
    id: VENDOR_ID,
    trust: openTrust(nodeEngine, [keys.trustRoot]),
    roots: [keys.trustRoot],
    register: await openRegister(IN_MEMORY),
    signer: (role) => Promise.resolve(role === 'issuing' ? issuing : status),
    now: NOW,
    random: seededRandom(),
    actor: 'tester',
    ...change,
  };
}
