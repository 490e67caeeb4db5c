import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CounterfoilError, decodeUtf8, documents, parseJson, type JsonValue } from '@counterfoil/schemas';
import type { Instant } from '@counterfoil/verifier';
import { issuerFault } from '../../codes.js';
import { syncFolder } from '../../register/write-output.js';

/** What is asked, what is answered, and by which keys: a folder each. */
const PARTS = ['requests', 'answers', 'keys'] as const;
export type SpoolPart = (typeof PARTS)[number];

/** The id of a request, which names its file and that of its answer: 16 random bytes in hex. */
const ID = /^([0-9a-f]{32})\.json$/;
/** What a killed process leaves behind: its name says since when. */
const DRAFT = /^\.([0-9]{1,12})-[0-9a-z]{1,32}\.tmp$/;
/** Bytes of one file: the largest document that is signed here, and what stands around it. */
const LARGEST = 2 * documents.license.cap;
/** How long a draft may lie before it is nobody's, in seconds. */
const DRAFT_AGE = 600;

const errorCode = (error: unknown): string => String((error as NodeJS.ErrnoException).code);
const spoolFault = (where: string, cause: unknown): Error =>
  issuerFault('spool-unusable', { where, actual: errorCode(cause), cause });

const nameOf = (id: string): string => `${id}.json`;

/** Makes the folders of a spool; throws `spool-unusable`. */
export async function openSpool(folder: string): Promise<void> {
  try {
    for (const part of PARTS) await mkdir(join(folder, part), { recursive: true, mode: 0o770 });
  } catch (cause) {
    throw spoolFault(folder, cause);
  }
}

/** The ids of the files of a part; throws `spool-unusable`. */
export async function listSpool(folder: string, part: SpoolPart): Promise<readonly string[]> {
  try {
    const names = await readdir(join(folder, part));
    return names.flatMap((name) => ID.exec(name)?.[1] ?? []).sort();
  } catch (cause) {
    throw spoolFault(folder, cause);
  }
}

/**
 * The JSON of a file in the spool, undefined where there is none.
 *
 * Who may write into the folder is not trusted: links and pipes are not followed, sizes are capped, the JSON is read
 * strictly. Throws `spool-request` for what is no such file.
 */
export async function readSpool(folder: string, part: SpoolPart, id: string): Promise<JsonValue | undefined> {
  const path = join(folder, part, nameOf(id));
  const bytes = await readPlain(path);
  if (bytes === undefined) return undefined;
  try {
    return parseJson(decodeUtf8(bytes, id), id);
  } catch (cause) {
    if (!(cause instanceof CounterfoilError)) throw cause;
    throw issuerFault('spool-request', { where: id, expected: 'JSON', actual: cause.code, cause });
  }
}

async function readPlain(path: string): Promise<Uint8Array | undefined> {
  let handle;
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined;
    throw issuerFault('spool-request', { where: path, actual: errorCode(cause), cause });
  }
  try {
    const stat = await handle.stat();
    if (!stat.isFile() || stat.size > LARGEST)
      throw issuerFault('spool-request', {
        where: path,
        expected: `a file of at most ${String(LARGEST)} bytes`,
      });
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** Writes a file of the spool whole or not at all, and onto the disk before it returns; throws `spool-unusable`. */
export async function writeSpool(
  folder: string,
  part: SpoolPart,
  file: { readonly id: string; readonly value: object; readonly now: Instant },
): Promise<void> {
  const inside = join(folder, part);
  const draft = join(inside, `.${String(file.now)}-${file.id}.tmp`);
  try {
    const handle = await open(draft, 'wx', 0o660);
    try {
      await handle.writeFile(`${JSON.stringify(file.value)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, join(inside, nameOf(file.id)));
    await syncFolder(inside);
  } catch (cause) {
    throw spoolFault(folder, cause);
  }
}

/** Removes a file of the spool, if it is there; throws `spool-unusable`. */
export async function removeSpool(folder: string, part: SpoolPart, id: string): Promise<void> {
  try {
    await rm(join(folder, part, nameOf(id)), { force: true, recursive: true });
  } catch (cause) {
    throw spoolFault(folder, cause);
  }
}

/** Removes what processes left that were killed while they wrote; throws `spool-unusable`. */
export async function sweepDrafts(folder: string, now: Instant): Promise<void> {
  for (const part of PARTS) {
    const inside = join(folder, part);
    try {
      for (const name of await readdir(inside)) {
        const since = DRAFT.exec(name)?.[1];
        if (since !== undefined && now - Number(since) > DRAFT_AGE)
          await rm(join(inside, name), { force: true });
      }
    } catch (cause) {
      throw spoolFault(folder, cause);
    }
  }
}
