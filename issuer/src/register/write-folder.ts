import { randomBytes } from 'node:crypto';
import { lstat, mkdir, open, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isJsonObject, parseJson, type JsonValue } from '@counterfoil/schemas';
import { issuerFault } from '../codes.js';
import { syncFolder, type OutputOptions } from './write-output.js';

/** A file of a folder that is written whole. */
export interface OutputFile {
  /** Its path in the folder, with slashes. */
  readonly name: string;
  readonly text: string;
  readonly executable?: true;
}

const errorCode = (error: unknown): string => String((error as NodeJS.ErrnoException).code);

const asFault = (cause: unknown, where: string): unknown =>
  cause instanceof Error && 'entry' in cause
    ? cause
    : issuerFault('output-unwritable', { where, actual: errorCode(cause), cause });

/** The name of a folder beside this one, which nobody else uses. */
const besideName = (folder: string): string =>
  join(dirname(folder), `.${basename(folder)}.${randomBytes(6).toString('hex')}.tmp`);

async function filesBelow(folder: string, below = ''): Promise<readonly string[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  const names = await Promise.all(
    entries.map(async (entry) => {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory() ? await filesBelow(folder, name) : [name];
    }),
  );
  return names.flat();
}

/** What the package.json of a kit says that lies in its folder; undefined of any other. */
async function listedFiles(folder: string): Promise<ReadonlySet<string> | undefined> {
  let value: JsonValue;
  try {
    value = parseJson(await readFile(join(folder, 'package.json'), 'utf8'), 'package.json');
  } catch {
    return undefined;
  }
  if (!isJsonObject(value) || !isJsonObject(value['counterfoil']) || !Array.isArray(value['files']))
    return undefined;
  return new Set(['package.json', ...value['files'].filter((name) => typeof name === 'string')]);
}

/** The files of a kit that lies there, or undefined where nothing lies there. Throws `folder-not-kit` for all else. */
async function kitFilesIn(folder: string): Promise<readonly string[] | undefined> {
  const notKit = (actual: string): Error =>
    issuerFault('folder-not-kit', { where: folder, expected: 'a kit and nothing else', actual });
  let isFolder: boolean;
  try {
    isFolder = (await lstat(folder)).isDirectory();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  if (!isFolder) throw notKit('a file');
  const listed = await listedFiles(folder);
  if (listed === undefined) throw notKit('no package.json of a kit');
  const found = await filesBelow(folder);
  const other = found.find((name) => !listed.has(name));
  if (other !== undefined) throw notKit(other);
  return found;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Throws `folder-exists`, `folder-not-kit`, `output-unwritable` for a place where the folder of a kit could not be written. */
export async function requireFolderWritable(path: string, { force }: OutputOptions): Promise<void> {
  const folder = resolve(path);
  try {
    if (!force && (await isThere(folder))) throw issuerFault('folder-exists', { where: path });
    await kitFilesIn(folder);
    const probe = besideName(folder);
    await mkdir(probe);
    await rmdir(probe);
  } catch (cause) {
    throw asFault(cause, path);
  }
}

async function writeFiles(folder: string, files: readonly OutputFile[]): Promise<void> {
  await mkdir(folder);
  const folders = new Set([folder]);
  for (const { name, text, executable } of files) {
    const path = join(folder, ...name.split('/'));
    if (!folders.has(dirname(path))) await mkdir(dirname(path));
    folders.add(dirname(path));
    const handle = await open(path, 'wx', executable === true ? 0o755 : 0o644);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
  for (const made of folders) await syncFolder(made);
}

/** Deletes the files of a kit and the folders that they leave empty; anything that came meanwhile stays. */
async function removeKit(folder: string, files: readonly string[]): Promise<void> {
  for (const name of files) await rm(join(folder, name), { force: true });
  const folders = new Set(files.map((name) => dirname(join(folder, name))));
  for (const empty of [...folders].sort().reverse()) {
    try {
      await rmdir(empty);
    } catch (error) {
      if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

/** Puts a finished folder in the place of a kit, which goes back there when that fails. */
async function replaceKit(draft: string, folder: string, files: readonly string[]): Promise<void> {
  const old = besideName(folder);
  await rename(folder, old);
  try {
    await rename(draft, folder);
  } catch (cause) {
    await rename(old, folder);
    throw cause;
  }
  await removeKit(old, files);
}

/**
 * Writes the folder of a kit whole or not at all; with `force` it takes the place of one that holds a kit and nothing else.
 *
 * Throws `folder-exists`, `folder-not-kit`, `output-unwritable`.
 */
export async function writeKitFolder(
  path: string,
  files: readonly OutputFile[],
  { force }: OutputOptions,
): Promise<void> {
  const folder = resolve(path);
  const draft = besideName(folder);
  try {
    await writeFiles(draft, files);
    if (!force && (await isThere(folder))) throw issuerFault('folder-exists', { where: path });
    const replaced = await kitFilesIn(folder);
    if (replaced === undefined) await rename(draft, folder);
    else await replaceKit(draft, folder, replaced);
    await syncFolder(dirname(folder));
  } catch (cause) {
    throw asFault(cause, path);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
