import { summaryLines, type Instant, type Verdict } from '../../core/index.js';
import { nodeFault } from '../../node/codes.js';
import { timeLeft, timeLeftText, type TimeLeft } from '../../node/host/time-left.js';
import { askIdentity, type IdentityReport } from '../identity-question.js';
import type { ExitStatus, HostIo, Report } from '../io.js';
import { judge, type Judgement } from '../judge.js';
import {
  exitOf,
  headline,
  judgementData,
  outcomeOf,
  remarks,
  trustLine,
  whatIfLines,
} from '../judgement-report.js';
import { parsePair } from '../judging-options.js';
import type { Typed } from '../options.js';

type Shown = Exclude<Verdict, { arm: 'rejected' }>;

/** The verdict, where its arm shows what the license says. */
function shownOf({ decided }: Judgement): Shown | undefined {
  const verdict = decided?.explanation.verdict;
  return verdict === undefined || verdict.arm === 'rejected' ? undefined : verdict;
}

/** The time left; the vendor's own word leaves none. */
function leftOf(shown: Shown | undefined, now: Instant): TimeLeft | undefined {
  if (shown === undefined) return undefined;
  const stopped = shown.arm === 'usable' && (shown.state === 'revoked' || shown.state === 'suspended');
  return stopped ? undefined : timeLeft(shown.license.claims, now);
}

function licenseLines(shown: Shown, left: TimeLeft | undefined): readonly string[] {
  const rows = [
    ...summaryLines(shown.license.claims),
    ...(shown.arm === 'usable' ? [{ label: 'State', text: shown.state }] : []),
    ...(left === undefined ? [] : [{ label: 'Left', text: timeLeftText(left) }]),
  ];
  return rows.map(({ label, text }) => `${`${label}:`.padEnd(11)}${text}`);
}

/** Everything worth a second look that changes no decision: warnings of rules, conditions among them. */
function warningLines({ decided }: Judgement): readonly string[] {
  return (decided?.explanation.checks ?? []).flatMap(({ outcome, finding }) =>
    outcome === 'warning' && finding !== undefined
      ? [`warning: ${finding.code}: ${finding.message}; ${finding.hint}`]
      : [],
  );
}

/** The worse of the two answers; that the license does not hold outweighs what it would allow. */
function worse(license: ExitStatus, identity: IdentityReport | undefined): ExitStatus {
  if (identity === undefined || license !== 0) return license;
  return identity.exit;
}

/** `inspect FILE`: what a license says, whether it holds, and perhaps whether it allows an identity. */
export function inspect(typed: Typed, io: HostIo): Report {
  const [question, second] = typed.values.get('identity') ?? [];
  if (second !== undefined) {
    throw nodeFault('usage', { where: 'inspect --identity', expected: 'it once', actual: 'it twice' });
  }
  const pair = question === undefined ? undefined : parsePair(question, '--identity', 'KIND=VALUE');
  const judgement = judge(typed, io);
  const { decided, bytes, now } = judgement;
  const shown = shownOf(judgement);
  const left = leftOf(shown, now);
  const identity = pair === undefined ? undefined : askIdentity(shown?.license, bytes, pair[0], pair[1]);
  const warnings = warningLines(judgement);
  return {
    exit: worse(exitOf(outcomeOf(judgement)), identity),
    lines: [
      ...whatIfLines(judgement),
      ...headline(judgement),
      ...(shown === undefined ? [] : licenseLines(shown, left)),
      ...(decided === undefined ? [] : [`${'Trust:'.padEnd(11)}${trustLine(decided.kit)}`]),
      ...warnings,
      ...remarks(judgement),
      ...(identity === undefined ? [] : [identity.line]),
    ],
    data: {
      ...judgementData(judgement),
      ...(shown === undefined ? {} : { summary: summaryLines(shown.license.claims), ...left }),
      warnings: (decided?.explanation.checks ?? []).flatMap(({ outcome, finding }) =>
        outcome === 'warning' ? [finding] : [],
      ),
      ...(identity === undefined ? {} : { identity: { ...identity, line: undefined, exit: undefined } }),
    },
  };
}
