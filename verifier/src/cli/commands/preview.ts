import { limits } from '@counterfoil/schemas';
import { readFileWithin } from '../../node/files.js';
import { previewInstall } from '../../node/host/install/install.js';
import { acknowledgedIn, askerOf } from '../asker.js';
import { nameOf, planData, planLines } from '../install-report.js';
import type { HostIo, Report } from '../io.js';
import type { Typed } from '../options.js';

const OUTCOMES = { refused: 'refused', repeat: 'repeated', install: 'installable' } as const;

/** `preview FILE`: what installing a license file would change; nothing is written. */
export function preview(typed: Typed, io: HostIo): Report {
  const acknowledged = acknowledgedIn(typed);
  const asker = askerOf(typed, io);
  const bytes = readFileWithin(typed.positionals[0] as string, limits.file);
  const plan = previewInstall(asker, bytes, acknowledged);
  const head =
    plan.arm === 'refused'
      ? 'would be refused'
      : plan.arm === 'repeat'
        ? `installed already: ${nameOf(plan.record)}`
        : `can be installed: ${nameOf(plan.record)}`;
  return {
    exit: plan.arm === 'refused' ? 1 : 0,
    lines: [head, ...planLines(plan, 'would change')],
    data: { outcome: OUTCOMES[plan.arm], ...planData(plan) },
  };
}
