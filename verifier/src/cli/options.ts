import { parseArgs } from 'node:util';
import { show, nearName } from '@counterfoil/schemas';
import { nodeFault } from '../node/codes.js';

interface OptionRow {
  /** What stands for the value in the help; absent for a switch. */
  readonly value?: string;
  readonly repeatable?: true;
  readonly short?: string;
  readonly help: string;
}

const rows = {
  kit: { value: 'FILE', help: 'the kit of the product: whom to trust; needed to decide' },
  product: { value: 'ID', help: 'the product that asks, where the kit does not say it' },
  'host-key': { value: 'THUMBPRINT', help: 'the key of the host that asks (RFC 7638 thumbprint)' },
  'host-id': {
    value: 'SOURCE=VALUE',
    repeatable: true,
    help: 'an identity of the host that asks; may be repeated',
  },
  at: {
    value: 'INSTANT',
    help: 'judge as of another time: 2027-01-31T00:00:00Z, or 2027-01-31 for the start of that day in UTC',
  },
  identity: {
    value: 'KIND=VALUE',
    repeatable: true,
    help: 'ask whether the license allows this identity; may be repeated, but for inspect',
  },
  role: { value: 'ID', help: 'the role in which the operation is asked for' },
  operation: { value: 'ID', help: 'explain this operation, too' },
  license: {
    value: 'FILE',
    help: 'the license file of this host, before COUNTERFOIL_LICENSE, COUNTERFOIL_LICENSE_FILE and the data folder',
  },
  data: { value: 'DIR', help: 'the data folder of the product on this host' },
  acknowledge: {
    value: 'WHAT',
    repeatable: true,
    help: 'go on in spite of older-revision, other-license or, for prepare-image, clear-ledger; may be repeated',
  },
  'log-line': { help: 'write the report as one line of key=value' },
  html: { value: 'FILE', help: 'write the status as a page, too; the page that is there is replaced' },
  out: {
    value: 'FILE',
    help: 'write the repaired text, or the report, to a new file; none is ever overwritten',
  },
  json: { help: 'write the report as JSON' },
  quiet: { help: 'write no report; the exit status is the answer' },
  help: { short: 'h', help: 'show help' },
  version: { help: 'show the version' },
} as const satisfies Record<string, OptionRow>;

export type OptionName = keyof typeof rows;

/** Every option of the command. */
export const options: Readonly<Record<OptionName, OptionRow>> = Object.freeze(rows);

/** What was typed, taken apart. */
export interface Typed {
  readonly positionals: readonly string[];
  /** The values of each option that was given; none for a switch. */
  readonly values: ReadonlyMap<OptionName, readonly string[]>;
}

const usage = (where: string, expected: string, actual?: string): Error =>
  nodeFault('usage', { where, expected, ...(actual === undefined ? {} : { actual }) });

const isOption = (name: string): name is OptionName => Object.hasOwn(options, name);

/** Takes arguments apart by the table of options. Throws `usage`. */
export function parseOptions(argv: readonly string[]): Typed {
  const config = Object.fromEntries(
    Object.entries<OptionRow>(options).map(([name, { value, short }]) => [
      name,
      {
        type: value === undefined ? ('boolean' as const) : ('string' as const),
        multiple: true as const,
        ...(short === undefined ? {} : { short }),
      },
    ]),
  );
  const { tokens } = parseArgs({
    args: [...argv],
    options: config,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const positionals: string[] = [];
  const values = new Map<OptionName, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    if (!isOption(name)) {
      const near = nearName(name, Object.keys(options));
      const hint = near === undefined ? '' : `; did you mean --${near}?`;
      throw usage('options', 'one that the help names', `${show(rawName)}${hint}`);
    }
    const row = options[name];
    const given = values.get(name) ?? [];
    values.set(name, given);
    if (row.value === undefined) {
      if (value !== undefined) throw usage(rawName, 'no value', 'a value');
      continue;
    }
    if (value === undefined || value === '' || (!inlineValue && value.startsWith('-'))) {
      throw usage(rawName, `a value: ${rawName} ${row.value}`, 'none');
    }
    if (given.length > 0 && row.repeatable !== true) throw usage(rawName, 'the option once', 'it twice');
    given.push(value);
  }
  return { positionals, values };
}
