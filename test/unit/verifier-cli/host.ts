import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostIo } from '../../../verifier/src/cli/io.js';
import { main } from '../../../verifier/src/cli/main.js';
import { NOW } from '../../support/signing.js';

/** What a run of the host command left behind. */
export interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the host command in this process, with a clock that stands at `now`. */
export async function run(
  argv: readonly string[],
  now: number = NOW,
  change: Partial<HostIo> = {},
): Promise<Ran> {
  let out = '';
  let err = '';
  const exit = main(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    now: () => now,
    name: 'counterfoil-host',
    platform: 'linux',
    env: {},
    ...change,
  });
  return { exit, out, err };
}

/** A folder of files for one suite. */
export function makeFolder(): {
  put: (name: string, content: string | Uint8Array) => string;
  remove: () => void;
  path: string;
} {
  const path = mkdtempSync(join(tmpdir(), 'counterfoil-cli-'));
  return {
    path,
    put: (name, content) => {
      const file = join(path, name);
      writeFileSync(file, content);
      return file;
    },
    remove: () => {
      rmSync(path, { recursive: true });
    },
  };
}
