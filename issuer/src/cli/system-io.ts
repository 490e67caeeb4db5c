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

/** The machine that the command runs on. */
export function systemIo({ stdin, stdout, stderr, env }: NodeJS.Process): CommandIo {
  return {
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    now: () => Math.floor(Date.now() / 1000),
    random: (length) => randomBytes(length),
    env,
    actor: systemUser(),
    prompt: promptAt(stdin, stderr),
  };
}
