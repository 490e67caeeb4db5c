import { undoInstall } from '../../node/host/install/undo.js';
import { askerOf } from '../asker.js';
import { changeLines, nameOf, refusalLines } from '../install-report.js';
import type { HostIo, Report } from '../io.js';
import type { Typed } from '../options.js';

/** `undo`: back to the license before the one installed last. */
export function undo(typed: Typed, io: HostIo): Report {
  const asker = askerOf(typed, io);
  const answer = undoInstall(asker);
  if (answer.arm === 'refused') {
    const { finding } = answer;
    return { exit: 1, lines: refusalLines('not undone', finding), data: { outcome: 'refused', finding } };
  }
  const { undone, current, changes } = answer;
  const about = ({ id, revision, license }: typeof current): object => ({ id, revision, file: license });
  return {
    exit: 0,
    lines: [
      `undone: ${nameOf(undone)}`,
      `installed: ${nameOf(current)}`,
      'changes:',
      ...changeLines(changes),
    ],
    data: { outcome: 'undone', undone: about(undone), license: about(current), changes },
  };
}
