import type { Check } from '../../core/index.js';
import { nodeFault } from '../../node/codes.js';
import { requireFolder } from '../../node/host/data-folder.js';
import { explainHost } from '../../node/host/explain-host.js';
import type { HostIo, Report } from '../io.js';
import { judge } from '../judge.js';
import {
  exitOf,
  findingLines,
  headline,
  judgementData,
  outcomeOf,
  remarks,
  whatIfLines,
  trustLine,
} from '../judgement-report.js';
import type { OptionName, Typed } from '../options.js';
import { questionOf } from '../question.js';
import { sourcedAskerOf } from '../sourced-asker.js';

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

const isBad = ({ outcome }: Check): boolean => outcome === 'bad';

/** Options that are about this host, and say nothing of a file. */
const HOST_ONLY: readonly OptionName[] = ['data', 'license', 'operation', 'identity', 'role'];

function explainFile(typed: Typed, io: HostIo): Report {
  for (const name of HOST_ONLY) {
    if (!typed.values.has(name)) continue;
    throw nodeFault('usage', { where: `explain --${name}`, expected: 'no FILE with it', actual: 'a FILE' });
  }
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

function explainInstalled(typed: Typed, io: HostIo): Report {
  const operation = typed.values.get('operation')?.[0];
  for (const name of ['identity', 'role'] as const) {
    if (operation !== undefined || !typed.values.has(name)) continue;
    throw nodeFault('usage', { where: `explain --${name}`, expected: '--operation with it', actual: 'none' });
  }
  const question = operation === undefined ? undefined : questionOf(operation, typed);
  const asker = sourcedAskerOf(typed, io);
  if (asker.source === undefined) requireFolder(asker.folder);
  const { state, license, decision } = explainHost(asker, question);
  const good = !(decision ?? license).some(isBad);
  const answer =
    operation === undefined
      ? good
        ? 'valid'
        : 'not valid'
      : `${operation} is ${good ? 'allowed' : 'denied'}`;
  return {
    exit: good ? 0 : 1,
    lines: [
      'The license of this host:',
      ...license.flatMap(checkLines),
      ...(decision === undefined
        ? []
        : ['', `The operation ${String(operation)}:`, ...decision.flatMap(checkLines)]),
      '',
      `Trust: ${trustLine(asker.kit)}`,
      `${answer}, state ${state}`,
    ],
    data: { outcome: good ? 'valid' : 'not-valid', state, operation, checks: license, decision },
  };
}

/** `explain [FILE]`: every rule as a checklist, of a file or of what is installed, and of one operation. */
export function explain(typed: Typed, io: HostIo): Report {
  return typed.positionals.length === 0 ? explainInstalled(typed, io) : explainFile(typed, io);
}
