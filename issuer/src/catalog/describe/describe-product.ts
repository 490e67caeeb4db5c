import type { Product } from '@counterfoil/schemas';
import { countWords, describeMeter, labelOf } from './describe-meter.js';
import { offerLines, selfServiceLines } from './describe-offers.js';
import type { Sales } from '../product-document.js';
import { wrapText } from './wrap-text.js';

/** The states in the order of a license's life, as people call them. */
const STATES = [
  ['none', 'no license'],
  ['pending', 'not yet begun'],
  ['trial', 'trial'],
  ['active', 'active'],
  ['grace', 'grace'],
  ['expired', 'expired'],
  ['trial-expired', 'trial is over'],
  ['suspended', 'suspended'],
  ['revoked', 'revoked'],
] as const satisfies readonly (readonly [keyof Product['states'], string])[];

/**
 * A product in words for people who sell it: what is counted and how, what each state allows, offers and
 * prices, trial, features, links.
 *
 * Lines of at most 80 columns; only a link may be longer.
 */
export function describeProduct(product: Product, sales: Sales = {}): readonly string[] {
  return [
    ...wrapText(`${product.name} (${product.id}, catalog ${String(product.catalog)})`),
    ...section('What is counted', countedLines(product)),
    ...section('What each state allows', stateLines(product)),
    ...section('Offers', offerLines(product, sales)),
    ...section('What customers may do in the portal', selfServiceLines(sales)),
    ...section('Trial', trialLines(product)),
    ...section('Features, sold apart', featureLines(product)),
    ...section('Policies', policyLines(product)),
    ...section(
      'Links',
      Object.entries(product.links ?? {}).flatMap(([id, link]) => wrapText(link, `  ${id}: `)),
    ),
  ];
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

function countedLines(product: Product): readonly string[] {
  const meters = Object.entries(product.meters ?? {});
  if (meters.length === 0) return ['  nothing'];
  return [
    ...meters.flatMap(([id, meter]) => [
      ...wrapText(labelOf(id, meter), '  '),
      ...wrapText(describeMeter(product, id, meter).join(' '), '    '),
    ]),
    ...wrapText('Counting is compiled and signed, not yet enforced.', '  '),
  ];
}

/** An entry of a row in words: an operation, perhaps for one role. */
function entryWords({ operations, roles }: Product, entry: string): string {
  const [operation, role] = entry.split('@') as [string, string?];
  const label = labelOf(operation, operations[operation]);
  return role === undefined ? label : `${label} (${labelOf(role, roles?.[role])} only)`;
}

function stateLines(product: Product): readonly string[] {
  const all = Object.keys(product.operations);
  const none = product.states.none ?? [];
  const before = new Map<string, string>();
  const width = Math.max(...STATES.map(([, words]) => words.length)) + 4;
  return STATES.flatMap(([state, words]) => {
    const row = new Set([...none, ...(product.states[state] ?? [])]);
    // What everybody may do needs no word for a role.
    const entries = [...row].filter(
      (entry) => !entry.includes('@') || !row.has(entry.split('@')[0] as string),
    );
    const said = allowedWords(product, all, entries);
    const same = before.get(said);
    if (same === undefined) before.set(said, words);
    const text = same !== undefined && said.length > 20 ? `as in: ${same}` : said;
    return wrapText(text, `  ${words}`.padEnd(width));
  });
}

function allowedWords(product: Product, all: readonly string[], entries: readonly string[]): string {
  if (entries.length === 0) return 'nothing';
  return all.every((operation) => entries.includes(operation))
    ? 'everything'
    : entries.map((entry) => entryWords(product, entry)).join(', ');
}

function trialLines({ trial, pools }: Product): readonly string[] {
  if (trial === undefined) return ['  none that the product starts by itself'];
  const quantities = Object.entries(trial.pools ?? {}).map(
    ([id, count]) => `${new Intl.NumberFormat('en').format(count)} of “${labelOf(id, pools?.[id])}”`,
  );
  const within = quantities.length === 0 ? '' : `, with ${quantities.join(', ')}`;
  return wrapText(
    `${countWords(trial.days, 'day')}, started by the product itself, without a file${within}.`,
    '  ',
  );
}

function featureLines({ features = {}, operations }: Product): readonly string[] {
  return Object.entries(features).flatMap(([id, feature]) => {
    const needing = Object.entries(operations)
      .filter(([, operation]) => operation.feature === id)
      .map(([operation, named]) => `“${labelOf(operation, named)}”`);
    const needs = needing.length === 0 ? '' : `, needed for ${needing.join(', ')}`;
    return wrapText(`${labelOf(id, feature)}${needs}; each may end on its own.`, '  ');
  });
}

/** What follows days of something: a warning, or the rules of an expired license. */
const thenWords = { warn: 'a warning is shown', expire: 'the license counts as expired' } as const;

function policyLines({ policies = {} }: Product): readonly string[] {
  const { mode, clock, status, ledger, undo } = policies;
  return [
    ...(mode === 'advisory' ? ['Nothing is denied; what would have been is counted (advisory).'] : []),
    ...(clock === undefined
      ? []
      : [`When the clock was wrong for ${countWords(clock.days, 'day')}, ${thenWords[clock.then]}.`]),
    ...(status === undefined
      ? []
      : [`When the status list is older than ${countWords(status.days, 'day')}, ${thenWords[status.then]}.`]),
    ...(ledger === undefined
      ? []
      : [`A ledger that lags behind only warns for ${countWords(ledger.days, 'day')}.`]),
    ...(undo === undefined ? [] : [`A newly installed file can be undone for ${countWords(undo, 'day')}.`]),
  ].flatMap((line) => wrapText(line, '  '));
}
