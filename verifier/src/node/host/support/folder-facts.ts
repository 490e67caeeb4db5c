import { limits } from '@counterfoil/schemas';
import { repairFile } from '../../doctor/repair-file.js';
import { readFileWithin } from '../../files.js';
import { formatInstant } from '../../format-instant.js';
import { licenseDigest } from '../data-folder.js';
import { listFolder, type OwnFile } from '../leaving/own-files.js';

/** Whether an installed file is the one that came, and what happened to it where it is not. */
function conditionOf({ path, name }: OwnFile): string {
  const bytes = readFileWithin(path, limits.file);
  if (name.endsWith(`/${licenseDigest(bytes)}.lic`)) return 'as it came';
  const { repairs, problem } = repairFile(bytes);
  const found = repairs.map(({ code, count }) => `${code} (${String(count)})`);
  return ['changed', ...found, ...(problem === undefined ? [] : [problem.code])].join(', ');
}

/** What lies in a data folder: our files with sizes, modes and damage; others only counted. Throws the codes of reading files. */
export function folderFacts(folder: string): readonly string[] {
  const { own, foreign } = listFolder(folder);
  return [
    ...own.map((file) => {
      const { kind, name, size, mode, changed } = file;
      const facts = `${name}: ${String(size)} bytes, mode ${mode.toString(8)}, changed ${formatInstant(changed)}`;
      return kind === 'license' ? `${facts}, ${conditionOf(file)}` : facts;
    }),
    `names that are not ours: ${String(foreign.length)}`,
  ];
}
