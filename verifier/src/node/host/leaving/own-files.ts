import { lstatSync, readdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { nodeFault } from '../../codes.js';
import { readFault, reasonOf } from '../../files.js';

/** What a file of a data folder is. */
type OwnKind = 'journal' | 'license' | 'pages' | 'draft';

/** A file that this program has made in a data folder. */
export interface OwnFile {
  readonly kind: OwnKind;
  /** Within the data folder: `licenses/….lic`. */
  readonly name: string;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Permissions, as the system has them. */
  readonly mode: number;
  /** UTC seconds of the last change. */
  readonly changed: number;
}

/** The files of a data folder, ours and others'. */
export interface FolderFiles {
  readonly own: readonly OwnFile[];
  /** Names that are not ours; nothing is known of them, and nothing is done to them. */
  readonly foreign: readonly string[];
}

const LICENSE = '[0-9a-f]{64}\\.lic';
const PAGES = '[a-z][a-z0-9-]*-[0-9a-f]{32}\\.pages';
const draft = (name: string): RegExp => new RegExp(`^\\.${name}\\.[0-9a-f]{12}\\.tmp$`);

const KINDS: ReadonlyMap<string, readonly (readonly [OwnKind, RegExp])[]> = new Map([
  ['', [['journal', /^journal\.[1-9][0-9]*\.log$/]]],
  [
    'licenses',
    [
      ['license', new RegExp(`^${LICENSE}$`)],
      ['draft', draft(LICENSE)],
    ],
  ],
  [
    'pages',
    [
      ['pages', new RegExp(`^${PAGES}$`)],
      ['draft', draft(PAGES)],
    ],
  ],
]);

/** Lists what lies in a data folder, and says what of it is ours, by name and form. Throws `file-unreadable`, `file-missing`. */
export function listFolder(folder: string): FolderFiles {
  const own: OwnFile[] = [];
  const foreign: string[] = [];
  const look = (within: string): void => {
    const around = join(folder, within);
    for (const base of readdirSync(around).sort()) {
      const name = within === '' ? base : `${within}/${base}`;
      const path = join(around, base);
      // Of a link not what it points to: that lies elsewhere, and is somebody else's.
      const stat = lstatSync(path, { throwIfNoEntry: false });
      if (stat === undefined) continue;
      const kind = KINDS.get(within)?.find(([, form]) => form.test(base))?.[0];
      if (stat.isDirectory() && within === '' && KINDS.has(base)) look(base);
      else if (kind === undefined || !stat.isFile()) foreign.push(name);
      else
        own.push({
          kind,
          name,
          path,
          size: stat.size,
          mode: stat.mode & 0o777,
          changed: Math.floor(stat.mtimeMs / 1000),
        });
    }
  };
  try {
    look('');
  } catch (cause) {
    throw readFault(folder, cause);
  }
  return { own, foreign };
}

/** Removes files; one that is gone already is as wanted. Throws `file-unwritable`. */
export function removeFiles(files: readonly OwnFile[]): void {
  for (const { path } of files) {
    try {
      unlinkSync(path);
    } catch (cause) {
      if (reasonOf(cause) === 'ENOENT') continue;
      throw nodeFault('file-unwritable', { where: path, actual: reasonOf(cause), cause });
    }
  }
}
