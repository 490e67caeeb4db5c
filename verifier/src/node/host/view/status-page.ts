import { encodeBase64, encodeUtf8, printable } from '@counterfoil/schemas';
import type { Finding, State } from '../../../core/index.js';
import { nodeEngine } from '../../engine.js';
import { formatInstant } from '../../format-instant.js';
import type { StatusView } from '../status-view.js';
import { timeLeftText } from '../time-left.js';
import { PAGE_STYLE } from './page-style.js';
import type { OperationView } from './rights-view.js';

/** What a state means, in words, and how it looks. */
const STATES: Readonly<Record<State, readonly [words: string, tone: 'good' | 'warn' | 'bad']>> = {
  none: ['No license is in force', 'bad'],
  pending: ['The license has not begun', 'warn'],
  trial: ['In force, as a trial', 'good'],
  active: ['In force', 'good'],
  grace: ['In force, in the days of grace after its term', 'warn'],
  expired: ['The term is over', 'bad'],
  'trial-expired': ['The trial is over', 'bad'],
  suspended: ['The vendor has suspended the license', 'bad'],
  revoked: ['The vendor has revoked the license', 'bad'],
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Outside text as it may stand in an element or a quoted attribute. */
const escape = (text: string): string =>
  printable(text).replace(/[&<>"']/g, (sign) => String(ENTITIES[sign]));

/** A text of the code tables, which begin small, as a sentence. */
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** What may stand in a link, whatever the document said. */
const LINK = /^(https:\/\/|mailto:)/;

type Row = readonly [label: string, text: string];

const list = (rows: readonly Row[]): string =>
  `<dl>${rows.map(([label, text]) => `<dt>${escape(label)}</dt><dd>${escape(text)}</dd>`).join('\n')}</dl>`;

const section = (id: string, title: string, content: string): string =>
  `<section aria-labelledby="${id}">\n<h2 id="${id}">${escape(title)}</h2>\n${content}\n</section>`;

function table(columns: readonly [string, string], rows: readonly Row[], numbers: boolean): string {
  const last = numbers ? ' class="number"' : '';
  const head = `<thead><tr><th scope="col">${escape(columns[0])}</th><th scope="col"${last}>${escape(columns[1])}</th></tr></thead>`;
  const body = rows.map(
    ([name, value]) => `<tr><th scope="row">${escape(name)}</th><td${last}>${escape(value)}</td></tr>`,
  );
  return `<table>${head}<tbody>\n${body.join('\n')}\n</tbody></table>`;
}

function stateBox({ state, finding, license }: StatusView): string {
  const [words, tone] = STATES[state];
  const empty = finding === undefined && license === undefined && state === 'none';
  return [
    `<div class="state ${tone}">`,
    `<p><strong>${escape(words)}</strong> (state ${escape(state)})</p>`,
    ...(empty ? ['<p>No license is installed.</p>'] : []),
    ...(finding === undefined ? [] : [findingText(finding)]),
    '</div>',
  ].join('\n');
}

function findingText({ code, message, where, expected, actual, hint, who }: Finding): string {
  const facts = [
    ...(where === undefined ? [] : [`at ${where}`]),
    ...(expected === undefined ? [] : [`expected ${expected}`]),
    ...(actual === undefined ? [] : [`got ${actual}`]),
  ];
  const detail = facts.length === 0 ? '' : ` (${facts.join('; ')})`;
  return [
    `<p>${escape(sentence(`${message}${detail}`))} <code>${escape(code)}</code></p>`,
    `<p>${escape(`For the ${who}: ${hint}.`)}</p>`,
  ].join('\n');
}

function noticeSection({ conditions, endsSoon, journal }: StatusView): readonly string[] {
  const items = [
    ...(endsSoon ? ['<p>The term ends soon, and no renewal is installed that follows it.</p>'] : []),
    ...conditions.map(findingText),
    ...(journal.gaps === 0
      ? []
      : ['<p>The journal lacks lines that were there when others were written.</p>']),
  ];
  if (items.length === 0) return [];
  return [section('notices', 'Notices', `<ul>${items.map((item) => `<li>${item}</li>`).join('\n')}</ul>`)];
}

function licenseSection({ license, undoUntil }: StatusView): readonly string[] {
  if (license === undefined) return [];
  const rows: readonly Row[] = [
    ['Licensee', license.licensee],
    ['License', license.id],
    ['Revision', String(license.revision)],
    ['Type', license.kind],
    ['Term', license.term],
    ...(license.left === undefined ? [] : [['Left', timeLeftText(license.left)] as const]),
    ...(license.activated === undefined ? [] : [['Activated', formatInstant(license.activated)] as const]),
    ['Installed', formatInstant(license.installedAt)],
    ...(undoUntil === undefined ? [] : [['Can be undone', `until ${formatInstant(undoUntil)}`] as const]),
    ...(license.features.length === 0 ? [] : [['Features', license.features.join(', ')] as const]),
  ];
  return [section('license', 'License', list(rows))];
}

function poolSection({ license }: StatusView): readonly string[] {
  if (license === undefined || license.pools.length === 0) return [];
  const rows = license.pools.map(({ label, limit }): Row => [label, String(limit)]);
  const note = '<p class="note">What is used is not counted yet.</p>';
  return [section('pools', 'Quantities', `${table(['Pool', 'Limit'], rows, true)}\n${note}`)];
}

function nextSection({ preloaded }: StatusView): readonly string[] {
  if (preloaded === undefined) return [];
  const { id, revision, firstDay, zone, pools } = preloaded;
  const rows: readonly Row[] = [
    ['License', `${id}, revision ${String(revision)}`],
    ['First day', `${firstDay} (${zone})`],
    ...pools.map(({ label, limit }): Row => [label, String(limit)]),
  ];
  return [section('next', 'Renewal that follows by itself', list(rows))];
}

const answerOf = ({ allowed, roles }: OperationView): string =>
  allowed ? 'allowed' : roles === undefined ? 'not allowed' : `allowed for ${roles.join(', ')}`;

function operationSection({ operations, mode }: StatusView): readonly string[] {
  if (operations.length === 0) return [];
  const rows = operations.map((operation): Row => [operation.label, answerOf(operation)]);
  const note = mode === 'advisory' ? '\n<p class="note">The license is advisory: nothing is denied.</p>' : '';
  return [
    section('operations', 'What is allowed now', `${table(['Operation', 'Answer'], rows, false)}${note}`),
  ];
}

function linkSection({ links }: StatusView): readonly string[] {
  if (links.length === 0) return [];
  const items = links.map(({ name, url }) => {
    const shown = LINK.test(url)
      ? `<a href="${escape(url)}" rel="noreferrer">${escape(url)}</a>`
      : escape(url);
    return `<li>${escape(name.charAt(0).toUpperCase() + name.slice(1))}: ${shown}</li>`;
  });
  return [section('links', 'From the vendor', `<ul>${items.join('\n')}</ul>`)];
}

function hostSection({ folder, root, journal }: StatusView): string {
  return section(
    'host',
    'This host',
    list([
      ['Data folder', folder],
      ['Trust root', `version ${String(root.version)} (${root.environment})`],
      ['Fingerprint', root.fingerprint],
      ['Journal', `${String(journal.lines)} ${journal.lines === 1 ? 'line' : 'lines'}`],
    ]),
  );
}

const styleHash = (): string => encodeBase64(nodeEngine.sha256(encodeUtf8(PAGE_STYLE)));

/** The licensing window as one HTML page that loads nothing and runs nothing; every text of a license in it is escaped. */
export function statusPage(view: StatusView): string {
  const name = view.license?.product ?? view.productName ?? view.product;
  return `${[
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${styleHash()}'; base-uri 'none'; form-action 'none'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="generator" content="counterfoil">',
    `<title>${escape(`License of ${name}`)}</title>`,
    `<style>${PAGE_STYLE}</style>`,
    '</head>',
    '<body>',
    `<header>\n<h1>${escape(name)}</h1>\n${stateBox(view)}\n</header>`,
    '<main>',
    ...noticeSection(view),
    ...licenseSection(view),
    ...nextSection(view),
    ...poolSection(view),
    ...operationSection(view),
    ...linkSection(view),
    hostSection(view),
    '</main>',
    `<footer><p>As of ${escape(formatInstant(view.asOf))}. This page does not renew itself.</p></footer>`,
    '</body>',
    '</html>',
  ].join('\n')}\n`;
}
