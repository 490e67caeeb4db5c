import { CounterfoilError, show, nearName, printable, printableJson } from '@counterfoil/schemas';
import { nodeFault } from '../node/codes.js';
import { tellDefaultFolder } from './asker.js';
import { underName } from './command-name.js';
import { commands, isCommand } from './commands.js';
import { helpText } from './help.js';
import type { ExitStatus, HostIo, Report } from './io.js';
import { optionsHere, refuseOtherKit } from './kit-of.js';
import { parseOptions, type Typed } from './options.js';
import { VERSION } from './version.js';

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

function answer(typed: Typed, io: HostIo): Report {
  const { positionals, values } = typed;
  const [name, ...rest] = positionals;
  if (values.has('version')) return text([`${io.name} ${VERSION}`]);
  if (name === undefined) {
    if (values.has('help')) return text(helpText(io));
    throw nodeFault('usage', { expected: Object.keys(commands).join(', '), actual: 'no command' });
  }
  if (!isCommand(name)) throw unknown(name);
  const { run, options, args } = commands[name];
  if (run === undefined || values.has('help')) {
    const about = run === undefined ? rest[0] : name;
    if (about !== undefined && !isCommand(about)) throw unknown(about);
    return text(helpText(io, about));
  }
  refuseOtherKit(typed, io);
  for (const option of values.keys()) {
    if (!options.includes(option)) {
      const expected = optionsHere(options, io)
        .map((known) => `--${known}`)
        .join(', ');
      throw nodeFault('usage', {
        where: `${name} --${option}`,
        expected,
        actual: 'an option of another command',
      });
    }
  }
  const words = args.split(' ').filter((word) => word !== '');
  const least = words.filter((word) => !word.startsWith('[')).length;
  if (rest.length < least || rest.length > words.length || rest.includes('')) {
    throw nodeFault('usage', {
      where: name,
      expected: `${io.name} ${name} ${args}`.trimEnd(),
      actual: `${String(rest.length)} arguments`,
    });
  }
  try {
    return run({ positionals: rest, values }, io);
  } catch (error) {
    throw tellDefaultFolder(error, typed);
  }
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
  io.err(page([`${io.name}: ${message}`, `hint: ${entry.hint}`, `code: ${code}`]));
  if (json) {
    const outcome = entry.exit === 1 ? 'not-valid' : 'undecided';
    io.out(`${printableJson({ outcome, fault: { code, message, hint: entry.hint, who: entry.who } })}\n`);
  }
  return entry.exit;
}

/** Runs the host command: data to `out`, faults to `err`; answers the exit status and never throws. */
export function main(argv: readonly string[], host: HostIo): ExitStatus {
  const { name } = host;
  const io: HostIo = {
    ...host,
    out: (said) => {
      host.out(underName(said, name));
    },
    err: (said) => {
      host.err(underName(said, name));
    },
  };
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
