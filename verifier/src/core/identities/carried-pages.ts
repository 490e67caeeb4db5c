import { decodeBody, decodeUtf8, limits, pagesHeader, type CarriedFile } from '@counterfoil/schemas';
import { verifierFault } from '../codes.js';
import type { Engine } from '../engine.js';
import type { LicenseContent } from '../license/license.js';
import { requirePages } from './pages.js';

/** The header text of an identity-pages file, without the zeros that fill the block. */
function headerOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return decodeUtf8(bytes.subarray(0, Math.min(end < 0 ? bytes.length : end, limits.page)), 'identity pages');
}

/**
 * The identity pages that a file carries, each checked whole, by the kind that they belong to.
 *
 * Throws `base64`, `pages-broken` for pages that the license does not name, `pages-missing` for those that it names and the file lacks.
 */
export function carriedPages(
  engine: Engine,
  file: CarriedFile,
  { license }: LicenseContent,
): ReadonlyMap<string, Uint8Array> {
  const carried = new Map(
    file.blocks
      .filter(({ document }) => document === 'identity-pages')
      .map(decodeBody)
      .map((bytes) => [headerOf(bytes), bytes]),
  );
  const found = new Map<string, Uint8Array>();
  for (const [kind, { pages }] of Object.entries(license.allowed ?? {})) {
    if (pages === undefined) continue;
    const header = pagesHeader(pages.root, pages.count);
    const bytes = carried.get(header);
    if (bytes === undefined) {
      throw verifierFault(carried.size === 0 ? 'pages-missing' : 'pages-broken', {
        where: kind,
        expected: `pages of ${String(pages.count)} identities under the root that the license names`,
      });
    }
    requirePages(engine, pages, bytes);
    found.set(kind, bytes);
  }
  for (const header of carried.keys()) {
    const named = Object.values(license.allowed ?? {}).some(
      ({ pages }) => pages !== undefined && pagesHeader(pages.root, pages.count) === header,
    );
    if (!named)
      throw verifierFault('pages-broken', {
        where: 'identity pages',
        expected: 'pages that the license names',
      });
  }
  return found;
}
