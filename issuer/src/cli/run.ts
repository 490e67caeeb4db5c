import { CommanderError } from 'commander';
import { issuerFault } from '../codes.js';
import type { CommandIo, ExitStatus } from './command-io.js';
import { printJson, printLines } from './print.js';
import { buildProgram, type Deliver } from './program.js';
import { reportFault } from './report-fault.js';

/** Commander ends these well, by an exception. */
const SHOWN: ReadonlySet<string> = new Set(['commander.helpDisplayed', 'commander.version']);

/**
 * Runs the vendor command: data to `out`, text for people to `err`; gives the exit status and never throws.
 *
 * `argv` starts with the command's name, without node and script.
 */
export async function main(argv: readonly string[], io: CommandIo): Promise<ExitStatus> {
  let exit: ExitStatus = 0;
  const deliver: Deliver = (report, { json }) => {
    exit = report.exit;
    io.err(printLines(report.notes ?? []));
    if (json === true) io.out(printJson(report.data));
    else io.out(report.raw ?? printLines(report.lines));
  };
  try {
    await buildProgram(io, deliver).parseAsync(argv, { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError && SHOWN.has(error.code)) return 0;
    // Without a command commander shows the help, as an error.
    const fault =
      error instanceof CommanderError && error.code === 'commander.help'
        ? issuerFault('command-missing')
        : error;
    return reportFault(fault, argv.includes('--json'), io);
  }
}
