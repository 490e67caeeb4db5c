import { resolve } from 'node:path';
import { dumpStore } from '../../register/backup/dump-store.js';
import { openAccess } from '../../register/open-store.js';
import { requireWritable, writeParts } from '../../register/write-output.js';
import type { CommandIo, Report } from '../command-io.js';
import { openOptionsOf, openVendorKeys, placeOf, type GlobalOptions } from '../session.js';

export interface BackupOptions extends GlobalOptions {
  readonly out: string;
  readonly force?: boolean;
}

/** `backup`: all that is stored, as JSON lines, while others go on writing. */
export async function backup(options: BackupOptions, io: CommandIo): Promise<Report> {
  const { out, force = false } = options;
  await requireWritable(out, { force });
  const { facts, roots } = await openVendorKeys(options, io);
  const at = new Date(io.now() * 1000).toISOString().replace('.000Z', 'Z');
  const { id, name, environment } = facts;
  const vendor = { id, name, environment };
  let rows = 0;
  const access = await openAccess(placeOf(options, io), openOptionsOf(io));
  try {
    await writeParts(
      out,
      async (put) => {
        rows = await dumpStore(access, { counterfoil: 'backup', version: 1, at, vendor, roots }, put);
      },
      // Digests of passwords are in it.
      { force, isPrivate: true },
    );
  } finally {
    await access.close();
  }
  return {
    exit: 0,
    lines: [],
    data: { file: resolve(out), rows, vendor: id },
    notes: [
      `${String(rows)} rows written to ${out}`,
      'Not in it: the folder keys with its keys, the portal’s secret, and who is signed in. Copy the first two yourself.',
    ],
  };
}
