import { CounterfoilError, type Allowed, type Grant, type Order, type Product } from '@counterfoil/schemas';
import { canonicalDomainEntry, canonicalIdentity, type IdentityKind } from '@counterfoil/verifier';
import { issuerFault } from '../../codes.js';
import { buildIdentityPages } from './identity-pages.js';
import { requireName } from './order-grant.js';

/** A text of identities, one a line; blank lines and lines that start with # are skipped. */
export interface IdentityText {
  readonly name: string;
  readonly text: string;
}

/** What a license says of allowed identities, and the pages that go beside it. */
export interface AllowedIdentities {
  readonly allowed?: NonNullable<Grant['allowed']>;
  readonly pages: readonly Uint8Array[];
}

/** Kinds whose identities have a domain. */
const DOMAIN_FORMS: ReadonlySet<string> = new Set(['mail', 'domain', 'host']);
/** Places that a message names. */
const SHOWN = 5;
/** The most identities that pages can hold. */
const MOST_IDENTITIES = 2_000_000;
/** A list stands in the license itself up to this length, */
const MOST_LISTED = 2000;
/** and while all lists together have no more bytes: a license has at most 262,144 in base64url. */
const MOST_LISTED_BYTES = 100_000;
/** Characters of one identity in a license. */
const LONGEST = 400;

/**
 * The allowed identities of an order: canonical, sorted, each once; up to 2,000 in the license, more on pages.
 *
 * `texts` are the files that the order names, by kind; `salt` makes one salt of 16 bytes in base64url. Throws
 * `order-name-unknown`, `identities-invalid`, `identities-none`, `identities-too-many`.
 */
export function buildAllowed(
  order: Pick<Order, 'allowed'>,
  product: Product,
  texts: ReadonlyMap<string, IdentityText>,
  salt: () => string,
  most = MOST_IDENTITIES,
): AllowedIdentities {
  const pages: Uint8Array[] = [];
  let listed = 0;
  const entries = Object.entries(order.allowed ?? {}).map(([id, { list = [], domains, file }]) => {
    const where = `allowed.${id}`;
    requireName(product.kinds, id, where);
    const kind = product.kinds?.[id] as IdentityKind;
    const text = texts.get(id);
    const lines = text === undefined ? [] : linesOf(text);
    const entry: Allowed = {};
    if (domains !== undefined) entry.domains = canonicalDomains(kind, domains, where);
    if (list.length > 0 || file !== undefined) {
      const identities = canonicalAll(kind, list, where, lines, text?.name ?? where);
      requireCount(identities.length, most, where);
      const size = Buffer.byteLength(identities.slice(0, MOST_LISTED).join('","'));
      if (identities.length <= MOST_LISTED && listed + size <= MOST_LISTED_BYTES) {
        entry.list = identities;
        listed += size;
      }
      if (entry.list === undefined) {
        const built = buildIdentityPages(identities, identities.length, salt());
        entry.pages = { ...built.claim };
        pages.push(built.bytes);
      }
    }
    if (Object.keys(entry).length === 0) throw issuerFault('identities-none', { where });
    return [id, entry] as const;
  });
  return { ...(entries.length === 0 ? {} : { allowed: Object.fromEntries(entries) }), pages };
}

const linesOf = ({ text }: IdentityText): readonly string[] => text.replace(/^\ufeff/, '').split(/\r?\n/);

/** Everything that is wrong with a list, told at once. */
class Faults {
  private readonly found: string[] = [];
  private count = 0;
  private readonly where: string;

  constructor(where: string) {
    this.where = where;
  }

  /** The value, or undefined once its fault is noted. */
  try<T>(place: string, index: number, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof CounterfoilError)) throw error;
      this.count++;
      if (this.found.length < SHOWN)
        this.found.push(`${place} ${String(index + 1)} ${error.detail.actual ?? ''}`);
      return undefined;
    }
  }

  require(expected: string): void {
    if (this.count === 0) return;
    const more = this.count > SHOWN ? `, and ${String(this.count - SHOWN)} more` : '';
    throw issuerFault('identities-invalid', {
      where: this.where,
      expected,
      actual: `${this.found.join(', ')}${more}`,
    });
  }
}

function canonicalAll(
  kind: IdentityKind,
  list: readonly string[],
  where: string,
  lines: readonly string[],
  file: string,
): string[] {
  const faults = new Faults(lines.length === 0 ? where : file);
  const found = new Set<string>();
  const add = (place: string, index: number, identity: string): void => {
    const canonical = faults.try(place, index, () => requireShort(canonicalIdentity(kind, identity)));
    if (canonical !== undefined) found.add(canonical);
  };
  for (const [i, identity] of list.entries()) add('entry', i, identity);
  for (const [i, line] of lines.entries()) {
    const identity = line.trim();
    if (identity !== '' && !identity.startsWith('#')) add('line', i, identity);
  }
  faults.require(`a ${kind.form}`);
  return [...found].sort();
}

function requireCount(count: number, most: number, where: string): void {
  if (count === 0) throw issuerFault('identities-none', { where });
  if (count > most) {
    throw issuerFault('identities-too-many', {
      where,
      expected: `at most ${String(most)}`,
      actual: String(count),
    });
  }
}

function requireShort(identity: string): string {
  if (identity.length <= LONGEST) return identity;
  const actual = `${String(identity.length)} characters`;
  throw issuerFault('identities-invalid', { expected: `at most ${String(LONGEST)}`, actual });
}

function canonicalDomains(kind: IdentityKind, domains: readonly string[], where: string): string[] {
  if (!DOMAIN_FORMS.has(kind.form)) {
    throw issuerFault('identities-invalid', {
      where: `${where}.domains`,
      expected: `a kind whose identities have domains: ${[...DOMAIN_FORMS].join(', ')}`,
      actual: kind.form,
    });
  }
  const faults = new Faults(`${where}.domains`);
  const found = domains.flatMap(
    (entry, i) => faults.try('entry', i, () => canonicalDomainEntry(entry)) ?? [],
  );
  faults.require('a domain, or *. and a domain');
  return [...new Set(found)].sort();
}
