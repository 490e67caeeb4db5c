import type { Catalog, Product } from '@counterfoil/schemas';
import { DocumentError, inOrder, requireNoIssues, type DocumentIssue } from './document-issue.js';
import { offerIssues } from './offer-issues.js';
import { changeIssues } from './product-changes.js';
import { referenceIssues } from './product-references.js';
import { productWarnings, type CatalogWarning } from './product-warnings.js';
import { replacesIssues } from './replaced-ids.js';
import { schemaIssues } from './schema-issues.js';
import { parseYamlDocument, type YamlDocument } from './yaml-document.js';

/** A text and the name of its file. */
export interface NamedText {
  readonly text: string;
  readonly file: string;
}

/** What a product document says that is never signed: what the vendor sells, for how much, and what customers may do by themselves. */
export type Sales = Pick<Catalog, 'currency' | 'offers' | 'selfService'>;

/** What is to be said of a product document, in the order of the document. */
export interface ProductCheck {
  /** The rules that are signed, where there are no errors. */
  readonly product?: Product;
  /** Offers and prices, where there are no errors. */
  readonly sales?: Sales;
  readonly errors: readonly DocumentIssue[];
  readonly warnings: readonly CatalogWarning[];
}

/**
 * Checks a product's rules and offers as the vendor writes them in YAML (catalog.schema.json), and against the last
 * ones in use where those are given.
 *
 * Finds every error at once. Throws `document-invalid` when it is the last one that has errors.
 */
export function checkProductDocument({ text, file }: NamedText, last?: NamedText): ProductCheck {
  const before = last === undefined ? undefined : requireLast(last);
  const document = readYaml(text, file);
  if (document instanceof DocumentError) return { errors: document.issues, warnings: [] };
  const shape = schemaIssues('catalog', document);
  const names = namesIssues(document).filter(
    ({ line, column }) => !shape.some((issue) => issue.line === line && issue.column === column),
  );
  const changes = before === undefined ? [] : changeIssues(document, before);
  const errors = inOrder([...shape, ...names, ...changes]);
  const catalog = document.value as Catalog;
  const warnings = shape.length === 0 ? inOrder(productWarnings(catalog, document, names.length === 0)) : [];
  return { ...(errors.length === 0 ? partsOf(catalog) : {}), errors, warnings };
}

/** A customer's host gets the rules, and no price list. */
function partsOf({ currency, offers, selfService, ...product }: Catalog): { product: Product; sales: Sales } {
  const sales = {
    ...(currency === undefined ? {} : { currency }),
    ...(offers === undefined ? {} : { offers }),
    ...(selfService === undefined ? {} : { selfService }),
  };
  return { product, sales };
}

/** What its schema cannot say of a document. */
const namesIssues = (document: YamlDocument): readonly DocumentIssue[] => [
  ...referenceIssues(document),
  ...replacesIssues(document),
  ...offerIssues(document),
];

function readYaml(text: string, file: string): YamlDocument | DocumentError {
  try {
    return parseYamlDocument(text, file);
  } catch (error) {
    if (error instanceof DocumentError) return error;
    throw error;
  }
}

function requireLast({ text, file }: NamedText): YamlDocument {
  const document = parseYamlDocument(text, file);
  requireNoIssues([...schemaIssues('catalog', document), ...namesIssues(document)]);
  return document;
}

/** A document without errors. */
export type CatalogDocument = Required<Pick<ProductCheck, 'product' | 'sales'>>;

/** The parts of a document without errors; throws `document-invalid` with every issue. */
export function requireCatalog({ product, sales, errors }: ProductCheck): CatalogDocument {
  requireNoIssues(errors);
  return { product, sales } as CatalogDocument;
}

/** A product's rules and offers as the vendor writes them in YAML; throws `document-invalid` with every issue. */
export function parseCatalogDocument(text: string, file: string): CatalogDocument {
  return requireCatalog(checkProductDocument({ text, file }));
}

/** The rules alone, as they are signed; throws `document-invalid` with every issue. */
export function parseProductDocument(text: string, file: string): Product {
  return parseCatalogDocument(text, file).product;
}
