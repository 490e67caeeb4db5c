import { isInForce, type Explanation, type Finding, type Verdict } from '../core/index.js';
import { nodeCodes } from '../node/codes.js';
import { nodeEngine } from '../node/engine.js';
import { rootFingerprint } from '../core/index.js';
import type { Kit } from '../node/kit.js';
import type { ExitStatus } from './io.js';
import type { Judgement } from './judge.js';
import { formatInstant } from './judging-options.js';

export type Outcome = Explanation['outcome'];

/** What came of it; without a kit only a broken form can be decided. */
export function outcomeOf({ decided, form }: Judgement): Outcome {
  if (decided !== undefined) return decided.explanation.outcome;
  return form?.broken === true ? 'not-valid' : 'undecided';
}

export function exitOf(outcome: Outcome): ExitStatus {
  return outcome === 'valid' ? 0 : outcome === 'not-valid' ? 1 : 2;
}

const first = <T>(items: readonly (T | undefined)[]): T | undefined =>
  items.find((item) => item !== undefined);

/** The finding that decides: that of the verdict, else of the first rule that is not met. */
function mainFinding({ decided, form }: Judgement): Finding | undefined {
  if (decided === undefined) return first(form?.checks.map(({ finding }) => finding) ?? []);
  const { verdict, checks } = decided.explanation;
  const bad = first(checks.filter(({ outcome }) => outcome === 'bad').map(({ finding }) => finding));
  return verdict.arm === 'usable' && isInForce(verdict.state) ? bad : verdict.finding;
}

/** A finding, line by line: what, expected and got, who can mend it, how. */
export function findingLines({
  code,
  message,
  where,
  expected,
  actual,
  who,
  hint,
}: Finding): readonly string[] {
  return [
    `${code}: ${message}${where === undefined ? '' : ` (${where})`}`,
    ...(expected === undefined ? [] : [`expected: ${expected}`]),
    ...(actual === undefined ? [] : [`got: ${actual}`]),
    `who can help: the ${who}`,
    `how: ${hint}`,
  ];
}

/** The answer in one line, and what stands behind it. */
export function headline(judgement: Judgement): readonly string[] {
  const outcome = outcomeOf(judgement);
  const { decided, looksLike } = judgement;
  const finding = mainFinding(judgement);
  if (outcome === 'valid') {
    const verdict = decided?.explanation.verdict;
    return [`valid: in force${verdict?.arm === 'usable' ? `, state ${verdict.state}` : ''}`];
  }
  if (finding === undefined) {
    return decided === undefined
      ? [`undecided: ${nodeCodes['kit-missing'].message}`, `  how: ${nodeCodes['kit-missing'].hint}`]
      : [
          'undecided: the license is bound to a host, and it was not said which host asks',
          '  how: pass --host-key THUMBPRINT or --host-id SOURCE=VALUE',
        ];
  }
  const [what, ...rest] = findingLines(finding);
  const verdict = decided?.explanation.verdict;
  const arm = verdict === undefined || verdict.arm === 'usable' ? '' : `${verdict.arm}, `;
  return [
    `${outcome === 'undecided' ? 'undecided' : 'not valid'}: ${arm}${String(what)}`,
    ...(looksLike === undefined ? [] : [`  the file looks like ${looksLike}, not like a license`]),
    ...rest.map((line) => `  ${line}`),
  ];
}

/** Says in front that an answer is not about today. */
export function whatIfLines({ whatIf, now }: Judgement): readonly string[] {
  return whatIf ? [`what-if: as of ${formatInstant(now)}, because of --at; this says nothing of today`] : [];
}

/** Lines that say what was not asked. */
export function remarks({ decided }: Judgement): readonly string[] {
  const asked =
    decided === undefined || decided.product !== undefined
      ? []
      : [
          'note: it was not said which product asks (--product ID), so that a license of any product is taken',
        ];
  return [
    ...asked,
    ...(decided?.kit.trust.root.environment === 'test'
      ? ['note: the kit trusts the vendor’s test keys only; it is for trying out']
      : []),
  ];
}

/** The line by which people compare the kit's newest root with what the vendor publishes. */
export function trustLine({ trust }: Kit): string {
  const { version, iss, environment } = trust.root;
  return `root ${String(version)} of ${iss} (${environment}), fingerprint ${rootFingerprint(nodeEngine, trust)}`;
}

function verdictData(verdict: Verdict): object {
  if (verdict.arm === 'rejected') return verdict;
  const license = { kid: verdict.license.header.kid, claims: verdict.license.claims };
  if (verdict.arm === 'refused') return { ...verdict, license };
  const { arm, state, finding, conditions, nextChange, shard } = verdict;
  return {
    arm,
    state,
    finding,
    conditions,
    nextChange: nextChange === undefined ? undefined : formatInstant(nextChange),
    root: verdict.trust.root.version,
    shard: shard === undefined ? undefined : { uri: shard.uri, version: shard.version },
    license,
  };
}

function kitData({ trust, product }: Kit): object {
  const { version, iss, environment } = trust.root;
  return {
    vendor: iss,
    environment,
    root: version,
    fingerprint: rootFingerprint(nodeEngine, trust),
    product: product?.sub,
  };
}

/** A judgement as data: claims stand in it only where the verdict's arm shows them. */
export function judgementData(judgement: Judgement): Record<string, unknown> {
  const { path, now, whatIf, looksLike, decided } = judgement;
  const outcome = outcomeOf(judgement);
  const { message, hint, who } = nodeCodes['kit-missing'];
  return {
    outcome,
    file: path,
    looksLike,
    asOf: formatInstant(now),
    whatIf,
    ...(decided === undefined
      ? {
          kit: null,
          fault: outcome === 'undecided' ? { code: 'kit-missing', message, hint, who } : undefined,
        }
      : {
          kit: kitData(decided.kit),
          product: decided.product ?? null,
          verdict: verdictData(decided.explanation.verdict),
        }),
  };
}
