import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const COMMAND = fileURLToPath(new URL('../../issuer/dist/cli/main.js', import.meta.url));

/** A command of the vendor that runs as a process of its own until it is stopped. */
export interface CommandProcess {
  /** What it has said to people so far. */
  readonly said: () => string;
  /** Resolves with the first match in what it says; throws with its words when it ends before. */
  readonly until: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** Ends it at once, as a power cut does. */
  readonly kill: () => Promise<void>;
  /** Ends it as an operator does; gives its exit status. */
  readonly stop: () => Promise<number | null>;
}

/** A portal in a process of its own. */
export interface PortalProcess extends CommandProcess {
  readonly url: string;
}

/** Starts the built command with no other environment than this one; it does not outlive the test. */
export function startCommand(args: readonly string[], env: Readonly<Record<string, string>>): CommandProcess {
  const program: ChildProcess = spawn(process.execPath, [COMMAND, ...args], {
    env: { ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(program, 'exit');
  let said = '';
  program.stderr?.on('data', (chunk: Buffer) => void (said += chunk.toString()));
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    program.kill(signal);
    await ended;
  };
  onTestFinished(() => end('SIGKILL'));
  return {
    said: () => said,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(said);
          if (match !== null) resolve(match);
        };
        program.stderr?.on('data', look);
        void ended.then(() => {
          reject(new Error(`ended without ${String(pattern)}: ${said}`));
        });
        look();
      }),
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM');
      return program.exitCode;
    },
  };
}

/** Starts a portal on a port of its own, and waits until it listens. */
export async function startPortal(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<PortalProcess> {
  const started = startCommand(['portal', '--port', '0', ...args], env);
  const [, url = ''] = await started.until(/^portal of .* at (http:\S+)$/m);
  return { ...started, url };
}
