import type { Product } from '@counterfoil/schemas';
import { DocumentError, inOrder, requireNoIssues, type DocumentIssue } from './document-issue.js';
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

/** What is to be said of a product document, in the order of the document. */
export interface ProductCheck {
  /** The rules, where there are no errors. */
  readonly product?: Product;
  readonly errors: readonly DocumentIssue[];
  readonly warnings: readonly CatalogWarning[];
}

/**
 * Checks a product's rules as the vendor writes them in YAML (product.schema.json, productRules), and against the last
 * ones in use where those are given.
 *
 * Finds every error at once. Throws `document-invalid` when it is the last one that has errors.
 */
export function checkProductDocument({ text, file }: NamedText, last?: NamedText): ProductCheck {
  const before = last === undefined ? undefined : requireLast(last);
  const document = readYaml(text, file);
  if (document instanceof DocumentError) return { errors: document.issues, warnings: [] };
  const shape = schemaIssues('product', document);
  const names = [...referenceIssues(document), ...replacesIssues(document)].filter(
    ({ line, column }) => !shape.some((issue) => issue.line === line && issue.column === column),
  );
  const changes = before === undefined ? [] : changeIssues(document, before);
  const errors = inOrder([...shape, ...names, ...changes]);
  const product = document.value as Product;
  const warnings = shape.length === 0 ? inOrder(productWarnings(product, document, names.length === 0)) : [];
  return { ...(errors.length === 0 ? { product } : {}), errors, warnings };
}

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
  requireNoIssues([
    ...schemaIssues('product', document),
    ...referenceIssues(document),
    ...replacesIssues(document),
  ]);
  return document;
}

/** A product's rules of a document without errors; throws `document-invalid` with every issue. */
export function requireProduct({ product, errors }: ProductCheck): Product {
  requireNoIssues(errors);
  return product as Product;
}

/** A product's rules as the vendor writes them in YAML; throws `document-invalid` with every issue. */
export function parseProductDocument(text: string, file: string): Product {
  return requireProduct(checkProductDocument({ text, file }));
}
