interface MatcherResult {
  pass: boolean;
  message: () => string;
  actual?: unknown;
  expected?: unknown;
}

interface MatcherContext {
  promise?: string;
}

type Thrown = { thrown: true; value: unknown } | { thrown: false; why: string };

function catchThrown(received: unknown, promise: string | undefined): Thrown {
  if (promise === 'rejects') return { thrown: true, value: received };
  if (promise === 'resolves') return { thrown: false, why: 'the promise was fulfilled' };
  if (typeof received !== 'function')
    return { thrown: false, why: `got ${typeof received}, expected a function` };
  try {
    const result: unknown = received();
    if (!(result instanceof Promise)) return { thrown: false, why: 'the function returned' };
    // the rejection belongs to nobody here; without this it would fail an unrelated test
    result.catch(() => undefined);
    return { thrown: false, why: 'the function returned a promise: use expect(promise).rejects' };
  } catch (error) {
    return { thrown: true, value: error };
  }
}

const readCode = (value: unknown): unknown =>
  value instanceof Error && 'code' in value ? value.code : undefined;

/**
 * Passes when the function throws, or under `.rejects` the promise is rejected with, an `Error` whose `code`
 * is exactly the given one. `.not` passes only for an error with another code, never for a missing one.
 */
export function toThrowCode(this: MatcherContext, received: unknown, code: string): MatcherResult {
  const outcome = catchThrown(received, this.promise);
  if (!outcome.thrown) {
    // thrown here, so that `.not` cannot turn "nothing was thrown" into a pass
    throw new Error(`expected an error with code ${code}, but ${outcome.why}`);
  }
  const actual = readCode(outcome.value);
  return {
    pass: actual === code,
    message: () => `expected an error with code ${code}, got ${String(actual)}: ${String(outcome.value)}`,
    actual,
    expected: code,
  };
}

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- the parameter must match vitest's own declaration
  interface Matchers<T = any> {
    /** Asserts the `code` of the error thrown, or rejected with under `.rejects`. */
    toThrowCode(code: string): void;
  }
}
