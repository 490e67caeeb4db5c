import type { Prompt, ScryptCost } from '@counterfoil/keys';
import type { Instant } from '@counterfoil/verifier';
import type { RandomBytes } from '../domain/random.js';

/** What the command may touch besides the files that it is told of. */
export interface CommandIo {
  /** Writes data. */
  readonly out: (text: string) => void;
  /** Writes text for people. */
  readonly err: (text: string) => void;
  /** Reads the clock: UTC seconds. */
  readonly now: () => Instant;
  readonly random: RandomBytes;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The system user, as the audit trail names it. */
  readonly actor: string;
  /** Asks at the terminal; undefined where there is none. */
  readonly prompt?: Prompt | undefined;
  /** The cost of new key files; the default of keys unless given. */
  readonly scryptCost?: ScryptCost;
  /** The bundled host command that goes into kits; the one of the installed verifier unless given. */
  readonly hostBundle?: string;
  /** Ends a command that otherwise runs until it is killed. */
  readonly stopped?: AbortSignal;
  /** Milliseconds to wait for another program that uses the register; 5,000 unless given. */
  readonly busyTimeout?: number;
}

/** How a command ends: 0 good, 1 not valid, 2 could not decide. */
export type ExitStatus = 0 | 1 | 2;

/** What a command gives back. */
export interface Report {
  readonly exit: ExitStatus;
  /** What goes to standard output for people; with `--json` it is `data` instead. */
  readonly lines: readonly string[];
  readonly data: unknown;
  /** Bytes of a file that were asked for on standard output, as they are. */
  readonly raw?: string;
  /** What goes to standard error. */
  readonly notes?: readonly string[];
}
