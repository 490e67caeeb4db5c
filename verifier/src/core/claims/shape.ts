import { isJsonObject, printable, show, type JsonValue } from '@counterfoil/schemas';
import { verifierFault } from '../codes.js';

/** A member that is not as it must be. */
export interface ShapeFault {
  /** Relative to the value that is being looked at; whoever holds that value puts its name in front. */
  path: string;
  readonly expected: string;
  readonly actual: string;
}

/**
 * Checks that a JSON value is a T and notes every member that is not.
 *
 * The phantom member makes the type invariant: a shape that says more or less than the type generated
 * from the JSON Schema does not compile.
 */
export interface Shape<T> {
  (value: JsonValue | undefined, faults: ShapeFault[]): void;
  readonly __type?: (value: T) => T;
}

type TypeOf<S> = S extends Shape<infer T> ? T : never;
// `object` and `choice` take shapes of any type; the phantom member makes `Shape<never>` the wrong bound for inference.
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a bound for inference, no value has this type
type AnyShape = Shape<any>;
type ObjectOf<R, O> = { -readonly [K in keyof R]: TypeOf<R[K]> } & {
  -readonly [K in keyof O]?: TypeOf<O[K]>;
};
type Flat<T> = { [K in keyof T]: T[K] };

function miss(faults: ShapeFault[], expected: string, value: JsonValue | undefined): void {
  faults.push({ path: '', expected, actual: show(value) });
}

/** Checks a part of a value; only where it fails is the path put together. */
function part<T>(
  shape: Shape<T>,
  value: JsonValue | undefined,
  name: string | number,
  faults: ShapeFault[],
): void {
  const before = faults.length;
  shape(value, faults);
  for (let i = before; i < faults.length; i++) {
    const fault = faults[i] as ShapeFault;
    fault.path = `${typeof name === 'number' ? `[${String(name)}]` : `.${name}`}${fault.path}`;
  }
}

/** The length in code points, as JSON Schema counts it. */
const isLonger = (text: string, max: number): boolean => text.length > max && Array.from(text).length > max;

/** A text that the pattern matches. */
export function text(pattern: RegExp, maxLength: number, expected: string): Shape<string> {
  return (value, faults) => {
    if (typeof value !== 'string' || isLonger(value, maxLength) || !pattern.test(value))
      miss(faults, expected, value);
  };
}

/** An integer from min to max. */
export function integer(
  min: number,
  max: number,
  expected = `an integer from ${String(min)} to ${String(max)}`,
): Shape<number> {
  return (value, faults) => {
    if (typeof value !== 'number' || value < min || value > max) miss(faults, expected, value);
  };
}

export const flag: Shape<boolean> = (value, faults) => {
  if (typeof value !== 'boolean') miss(faults, 'true or false', value);
};

/** One of the values. */
export function oneOf<const V extends string | number>(...values: readonly V[]): Shape<V> {
  return (value, faults) => {
    if (!(values as readonly (JsonValue | undefined)[]).includes(value))
      miss(faults, values.join(' or '), value);
  };
}

/** A list of at least `min` and at most `max` items. */
export function list<T>(item: Shape<T>, max: number, min = 0): Shape<T[]> {
  return (value, faults) => {
    if (!Array.isArray(value) || value.length < min || value.length > max) {
      miss(faults, `a list of ${String(min)} to ${String(max)} items`, value);
      return;
    }
    for (let i = 0; i < value.length; i++) part(item, value[i] as JsonValue, i, faults);
  };
}

/** An object keyed by ids. */
export function record<T>(key: Shape<string>, item: Shape<T>, max: number): Shape<Record<string, T>> {
  return (value, faults) => {
    if (!isJsonObject(value) || Object.keys(value).length > max) {
      miss(faults, `an object of at most ${String(max)} members`, value);
      return;
    }
    for (const name of Object.keys(value)) {
      part(key, name, name, faults);
      part(item, value[name], name, faults);
    }
  };
}

/** An object with these members; members that it does not name are ignored (clause 14.1). */
export function object<
  R extends Record<string, AnyShape>,
  // eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- no optional members is what is meant
  O extends Record<string, AnyShape> = Record<never, never>,
>(required: R, optional?: O): Shape<Flat<ObjectOf<R, O>>> {
  const must = Object.entries(required);
  const may = Object.entries(optional ?? {});
  return (value, faults) => {
    if (!isJsonObject(value)) {
      miss(faults, 'an object', value);
      return;
    }
    for (const [name, shape] of must) part(shape, value[name], name, faults);
    for (const [name, shape] of may) if (value[name] !== undefined) part(shape, value[name], name, faults);
  };
}

/** One of several objects, told apart by their member `type`. */
export function choice<V extends Record<string, AnyShape>>(variants: V): Shape<TypeOf<V[keyof V]>> {
  const expected = Object.keys(variants).join(' or ');
  const byType = new Map<unknown, AnyShape>(Object.entries(variants));
  return (value, faults) => {
    const shape = isJsonObject(value) ? byType.get(value['type']) : undefined;
    if (shape !== undefined) shape(value, faults);
    else if (isJsonObject(value))
      part(
        (type) => {
          miss(faults, expected, type);
        },
        value['type'],
        'type',
        faults,
      );
    else miss(faults, 'an object', value);
  };
}

/** The value as a T; throws `claims-invalid` with every member that is not as it must be. */
export function parseShape<T>(shape: Shape<T>, value: JsonValue, where: string): T {
  const faults: ShapeFault[] = [];
  shape(value, faults);
  const [first, ...more] = faults;
  if (first === undefined) return value as T;
  const paths = more.slice(0, 5).map(({ path }) => printable(`${where}${path}`));
  const others = more.length === 0 ? '' : `, and ${String(more.length)} more: ${paths.join(', ')}`;
  throw verifierFault('claims-invalid', {
    where: printable(`${where}${first.path}`),
    expected: first.expected,
    actual: `${first.actual}${others}`,
  });
}
