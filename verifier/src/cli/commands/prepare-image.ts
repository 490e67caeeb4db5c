import { show } from '@counterfoil/schemas';
import { nodeFault } from '../../node/codes.js';
import { prepareImage as clearHost } from '../../node/host/leaving/prepare-image.js';
import { askerOf } from '../asker.js';
import { foreignLines, nameOf } from '../install-report.js';
import type { HostIo, Report } from '../io.js';
import type { Typed } from '../options.js';

const CLEAR = 'clear-ledger';

/** `prepare-image`: clears this host before it becomes the image of many. Throws `ledger-loss` unless that is acknowledged. */
export function prepareImage(typed: Typed, io: HostIo): Report {
  const acknowledged = typed.values.get('acknowledge') ?? [];
  const other = acknowledged.find((word) => word !== CLEAR);
  if (other !== undefined)
    throw nodeFault('usage', { where: '--acknowledge', expected: CLEAR, actual: show(other) });
  const asker = askerOf(typed, io);
  const { lines, license, removed, foreign } = clearHost(asker, acknowledged.length > 0);
  return {
    exit: 0,
    lines: [
      removed.length === 0
        ? 'ready for an image: there was nothing to clear'
        : `ready for an image: cleared ${String(lines)} ${lines === 1 ? 'line' : 'lines'} of the record of use`,
      ...(license === undefined
        ? []
        : [`cleared: ${nameOf(license)}; install it again on each host that it is for`]),
      ...removed.map((name) => `removed: ${name}`),
      ...foreignLines(foreign),
      `data folder: ${asker.folder}`,
    ],
    data: { outcome: 'cleared', lines, license: license ?? null, removed, foreign, folder: asker.folder },
  };
}
