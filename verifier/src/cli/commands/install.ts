import { limits } from '@counterfoil/schemas';
import { readFileWithin } from '../../node/files.js';
import { installInDefault } from '../../node/host/install/install-in-default.js';
import { installLicense } from '../../node/host/install/install.js';
import { acknowledgedIn, askerOf } from '../asker.js';
import { nameOf, planData, planLines } from '../install-report.js';
import type { HostIo, Report } from '../io.js';
import type { Typed } from '../options.js';

/** `install FILE`: makes a license file the one that holds on this host. */
export function install(typed: Typed, io: HostIo): Report {
  const acknowledged = acknowledgedIn(typed);
  const asker = askerOf(typed, io);
  const bytes = readFileWithin(typed.positionals[0] as string, limits.file);
  const carryOut = typed.values.has('data') ? installLicense : installInDefault;
  const plan = carryOut(asker, bytes, acknowledged);
  if (plan.arm === 'refused') {
    return {
      exit: 1,
      lines: planLines(plan, 'changes'),
      data: { outcome: 'refused', ...planData(plan) },
    };
  }
  const repeated = plan.arm === 'repeat';
  const name = nameOf(plan.record);
  return {
    exit: 0,
    lines: [
      repeated ? `installed already: ${name}; nothing was changed` : `installed: ${name}`,
      ...planLines(plan, 'changes'),
      `data folder: ${asker.folder}`,
    ],
    data: { outcome: repeated ? 'repeated' : 'installed', ...planData(plan), folder: asker.folder },
  };
}
