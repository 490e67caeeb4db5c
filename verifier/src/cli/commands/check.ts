import type { Decision } from '../../core/index.js';
import { decideOnHost } from '../../node/host/decide-on-host.js';
import type { ExitStatus, HostIo, Report } from '../io.js';
import { findingLines } from '../judgement-report.js';
import { formatInstant } from '../judging-options.js';
import type { Typed } from '../options.js';
import { questionOf } from '../question.js';
import { sourcedAskerOf } from '../sourced-asker.js';

/** Codes of a question that could not be decided, for it was not put well or something is missing on this host. */
const UNDECIDED: ReadonlySet<string> = new Set([
  'identity-form',
  'pages-missing',
  'pages-broken',
  'license-lost',
  'file-missing',
  'file-unreadable',
]);

function exitOf({ allowed, code }: Decision): ExitStatus {
  if (allowed) return 0;
  return UNDECIDED.has(code) ? 2 : 1;
}

const OUTCOMES = { 0: 'allowed', 1: 'denied', 2: 'undecided' } as const;

function decisionLines(decision: Decision): readonly string[] {
  const { operation, state, finding, wouldDeny, pools, until } = decision;
  const exit = exitOf(decision);
  return [
    `${OUTCOMES[exit]}: ${operation}, state ${state}`,
    ...(finding === undefined ? [] : findingLines(finding)),
    ...(wouldDeny === undefined
      ? []
      : ['note: it would be denied, if the license did more than advise:', ...findingLines(wouldDeny)]),
    ...pools.map(({ label, limit }) => `pool ${label}: ${String(limit)}; what is used is not counted yet`),
    ...(until === undefined ? [] : [`holds until ${formatInstant(until)} at the latest`]),
  ];
}

/** `check OPERATION`: whether the license allows it on this host; the exit status is the decision. */
export function check(typed: Typed, io: HostIo): Report {
  const question = questionOf(typed.positionals[0] as string, typed);
  const decision = decideOnHost(sourcedAskerOf(typed, io), question);
  const exit = exitOf(decision);
  const { until } = decision;
  return {
    exit,
    lines: decisionLines(decision),
    data: {
      outcome: OUTCOMES[exit],
      ...decision,
      ...(until === undefined ? {} : { until: formatInstant(until) }),
    },
  };
}
