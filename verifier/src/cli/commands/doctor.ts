import { limits, type CounterfoilError } from '@counterfoil/schemas';
import { nodeCodes } from '../../node/codes.js';
import { checkGenuine } from '../../node/doctor/genuine.js';
import { repairFile, type Repaired } from '../../node/doctor/repair-file.js';
import { writeRepaired } from '../../node/doctor/write-repaired.js';
import { kindOfFile } from '../../node/file-kind.js';
import { readFileWithin } from '../../node/files.js';
import type { Kit } from '../../node/kit.js';
import type { ExitStatus, HostIo, Report } from '../io.js';
import { trustLine } from '../judgement-report.js';
import { kitOf } from '../kit-of.js';
import type { Typed } from '../options.js';

/** Hints of the form end so; here it has been tried. */
const ASKED_ALREADY = ', or let counterfoil-host doctor repair it';
const hintOf = ({ entry }: CounterfoilError): string => entry.hint.replace(ASKED_ALREADY, '');

type Outcome = 'sound' | 'repaired' | 'not-repairable' | 'undecided';

function outcomeOf({ repairs, problem, genuine }: Repaired): Outcome {
  if (problem !== undefined) return 'not-repairable';
  if (genuine !== 'genuine') return 'undecided';
  return repairs.length === 0 ? 'sound' : 'repaired';
}

const EXIT: Readonly<Record<Outcome, ExitStatus>> = {
  sound: 0,
  repaired: 0,
  'not-repairable': 1,
  undecided: 2,
};

function problemLines(problem: CounterfoilError, kind: string | undefined): readonly string[] {
  const { code, entry, detail } = problem;
  return [
    `not repairable: ${code}: ${entry.message}${detail.where === undefined ? '' : ` (${detail.where})`}`,
    ...(kind === undefined || code === 'file-kind' ? [] : [`  the file looks like ${kind}`]),
    ...(detail.expected === undefined ? [] : [`  expected: ${detail.expected}`]),
    ...(detail.actual === undefined ? [] : [`  got: ${detail.actual}`]),
    `  who can help: the ${entry.who}`,
    `  how: ${hintOf(problem)}`,
  ];
}

function headline(
  { repairs, problem }: Repaired,
  outcome: Outcome,
  kind: string | undefined,
  kit: Kit | undefined,
): readonly string[] {
  if (problem !== undefined) return problemLines(problem, kind);
  const form = repairs.length === 0 ? 'nothing to repair' : 'repaired';
  if (outcome !== 'undecided') return [`${form}: the file is whole and genuine`];
  const { hint } = nodeCodes['kit-missing'];
  const why =
    kit === undefined
      ? `without a kit, whether it is genuine was not checked`
      : 'whether it is genuine cannot be told by a kit';
  return [`${form}: the file is whole in its form; ${why}`, ...(kit === undefined ? [`  how: ${hint}`] : [])];
}

function repairLines({ repairs, problem }: Repaired): readonly string[] {
  if (repairs.length === 0) return [];
  const title = problem === undefined ? 'Repairs:' : 'Damage that could be undone, if it were all:';
  const width = Math.max(...repairs.map(({ code }) => code.length));
  return [
    title,
    ...repairs.map(({ code, what, where, count }) => {
      const times = count === 1 ? '' : `, ${String(count)} times`;
      return `  ${code.padEnd(width)}  ${what} (${where}${times})`;
    }),
  ];
}

function problemData(problem: CounterfoilError): object {
  const { code, entry, detail } = problem;
  const { where, expected, actual } = detail;
  return { code, message: entry.message, where, expected, actual, hint: hintOf(problem), who: entry.who };
}

/** `doctor FILE`: names the damage of a carried file, and undoes what can be undone without guessing. Throws the codes of reading and writing files. */
export function doctor(typed: Typed, io: HostIo): Report {
  const { positionals, values } = typed;
  const path = positionals[0] as string;
  const kit = kitOf(typed, io);
  const bytes = readFileWithin(path, limits.file);
  const repaired = repairFile(bytes, kit && ((text) => checkGenuine(kit.trust, text)));
  const { repairs, text, problem } = repaired;
  const outcome = outcomeOf(repaired);
  const looksLike = kindOfFile(bytes);
  const out = values.get('out')?.[0];
  const written = out !== undefined && text !== undefined && repairs.length > 0 ? out : undefined;
  if (written !== undefined) writeRepaired(written, text as string);
  const nothing =
    out === undefined || written !== undefined
      ? []
      : [`not written: ${out}, as there is nothing repaired to write`];
  const advice =
    out === undefined && text !== undefined && repairs.length > 0
      ? ['to write the repaired file: --out FILE']
      : [];
  return {
    exit: EXIT[outcome],
    lines: [
      ...headline(repaired, outcome, looksLike, kit),
      ...repairLines(repaired),
      ...(kit === undefined ? [] : [`Trust: ${trustLine(kit)}`]),
      ...(written === undefined ? nothing : [`written: ${written}`]),
      ...advice,
    ],
    data: {
      outcome,
      file: path,
      looksLike,
      genuine: repaired.genuine ?? null,
      repairs,
      problem: problem && problemData(problem),
      written,
    },
  };
}
