import { isInForce, type Finding, type LicenseContent } from '../core/index.js';
import type { InstallPlan } from '../node/host/install/plan-install.js';
import type { Change } from '../node/host/install/license-change.js';
import { findingLines } from './judgement-report.js';
import { formatInstant } from './judging-options.js';

/** Changes, one a line: what was and what is. */
export function changeLines(changes: readonly Change[]): readonly string[] {
  if (changes.length === 0) return ['  nothing that it grants'];
  return changes.map(({ what, before, after, on }) => {
    const later = on === undefined ? '' : ` from ${on}`;
    if (before === undefined) return `  + ${what}: ${String(after)}`;
    if (after === undefined) return `  - ${what}: ${before}`;
    const [from, to] = what.startsWith('pool ') ? [Number(before), Number(after)] : [0, 0];
    const difference = from === to ? '' : ` (${to > from ? '+' : ''}${String(to - from)})`;
    return `  ${what}: ${before} → ${after}${difference}${later}`;
  });
}

export const nameOf = ({ id, revision }: { readonly id: string; readonly revision: number }): string =>
  `${id}, revision ${String(revision)}`;

/** Files in a data folder that this program has not made: they stay, and are named. */
export const foreignLines = (names: readonly string[]): readonly string[] =>
  names.map((name) => `stays: ${name}, which this program has not made`);

/** A refusal for people. */
export function refusalLines(what: string, finding: Finding): readonly string[] {
  return [`${what}: ${finding.code}`, ...findingLines(finding)];
}

/** The lines that both preview and install have to say of a plan. */
export function planLines(plan: InstallPlan, tense: 'changes' | 'would change'): readonly string[] {
  if (plan.arm === 'refused') return refusalLines('not installed', plan.finding);
  const { verdict, preloaded, changes, record } = plan;
  const { state, finding } = verdict;
  return [
    ...(plan.arm === 'repeat' ? [] : [`${tense}:`, ...changeLines(changes)]),
    ...(preloaded
      ? [`preloaded: it begins at ${formatInstant(record.from)}; until then what is installed stays`]
      : []),
    ...(isInForce(state) || preloaded || finding === undefined || finding.code === 'license-not-activated'
      ? []
      : [`note: ${finding.code}: ${finding.message}; ${finding.hint}`]),
    ...verdict.conditions.map(({ code, message, hint }) => `warning: ${code}: ${message}; ${hint}`),
  ];
}

const aboutLicense = ({ license }: LicenseContent): object => ({
  id: license.id,
  revision: license.revision,
  kind: license.kind,
});

/** A plan as data. */
export function planData(plan: InstallPlan): object {
  if (plan.arm === 'refused') {
    const { finding, license } = plan;
    return { finding, ...(license === undefined ? {} : { license: aboutLicense(license.claims) }) };
  }
  const { verdict, preloaded, changes, record } = plan;
  return {
    license: { ...aboutLicense(verdict.license.claims), file: record.license },
    state: verdict.state,
    preloaded,
    from: formatInstant(record.from),
    changes,
    conditions: verdict.conditions,
  };
}
