import { uninstall as endInstall } from '../../node/host/leaving/uninstall.js';
import { askerOf } from '../asker.js';
import { foreignLines, nameOf } from '../install-report.js';
import type { HostIo, Report } from '../io.js';
import type { Typed } from '../options.js';

/** `uninstall`: ends what is installed, and says what stays and why. */
export function uninstall(typed: Typed, io: HostIo): Report {
  const { folder, ...asker } = askerOf(typed, io);
  const { license, removed, stays, foreign } = endInstall({ ...asker, folder });
  const done = license === undefined ? 'nothing is installed' : `uninstalled: ${nameOf(license)}`;
  const nothing = license === undefined && removed.length === 0;
  return {
    exit: 0,
    lines: [
      nothing ? `${done}; there is nothing to do` : done,
      ...removed.map((name) => `removed: ${name}`),
      ...stays.map((name) =>
        name.startsWith('journal.')
          ? `stays: ${name}, the record of use, which a later install goes on with`
          : `stays: ${name}, which may still be in use`,
      ),
      ...foreignLines(foreign),
      `data folder: ${folder}`,
    ],
    data: {
      outcome: license === undefined ? 'nothing-installed' : 'uninstalled',
      ...(license === undefined
        ? {}
        : { license: { id: license.id, revision: license.revision, file: license.license } }),
      removed,
      stays,
      foreign,
      folder,
    },
  };
}
