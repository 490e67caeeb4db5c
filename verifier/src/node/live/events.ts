import type { Decision, Finding, Instant, State } from '../../core/index.js';

/** A license by its id and revision. */
export interface LicenseName {
  readonly id: string;
  readonly revision: number;
}

/** What an embedding program is told of, at the instant at which it happens; `text` is one sentence for a log. */
export type LicenseEvent = { readonly at: Instant; readonly text: string } & (
  | { readonly type: 'state'; readonly from: State; readonly to: State; readonly finding?: Finding }
  | { readonly type: 'license'; readonly from?: LicenseName; readonly to?: LicenseName }
  /** A feature or a lot began or ended, while state and license stayed. */
  | { readonly type: 'rights' }
  | { readonly type: 'denied'; readonly decision: Decision }
  | { readonly type: 'alert'; readonly finding: Finding }
);

export type LicenseListener = (event: LicenseEvent) => void;

/** Who wants to be told. */
export class Listeners {
  readonly #listeners = new Set<LicenseListener>();

  add(listener: LicenseListener): () => void {
    // A listener that is given twice is told twice, and each is taken back for itself.
    const own: LicenseListener = (event) => {
      listener(event);
    };
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /** A listener that throws keeps neither the others nor the license from going on; its error reaches the process as any uncaught one. */
  tell(event: LicenseEvent): void {
    for (const listener of this.#listeners) tellOne(listener, event);
  }

  clear(): void {
    this.#listeners.clear();
  }
}

export function tellOne(listener: LicenseListener, event: LicenseEvent): void {
  try {
    listener(event);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
