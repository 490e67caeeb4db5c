import type { Instant } from '../core/index.js';
import type { HostSystem } from '../node/host/default-folder.js';

/** What a command may touch besides the files that it is told of. */
export interface HostIo extends HostSystem {
  /** The command's name, as it is typed. */
  readonly name: string;
  /** The text of the kit that the vendor built into the command; without one a call names a kit. */
  readonly builtKit?: string;
  /** Writes data. */
  readonly out: (text: string) => void;
  /** Writes text for people. */
  readonly err: (text: string) => void;
  /** Reads the clock: UTC seconds. */
  readonly now: () => Instant;
}

/** How a command ends: 0 good, 1 not valid, 2 could not decide. */
export type ExitStatus = 0 | 1 | 2;

/** What a command has to say on standard output: lines for people, or the same as data. */
export interface Report {
  readonly exit: ExitStatus;
  readonly lines: readonly string[];
  readonly data: unknown;
}
