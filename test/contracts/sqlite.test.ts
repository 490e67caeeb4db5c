import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openRegister } from '@counterfoil/issuer';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { makeScratch, NOW } from '../support/vendor.js';

let path = '';
const newPath = async (): Promise<string> => (path = join(await makeScratch(), 'register.db'));

describe('the SQLite file', () => {
  const entry = { at: NOW, actor: 'tester', action: 'vendor-made', object: 'v', detail: {} } as const;

  it('is safe against power loss, and whole in one file when closed', async () => {
    const register = await openRegister(await newPath(), { create: true });
    await register.recordAudit(entry);
    await register.close();
    // the other files of the write-ahead log may stay, but hold nothing
    const copy = join(await makeScratch(), 'copy.db');
    await copyFile(path, copy);
    const database = new Database(copy);
    expect(database.pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(database.prepare('select count(*) as count from audit').all()).toEqual([{ count: 1 }]);
    database.close();
  });

  it('is busy while another program writes, and says so', async () => {
    const register = await openRegister(await newPath(), { create: true, busyTimeout: 20 });
    const other = new Database(path);
    other.exec('begin immediate');
    await expect(register.recordAudit(entry)).rejects.toThrowCode('register-busy');
    expect(await register.listAudit()).toEqual([]);
    other.exec('rollback');
    // the same connection goes on
    await register.recordAudit(entry);
    expect(await register.listAudit()).toHaveLength(1);
    other.close();
    await register.close();
  });

  it.each(['update audit set actor = ?', 'delete from audit where actor <> ?'])(
    'never forgets: %s',
    async (sql) => {
      const register = await openRegister(await newPath(), { create: true });
      await register.recordAudit(entry);
      const other = new Database(path);
      expect(() => other.prepare(sql).run('nobody')).toThrow('append only');
      other.close();
      await register.close();
    },
  );

  it('is not touched when a newer program has changed it', async () => {
    const register = await openRegister(await newPath(), { create: true });
    await register.close();
    const other = new Database(path);
    other.exec("insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00Z')");
    other.close();
    await expect(openRegister(path)).rejects.toThrowCode('register-newer');
  });

  it('cannot be made where there is no folder', async () => {
    await expect(openRegister('/proc/nowhere/register.db', { create: true })).rejects.toThrowCode(
      'register-unwritable',
    );
  });
});
