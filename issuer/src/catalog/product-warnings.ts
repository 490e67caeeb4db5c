import type { Catalog, Offer, Product } from '@counterfoil/schemas';
import { placeOf, type DocumentPlace } from './document-issue.js';
import { sectionWords, type Section } from './members.js';
import type { MemberPath, YamlDocument } from './yaml-document.js';

/** What may be meant so, but is worth a second look: code → message and hint. */
const catalogWarnings = {
  'read-forbidden': {
    message: 'customers cannot get at their own data',
    hint: 'add it to the row, unless that is what is sold',
  },
  'never-allowed': {
    message: 'no state allows the operation',
    hint: 'add it to the row of a state, such as active',
  },
  unused: { message: 'nothing uses it', hint: 'use it, or remove it before it is sold' },
  'offer-empty': {
    message: 'the offer gives nothing',
    hint: 'give it pools or features, or a pack that adds to it',
  },
  'never-offered': {
    message: 'customers cannot order it, because no offer is for it',
    hint: 'add such an offer, or say no',
  },
  'not-counted': {
    message: 'counting is compiled and signed, not yet enforced',
    hint: 'operations are allowed by state alone, however many were bought',
  },
} as const;

export type CatalogWarningCode = keyof typeof catalogWarnings;

/** One place of a product document that is allowed, and perhaps not meant. */
export interface CatalogWarning extends DocumentPlace {
  readonly code: CatalogWarningCode;
  readonly message: string;
  readonly hint: string;
}

/** A warning in one text, with its place. */
export function warningText(warning: CatalogWarning): string {
  const { code, message, hint } = warning;
  return `${placeOf(warning)}: ${message}; ${hint} (${code})`;
}

/** The states in which a customer has or had a license that does not hold as sold. */
const WEAK_STATES = ['pending', 'grace', 'expired', 'trial-expired', 'suspended', 'revoked'] as const;

/** Makes the warnings of one document. */
type Warn = (code: CatalogWarningCode, path: MemberPath, actual: string, atName?: boolean) => CatalogWarning;

/** Everything in a product that can be signed but is perhaps not meant; `areNamesKnown` unless some name is misspelt. */
export function productWarnings(
  product: Catalog,
  { placeAt }: YamlDocument,
  areNamesKnown: boolean,
): readonly CatalogWarning[] {
  const warn: Warn = (code, path, actual, atName = true) => {
    const { message, hint } = catalogWarnings[code];
    return { ...placeAt(path, atName), code, message: `${message}: ${actual}`, hint };
  };
  return [
    ...forbiddenReads(product, warn),
    ...(areNamesKnown ? [...operationsNowhere(product, warn), ...unusedIds(product, warn)] : []),
    ...emptyOffers(product, warn),
    ...unofferedChanges(product, warn),
    ...uncounted(product, warn),
  ];
}

/** What a state allows: its row, united with that of none. */
const rowOf = ({ states }: Product, state: keyof Product['states']): readonly string[] => [
  ...(states[state] ?? []),
  ...(states.none ?? []),
];

const operationOf = (entry: string): string => entry.split('@')[0] as string;

function forbiddenReads(product: Product, warn: Warn): readonly CatalogWarning[] {
  const reads = [...new Set(rowOf(product, 'active'))].filter(
    (entry) => product.operations[operationOf(entry)]?.reads === true,
  );
  return WEAK_STATES.flatMap((state) => {
    const row = rowOf(product, state);
    const path = product.states[state] === undefined ? ['states'] : ['states', state];
    return reads
      .filter((entry) => !row.includes(entry) && !row.includes(operationOf(entry)))
      .map((entry) => warn('read-forbidden', path, `${state} forbids ${entry}, active allows it`));
  });
}

function operationsNowhere({ operations, states }: Product, warn: Warn): readonly CatalogWarning[] {
  const rows: readonly string[] = Object.values(states as Record<string, readonly string[]>).flat();
  const allowed = new Set(rows.map(operationOf));
  return Object.keys(operations)
    .filter((id) => !allowed.has(id))
    .map((id) => warn('never-allowed', ['operations', id], id));
}

function unusedIds(product: Product, warn: Warn): readonly CatalogWarning[] {
  const meters = Object.values(product.meters ?? {});
  const operations = Object.values(product.operations);
  const rows: readonly string[] = Object.values(product.states as Record<string, readonly string[]>).flat();
  const used: readonly (readonly [Exclude<Section, 'offers'>, readonly (string | undefined)[], string])[] = [
    ['pools', meters.flatMap(({ pools }) => pools), 'no meter draws from'],
    ['meters', operations.flatMap(({ meters: names = [] }) => names), 'no operation draws from'],
    ['kinds', meters.flatMap(({ kind, group }) => [kind, group?.kind]), 'no meter counts'],
    ['roles', rows.map((entry) => entry.split('@')[1]), 'no state names'],
    ['features', operations.map(({ feature }) => feature), 'no operation needs'],
  ];
  return used.flatMap(([section, names, verb]) =>
    Object.keys(product[section] ?? {})
      .filter((id) => !names.includes(id))
      .map((id) => warn('unused', [section, id], `${verb} ${sectionWords[section]} ${id}`)),
  );
}

/** Offers whose licenses would allow no more of anything that is counted than no license does. */
function emptyOffers({ offers = {}, meters = {} }: Catalog, warn: Warn): readonly CatalogWarning[] {
  const limits = Object.values(meters).map(({ limit }) => limit?.type);
  // What is not counted, or paid afterwards, needs no quantity.
  const isOpen = limits.length === 0 || limits.includes('postpaid');
  const hasPack = (id: string): boolean =>
    Object.values(offers).some((pack) => pack.type === 'pack' && (pack.for ?? [id]).includes(id));
  const isEmpty = (id: string, { type, pools = {}, features = [] }: Offer): boolean =>
    Object.keys(pools).length === 0 && features.length === 0 && (type === 'pack' || !(isOpen || hasPack(id)));
  return Object.entries(offers)
    .filter(([id, offer]) => isEmpty(id, offer))
    .map(([id]) => warn('offer-empty', ['offers', id], id));
}

/** The types of offers by which a change is sold. */
const SOLD_BY = {
  renew: ['subscription'],
  convert: ['subscription', 'perpetual'],
} as const satisfies Partial<Record<keyof NonNullable<Catalog['selfService']>, readonly Offer['type'][]>>;

/** Changes that customers may order and that no offer is for. */
function unofferedChanges({ offers = {}, selfService = {} }: Catalog, warn: Warn): readonly CatalogWarning[] {
  const types = Object.values(offers).map(({ type }) => type);
  return (['renew', 'convert'] as const)
    .filter((change) => (selfService[change] ?? 'no') !== 'no')
    .filter((change) => !types.some((type) => (SOLD_BY[change] as readonly string[]).includes(type)))
    .map((change) => warn('never-offered', ['selfService', change], change));
}

/** Every meter for now: no engine counts yet. */
function uncounted({ meters = {} }: Product, warn: Warn): readonly CatalogWarning[] {
  const ids = Object.keys(meters);
  return ids.length === 0 ? [] : [warn('not-counted', ['meters'], ids.join(', '))];
}
