import type { Product } from '@counterfoil/schemas';
import { requireNoIssues } from './document-issue.js';
import { referenceIssues } from './product-references.js';
import { schemaIssues } from './schema-issues.js';
import { parseYamlDocument } from './yaml-document.js';

/**
 * A product's rules as the vendor writes them in YAML (product.schema.json, productRules); `file` names the text.
 *
 * Every name that the rules use must be one that they define. Throws `document-invalid` with every issue.
 */
export function parseProductDocument(text: string, file: string): Product {
  const document = parseYamlDocument(text, file);
  requireNoIssues(schemaIssues('product', document));
  const product = document.value as Product;
  requireNoIssues(referenceIssues(product, document));
  return product;
}
