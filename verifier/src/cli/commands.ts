import { doctor } from './doctor.js';
import { explain } from './explain.js';
import { inspect } from './inspect.js';
import { install } from './install.js';
import type { HostIo, Report } from './io.js';
import type { OptionName, Typed } from './options.js';
import { preview } from './preview.js';
import { status } from './status.js';
import { undo } from './undo.js';

/** One command; adding one is adding a row. */
export interface CommandRow {
  readonly args: string;
  readonly summary: string;
  readonly options: readonly OptionName[];
  /** What the exit statuses mean, where that is not what they mean for all commands. */
  readonly exits?: readonly [good: string, bad: string, undecided: string];
  /** Absent for help, which is about the others. */
  readonly run?: (typed: Typed, io: HostIo) => Report;
}

const HOST = ['kit', 'product', 'data', 'host-key', 'host-id', 'json', 'quiet'] as const;
const JUDGING = ['kit', 'product', 'host-key', 'host-id', 'at', 'json', 'quiet'] as const;

const rows = {
  inspect: {
    args: 'FILE',
    summary: 'say what a license file grants and whether it holds',
    options: [...JUDGING, 'identity'],
    run: inspect,
  },
  explain: {
    args: 'FILE',
    summary: 'list every rule and how the license file answers it',
    options: JUDGING,
    run: explain,
  },
  preview: {
    args: 'FILE',
    summary: 'say what installing a license file would change',
    options: [...HOST, 'at', 'acknowledge'],
    run: preview,
  },
  install: {
    args: 'FILE',
    summary: 'install a license file and say what changed',
    options: [...HOST, 'acknowledge'],
    run: install,
  },
  undo: { args: '', summary: 'go back to the license before the last install', options: HOST, run: undo },
  status: {
    args: '',
    summary: 'say which license is in force on this host',
    options: [...HOST, 'at', 'log-line'],
    run: status,
  },
  doctor: {
    args: 'FILE',
    summary: 'name the damage of a license file, kit or other carried file, and repair it',
    options: ['kit', 'out', 'json', 'quiet'],
    exits: [
      'the file is whole and genuine, as it is or as repaired',
      'it cannot be repaired',
      'could not decide: no kit, a wrong call, a file that cannot be read',
    ],
    run: doctor,
  },
  help: { args: '[COMMAND]', summary: 'show help', options: [] },
} as const satisfies Record<string, CommandRow>;

export type CommandName = keyof typeof rows;

/** The table of commands. */
export const commands: Readonly<Record<CommandName, CommandRow>> = Object.freeze(rows);

export const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);
