import { show, type JsonObject } from '@counterfoil/schemas';
import { verifierFault } from '../codes.js';

/** The schema version that this library reads. */
const SCHEMA = 1;

/**
 * Claims that a document may name as critical, because this library honours them or hands them on to what does
 * (license-file.md, clause 14.2). What is not enforced yet is not in the list.
 */
const UNDERSTOOD: ReadonlySet<string> = new Set(['allowed', 'binding', 'needs', 'states', 'status', 'term']);

/**
 * Looks whether a document says that it needs a newer reader, before its claims are read.
 *
 * Throws `schema-newer`, `critical-unknown`; anything malformed is left to the shape that follows.
 */
export function checkSchema(claims: JsonObject, where: string): void {
  const { schema, critical } = claims as { schema?: unknown; critical?: unknown };
  if (typeof schema === 'number' && schema > SCHEMA) {
    throw verifierFault('schema-newer', {
      where,
      expected: `schema ${String(SCHEMA)}`,
      actual: String(schema),
    });
  }
  if (!Array.isArray(critical)) return;
  const unknown: unknown = critical.find((name) => typeof name === 'string' && !UNDERSTOOD.has(name));
  if (unknown !== undefined) {
    throw verifierFault('critical-unknown', {
      where,
      expected: [...UNDERSTOOD].join(', '),
      actual: show(unknown),
    });
  }
}
