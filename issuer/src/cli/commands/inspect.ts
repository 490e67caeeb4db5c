import { limits } from '@counterfoil/schemas';
import { summaryLines, type Check } from '@counterfoil/verifier';
import { readFileWithin } from '@counterfoil/verifier/node';
import { inspectLicense, type Inspection } from '../../domain/inspect-license.js';
import type { CommandIo, ExitStatus, Report } from '../command-io.js';
import { withVendor, type GlobalOptions } from '../session.js';

export interface InspectOptions extends GlobalOptions {
  readonly product?: string;
}

const MARKS: Readonly<Record<Check['outcome'], string>> = {
  good: 'ok',
  bad: 'FAIL',
  warning: 'warn',
  'not-evaluated': '-',
};

function checkLines({ rule, asks, outcome, fact, finding, because }: Check): readonly string[] {
  const note = fact ?? because;
  const head = `${MARKS[outcome].padEnd(5)}${rule.padEnd(15)}${asks}${note === undefined ? '' : `: ${note}`}`;
  if (finding === undefined) return [head];
  const { code, message, where, expected, actual, hint } = finding;
  return [
    head,
    ...[
      `${code}: ${message}${where === undefined ? '' : ` (${where})`}`,
      ...(expected === undefined ? [] : [`expected ${expected}`]),
      ...(actual === undefined ? [] : [`got ${actual}`]),
      `hint: ${hint}`,
    ].map((line) => `${' '.repeat(20)}${line}`),
  ];
}

function counterpartText({ counterpart, explanation }: Inspection): string {
  switch (counterpart.type) {
    case 'not-asked':
      return 'not asked: the file is not genuine';
    case 'unknown':
      return 'UNKNOWN: genuine by its signature, but not filed; is this an older register, or has somebody else the key?';
    case 'same':
    case 'same-license': {
      const what =
        counterpart.type === 'same'
          ? 'known, byte for byte'
          : 'known, but the file around the license is another';
      const { verdict } = explanation;
      const revision = verdict.arm === 'rejected' ? 0 : verdict.license.claims.license.revision;
      return counterpart.newest === revision
        ? `${what}; this revision is the newest`
        : `${what}; superseded by revision ${String(counterpart.newest)}`;
    }
  }
}

function exitOf({ explanation, counterpart }: Inspection): ExitStatus {
  if (explanation.outcome === 'not-valid' || counterpart.type === 'unknown') return 1;
  return explanation.outcome === 'valid' ? 0 : 2;
}

/** `inspect FILE`: every rule and its answer, and whether the register has the counterfoil. */
export async function inspect(path: string, options: InspectOptions, io: CommandIo): Promise<Report> {
  const bytes = readFileWithin(path, limits.file);
  const inspection = await withVendor(options, io, (vendor) =>
    inspectLicense(vendor, bytes, options.product),
  );
  const { explanation, counterpart } = inspection;
  const { verdict, checks, outcome } = explanation;
  const claims = verdict.arm === 'rejected' ? undefined : verdict.license.claims;
  const state = verdict.arm === 'usable' ? verdict.state : verdict.arm;
  return {
    exit: exitOf(inspection),
    lines: [
      ...(claims === undefined
        ? []
        : summaryLines(claims).map(({ label, text }) => `${`${label}:`.padEnd(10)}${text}`)),
      `State:    ${state}`,
      `Register: ${counterpartText(inspection)}`,
      '',
      ...checks.flatMap(checkLines),
      '',
      outcome === 'undecided'
        ? 'undecided: it is bound to a host, or lacks pages that a host may have'
        : outcome.replace('-', ' '),
    ],
    data: { outcome, state, register: counterpart, ...(claims === undefined ? {} : { claims }), checks },
  };
}
