import { formatFault } from '../codes.js';
import { limits } from '../limits.js';
import { decodeUtf8 } from './utf8.js';

/** A JSON value as this reader gives it: objects without prototype, numbers that are safe integers. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
/** A JSON object without prototype, so that a lookup by an outside name finds nothing inherited. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

const QUOTE = 34;
const BACKSLASH = 92;
const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/**
 * Makes objects that inherit nothing. A constructor, because V8 keeps the objects of one in their fast form,
 * and those of `Object.create(null)` not.
 */
const Bare = function () {} as unknown as new () => Record<string, JsonValue>;
Object.defineProperty(Bare, 'prototype', { value: Object.freeze(Object.create(null)) });

/** Recursive descent; the depth cap keeps the recursion shallow. */
class Reader {
  private at = 0;
  private readonly text: string;
  private readonly where: string;

  constructor(text: string, where: string) {
    this.text = text;
    this.where = where;
  }

  document(): JsonValue {
    const value = this.value(0);
    if (!Number.isNaN(this.next())) this.unexpected('the end');
    return value;
  }

  private value(depth: number): JsonValue {
    const unit = this.next();
    if (unit === QUOTE) return this.string();
    if (unit === 123) return this.object(depth + 1);
    if (unit === 91) return this.array(depth + 1);
    if (unit === 45 || (unit >= 48 && unit <= 57)) return this.number();
    if (this.word('true')) return true;
    if (this.word('false')) return false;
    if (this.word('null')) return null;
    return this.unexpected('a value');
  }

  private object(depth: number): JsonObject {
    this.enter(depth);
    const object = new Bare();
    if (this.take(125)) return object;
    let members = 0;
    do {
      if (this.next() !== QUOTE) this.unexpected('a member name');
      const name = this.string();
      // A program in another language may well have such a prototype: nobody needs the name.
      if (name === '__proto__') throw this.fault('json-forbidden-key', 'no member named __proto__');
      if (!this.take(58)) this.unexpected('a colon');
      object[name] = this.value(depth);
      members++;
    } while (this.take(44));
    if (!this.take(125)) this.unexpected('a comma or }');
    // Counted once, which is cheaper than to look each name up before it is set.
    if (Object.keys(object).length !== members) throw this.fault('json-duplicate-key', 'each member once');
    return object;
  }

  private array(depth: number): readonly JsonValue[] {
    this.enter(depth);
    const array: JsonValue[] = [];
    if (this.take(93)) return array;
    do array.push(this.value(depth));
    while (this.take(44));
    if (!this.take(93)) this.unexpected('a comma or ]');
    return array;
  }

  private enter(depth: number): void {
    this.at++;
    if (depth > limits.jsonDepth)
      throw this.fault('json-depth', `at most ${String(limits.jsonDepth)} levels`);
  }

  private string(): string {
    const { text } = this;
    const start = this.at + 1;
    let at = start;
    let unit = text.charCodeAt(at);
    // NaN, past the end, ends the loop as well.
    while (unit >= 32 && unit !== QUOTE && unit !== BACKSLASH) unit = text.charCodeAt(++at);
    this.at = at;
    if (unit === BACKSLASH) return this.escaped(start);
    if (unit !== QUOTE) this.unexpected('a closing quote');
    this.at = at + 1;
    return text.slice(start, at);
  }

  /** The rest of a string that has escapes; lone surrogates are refused, other readers would replace them. */
  private escaped(start: number): string {
    let value = this.text.slice(start, this.at);
    for (;;) {
      const unit = this.text.charCodeAt(this.at);
      if (unit === QUOTE) break;
      if (!(unit >= 32)) this.unexpected('a closing quote');
      if (unit !== BACKSLASH) {
        value += this.text.charAt(this.at++);
        continue;
      }
      const letter = this.text.charAt(this.at + 1);
      const simple = SIMPLE_ESCAPES.get(letter);
      if (simple !== undefined) {
        value += simple;
        this.at += 2;
        continue;
      }
      const digits = this.text.slice(this.at + 2, this.at + 6);
      if (letter !== 'u' || !/^[0-9A-Fa-f]{4}$/.test(digits)) this.unexpected('an escape of JSON');
      value += String.fromCharCode(Number.parseInt(digits, 16));
      this.at += 6;
    }
    this.at++;
    if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(value)) {
      throw this.fault('json-syntax', 'no lone surrogate');
    }
    return value;
  }

  private number(): number {
    const start = this.at;
    const negative = this.text.charCodeAt(start) === 45;
    if (negative) this.at++;
    const first = this.at;
    let value = 0;
    let unit = this.text.charCodeAt(first);
    for (; unit >= 48 && unit <= 57; unit = this.text.charCodeAt(++this.at)) value = value * 10 + (unit - 48);
    const digits = this.at - first;
    const padded = digits > 1 && this.text.charCodeAt(first) === 48;
    // A fraction or exponent goes on after the digits; -0 would be read back as 0.
    const other = unit === 46 || unit === 101 || unit === 69 || (negative && value === 0);
    if (digits === 0 || padded || other || value > Number.MAX_SAFE_INTEGER) {
      throw this.fault('json-number', 'an integer between -(2^53 - 1) and 2^53 - 1');
    }
    return negative ? -value : value;
  }

  private word(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private take(wanted: number): boolean {
    if (this.next() !== wanted) return false;
    this.at++;
    return true;
  }

  /** The next code unit that is no white space; NaN at the end. */
  private next(): number {
    let unit = this.text.charCodeAt(this.at);
    while (unit === 32 || unit === 10 || unit === 13 || unit === 9) unit = this.text.charCodeAt(++this.at);
    return unit;
  }

  private unexpected(expected: string): never {
    const end = this.at >= this.text.length;
    throw this.fault('json-syntax', expected, end ? 'the end' : 'something else');
  }

  private fault(code: Parameters<typeof formatFault>[0], expected: string, actual?: string): Error {
    return formatFault(code, {
      where: `${this.where}, character ${String(this.at)}`,
      expected,
      ...(actual === undefined ? {} : { actual }),
    });
  }
}

/**
 * The one strict reading of JSON text (RFC 8259; license-file.md, clause 3.3).
 *
 * Throws `json-syntax`, `json-duplicate-key`, `json-forbidden-key`, `json-depth`, `json-number`.
 */
export function parseJson(text: string, where: string): JsonValue {
  return new Reader(text, where).document();
}

/** A JSON object of UTF-8 bytes; throws `utf8`, `json-object` and what {@link parseJson} throws. */
export function parseJsonObject(bytes: Uint8Array, where: string): JsonObject {
  const value = parseJson(decodeUtf8(bytes, where), where);
  if (!isJsonObject(value)) throw formatFault('json-object', { where, expected: 'a JSON object' });
  return value;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON text without white space; refuses what {@link parseJson} would refuse to read. */
export function formatJson(value: unknown, where: string): string {
  const text = JSON.stringify(value);
  if (typeof text !== 'string') throw formatFault('json-syntax', { where, expected: 'a JSON value' });
  parseJson(text, where);
  return text;
}
