import { explain } from './explain.js';
import { inspect } from './inspect.js';
import type { HostIo, Report } from './io.js';
import type { OptionName, Typed } from './options.js';

/** One command; adding one is adding a row. */
export interface CommandRow {
  readonly args: string;
  readonly summary: string;
  readonly options: readonly OptionName[];
  /** Absent for help, which is about the others. */
  readonly run?: (typed: Typed, io: HostIo) => Report;
}

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
  help: { args: '[COMMAND]', summary: 'show help', options: [] },
} as const satisfies Record<string, CommandRow>;

export type CommandName = keyof typeof rows;

/** The table of commands. */
export const commands: Readonly<Record<CommandName, CommandRow>> = Object.freeze(rows);

export const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);
