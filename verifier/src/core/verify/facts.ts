import { dateInUtc, formatDate, type Instant } from '../time/calendar.js';
import { termText } from '../license/summary.js';
import { newestOf, type Fitting } from './fitting.js';

/** What was found at a rule where nothing is wrong, for the lists that people read. */
type Fact = (fitting: Fitting) => string;

const utc = (instant: Instant): string => formatDate(dateInUtc(instant));

/** One row a rule; {@link factOf} finds it. */
const FACTS: ReadonlyMap<string, Fact> = new Map<string, Fact>([
  ['file', ({ file }) => (file.bare ? 'a bare token' : `${String(file.blocks.length)} blocks`)],
  ['blocks', ({ file }) => file.blocks.map(({ document }) => document).join(', ')],
  ['header', ({ license: { header } }) => `${header.alg}, key id ${header.kid.slice(0, 8)}…`],
  ['trust', ({ trust }) => `root version ${String(trust.root.version)}`],
  ['key', ({ key }) => `issuing key ${key.row.kid.slice(0, 8)}…`],
  ['signature', ({ context }) => `checked with ${context.engine.name}`],
  [
    'claims',
    ({ license: { claims } }) => `${claims.license.id}, revision ${String(claims.license.revision)}`,
  ],
  ['consistency', ({ license: { claims } }) => termText(claims)],
  ['key-window', ({ license: { claims } }) => `issued on ${utc(claims.iat)}`],
  [
    'key-limits',
    ({ key }) => (key.row.limits === undefined ? 'the key has no limits' : 'within the limits of the key'),
  ],
  [
    'status-list',
    ({ file, shard }) => {
      if (shard !== undefined) return `${shard.uri}, version ${String(shard.version)}`;
      const carried = file.blocks.some(({ document }) => document === 'status-list');
      return carried ? 'not used: its key is no longer trusted' : 'none in the file';
    },
  ],
  ['vendor', ({ license: { claims } }) => claims.iss],
  ['product', ({ license: { claims } }) => claims.aud],
  [
    'needs-root',
    ({ license: { claims }, trust }) =>
      `version ${String(trust.root.version)}, needed is ${String(claims.license.needs.root)}`,
  ],
  [
    'needs-status',
    (fitting) => {
      const newest = newestOf(fitting);
      return newest === undefined ? 'none is needed' : `version ${String(newest.version)}`;
    },
  ],
  ['revision', ({ license: { claims } }) => `revision ${String(claims.license.revision)}`],
  ['host', ({ license: { claims } }) => claims.license.binding?.type ?? 'bound to no host'],
  ['clock', ({ context: { now } }) => utc(now)],
  ['root-age', ({ trust }) => `good to ${utc(trust.root.exp)}`],
]);

/** The fact of a rule of {@link GENUINE_RULES}, {@link FITTING_RULES} or {@link CONDITION_RULES}. */
export function factOf(rule: string, fitting: Fitting): string {
  return (FACTS.get(rule) as Fact)(fitting);
}
