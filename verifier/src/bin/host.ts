import { writeSync } from 'node:fs';
import { GENERIC_NAME } from '../cli/command-name.js';
import { main } from '../cli/main.js';
import { nodeFault } from '../node/codes.js';
import { reasonOf } from '../node/files.js';

/** Written at once and whole: the stream objects of `process` take longer to start than a license to verify. */
function write(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      const reason = reasonOf(error);
      // The reader has seen enough; and if people cannot be told, the exit status still can.
      if (reason === 'EPIPE' || (descriptor === 2 && reason !== 'EAGAIN')) return;
      if (reason !== 'EAGAIN')
        throw nodeFault('file-unwritable', { where: 'standard output', actual: reason });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** What a vendor builds into the command. */
export interface Built {
  /** The command's name; `counterfoil-host` unless given. */
  readonly name?: string;
  /** The text of the kit; without one every call names its kit. */
  readonly kit?: string;
}

/** Runs the host command with the arguments of the process, and sets the exit status of the process. */
export function run({ name = GENERIC_NAME, kit }: Built = {}): void {
  process.exitCode = main(process.argv.slice(2), {
    name,
    ...(kit === undefined ? {} : { builtKit: kit }),
    platform: process.platform,
    env: process.env,
    out: (text) => {
      write(1, text);
    },
    err: (text) => {
      write(2, text);
    },
    now: () => Math.floor(Date.now() / 1000),
  });
}
