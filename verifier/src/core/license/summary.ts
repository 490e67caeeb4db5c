import { documents, printable } from '@counterfoil/schemas';
import { formatDate, type Instant } from '../time/calendar.js';
import { dateInZone, lastDayOf, zoneOrUtc } from '../time/zone.js';
import type { LicenseContent } from './license.js';

/** One line of what a license says, for people. */
export interface SummaryLine {
  readonly label: string;
  readonly text: string;
}

/** What of a license says when it holds; a planned one has that before it is signed. */
type Dated = Pick<LicenseContent, 'nbf' | 'exp'> & {
  readonly license: Pick<LicenseContent['license'], 'term'>;
};

/** The zone in which a license names its days. */
export function zoneOf({ license: { term } }: Pick<Dated, 'license'>): string {
  return zoneOrUtc(term.zone);
}

/** The term in words, its last day named with the zone in which it is whole (license-file.md, clause 10.2). */
export function termText(content: Dated): string {
  const { nbf, exp, license } = content;
  const zone = zoneOf(content);
  const from = formatDate(dateInZone(nbf, zone));
  const { term } = license;
  switch (term.type) {
    case 'perpetual':
      return `from ${from} (${zone}), without end`;
    case 'activation':
      return `${term.duration} from activation, to be activated by ${formatDate(lastDayOf(term.by, zone))} (${zone})`;
    case 'fixed': {
      const last = `${formatDate(lastDayOf(term.until, zone))} (${zone})`;
      const grace =
        exp === undefined || exp === term.until ? '' : `, grace to ${formatDate(lastDayOf(exp, zone))}`;
      return `from ${from} to the end of ${last}${grace}`;
    }
  }
}

/** The days of what has its own, and nothing of what holds as long as the license. */
function datesOf(
  { from, until }: { readonly from?: Instant; readonly until?: Instant },
  zone: string,
): string {
  const first = from === undefined ? undefined : formatDate(dateInZone(from, zone));
  const last = until === undefined ? undefined : formatDate(lastDayOf(until, zone));
  if (first === undefined) return last === undefined ? '' : ` (to ${last})`;
  return last === undefined ? ` (from ${first})` : ` (${first} to ${last})`;
}

/** What a license says, line by line; derived, never stored (license-file.md, clause 2.7). */
export function summaryLines(content: LicenseContent): readonly SummaryLine[] {
  const { iss, aud, sub, license } = content;
  const zone = zoneOf(content);
  const line = (label: string, text: string): SummaryLine => ({ label, text });
  return [
    line('License', `${license.id}, revision ${String(license.revision)}, ${license.kind}`),
    line('Product', `${license.product.name} (${aud})`),
    line('Licensee', `${license.licensee.name} (${sub})`),
    line('Vendor', iss),
    line('Term', termText(content)),
    ...Object.entries(license.pools ?? {}).map(([pool, { label, lots }]) =>
      line(
        'Pool',
        `${label ?? pool}: ${lots.map((lot) => `${String(lot.quantity)}${datesOf(lot, zone)}`).join(' + ') || '0'}`,
      ),
    ),
    ...Object.entries(license.features ?? {}).map(([id, feature]) =>
      line('Feature', `${id}${datesOf(feature, zone)}`),
    ),
    ...(license.binding === undefined
      ? []
      : [line('Bound to', license.binding.type === 'host-key' ? 'a host key' : license.binding.source)]),
  ];
}

/** Bounds that keep the text below what a file may begin with (clause 13). */
const MOST_LINES = 20;
const WIDEST = 180;

/** The text before the blocks of a license file: bounded, and plain that it proves nothing. */
export function summaryText(content: LicenseContent): string {
  const lines = summaryLines(content).map(
    ({ label, text }) => `${`${label}:`.padEnd(10)}${printable(text, WIDEST)}`,
  );
  const more = lines.length - MOST_LINES + 1;
  const shown = more > 1 ? [...lines.slice(0, MOST_LINES - 1), `${String(more)} more lines`] : lines;
  return [
    ...shown,
    `This text only explains; what counts is signed in the block ${documents.license.label}.`,
  ].join('\n');
}
