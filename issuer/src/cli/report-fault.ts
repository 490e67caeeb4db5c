import { CounterfoilError } from '@counterfoil/schemas';
import { CommanderError } from 'commander';
import { DocumentError, issueText } from '../catalog/document-issue.js';
import { issuerFault, type IssuerCode } from '../codes.js';
import type { CommandIo, ExitStatus } from './command-io.js';
import { printJson, printLines } from './print.js';

/** What commander's codes mean here. */
const USAGE: Readonly<Record<string, IssuerCode>> = {
  'commander.unknownCommand': 'command-unknown',
  'commander.unknownOption': 'option-unknown',
  'commander.missingArgument': 'option-missing',
  'commander.optionMissingArgument': 'option-missing',
  'commander.missingMandatoryOptionValue': 'option-missing',
  'commander.conflictingOption': 'option-conflict',
  'commander.excessArguments': 'option-invalid',
  'commander.invalidArgument': 'option-invalid',
};

/** The fault of a wrong call: what was typed, and what was probably meant. */
function usageFault({ code, message }: CommanderError): CounterfoilError {
  const near = /\(Did you mean (?:one of )?(.*)\?\)/s.exec(message)?.[1];
  const [first = ''] = message.replace(/^error: /, '').split('\n');
  // Commander quotes what was typed; the rest of its sentence is in the table already.
  const typed = /'([^']*)'/.exec(first)?.[1];
  return issuerFault(USAGE[code] ?? 'option-invalid', {
    ...(typed === undefined ? {} : { where: typed }),
    ...(near === undefined ? {} : { expected: `${near} (did you mean that?)` }),
    ...(typed === undefined || code === 'commander.excessArguments' || code === 'commander.invalidArgument'
      ? { actual: first }
      : {}),
    cause: message,
  });
}

function asFault(error: unknown): CounterfoilError {
  if (error instanceof CounterfoilError) return error;
  if (error instanceof CommanderError) return usageFault(error);
  const actual = error instanceof Error ? error.message.slice(0, 200) : typeof error;
  return issuerFault('internal', { actual, cause: error });
}

/** Says what went wrong, never with a stack trace, and gives the exit status of its code. */
export function reportFault(error: unknown, isJson: boolean, io: CommandIo): ExitStatus {
  const fault = asFault(error);
  const { code, entry, detail, message } = fault;
  const issues = fault instanceof DocumentError ? fault.issues : [];
  const lines =
    issues.length === 0
      ? [`counterfoil: ${message}`]
      : [`counterfoil: ${entry.message}`, ...issues.map((issue) => `  ${issueText(issue)}`)];
  io.err(printLines([...lines, `hint: ${entry.hint}`, `code: ${code}`]));
  if (isJson) {
    const { where, expected, actual } = detail;
    const rest = { where, expected, actual, hint: entry.hint, who: entry.who };
    io.out(printJson({ code, message: entry.message, ...rest, ...(issues.length === 0 ? {} : { issues }) }));
  }
  return entry.exit;
}
