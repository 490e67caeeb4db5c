import { createServer, type AddressInfo } from 'node:net';
import { openStore } from '@counterfoil/issuer';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { makeDatabase } from '../support/database.js';
import { runSql } from '../support/postgres-server.js';
import { NOW } from '../support/vendor.js';
import { openNew } from './variants.js';

const entry = { at: NOW, actor: 'tester', action: 'vendor-made', object: 'v', detail: {} } as const;

/** The fault of opening a place, with everything that is shown of it. */
async function faultOf(url: string): Promise<{ code: string; message: string }> {
  return openStore({ url }, { busyTimeout: 2000 }).then(
    () => ({ code: 'none', message: '' }),
    (error: unknown) => error as { code: string; message: string },
  );
}

describe('the PostgreSQL database', () => {
  it('is made once by programs that start at once', async () => {
    const url = await makeDatabase();
    const stores = await Promise.all([1, 2, 3].map(() => openNew({ url })));
    for (const { register } of stores) await register.recordAudit(entry);
    expect(await stores[0]?.register.listAudit()).toHaveLength(3);
    for (const { close } of stores) await close();
  });

  it('is busy while another program writes, and says so', async () => {
    const url = await makeDatabase();
    const store = await openNew({ url }, { busyTimeout: 50 });
    await store.register.recordAudit(entry);
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    await other.query('begin');
    await other.query('lock table audit in exclusive mode');
    await expect(store.register.recordAudit(entry)).rejects.toThrowCode('register-busy');
    await other.query('rollback');
    await store.register.recordAudit(entry);
    expect(await store.register.listAudit()).toHaveLength(2);
    await other.end();
    await store.close();
  });

  it.each([
    "update audit set actor = 'nobody'",
    'delete from audit',
    'truncate audit',
    'delete from files',
    'truncate files cascade',
  ])('never forgets: %s', async (text) => {
    const url = await makeDatabase();
    const store = await openNew({ url });
    await store.register.recordAudit(entry);
    const done = runSql(url, text);
    // a table without rows has no row to refuse
    if (text === 'delete from files') await done;
    else await expect(done).rejects.toThrow('append only');
    expect(await store.register.listAudit()).toHaveLength(1);
    await store.close();
  });

  it('orders text by its bytes, whatever its language', async () => {
    const store = await openNew({ url: await makeDatabase() });
    for (const id of ['b', 'A', 'a', 'Ä'])
      await store.register.saveCatalog({ id, version: 1, text: '', at: 1 }, { at: 1, actor: 'x' });
    expect((await store.register.listCatalogs()).map(({ id }) => id)).toEqual(['A', 'a', 'b', 'Ä']);
    await store.close();
  });

  it('refuses a number that JavaScript would round', async () => {
    const url = await makeDatabase();
    const store = await openNew({ url });
    await runSql(url, "insert into catalogs values ('p', 9007199254740993, '', 1)");
    await expect(store.register.findCatalog('p')).rejects.toThrowCode('register-broken');
    await store.close();
  });

  it('is not touched when a newer program has changed it', async () => {
    const url = await makeDatabase();
    await (await openNew({ url })).close();
    await runSql(url, "insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00Z')");
    expect((await faultOf(url)).code).toBe('register-newer');
  });

  it('goes on after its connections broke', async () => {
    const url = await makeDatabase();
    const store = await openNew({ url });
    await store.register.recordAudit(entry);
    await runSql(
      url,
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    // whoever meets the broken connection is told; the next one has a new one
    await store.register.listAudit().catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'register-unreachable' });
    });
    await store.register.recordAudit(entry);
    expect(await store.register.listAudit()).toHaveLength(2);
    await store.close();
  });

  it('shows no password, whatever is wrong', async () => {
    const good = new URL(await makeDatabase());
    const missing = new URL(good);
    missing.pathname = '/nothing-there';
    const stranger = new URL(good);
    stranger.username = 'stranger';
    const server = createServer((socket) => void socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const closing = `postgres://u:secret-of-tests@127.0.0.1:${String(port)}/d?password=secret-of-tests`;
    for (const url of [
      missing.href,
      stranger.href,
      closing,
      'postgres//secret-of-tests',
      'secret-of-tests',
    ]) {
      const fault = await faultOf(url);
      expect(fault).toMatchObject({ code: 'register-unreachable' });
      expect(fault.message).not.toContain('secret-of-tests');
    }
    await new Promise((resolve) => server.close(resolve));
    const gone = await faultOf(closing);
    expect(gone).toMatchObject({ code: 'register-unreachable' });
    expect(gone.message).not.toContain('secret-of-tests');
    const empty = await faultOf(good.href);
    expect(empty).toMatchObject({ code: 'register-broken' });
    expect(empty.message).not.toContain('secret-of-tests');
  });
});
