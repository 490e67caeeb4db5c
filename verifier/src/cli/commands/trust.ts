import { limits, nearName, show } from '@counterfoil/schemas';
import { nodeFault } from '../../node/codes.js';
import { readFileWithin } from '../../node/files.js';
import { importTrust, type TrustDocument } from '../../node/host/trust/import-trust.js';
import { trustView, type KeyView, type TrustView } from '../../node/host/trust/trust-view.js';
import { askerOf } from '../asker.js';
import type { HostIo, Report } from '../io.js';
import { findingLines } from '../judgement-report.js';
import { formatInstant } from '../judging-options.js';
import type { Typed } from '../options.js';

const row = (label: string, text: string): string => `${`${label}:`.padEnd(13)}${text}`;

function keyLine({ role, kid, usable, from, until, retired, revoked, limits: bounds }: KeyView): string {
  const parts = [
    ...(from === undefined ? [] : [`from ${formatInstant(from)}`]),
    ...(until === undefined ? [] : [`until ${formatInstant(until)}`]),
    ...(retired === undefined ? [] : [`retired ${formatInstant(retired)}`]),
    ...(revoked === undefined ? [] : [`revoked ${formatInstant(revoked)}`]),
    ...(bounds?.products === undefined ? [] : [`products ${bounds.products.join(' ')}`]),
    ...(bounds?.kinds === undefined ? [] : [`kinds ${bounds.kinds.join(' ')}`]),
    ...(bounds?.longest === undefined ? [] : [`terms up to ${String(bounds.longest)} days`]),
    ...(usable ? [] : ['may not sign now']),
  ];
  return row('Key', [`${role} ${kid}`, ...parts].join(', '));
}

function showLines(view: TrustView): readonly string[] {
  const { vendor, environment, versions, fingerprint, signed, expires, expired, threshold, keys, test } =
    view;
  const newest = String(versions.at(-1));
  return [
    row('Vendor', vendor),
    row('Environment', environment),
    row('Roots', `${versions.map(String).join(', ')}; the newest is version ${newest}`),
    row('Fingerprint', fingerprint),
    row('Signed', formatInstant(signed)),
    row('Expires', `${formatInstant(expires)}${expired ? ', which is over: import a newer one' : ''}`),
    row(
      'Threshold',
      `${String(threshold)} of ${String(keys.filter(({ role }) => role === 'root').length)} root keys`,
    ),
    ...keys.map(keyLine),
    ...(test === undefined
      ? []
      : [row('Test root', `version ${String(test.versions.at(-1))}, fingerprint ${test.fingerprint}`)]),
    ...view.lists.map(({ uri, version, signed: on }) =>
      row('Status list', `${uri}, version ${String(version)}, signed ${formatInstant(on)}`),
    ),
    ...(view.needs === undefined
      ? []
      : [
          row(
            'Needed',
            [
              `trust root ${String(view.needs.root)}`,
              ...(view.needs.list === undefined
                ? []
                : [`status list ${view.needs.list.uri}, version ${String(view.needs.list.version)}`]),
            ].join('; '),
          ),
        ]),
    ...(view.finding === undefined
      ? []
      : ['the installed license cannot be read:', ...findingLines(view.finding).map((line) => `  ${line}`)]),
  ];
}

/** The view with its instants as they are shown. */
function showData(view: TrustView): object {
  const line = ({ signed, expires }: Pick<TrustView, 'signed' | 'expires'>): object => ({
    signed: formatInstant(signed),
    expires: formatInstant(expires),
  });
  const instants = ['from', 'until', 'retired', 'revoked'] as const;
  return {
    ...view,
    asOf: formatInstant(view.asOf),
    ...line(view),
    keys: view.keys.map((key) => ({
      ...key,
      ...Object.fromEntries(
        instants.flatMap((name) => (key[name] === undefined ? [] : [[name, formatInstant(key[name])]])),
      ),
    })),
    ...(view.test === undefined ? {} : { test: { ...view.test, ...line(view.test) } }),
    lists: view.lists.map((list) => ({ ...list, signed: formatInstant(list.signed) })),
  };
}

function showTrust(typed: Typed, io: HostIo): Report {
  const view = trustView(askerOf(typed, io));
  return { exit: 0, lines: showLines(view), data: { outcome: 'shown', ...showData(view) } };
}

const documentLine =
  (mark: string) =>
  ({ document, name, version }: TrustDocument): string =>
    `  ${mark} ${name}${document === 'status-list' ? `, version ${String(version)}` : ''}`;

function importFile(typed: Typed, io: HostIo): Report {
  const asker = askerOf(typed, io);
  const { fresh, known } = importTrust(asker, readFileWithin(typed.positionals[1] as string, limits.file));
  return {
    exit: 0,
    lines: [
      fresh.length === 0 ? 'nothing new' : 'imported:',
      ...fresh.map(documentLine('+')),
      ...(known.length === 0 ? [] : ['known already, as it is or newer:', ...known.map(documentLine('='))]),
      ...(fresh.length === 0 ? [] : [`data folder: ${asker.folder}`]),
    ],
    data: { outcome: fresh.length === 0 ? 'nothing-new' : 'imported', new: fresh, known },
  };
}

interface Subcommand {
  readonly args: string;
  readonly run: (typed: Typed, io: HostIo) => Report;
}

const SUBCOMMANDS: ReadonlyMap<string, Subcommand> = new Map([
  ['show', { args: 'show', run: showTrust }],
  ['import', { args: 'import FILE', run: importFile }],
]);

/** `trust show` and `trust import FILE`: whom this host trusts, and newer trust from a file. Throws `usage` besides. */
export function trust(typed: Typed, io: HostIo): Report {
  const [name = '', ...rest] = typed.positionals;
  const subcommand = SUBCOMMANDS.get(name);
  if (subcommand === undefined) {
    const near = nearName(name, [...SUBCOMMANDS.keys()]);
    throw nodeFault('usage', {
      where: 'trust',
      expected: [...SUBCOMMANDS.values()].map(({ args }) => `trust ${args}`).join(' or '),
      actual: `${show(name)}${near === undefined ? '' : `; did you mean ${near}?`}`,
    });
  }
  const wanted = subcommand.args.split(' ').length - 1;
  if (rest.length !== wanted) {
    throw nodeFault('usage', {
      where: `trust ${name}`,
      expected: `${io.name} trust ${subcommand.args}`,
      actual: `${String(rest.length)} arguments`,
    });
  }
  if (name === 'import' && typed.values.has('at')) {
    throw nodeFault('usage', {
      where: 'trust import --at',
      expected: 'none, for what is kept is kept as of now',
      actual: 'one',
    });
  }
  return subcommand.run(typed, io);
}
