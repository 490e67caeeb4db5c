import { endOfDay, parseDate, type Instant, type State } from '@counterfoil/verifier';
import type { Register } from '../register/register.js';
import { listLicenses, type LicenseRow } from './list-licenses.js';

/** What staff look for; what is absent does not narrow. */
export interface LicenseSearch {
  /** Words that all stand in license id, customer or product, in capitals or not. */
  readonly text?: string;
  /** A customer's id, exactly. */
  readonly customer?: string;
  readonly product?: string;
  readonly kind?: string;
  readonly state?: State;
  /** Only what ends within `SOON` days with nothing to follow. */
  readonly endsSoon?: boolean;
}

/** What was found, and what there is to narrow by. */
export interface FoundLicenses {
  /** What ends first comes first; what has no end, last. */
  readonly rows: readonly LicenseRow[];
  /** How many there are without any narrowing but by customer. */
  readonly total: number;
  /** The products of all of these. */
  readonly products: readonly string[];
}

/** Days before its end within which a license is one to look after. */
export const SOON = 30;
const DAY = 86_400;
const RUNNING: ReadonlySet<State> = new Set(['trial', 'active', 'grace']);

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

/** The end of the last day; undefined where there is none. */
function endOf({ lastDay, zone }: LicenseRow): Instant | undefined {
  return lastDay === undefined ? undefined : endOfDay(parseDate(lastDay), zone);
}

/** Whether a license that is in force ends within `SOON` days, or is in grace, and no later revision lies ready. */
function endsSoon(row: LicenseRow, now: Instant): boolean {
  const end = endOf(row);
  return RUNNING.has(row.state) && row.next === undefined && end !== undefined && end - now <= SOON * DAY;
}

function isFound(row: LicenseRow, { text = '', product, kind, state }: LicenseSearch): boolean {
  const { id, customer } = row;
  const all = plain([id, id.replaceAll('-', ''), customer.id, customer.name, row.product].join(' '));
  return (
    (product === undefined || row.product === product) &&
    (kind === undefined || row.kind === kind) &&
    (state === undefined || row.state === state) &&
    plain(text)
      .split(/\s+/)
      .every((word) => all.includes(word))
  );
}

/**
 * Searches the licenses of the register.
 *
 * All of them are read and looked through in memory, which is meant for some ten thousand licenses: a larger vendor
 * needs a query of the register.
 */
export async function searchLicenses(
  register: Register,
  search: LicenseSearch,
  now: Instant,
): Promise<FoundLicenses> {
  const { customer } = search;
  const all = await listLicenses(register, customer === undefined ? {} : { customer }, now);
  const rows = all.filter((row) => isFound(row, search) && (search.endsSoon !== true || endsSoon(row, now)));
  const order = (row: LicenseRow): number => endOf(row) ?? Number.MAX_SAFE_INTEGER;
  return {
    rows: rows.toSorted((a, b) => order(a) - order(b)),
    total: all.length,
    products: [...new Set(all.map(({ product }) => product))].sort(),
  };
}
