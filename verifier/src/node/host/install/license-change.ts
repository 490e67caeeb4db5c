import {
  dateInZone,
  formatDate,
  lastDayOf,
  poolLimits,
  termText,
  zoneOf,
  type Instant,
  type LicenseContent,
} from '../../../core/index.js';

/** One thing in which a license differs from the one before it. */
export interface Change {
  readonly what: string;
  /** Absent where it was not there before. */
  readonly before?: string;
  /** Absent where it is there no longer. */
  readonly after?: string;
  /** The day from which it is so and its zone, where that is within the new license and not at its beginning. */
  readonly on?: string;
}

/** What a license says, by name, at an instant at which it counts. */
function factsOf(content: LicenseContent, at: Instant): ReadonlyMap<string, string> {
  const { license } = content;
  const zone = zoneOf(content);
  return new Map([
    ['license', `${license.id}, revision ${String(license.revision)}, ${license.kind}`],
    ['licensee', license.licensee.name],
    ['term', termText(content)],
    ...(license.binding === undefined ? [] : [['bound to', license.binding.type] as const]),
    ...poolLimits(content, at).map(
      ({ id, label, limit }) => [`pool ${label} (${id})`, String(limit)] as const,
    ),
    ...Object.entries(license.features ?? {}).map(
      ([feature, { until }]) =>
        [
          `feature ${feature}`,
          until === undefined
            ? 'with the license'
            : `to the end of ${formatDate(lastDayOf(until, zone))} (${zone})`,
        ] as const,
    ),
  ]);
}

/** A limit that changes within a license, at an instant at which a lot begins or ends. */
interface LimitStep {
  readonly at: Instant;
  readonly what: string;
  readonly before: number;
  readonly after: number;
}

/** The steps of every pool after an instant and before the license ends, in their order. */
function limitSteps(content: LicenseContent, after: Instant): readonly LimitStep[] {
  const end = content.exp ?? Infinity;
  const lots = Object.values(content.license.pools ?? {}).flatMap((pool) => pool.lots);
  const instants = new Set(
    lots
      .flatMap(({ from, until }) => [from, until])
      .filter((instant): instant is Instant => instant !== undefined && instant > after && instant < end),
  );
  return [...instants]
    .sort((a, b) => a - b)
    .flatMap((at) => {
      const before = new Map(poolLimits(content, at - 1).map(({ id, limit }) => [id, limit]));
      return poolLimits(content, at).flatMap(({ id, label, limit }) => {
        const was = before.get(id) ?? 0;
        return was === limit ? [] : [{ at, what: `pool ${label} (${id})`, before: was, after: limit }];
      });
    });
}

const sameStep = (a: LimitStep, b: LimitStep): boolean =>
  a.at === b.at && a.what === b.what && a.before === b.before && a.after === b.after;

/** What comes later within the new license and was not in the old one: fewer seats from the day on which a renewal begins. */
function laterChanges(
  before: LicenseContent | undefined,
  after: LicenseContent,
  now: Instant,
): readonly Change[] {
  const zone = zoneOf(after);
  const old = before === undefined ? [] : limitSteps(before, now);
  return limitSteps(after, Math.max(now, after.nbf))
    .filter((step) => !old.some((known) => sameStep(known, step)))
    .map((step) => ({
      what: step.what,
      before: String(step.before),
      after: String(step.after),
      on: `${formatDate(dateInZone(step.at, zone))} (${zone})`,
    }));
}

/** What changes from one license to the next, each at an instant at which it counts. */
export function changesBetween(
  before: LicenseContent | undefined,
  after: LicenseContent,
  now: Instant,
): readonly Change[] {
  const old = before === undefined ? new Map<string, string>() : factsOf(before, Math.max(now, before.nbf));
  const fresh = factsOf(after, Math.max(now, after.nbf));
  const atOnce = [...new Set([...fresh.keys(), ...old.keys()])].flatMap((what) => {
    const [was, is] = [old.get(what), fresh.get(what)];
    if (was === is) return [];
    return [
      { what, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) },
    ];
  });
  return [...atOnce, ...laterChanges(before, after, now)];
}
