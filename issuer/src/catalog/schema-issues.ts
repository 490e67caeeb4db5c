import { nearName } from '@counterfoil/schemas';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { branchValidator, validatorOf, type DocumentKind } from './document-schemas.js';
import type { DocumentIssue } from './document-issue.js';
import { membersOf } from './members.js';
import { nameHint } from './name-hint.js';
import { shown, type MemberPath, type YamlDocument } from './yaml-document.js';

/** Every place at which a document is not what it was read as, or not what its JSON Schema asks for; none when it is. */
export function schemaIssues(kind: DocumentKind, document: YamlDocument): readonly DocumentIssue[] {
  const errors = errorsOf(validatorOf(kind), document.value, '');
  const issues = errors
    .filter((error) => !errors.some((other) => isMisspelling(other, error)))
    .map((error) => issueOf(error, document));
  return [
    ...document.issues,
    ...issues.filter((issue) => !document.issues.some((read) => isAt(issue, read))),
  ];
}

const isAt = (one: DocumentIssue, other: DocumentIssue): boolean =>
  one.line === other.line && one.column === other.column;

/** The errors of a value that stands at `base`; for a choice, those of the form that was probably meant. */
function errorsOf(validate: ValidateFunction, value: unknown, base: string): readonly ErrorObject[] {
  if (validate(value)) return [];
  // A member's name that is no id is told once, by the keyword propertyNames; what `if` asks for, by what it asks for.
  const errors = (validate.errors ?? []).filter(
    ({ propertyName, keyword }) => propertyName === undefined && keyword !== 'if',
  );
  const choices = errors.filter(({ keyword }) => keyword === 'oneOf');
  const outermost = choices.filter(
    ({ instancePath }) => !choices.some((other) => isInside(instancePath, other.instancePath)),
  );
  const others = errors.filter(
    ({ instancePath }) =>
      !outermost.some(
        (choice) => instancePath === choice.instancePath || isInside(instancePath, choice.instancePath),
      ),
  );
  return [
    ...others.map((error) => ({ ...error, instancePath: `${base}${error.instancePath}` })),
    ...outermost.flatMap(({ instancePath, schema, data }) =>
      bestBranch(schema as readonly object[], data, `${base}${instancePath}`),
    ),
  ];
}

const isInside = (path: string, above: string): boolean => path.startsWith(`${above}/`);

/** The errors of the branch with the right `type`, else of the one with the fewest errors. */
function bestBranch(branches: readonly object[], value: unknown, path: string): readonly ErrorObject[] {
  const tried = branches.map((branch) => errorsOf(branchValidator(branch), value, path));
  const ofType = tried.flat().filter((error) => isWrongType(error, path));
  const [first] = ofType;
  if (first !== undefined && ofType.length === branches.length) {
    const allowedValues = ofType.map(({ schema }) => schema as string);
    return [{ ...first, keyword: 'enum', params: { allowedValues } }];
  }
  const best = tried.reduce((least, errors) => (weigh(errors, path) < weigh(least, path) ? errors : least));
  return best.flatMap((error) => (error.instancePath === path ? memberOfOther(error, branches) : [error]));
}

interface Branch {
  readonly properties?: Readonly<Record<string, { readonly const?: unknown }>>;
}

/** An unknown member that other types have is no misspelling of one that this type has; without a type it is none at all. */
function memberOfOther(error: ErrorObject, branches: readonly Branch[]): readonly ErrorObject[] {
  if (error.keyword !== 'additionalProperties') return [error];
  const { additionalProperty: name } = error.params as { readonly additionalProperty: string };
  const types = branches.flatMap(({ properties = {} }) =>
    Object.hasOwn(properties, name) && properties['type'] !== undefined
      ? [String(properties['type'].const)]
      : [],
  );
  if (types.length === 0) return [error];
  if (membersOf(error.data)['type'] === undefined) return [];
  return [{ ...error, keyword: OTHER_TYPE, params: { name, types } }];
}

const OTHER_TYPE = 'other-type';

/** Whether an error says that the member `type` of a choice is another form's. */
const isWrongType = ({ keyword, instancePath }: ErrorObject, path: string): boolean =>
  keyword === 'const' && instancePath === `${path}/type`;

function weigh(errors: readonly ErrorObject[], path: string): number {
  // A number where a list is meant, or the other way round, is another form altogether.
  const isOther = (error: ErrorObject): boolean =>
    isWrongType(error, path) || (error.keyword === 'type' && error.instancePath === path);
  return errors.reduce((sum, error) => sum + (isOther(error) ? 100 : 1), 0);
}

const knownMembers = ({ parentSchema = {} }: ErrorObject): readonly string[] =>
  Object.keys((parentSchema as { readonly properties?: object }).properties ?? {});

/** Whether the first error is an unknown member that was probably meant for the one that the second error misses. */
function isMisspelling(unknown: ErrorObject, missing: ErrorObject): boolean {
  if (unknown.keyword !== 'additionalProperties' || missing.keyword !== 'required') return false;
  const typed = (unknown.params as { readonly additionalProperty: string }).additionalProperty;
  const wanted = (missing.params as { readonly missingProperty: string }).missingProperty;
  return unknown.instancePath === missing.instancePath && nearName(typed, knownMembers(unknown)) === wanted;
}

const parsePointer = (pointer: string, value: unknown): MemberPath => {
  let at = value;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const isIndex = Array.isArray(at);
      at = (at as Record<string, unknown> | undefined)?.[name];
      return isIndex ? Number(name) : name;
    });
};

function issueOf(error: ErrorObject, document: YamlDocument): DocumentIssue {
  const path = parsePointer(error.instancePath, document.value);
  const { keyword, params, data } = error;
  const text = params as Record<string, string>;
  switch (keyword) {
    case 'additionalProperties': {
      const name = text['additionalProperty'] as string;
      const expected = nameHint(name, knownMembers(error));
      return document.issueAt([...path, name], expected, `the unknown member ${name}`, { atName: true });
    }
    case OTHER_TYPE: {
      const { name, types } = params as { readonly name: string; readonly types: readonly string[] };
      const type = String(membersOf(data)['type']);
      const expected = `no ${name} where the type is ${type}, only where it is ${types.join(' or ')}`;
      return document.issueAt([...path, name], expected, `the member ${name}`, { atName: true });
    }
    case 'dependentRequired': {
      const { missingProperty: missing, property } = text;
      return document.issueAt([...path, property as string], `${String(missing)} beside it`, 'nothing');
    }
    case 'required': {
      const name = text['missingProperty'] as string;
      return document.issueAt([...path, name], 'this member', 'nothing');
    }
    case 'propertyNames': {
      const name = text['propertyName'] as string;
      return document.issueAt([...path, name], ID, shown(name), { atName: true });
    }
    default:
      return document.issueAt(path, expectedOf(error), shown(data));
  }
}

const ID = 'an id of lower case letters, digits and single dashes';
const ID_PATTERN = '^[a-z][a-z0-9]*(-[a-z0-9]+)*$';
const LINK_PATTERN = '^(https://|mailto:)';
const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'an integer',
  object: 'an object',
  string: 'a text',
};

function expectedOf({ keyword, params, schema, parentSchema = {}, data }: ErrorObject): string {
  const { description } = parentSchema as { readonly description?: string };
  const limit = String(schema);
  switch (keyword) {
    case 'type':
      return limit === 'array' && typeof data === 'string' ? `a list: [${data}]` : (TYPES[limit] ?? limit);
    case 'enum': {
      const values = (params as { readonly allowedValues: readonly string[] }).allowedValues;
      return nameHint(typeof data === 'string' ? data : '', values);
    }
    case 'const':
      return shown(schema);
    case 'pattern':
      if (limit === ID_PATTERN) return ID;
      if (limit.startsWith(LINK_PATTERN))
        return 'a link that begins with https:// or mailto:, without spaces';
      return description === undefined
        ? `a text like ${limit}`
        : description.replace(/\.$/, '').replace(/^[A-Z](?![A-Z])/, (first) => first.toLowerCase());
    case 'minimum':
      return `${limit} or more`;
    case 'maximum':
      return `${limit} or less`;
    case 'maxLength':
      return `at most ${limit} characters`;
    case 'minItems':
      return `a list of ${limit} or more`;
    case 'maxItems':
      return `a list of at most ${limit}`;
    case 'maxProperties':
      return `at most ${limit} members`;
    default:
      return 'something else';
  }
}
