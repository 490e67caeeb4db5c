import { formatDate, dateInZone, lastDayOf, termText, zoneOf, type Instant } from '@counterfoil/verifier';
import type { PlannedContent } from '../sign-and-file.js';
import { totalAt } from './change-lots.js';

/** What a pool holds from an instant on. */
interface PoolStep {
  readonly from: Instant;
  readonly total: number;
}

/** What changes in a pool. */
interface PoolChangeView {
  readonly pool: string;
  readonly label: string;
  /** What it holds now, or where the old license starts later, then. */
  readonly before: number;
  /** What it holds once the new file does, and at each later instant at which that changes within the term. */
  readonly after: readonly [PoolStep, ...PoolStep[]];
}

/** What a reissued file changes for the customer. */
export interface ReissuePreview {
  readonly pools: readonly PoolChangeView[];
  /** The same in words, the term and the features too. */
  readonly words: readonly string[];
}

/** What the customer will see when a newer revision takes the place of an older one: dates, totals, who may lose a seat. */
export function previewReissue(before: PlannedContent, after: PlannedContent, now: Instant): ReissuePreview {
  const replaced = Object.values(after.license.pools ?? {}).flatMap(({ replaces = [] }) => replaces);
  const ids = new Set([before, after].flatMap(({ license }) => Object.keys(license.pools ?? {})));
  const pools = [...ids]
    .filter((id) => !replaced.includes(id))
    .map((id) => poolChange(id, before, after, now))
    .filter(isChange);
  const [oldTerm, newTerm] = [termText(before), termText(after)];
  return {
    pools,
    words: [
      ...(oldTerm === newTerm ? [] : [`term before: ${oldTerm}`, `term after:  ${newTerm}`]),
      ...pools.flatMap((pool) => poolWords(pool, after)),
      ...featureWords(before, after),
      ...(after.nbf > now
        ? [`the new file starts on ${startDay(after.nbf, after)}; until then the old one holds unchanged`]
        : []),
    ],
  };
}

const startDay = (from: Instant, content: PlannedContent): string =>
  `${formatDate(dateInZone(from, zoneOf(content)))} (${zoneOf(content)})`;

function poolChange(id: string, before: PlannedContent, after: PlannedContent, now: Instant): PoolChangeView {
  const lotsOf = ({ license }: PlannedContent, pool: string): Parameters<typeof totalAt>[0] =>
    license.pools?.[pool]?.lots ?? [];
  const { label = id, replaces = [] } = after.license.pools?.[id] ?? {};
  const lots = lotsOf(after, id);
  const start = Math.max(now, after.nbf);
  const { term } = after.license;
  const end = term.type === 'fixed' ? term.until : Infinity;
  const instants = lots
    .flatMap(({ from, until }) => [from, until])
    .filter((at) => at !== undefined)
    .filter((at) => at > start && at < end);
  const first = { from: start, total: totalAt(lots, start) };
  const steps: [PoolStep, ...PoolStep[]] = [first];
  for (const from of [...new Set(instants)].sort((a, b) => a - b)) {
    const total = totalAt(lots, from);
    if (total !== (steps.at(-1) ?? first).total) steps.push({ from, total });
  }
  return {
    pool: id,
    label,
    before: totalAt(
      [id, ...replaces].flatMap((old) => lotsOf(before, old)),
      Math.max(now, before.nbf),
    ),
    after: steps,
  };
}

const isChange = ({ before, after }: PoolChangeView): boolean =>
  after.length > 1 || after[0].total !== before;

function poolWords(change: PoolChangeView, content: PlannedContent): readonly string[] {
  const { pool, label, before, after } = change;
  const [first, ...later] = after;
  const steps = later.map(({ from, total }) => `, ${String(total)} from ${startDay(from, content)}`);
  const least = Math.min(...after.map(({ total }) => total));
  const meters = Object.values(content.license.meters ?? {}).filter(({ pools }) => pools.includes(pool));
  return [
    `${label}: ${String(before)} before, ${String(first.total)} after${steps.join('')}`,
    ...(least < before
      ? meters.flatMap(({ label: meter, ...rules }) => lossWords(meter ?? pool, least, rules))
      : []),
  ];
}

type Meter = NonNullable<PlannedContent['license']['meters']>[string];

const OVERFLOW: Readonly<Record<NonNullable<Meter['overflow']>, string>> = {
  alphabetical: 'seats are given out again in alphabetical order, and the last ones lose theirs',
  'oldest-first': 'the oldest seats are kept, and the newest ones are lost',
  choose: 'the customer chooses who keeps a seat',
};

function lossWords(
  label: string,
  least: number,
  { release, limit, overflow }: Pick<Meter, 'release' | 'limit' | 'overflow'>,
): readonly string[] {
  if (limit?.type === 'postpaid') return [];
  const then =
    release?.type === 'never'
      ? 'what is used stays used, and nothing more is given out'
      : overflow === undefined
        ? 'nothing more is given out until enough are free'
        : OVERFLOW[overflow];
  return [`  ${label}: where more than ${String(least)} are in use, ${then}`];
}

function featureWords(before: PlannedContent, after: PlannedContent): readonly string[] {
  const zone = zoneOf(after);
  const endOf = (until: Instant | undefined): string =>
    until === undefined ? 'no end' : `to the end of ${formatDate(lastDayOf(until, zone))} (${zone})`;
  return Object.entries(after.license.features ?? {}).flatMap(([id, { until, replaces = [] }]) => {
    const name = [id, ...replaces].find((known) => before.license.features?.[known] !== undefined);
    const old = name === undefined ? undefined : before.license.features?.[name];
    if (old === undefined) return [`feature ${id}: new, ${endOf(until)}`];
    return old.until === until ? [] : [`feature ${id}: ${endOf(old.until)} before, ${endOf(until)} after`];
  });
}
