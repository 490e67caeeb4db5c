import type { Order } from '@counterfoil/schemas';
import { requireNoIssues } from './document-issue.js';
import { schemaIssues } from './schema-issues.js';
import { formatPath, parseYamlDocument, type YamlDocument } from './yaml-document.js';

/** A customer's order as vendor staff write it in YAML (order.schema.json); throws `document-invalid` with every issue. */
export function parseOrderDocument(text: string, file: string): Order {
  return requireOrder(parseYamlDocument(text, file));
}

/** The same check for an order that was put together elsewhere, such as from options; `source` names it. */
export function parseOrder(value: unknown, source: string): Order {
  const placeAt: YamlDocument['placeAt'] = (path) => ({ file: source, path: formatPath(path) });
  return requireOrder({
    file: source,
    value,
    issues: [],
    placeAt,
    issueAt: (path, expected, actual) => ({ ...placeAt(path), expected, actual }),
  });
}

function requireOrder(document: YamlDocument): Order {
  requireNoIssues(schemaIssues('order', document));
  return document.value as Order;
}
