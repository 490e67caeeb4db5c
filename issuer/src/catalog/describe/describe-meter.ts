import type { Product } from '@counterfoil/schemas';

type Meter = NonNullable<Product['meters']>[string];
type Release = NonNullable<Meter['release']>;

const KIB = 1024;
const UNITS = ['KiB', 'MiB', 'GiB', 'TiB'] as const;

/** A size in the largest unit that divides it, in words: `512 MiB`. */
function sizeWords(bytes: number): string {
  let [size, unit] = [bytes, 'bytes'];
  for (const larger of UNITS) {
    if (size % KIB !== 0) break;
    [size, unit] = [size / KIB, larger];
  }
  return `${new Intl.NumberFormat('en').format(size)} ${unit}`;
}

export const countWords = (count: number, one: string, many = `${one}s`): string =>
  `${new Intl.NumberFormat('en').format(count)} ${count === 1 ? one : many}`;

/** What people call an id: its label, else the id with spaces. */
export const labelOf = (id: string, named: { readonly label?: string } | undefined): string =>
  named?.label ?? id.replaceAll('-', ' ');

/** A label inside a sentence: its capital goes, unless the word is an abbreviation. */
export const inside = (label: string): string =>
  label.replace(/^\p{Lu}(?=\p{Ll}|$)/u, (first) => first.toLowerCase());

/** English only, and only of what is one word. */
function pluralOf(kind: string): string {
  if (!/^[a-z]+$/.test(kind)) return `of “${kind}”`;
  if (/[^aeiou]y$/.test(kind)) return kind.replace(/y$/, 'ies');
  return /(s|x|z|ch|sh)$/.test(kind) ? `${kind}es` : `${kind}s`;
}

const PLATFORMS: Readonly<Record<string, string>> = { windows: 'Windows', macos: 'macOS', linux: 'Linux' };

const listOf = (ids: readonly string[]): string => ids.map((id) => id.replaceAll('-', ' ')).join(', ');

/** What a meter counts and how, in sentences for people. */
export function describeMeter(product: Product, id: string, meter: Meter): readonly string[] {
  const kind = inside(labelOf(meter.kind, product.kinds?.[meter.kind]));
  const { group, exempt = [], platforms = [] } = meter;
  return [
    capital(
      `${costWords(meter, kind)}, ${takesWords(product, id, meter, kind)}; ${releaseWords(meter.release)}.`,
    ),
    ...costNotes(meter),
    poolWords(product, meter),
    ...(group === undefined
      ? []
      : [groupWords(inside(labelOf(group.kind, product.kinds?.[group.kind])), group.size, group.release)]),
    ...(platforms.length === 0
      ? []
      : [`Only on ${platforms.map((platform) => PLATFORMS[platform] ?? platform).join(', ')}.`]),
    ...(exempt.length === 0 ? [] : [`Never counted: ${listOf(exempt)}.`]),
    limitWords(meter.limit),
    ...(meter.overflow === undefined ? [] : [OVERFLOW[meter.overflow]]),
  ];
}

const capital = (text: string): string => text.replace(/^./u, (first) => first.toUpperCase());

function costWords({ cost }: Meter, kind: string): string {
  switch (cost?.type) {
    case undefined:
      return `one license for each ${kind}`;
    case 'fixed':
      return `${countWords(cost.units, 'license')} for each ${kind}`;
    case 'size':
      return cost.per === 'identity'
        ? `one license for every started ${sizeWords(cost.bytes)} of each ${kind}`
        : `one license for every started ${sizeWords(cost.bytes)} of all together, counted by ${kind}`;
    case 'beyond': {
      const what = cost.per === 'identity' ? `unit of each ${kind}` : kind;
      const first =
        cost.included === 1 ? 'the first, which is' : `the first ${String(cost.included)}, which are`;
      return `one license for each ${what}${cost.included === 0 ? '' : ` beyond ${first} free`}`;
    }
  }
}

function costNotes({ cost }: Meter): readonly string[] {
  if (cost?.type !== 'size') return [];
  return [
    'What is empty takes none.',
    ...(cost.ratchet === true ? ['What gets smaller gives nothing back; only growth takes more.'] : []),
  ];
}

function takesWords({ operations }: Product, id: string, { takes }: Meter, kind: string): string {
  const uses = Object.entries(operations)
    .filter(([, { meters = [] }]) => meters.includes(id))
    .map(([operation, named]) => `“${labelOf(operation, named)}”`);
  const first = uses.length === 0 ? 'counted at its first use' : `counted at its first ${uses.join(' or ')}`;
  switch (takes?.type) {
    case undefined:
    case 'first-use':
      return first;
    case 'condition':
      return `counted when the product reports: ${listOf([takes.condition])}`;
    case 'evaluation': {
      const free = `a new ${kind} is free for ${countWords(takes.days, 'day')}`;
      const when = takes.when === 'always' ? '' : ' while no license is free';
      const then =
        takes.condition === undefined
          ? first
          : `counted when the product reports: ${listOf([takes.condition])}`;
      return `${then} (${free}${when})`;
    }
  }
}

function releaseWords(release: Release | undefined): string {
  switch (release?.type) {
    case undefined:
    case 'never':
      return 'never given back';
    case 'hold': {
      const same = release.sameDay === true ? ', on the day itself free' : '';
      const days = countWords(release.days, 'day');
      if (release.mode === 'all-eligible') {
        return release.days === 0
          ? `can be given back all at once${same}`
          : `can be given back all at once, those that are at least ${days} old${same}`;
      }
      return release.days === 0
        ? `can be given back at any time${same}`
        : `can be given back after ${days}${same}`;
    }
    case 'reasons':
      return `can be given back only for: ${listOf(release.reasons)}`;
  }
}

function poolWords({ pools }: Product, meter: Meter): string {
  const names = meter.pools.map((pool) => `“${labelOf(pool, pools?.[pool])}”`);
  return names.length === 1
    ? `Taken from ${names.join('')}.`
    : `Taken from the first that has one free: ${names.join(', then ')}.`;
}

function groupWords(kind: string, size: number, release: Release | undefined): string {
  const covers = size === 1 ? `one ${kind}` : `up to ${String(size)} ${pluralOf(kind)}`;
  if (release === undefined) return `Each license covers ${covers}.`;
  const verb = release.type === 'never' ? 'is ' : '';
  return `Each license covers ${covers}; each ${kind} ${verb}${releaseWords(release)}.`;
}

function limitWords(limit: Meter['limit']): string {
  switch (limit?.type) {
    case undefined:
    case 'hard':
      return 'No more than were bought.';
    case 'slack':
      return `Beyond what was bought up to ${String(limit.percent)} % or ${countWords(limit.atLeast, 'more', 'more')}, whichever is larger, for ${countWords(limit.days, 'day')}; then no more.`;
    case 'postpaid':
      return 'Never denied: it is counted, and paid afterwards (postpaid).';
  }
}

const OVERFLOW: Readonly<Record<NonNullable<Meter['overflow']>, string>> = {
  alphabetical: 'After a renewal for fewer the first in the alphabet keep theirs.',
  'oldest-first': 'After a renewal for fewer those counted first keep theirs.',
  choose: 'After a renewal for fewer the administrator chooses who keeps one.',
};
