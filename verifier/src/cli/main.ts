import { CounterfoilError, show, nearName, printable, printableJson } from '@counterfoil/schemas';
import { nodeFault } from '../node/codes.js';
import { commands, isCommand } from './commands.js';
import { helpText } from './help.js';
import type { ExitStatus, HostIo, Report } from './io.js';
import { parseOptions, type Typed } from './options.js';
import { VERSION } from './version.js';

const NAME = 'counterfoil-host';

/** Lines for people, each made harmless for the terminal. */
const page = (lines: readonly string[]): string => lines.map((line) => `${printable(line)}\n`).join('');

const unknown = (name: string): Error => {
  const near = nearName(name, Object.keys(commands));
  return nodeFault('usage', {
    expected: Object.keys(commands).join(', '),
    actual: `${show(name)}${near === undefined ? '' : `; did you mean ${near}?`}`,
  });
};

const text = (lines: readonly string[]): Report => ({ exit: 0, lines, data: lines.join('\n') });

function answer({ positionals, values }: Typed, io: HostIo): Report {
  const [name, ...rest] = positionals;
  if (values.has('version')) return text([`${NAME} ${VERSION}`]);
  if (name === undefined) {
    if (values.has('help')) return text(helpText());
    throw nodeFault('usage', { expected: Object.keys(commands).join(', '), actual: 'no command' });
  }
  if (!isCommand(name)) throw unknown(name);
  const { run, options, args } = commands[name];
  if (run === undefined || values.has('help')) {
    const about = run === undefined ? rest[0] : name;
    if (about !== undefined && !isCommand(about)) throw unknown(about);
    return text(helpText(about));
  }
  for (const option of values.keys()) {
    if (!options.includes(option)) {
      const expected = options.map((known) => `--${known}`).join(', ');
      throw nodeFault('usage', {
        where: `${name} --${option}`,
        expected,
        actual: 'an option of another command',
      });
    }
  }
  if (rest.length !== (args === '' ? 0 : 1) || rest[0] === '') {
    throw nodeFault('usage', {
      where: name,
      expected: `${NAME} ${name} ${args}`.trimEnd(),
      actual: `${String(rest.length)} arguments`,
    });
  }
  return run({ positionals: rest, values }, io);
}

/** What a fault says: never a stack trace, and what is no fault of a known kind is the program's own. */
function tellFault(error: unknown, json: boolean, io: HostIo): ExitStatus {
  const fault =
    error instanceof CounterfoilError
      ? error
      : nodeFault('internal', {
          actual: error instanceof Error ? error.message.slice(0, 200) : typeof error,
        });
  const { code, entry, message } = fault;
  io.err(page([`${NAME}: ${message}`, `hint: ${entry.hint}`, `code: ${code}`]));
  if (json) {
    const outcome = entry.exit === 1 ? 'not-valid' : 'undecided';
    io.out(`${printableJson({ outcome, fault: { code, message, hint: entry.hint, who: entry.who } })}\n`);
  }
  return entry.exit;
}

/** Runs the host command: data to `out`, faults to `err`; answers the exit status and never throws. */
export function main(argv: readonly string[], io: HostIo): ExitStatus {
  try {
    const typed = parseOptions(argv);
    const report = answer(typed, io);
    if (!typed.values.has('quiet')) {
      io.out(typed.values.has('json') ? `${printableJson(report.data)}\n` : page(report.lines));
    }
    return report.exit;
  } catch (error) {
    return tellFault(error, argv.includes('--json') && !argv.includes('--quiet'), io);
  }
}
