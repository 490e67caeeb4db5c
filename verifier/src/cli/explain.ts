import type { Check } from '../core/index.js';
import type { HostIo, Report } from './io.js';
import { judge } from './judge.js';
import {
  exitOf,
  findingLines,
  headline,
  judgementData,
  outcomeOf,
  remarks,
  whatIfLines,
  trustLine,
} from './judgement-report.js';
import type { Typed } from './options.js';

const MARKS: Readonly<Record<Check['outcome'], string>> = {
  good: 'ok',
  bad: 'FAIL',
  warning: 'warn',
  'not-evaluated': '–',
};

function checkLines({ rule, clause, asks, outcome, fact, finding, because }: Check): readonly string[] {
  const head = `${MARKS[outcome].padEnd(5)}${rule.padEnd(15)}${clause.padEnd(8)}${asks}`;
  if (finding === undefined) {
    const note = because === undefined ? fact : `not evaluated, ${because}`;
    return [note === undefined ? head : `${head}: ${note}`];
  }
  return [head, ...findingLines(finding).map((line) => `${' '.repeat(28)}${line}`)];
}

/** `explain FILE`: every rule as a checklist. */
export function explain(typed: Typed, io: HostIo): Report {
  const judgement = judge(typed, io);
  const { decided, form } = judgement;
  const checks = decided?.explanation.checks ?? form?.checks ?? [];
  return {
    exit: exitOf(outcomeOf(judgement)),
    lines: [
      ...whatIfLines(judgement),
      ...checks.flatMap(checkLines),
      '',
      ...(decided === undefined ? [] : [`Trust: ${trustLine(decided.kit)}`]),
      ...remarks(judgement),
      ...headline(judgement),
    ],
    data: { ...judgementData(judgement), checks },
  };
}
