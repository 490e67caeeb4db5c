import type * as schemas from '@counterfoil/schemas';
import type * as verifier from '@counterfoil/verifier';

/** One vector; README.md tells its members. */
export interface Vector {
  readonly group: string;
  readonly name: string;
  readonly clause: string;
  readonly note: string;
  readonly [member: string]: unknown;
}
export interface Comparison {
  readonly expected: unknown;
  readonly actual: unknown;
}
export function loadVectors(): readonly Vector[];
export function makeChecker(
  packages: { schemas: typeof schemas; verifier: typeof verifier },
  engine: verifier.Engine,
): (vector: Vector, options?: { asBytes?: boolean }) => Comparison;
