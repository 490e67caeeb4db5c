import { commands, type CommandName, type CommandRow } from './commands.js';
import { options, type OptionName } from './options.js';

const EXIT_TITLE = 'Exit status:';
const EXIT = [
  EXIT_TITLE,
  '  0  the license is usable here and in force; it can be, or was, installed or undone',
  '  1  it is not: rejected, refused, or not in force',
  '  2  could not decide: no kit, a wrong call, a file that cannot be read',
];

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

function optionRows(names: readonly OptionName[]): string[] {
  return table(
    names.map((name) => {
      const { value, help } = options[name];
      return [`--${name}${value === undefined ? '' : ` ${value}`}`, help] as const;
    }),
  );
}

const exitRows = (exits: CommandRow['exits']): readonly string[] =>
  exits === undefined
    ? EXIT
    : [EXIT_TITLE, ...exits.map((meaning, status) => `  ${String(status)}  ${meaning}`)];

/** The help text, whole or of one command, made from the tables of commands and options. */
export function helpText(command?: CommandName): readonly string[] {
  if (command !== undefined) {
    const { args, summary, options: names, exits } = commands[command];
    return [
      `counterfoil-host ${command}${names.length === 0 ? '' : ' [OPTIONS]'} ${args}`.trimEnd(),
      '',
      `  ${summary}`,
      ...(names.length === 0 ? [] : ['', 'Options:', ...optionRows(names), '', ...exitRows(exits)]),
    ];
  }
  return [
    'counterfoil-host COMMAND [OPTIONS] …: looks at license files on the host that uses them, with no network',
    '',
    'Commands:',
    ...table(
      Object.entries(commands).map(([name, { args, summary }]) => [`${name} ${args}`, summary] as const),
    ),
    '',
    'Options:',
    ...optionRows(Object.keys(options) as OptionName[]),
    '',
    ...EXIT,
  ];
}
