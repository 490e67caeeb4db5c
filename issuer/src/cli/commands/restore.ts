import { createReadStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { limits } from '@counterfoil/schemas';
import { listRoots, saveRoot } from '@counterfoil/keys';
import { nodeFault, readFileWithin } from '@counterfoil/verifier/node';
import { issuerFault } from '../../codes.js';
import { verifyAudit } from '../../domain/audit/verify-audit.js';
import { findCopies } from '../../domain/restore-copies.js';
import { loadFiles } from '../../register/backup/load-files.js';
import { loadStore, readHeader } from '../../register/backup/load-store.js';
import type { BackupHeader } from '../../register/backup/stored-tables.js';
import { openAccess } from '../../register/open-store.js';
import { formatVendor, readVendor, VENDOR_FILE, type VendorFacts } from '../../register/vendor-folder.js';
import { writeOutput } from '../../register/write-output.js';
import type { CommandIo, Report } from '../command-io.js';
import { readProduct } from '../read-document.js';
import {
  folderOf,
  openOptionsOf,
  openVendorKeys,
  placeOf,
  withStore,
  type GlobalOptions,
} from '../session.js';

export interface RestoreOptions extends GlobalOptions {
  readonly from?: string;
  readonly fromFiles?: string;
  readonly productFile?: readonly string[];
}

/** `restore`: fills an empty register. */
export async function restore(options: RestoreOptions, io: CommandIo): Promise<Report> {
  const { from, fromFiles } = options;
  if (from !== undefined && fromFiles !== undefined) {
    throw issuerFault('option-conflict', { where: '--from, --from-files' });
  }
  if (from !== undefined) return restoreBackup(from, options, io);
  if (fromFiles !== undefined) return restoreFiles(fromFiles, options, io);
  throw issuerFault('option-missing', { where: '--from or --from-files' });
}

/** The lines of a file; throws `file-unreadable`. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const input = createReadStream(path);
  try {
    yield* createInterface({ input, crlfDelay: Infinity });
  } catch (cause) {
    const actual = String((cause as NodeJS.ErrnoException).code);
    throw nodeFault('file-unreadable', { where: path, actual, cause });
  } finally {
    input.destroy();
  }
}

/** Throws `backup-foreign` for the folder of another vendor, `vendor-exists` for a folder that holds anything but keys. */
async function requireFolder(folder: string, header: BackupHeader): Promise<'vendor' | 'new'> {
  const names: readonly string[] = await readdir(folder).catch(() => []);
  if (names.includes(VENDOR_FILE)) {
    const { id } = await readVendor(folder);
    if (id === header.vendor.id) return 'vendor';
    throw issuerFault('backup-foreign', { where: folder, expected: header.vendor.id, actual: id });
  }
  const other = names.find((name) => name !== 'keys' && name !== 'roots');
  if (other === undefined) return 'new';
  throw issuerFault('vendor-exists', { where: folder, expected: 'a new folder', actual: other });
}

async function restoreBackup(from: string, options: RestoreOptions, io: CommandIo): Promise<Report> {
  const header = await readHeader(linesOf(from));
  const folder = folderOf(options, io);
  const found = await requireFolder(folder, header);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const access = await openAccess(placeOf(options, io), { ...openOptionsOf(io), create: true });
  let rows: number;
  try {
    rows = await loadStore(access, () => linesOf(from));
  } finally {
    await access.close();
  }
  if (found === 'new') {
    const known = (await listRoots(folder)).length;
    for (const root of header.roots.slice(known)) await saveRoot(folder, root);
    const vendor = header.vendor as VendorFacts;
    await writeOutput(join(folder, VENDOR_FILE), formatVendor(vendor), { force: false });
  }
  const { findings, ...check } = await withStore(options, io, ({ register }) => verifyAudit(register));
  const isWhole = findings.length === 0;
  return {
    exit: isWhole ? 0 : 1,
    lines: [],
    data: { folder, rows, at: header.at, vendor: header.vendor.id, valid: isWhole, ...check },
    notes: [
      `${String(rows)} rows restored, as they were at ${header.at}`,
      isWhole ? 'the audit trail is whole' : 'the audit trail is not whole: see counterfoil audit verify',
      ...(found === 'new'
        ? ['Copy the folder keys into it, from where you keep it: it is in no backup.']
        : []),
      'Everybody signs in again, and invitations that were open must be sent again.',
    ],
  };
}

const isLicense = (name: string): boolean => name.toLowerCase().endsWith('.lic');

async function restoreFiles(folder: string, options: RestoreOptions, io: CommandIo): Promise<Report> {
  const { trust, roots } = await openVendorKeys(options, io);
  const products = (options.productFile ?? []).map((path) => readProduct(path, io));
  const found = (await namesBelow(folder)).map((name) => ({
    name,
    bytes: readFileWithin(join(folder, name), limits.file),
  }));
  const { files, problems } = findCopies(found, { trust, roots, now: io.now(), products });
  const access = await openAccess(placeOf(options, io), { ...openOptionsOf(io), create: true });
  try {
    // With nothing found nothing is begun, so that it can be tried again.
    if (files.files.length > 0) await loadFiles(access, files, { at: io.now(), actor: io.actor });
  } finally {
    await access.close();
  }
  const counts = { files: files.files.length, customers: files.customers.length };
  return {
    exit: problems.length === 0 ? 0 : 1,
    lines: problems.map(({ where, problem }) => `${where}: ${problem}`),
    data: { ...counts, problems },
    notes: [
      `${String(counts.files)} license files of ${String(counts.customers)} customers filed again`,
      'Not in any copy: the audit trail, accounts, orders, asks, product rules of earlier days,',
      'and what was revoked, suspended or issued after the newest copy.',
    ],
  };
}

async function namesBelow(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder, { recursive: true });
    return names.filter(isLicense).sort();
  } catch (cause) {
    const actual = String((cause as NodeJS.ErrnoException).code);
    throw nodeFault('file-unreadable', { where: folder, actual, cause });
  }
}
