import { defaultFolder } from '../node/host/default-folder.js';
import { commands, type CommandName, type CommandRow } from './commands.js';
import type { HostIo } from './io.js';
import { openBuiltKit, optionsHere } from './kit-of.js';
import { options, type OptionName } from './options.js';

const EXIT_TITLE = 'Exit status:';
const EXIT = [
  'the license is usable here and in force; it can be, or was, installed or undone',
  'it is not: rejected, refused, or not in force',
  'could not decide: no kit, a wrong call, a file that cannot be read',
];

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

/** The default data folder here, with the ids of the kit where there is one built in. */
function folderHere(io: HostIo): string | undefined {
  if (io.builtKit === undefined) return defaultFolder(io, 'VENDOR', 'PRODUCT');
  const { trust, product } = openBuiltKit(io.builtKit);
  return defaultFolder(io, trust.root.iss, product?.sub ?? 'PRODUCT');
}

function optionHelp(name: OptionName, io: HostIo): string {
  const { help } = options[name];
  if (name !== 'data') return help;
  const folder = folderHere(io);
  return folder === undefined ? help : `${help} (default: ${folder})`;
}

function optionRows(names: readonly OptionName[], io: HostIo): string[] {
  return table(
    optionsHere(names, io).map((name) => {
      const { value } = options[name];
      return [`--${name}${value === undefined ? '' : ` ${value}`}`, optionHelp(name, io)] as const;
    }),
  );
}

/** A kit that is built in cannot be missing. */
function exitRows(exits: CommandRow['exits'], { builtKit }: HostIo): readonly string[] {
  const meanings = (exits ?? EXIT).map((meaning) =>
    builtKit === undefined ? meaning : meaning.replace('no kit, ', ''),
  );
  return [EXIT_TITLE, ...meanings.map((meaning, status) => `  ${String(status)}  ${meaning}`)];
}

/** The help text, whole or of one command, made from the tables of commands and options. */
export function helpText(io: HostIo, command?: CommandName): readonly string[] {
  if (command !== undefined) {
    const { args, summary, options: names, exits } = commands[command];
    return [
      `${io.name} ${command}${names.length === 0 ? '' : ' [OPTIONS]'} ${args}`.trimEnd(),
      '',
      `  ${summary}`,
      ...(names.length === 0 ? [] : ['', 'Options:', ...optionRows(names, io), '', ...exitRows(exits, io)]),
    ];
  }
  return [
    `${io.name} COMMAND [OPTIONS] …: looks at license files on the host that uses them, with no network`,
    '',
    'Commands:',
    ...table(
      Object.entries(commands).map(([name, { args, summary }]) => [`${name} ${args}`, summary] as const),
    ),
    '',
    'Options:',
    ...optionRows(Object.keys(options) as OptionName[], io),
    '',
    ...exitRows(undefined, io),
  ];
}
