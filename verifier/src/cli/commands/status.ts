import { nodeCodes } from '../../node/codes.js';
import { statusView, type StatusView } from '../../node/host/status-view.js';
import { writePage } from '../../node/host/view/write-page.js';
import { timeLeftText } from '../../node/host/time-left.js';
import { nameOf } from '../install-report.js';
import type { HostIo, Report } from '../io.js';
import { findingLines } from '../judgement-report.js';
import { formatInstant } from '../judging-options.js';
import type { Typed } from '../options.js';
import { sourcedAskerOf } from '../sourced-asker.js';

const row = (label: string, text: string): string => `${`${label}:`.padEnd(11)}${text}`;

function licenseRows({ license, preloaded }: StatusView): readonly string[] {
  if (license === undefined) return [];
  const { kind, licensee, product, term, left, pools, features, activated } = license;
  return [
    row('License', `${nameOf(license)}, ${kind}`),
    row('Product', product),
    row('Licensee', licensee),
    row('Term', term),
    ...(activated === undefined ? [] : [row('Activated', formatInstant(activated))]),
    ...(left === undefined ? [] : [row('Left', timeLeftText(left))]),
    ...pools.map(({ label, limit }) =>
      row('Pool', `${label}: ${String(limit)}; what is used is not counted yet`),
    ),
    ...features.map((feature) => row('Feature', feature)),
    ...(preloaded === undefined
      ? []
      : [row('Next', `${nameOf(preloaded)}, from ${preloaded.firstDay} (${preloaded.zone})`)]),
  ];
}

function warningRows({ conditions, endsSoon, journal }: StatusView): readonly string[] {
  return [
    ...(endsSoon ? [`warning: ${nodeCodes['license-ends-soon'].message}`] : []),
    ...conditions.map(({ code, message, hint }) => `warning: ${code}: ${message}; ${hint}`),
    ...(journal.gaps === 0
      ? []
      : [
          `warning: the journal lacks lines: ${String(journal.gaps)} of its lines follow one that is not there`,
        ]),
  ];
}

function statusLines(view: StatusView): readonly string[] {
  const { state, inForce, finding, folder, root, undoUntil, links } = view;
  return [
    inForce ? `in force: state ${state}` : `not in force: state ${state}`,
    ...(finding === undefined ? [] : findingLines(finding)),
    ...(finding === undefined && state === 'none' ? ['no license is installed'] : []),
    ...licenseRows(view),
    ...(undoUntil === undefined ? [] : [row('Undo', `until ${formatInstant(undoUntil)}`)]),
    ...links.map(({ name, url }) => row('Link', `${name}: ${url}`)),
    row('Data', folder),
    row('Trust', `root ${String(root.version)} (${root.environment}), fingerprint ${root.fingerprint}`),
    ...warningRows(view),
  ];
}

/** One line of key=value, for logs and monitoring; no value has white space. */
function logLine({
  product,
  state,
  inForce,
  finding,
  license,
  preloaded,
  conditions,
  endsSoon,
}: StatusView): string {
  const pairs: readonly (readonly [string, string | number | undefined])[] = [
    ['product', product],
    ['state', state],
    ['in_force', inForce ? 'yes' : 'no'],
    ['code', finding?.code],
    ['license', license?.id],
    ['revision', license?.revision],
    ['kind', license?.kind],
    ['last_day', license?.left?.lastDay],
    ['zone', license?.left?.zone],
    ['days_left', license?.left?.daysLeft],
    ...(license?.pools ?? []).map(({ id, limit }) => [`pool.${id}`, limit] as const),
    ['next', preloaded?.firstDay],
    ['ends_soon', endsSoon ? 'yes' : undefined],
    ['conditions', conditions.map(({ code }) => code).join(',') || undefined],
  ];
  return pairs.flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${String(value)}`])).join(' ');
}

function statusData(view: StatusView): object {
  const { license, preloaded, undoUntil } = view;
  return {
    outcome: view.inForce ? 'valid' : 'not-valid',
    ...view,
    asOf: formatInstant(view.asOf),
    ...(license === undefined
      ? {}
      : {
          license: {
            ...license,
            installedAt: formatInstant(license.installedAt),
            ...(license.activated === undefined ? {} : { activated: formatInstant(license.activated) }),
          },
        }),
    ...(preloaded === undefined ? {} : { preloaded: { ...preloaded, from: formatInstant(preloaded.from) } }),
    ...(undoUntil === undefined ? {} : { undoUntil: formatInstant(undoUntil) }),
  };
}

/** `status`: which license holds on this host, and what it is worth; perhaps as a page, too. Throws the codes of writing one. */
export function status(typed: Typed, io: HostIo): Report {
  const view = statusView(sourcedAskerOf(typed, io));
  const page = typed.values.get('html')?.[0];
  if (page !== undefined) writePage(page, view);
  return {
    exit: view.inForce ? 0 : 1,
    lines: typed.values.has('log-line')
      ? [logLine(view)]
      : [...statusLines(view), ...(page === undefined ? [] : [`written: ${page}`])],
    data: { ...statusData(view), ...(page === undefined ? {} : { written: page }) },
  };
}
