import { readFileSync } from 'node:fs';
import { Ajv2020, type AnySchemaObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { membersOf } from './members.js';

/** The JSON Schemas as the contract publishes them, beside its code. */
function readSchema(name: string): AnySchemaObject {
  const entry = import.meta.resolve('@counterfoil/schemas');
  return JSON.parse(readFileSync(new URL(`../json/${name}.schema.json`, entry), 'utf8')) as AnySchemaObject;
}

/**
 * Closes every object that lists its members.
 *
 * The signed formats ignore unknown members, so that they can grow; what a person types is better refused than ignored.
 */
function closeObjects(schema: unknown, file: string): unknown {
  if (Array.isArray(schema)) return schema.map((part) => closeObjects(part, file));
  // A reference names its file, so that each part of a schema can be compiled by itself.
  if (typeof schema === 'string') return schema.startsWith('#/$defs/') ? `${file}${schema}` : schema;
  if (typeof schema !== 'object' || schema === null) return schema;
  const closed = Object.fromEntries(
    Object.entries(schema).map(([name, part]) => [
      name,
      name === 'properties' ? closeEach(part, file) : closeObjects(part, file),
    ]),
  );
  if (closed['type'] === 'object' && 'properties' in closed && !('additionalProperties' in closed)) {
    closed['additionalProperties'] = false;
  }
  return closed;
}

/** Members named `type` or `properties` are members, not keywords. */
function closeEach(properties: unknown, file: string): unknown {
  return Object.fromEntries(
    Object.entries(properties as Record<string, unknown>).map(([name, part]) => [
      name,
      closeObjects(part, file),
    ]),
  );
}

const closed = (name: string): AnySchemaObject =>
  closeObjects(readSchema(name), `${name}.schema.json`) as AnySchemaObject;

/** The schema of catalogs with the members of the rules that it is built upon as its own: only so can it be closed. */
function closedCatalog(): AnySchemaObject {
  const { productRules } = closed('product')['$defs'] as Record<string, AnySchemaObject>;
  const { $id, $defs, properties } = closed('catalog') as Readonly<Record<string, unknown>>;
  const own = { ...membersOf(productRules?.['properties']), ...membersOf(properties) };
  return { ...productRules, $id, $defs, properties: own } as AnySchemaObject;
}

export type DocumentKind = 'catalog' | 'order';

const BASE = 'https://counterfoil.invalid/schemas/';

interface Compiled {
  readonly ajv: Ajv2020;
  readonly kinds: ReadonlyMap<DocumentKind, ValidateFunction>;
  readonly branches: Map<object, ValidateFunction>;
}

let compiled: Compiled | undefined;

/** Compiled when first asked for, which takes some 50 ms. */
function compile(): Compiled {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, verbose: true });
  for (const name of ['rules', 'product', 'order']) ajv.addSchema(closed(name));
  ajv.addSchema(closedCatalog());
  const kinds = (['catalog', 'order'] as const).map(
    (name) => [name, ajv.compile({ $ref: `${BASE}${name}.schema.json` })] as const,
  );
  return { ajv, kinds: new Map(kinds), branches: new Map() };
}

/** The check of a kind of document by the published JSON Schemas. */
export function validatorOf(kind: DocumentKind): ValidateFunction {
  compiled ??= compile();
  return compiled.kinds.get(kind) as ValidateFunction;
}

/** The check of one branch of a choice within these schemas. */
export function branchValidator(branch: object): ValidateFunction {
  compiled ??= compile();
  const { ajv, branches } = compiled;
  let validate = branches.get(branch);
  if (validate === undefined) {
    validate = ajv.compile({ $id: `${BASE}branch-${String(branches.size)}`, ...branch });
    branches.set(branch, validate);
  }
  return validate;
}
