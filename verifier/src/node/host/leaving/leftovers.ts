import { CounterfoilError } from '@counterfoil/schemas';
import type { Instant } from '../../../core/index.js';
import type { JournalLine } from '../../journal/line.js';
import { recordsOf } from '../../journal/records.js';
import { replay } from '../../journal/replay.js';
import { listFolder, removeFiles, type OwnFile } from './own-files.js';

/** Seconds after which a file that no line names was left by a command that was killed: none takes so long. */
const LEFT_AFTER = 3600;

const digestOf = ({ name }: OwnFile): string => name.slice('licenses/'.length, -'.lic'.length);

/** License files by what the journal says of them, whatever the product. */
interface Named {
  /** Installed, and not undone or uninstalled. */
  readonly live: ReadonlySet<string>;
  /** Named by a line, and live no longer. */
  readonly gone: ReadonlySet<string>;
}

function namedIn(lines: readonly JournalLine[]): Named {
  const installs = lines.flatMap(({ value }) => recordsOf(value).filter(({ kind }) => kind === 'install'));
  const products = new Set(installs.flatMap((record) => ('product' in record ? [record.product] : [])));
  const live = new Set(
    [...products].flatMap((product) => replay(lines, product).installs.map(({ license }) => license)),
  );
  const named = installs.flatMap((record) => ('license' in record ? [record.license] : []));
  return { live, gone: new Set(named.filter((digest) => !live.has(digest))) };
}

/**
 * Files that nothing needs: those of commands that were killed, each only when it is old enough that its command cannot
 * be running still, for a file lies there before its line does.
 */
function leftoversOf(folder: string, lines: readonly JournalLine[], now: Instant): readonly OwnFile[] {
  const { live } = namedIn(lines);
  return listFolder(folder).own.filter(
    (file) =>
      file.changed <= now - LEFT_AFTER &&
      (file.kind === 'draft' || (file.kind === 'license' && !live.has(digestOf(file)))),
  );
}

/** Removes what is left over, as far as that can be done: nothing rests on it, and no command fails for it. */
export function removeLeftovers(folder: string, lines: readonly JournalLine[], now: Instant): void {
  try {
    removeFiles(leftoversOf(folder, lines, now));
  } catch (error) {
    if (!(error instanceof CounterfoilError)) throw error;
  }
}

/** Files that were installed and are no longer, whatever their age, and what is left over besides. */
export function uninstalledFiles(
  folder: string,
  lines: readonly JournalLine[],
  now: Instant,
): readonly OwnFile[] {
  const { live, gone } = namedIn(lines);
  const old = new Set(leftoversOf(folder, lines, now).map(({ name }) => name));
  return listFolder(folder).own.filter((file) => {
    if (file.kind === 'license' && gone.has(digestOf(file))) return true;
    // Which license names which pages stands in the files; while one of them lives, pages stay.
    return (file.kind === 'pages' && live.size === 0) || old.has(file.name);
  });
}
