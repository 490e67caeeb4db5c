import { CounterfoilError } from '@counterfoil/schemas';
import { parseCatalogDocument, type CatalogDocument } from '../../../catalog/product-document.js';
import type { StoredCatalog } from '../../../register/register.js';
import { choicesOf, type Choice } from '../orders/change-choices.js';

/** What can be issued: offers of the published catalogs, by product and offer. */
export interface IssueChoices {
  readonly catalogs: ReadonlyMap<string, CatalogDocument>;
  /** The value is product and offer, with a slash between them. */
  readonly offers: readonly Choice[];
  /** The products whose catalog was published by a program that wrote what this one does not read. */
  readonly unreadable: readonly string[];
}

/** Reads the published catalogs for what a new license can be. */
export function issueChoices(published: readonly StoredCatalog[]): IssueChoices {
  const catalogs = new Map<string, CatalogDocument>();
  const unreadable: string[] = [];
  for (const { id, text } of published) {
    const catalog = tryCatalog(text, id);
    if (catalog === undefined) unreadable.push(id);
    else catalogs.set(id, catalog);
  }
  const offers = [...catalogs].flatMap(([id, catalog]) =>
    choicesOf(catalog, ({ type }) => type !== 'pack').map(({ value, label }) => ({
      value: `${id}/${value}`,
      label: `${catalog.product.name}: ${label}`,
    })),
  );
  return { catalogs, offers, unreadable };
}

function tryCatalog(text: string, id: string): CatalogDocument | undefined {
  try {
    return parseCatalogDocument(text, `${id}.yaml`);
  } catch (error) {
    if (error instanceof CounterfoilError) return undefined;
    throw error;
  }
}
