import {
  formatDate,
  lastDayOf,
  termText,
  zoneOf,
  type Instant,
  type LicenseContent,
} from '../../core/index.js';
import { poolLimits } from './pool-limit.js';

/** One thing in which a license differs from the one before it. */
export interface Change {
  readonly what: string;
  /** Absent where it was not there before. */
  readonly before?: string;
  /** Absent where it is there no longer. */
  readonly after?: string;
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

/** What changes from one license to the next, each at an instant at which it counts. */
export function changesBetween(
  before: LicenseContent | undefined,
  after: LicenseContent,
  now: Instant,
): readonly Change[] {
  const old = before === undefined ? new Map<string, string>() : factsOf(before, Math.max(now, before.nbf));
  const fresh = factsOf(after, Math.max(now, after.nbf));
  return [...new Set([...fresh.keys(), ...old.keys()])].flatMap((what) => {
    const [was, is] = [old.get(what), fresh.get(what)];
    if (was === is) return [];
    return [
      { what, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) },
    ];
  });
}
