import type { CatalogDocument } from '../../catalog/product-document.js';
import { parseCatalogDocument } from '../../catalog/product-document.js';
import { issuerFault } from '../../codes.js';
import type { OrderStore, PlacedChange } from '../../register/order-store.js';
import type { ActorAudit, IssuedFile } from '../../register/register.js';
import type { Vendor } from '../vendor.js';

/** Where orders are taken: the vendor at this instant, as whoever acts, and its orders. */
export interface OrderDesk {
  readonly vendor: Vendor;
  readonly orders: OrderStore;
}

/** Who acts at a desk, and when. */
export const auditOf = ({ vendor: { now: at, actor } }: OrderDesk): ActorAudit => ({ at, actor });

/** An order by its id; throws `order-unknown`. */
export async function findOrder({ orders }: OrderDesk, id: string): Promise<PlacedChange> {
  const order = await orders.findOrder(id);
  if (order === undefined) throw issuerFault('order-unknown');
  return order;
}

/**
 * What the vendor sells to a license by now: its published catalog, unless the license was made with a newer one.
 *
 * Throws `document-invalid` where an older program published what this one does not read.
 */
export async function findSales(
  { vendor: { register } }: OrderDesk,
  { product, claims }: Pick<IssuedFile, 'product' | 'claims'>,
): Promise<CatalogDocument | undefined> {
  const published = await register.findCatalog(product);
  if (published === undefined) return undefined;
  const catalog = parseCatalogDocument(published.text, `${product}.yaml`);
  return catalog.product.catalog < claims.license.product.catalog ? undefined : catalog;
}
