import type { Decision } from '../../core/index.js';

/** How often an operation was denied, or would have been, for one reason. */
export interface TallyRow {
  readonly operation: string;
  readonly code: string;
  readonly count: number;
  /** Whether it was allowed all the same, as the license only advises. */
  readonly advisory: boolean;
}

/** Counts denials of this process by operation and reason. */
export class Tally {
  readonly #rows = new Map<string, { operation: string; code: string; advisory: boolean; count: number }>();

  add({ operation, finding, wouldDeny }: Decision): void {
    const code = (finding ?? wouldDeny)?.code;
    if (code === undefined) return;
    const advisory = wouldDeny !== undefined;
    const key = `${operation} ${code} ${String(advisory)}`;
    const row = this.#rows.get(key) ?? { operation, code, advisory, count: 0 };
    row.count++;
    this.#rows.set(key, row);
  }

  rows(): readonly TallyRow[] {
    return [...this.#rows.values()].map((row) => ({ ...row }));
  }
}
