import type { CatalogDocument } from '../../../catalog/product-document.js';
import type { IssuedFile } from '../../../register/register.js';
import type { Labels } from './wanted-text.js';

/** Names of pools and offers for people: those of the catalog, else those of the license. */
export function labelsOf(file: IssuedFile | undefined, catalog: CatalogDocument | undefined): Labels {
  const pools = { ...file?.claims.license.pools, ...catalog?.product.pools };
  const offers = catalog?.sales.offers ?? {};
  return {
    pools: new Map(Object.entries(pools).map(([id, { label }]) => [id, label ?? id])),
    offers: new Map(Object.entries(offers).map(([id, { label }]) => [id, label ?? id])),
  };
}
