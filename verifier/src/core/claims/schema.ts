import { show, type DocumentName, type JsonObject } from '@counterfoil/schemas';
import { verifierFault } from '../codes.js';

/** The schema version that this library reads. */
const SCHEMA = 1;

/**
 * Claims that a document may name as critical, because this library honours them or hands them on to what does
 * (license-file.md, clause 14.2). What is not enforced yet is not in the list.
 */
const UNDERSTOOD = {
  license: ['allowed', 'binding', 'forms', 'needs', 'states', 'status', 'term'],
  product: ['states'],
  'trust-root': ['limits'],
} as const satisfies Partial<Record<DocumentName, readonly string[]>>;

/** The version of the canonical forms of identities that this library makes (clause 11.1). */
const FORMS = 1;

/**
 * Looks whether a document says that it needs a newer reader, before its claims are read.
 *
 * Throws `schema-newer`, `critical-unknown`; anything malformed is left to the shape that follows.
 */
export function checkSchema(claims: JsonObject, document: keyof typeof UNDERSTOOD): void {
  const { schema, forms, critical } = claims;
  if (typeof schema === 'number' && schema > SCHEMA) {
    throw verifierFault('schema-newer', {
      where: document,
      expected: `schema ${String(SCHEMA)}`,
      actual: String(schema),
    });
  }
  if (document === 'license' && typeof forms === 'number' && forms > FORMS) {
    throw verifierFault('schema-newer', {
      where: `${document}.forms`,
      expected: `forms ${String(FORMS)}`,
      actual: String(forms),
    });
  }
  if (!Array.isArray(critical)) return;
  const understood: readonly string[] = UNDERSTOOD[document];
  const unknown: unknown = critical.find((name) => typeof name === 'string' && !understood.includes(name));
  if (unknown !== undefined) {
    throw verifierFault('critical-unknown', {
      where: document,
      expected: understood.join(', '),
      actual: show(unknown),
    });
  }
}
