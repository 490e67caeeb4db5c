import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { runSql } from './postgres-server.js';

/** The address of a new, empty PostgreSQL database; it goes with the server when the run ends. */
export async function makeDatabase(): Promise<string> {
  const server = inject('postgresUrl');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await runSql(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
