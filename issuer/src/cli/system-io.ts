import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import { promptAt } from '@counterfoil/keys';
import type { CommandIo } from './command-io.js';

/** A container may run as a user that has no name. */
function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${String(process.getuid?.() ?? 'unknown')}`;
  }
}

/** Falls when the process is told to end; told again, it ends at once. */
function stopSignal(process: NodeJS.Process): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    process.off('SIGTERM', stop).off('SIGINT', stop);
    controller.abort();
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  return controller.signal;
}

/** The machine that the command runs on. */
export function systemIo(process: NodeJS.Process): CommandIo {
  const { stdin, stdout, stderr, env } = process;
  let stopped: AbortSignal | undefined;
  return {
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    now: () => Math.floor(Date.now() / 1000),
    random: (length) => randomBytes(length),
    env,
    actor: systemUser(),
    prompt: promptAt(stdin, stderr),
    // Only who asks for it wants to end by itself; all other commands end at once, as ever.
    get stopped() {
      return (stopped ??= stopSignal(process));
    },
  };
}
