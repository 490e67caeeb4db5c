import { pagesHeader, parseFile, type Allowed, type Grant, type Product } from '@counterfoil/schemas';
import { issuerFault } from '../../codes.js';
import type { IssuedFile } from '../../register/register.js';
import type { AllowedIdentities } from '../order/allowed-identities.js';
import { requireName } from '../order/order-grant.js';
import { currentId } from './replaced-names.js';

/**
 * The allowed identities of a filed license with some lists replaced; pages that stay are taken from its file.
 *
 * Domains stay beside a replaced list. Throws `order-name-unknown`, `identities-invalid` when a newer product writes
 * a kind otherwise.
 */
export function carryAllowed(
  { text, claims }: IssuedFile,
  product: Product,
  replaced: AllowedIdentities,
): AllowedIdentities {
  const carried = new Map<string, Allowed>();
  for (const [old, entry] of Object.entries(
    structuredClone(claims.license.allowed ?? {}) as NonNullable<Grant['allowed']>,
  )) {
    const kind = currentId(product.kinds, old);
    requireName(product.kinds, kind, `allowed.${kind}`);
    const fresh = replaced.allowed?.[kind];
    if (fresh === undefined || entry.domains !== undefined)
      requireForm(kind, claims.license.kinds?.[old]?.form, product);
    const first = carried.get(kind);
    carried.set(kind, first === undefined ? entry : joinAllowed(first, entry, kind, fresh !== undefined));
  }
  const kept: string[] = [];
  const allowed: Record<string, Allowed> = { ...replaced.allowed };
  for (const [kind, entry] of carried) {
    const fresh = allowed[kind];
    if (fresh !== undefined) {
      allowed[kind] = { ...(entry.domains === undefined ? {} : { domains: entry.domains }), ...fresh };
      continue;
    }
    allowed[kind] = entry;
    if (entry.pages !== undefined) kept.push(pagesHeader(entry.pages.root, entry.pages.count));
  }
  const pages = [...pagesOf(text, kept), ...replaced.pages];
  return Object.keys(allowed).length === 0 ? { pages } : { allowed, pages };
}

/** The identities of two kinds that became one; pages are digests, which cannot be put together. */
function joinAllowed(first: Allowed, second: Allowed, kind: string, isReplaced: boolean): Allowed {
  if (!isReplaced && (first.pages !== undefined || second.pages !== undefined)) {
    throw issuerFault('identities-invalid', {
      where: `allowed.${kind}`,
      expected: 'one list, given with --allow',
      actual: 'pages of two kinds that became one',
    });
  }
  const union = (a: readonly string[] = [], b: readonly string[] = []): string[] =>
    [...new Set([...a, ...b])].sort();
  const [list, domains] = [union(first.list, second.list), union(first.domains, second.domains)];
  return { ...(list.length === 0 ? {} : { list }), ...(domains.length === 0 ? {} : { domains }) };
}

function requireForm(kind: string, before: string | undefined, product: Product): void {
  const now = product.kinds?.[kind]?.form;
  if (before === now) return;
  throw issuerFault('identities-invalid', {
    where: `allowed.${kind}`,
    expected: `a list of the new form ${String(now)}, given with --allow`,
    actual: `identities of the form ${String(before)}`,
  });
}

/** Node's own base64: pages of a million identities have 16 MB. */
function pagesOf(text: string, headers: readonly string[]): readonly Uint8Array[] {
  if (headers.length === 0) return [];
  return parseFile(text)
    .blocks.filter(({ document }) => document === 'identity-pages')
    .map(({ body }) => Buffer.from(body, 'base64'))
    .filter((bytes) =>
      headers.some((header) => bytes.subarray(0, header.length).toString('latin1') === header),
    );
}
