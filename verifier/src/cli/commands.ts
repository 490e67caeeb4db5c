import { check } from './commands/check.js';
import { doctor } from './commands/doctor.js';
import { explain } from './commands/explain.js';
import { inspect } from './commands/inspect.js';
import { install } from './commands/install.js';
import type { HostIo, Report } from './io.js';
import type { OptionName, Typed } from './options.js';
import { prepareImage } from './commands/prepare-image.js';
import { preview } from './commands/preview.js';
import { status } from './commands/status.js';
import { support } from './commands/support.js';
import { trust } from './commands/trust.js';
import { undo } from './commands/undo.js';
import { uninstall } from './commands/uninstall.js';

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
    args: '[FILE]',
    summary: 'list every rule and how the license file, or what is installed, answers it',
    options: [...JUDGING, 'data', 'license', 'operation', 'identity', 'role'],
    run: explain,
  },
  check: {
    args: 'OPERATION',
    summary: 'say whether the license allows an operation on this host',
    options: [...HOST, 'at', 'license', 'identity', 'role'],
    exits: ['it is allowed', 'it is denied', 'could not decide'],
    run: check,
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
    options: [...HOST, 'at', 'license', 'log-line', 'html'],
    run: status,
  },
  trust: {
    args: 'show|import [FILE]',
    summary: 'say whom this host trusts, or keep the trust roots and status lists of a file',
    options: [...HOST, 'at'],
    exits: [
      'shown; imported, or nothing in it is new',
      'a document in the file is not to be trusted',
      'could not decide',
    ],
    run: trust,
  },
  support: {
    args: '',
    summary: 'write a report for the vendor’s support, without names, keys and paths',
    options: [...HOST, 'at', 'out'],
    exits: ['it is written, whatever it tells', 'never', 'a wrong call, or it cannot be written'],
    run: support,
  },
  uninstall: {
    args: '',
    summary: 'end what is installed, and say what stays and why',
    options: HOST,
    exits: ['it is uninstalled, or nothing was installed', 'never', 'a fault'],
    run: uninstall,
  },
  'prepare-image': {
    args: '',
    summary: 'clear this host before it becomes an image, so that its copies share no record of use',
    options: [...HOST, 'acknowledge'],
    exits: ['it is cleared', 'it is not, as the loss was not acknowledged', 'a fault'],
    run: prepareImage,
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
