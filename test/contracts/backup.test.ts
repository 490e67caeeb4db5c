import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openStore } from '@counterfoil/issuer';
import Database from 'libsql';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeDatabase } from '../support/database.js';
import { runSql } from '../support/postgres-server.js';
import {
  catalogPath,
  makeScratch,
  NOW,
  openDesk,
  PASSPHRASE,
  runCommand,
  type Desk,
} from '../support/vendor.js';
import { account, BY, order, session } from './samples.js';

const PRODUCT = catalogPath('mailbox-backup.yaml');
const env = { COUNTERFOIL_PASSPHRASE: PASSPHRASE };

/** A desk with a renewed license, a customer's contact and an order, in a folder or in a database. */
async function stockedDesk(url?: string): Promise<Desk & { readonly env: Record<string, string> }> {
  const bare = await openDesk({ bare: true });
  const own = url === undefined ? env : { ...env, DATABASE_URL: url };
  const run: Desk['run'] = (args, change) => bare.run(args, { env: own, ...change });
  expect((await run(['init', '--vendor', 'acme.example'])).exit).toBe(0);
  const issue = ['issue', catalogPath('orders/mailbox-backup.yaml'), '--product-file', PRODUCT];
  const { out } = await run([...issue, '--out', bare.path('one.lic')]);
  const id = out.trim();
  const renewed = ['renew', id, '--duration', 'P12M', '--out', bare.path('two.lic')];
  expect((await run(renewed, { now: () => NOW + 60 })).exit).toBe(0);
  const place = url === undefined ? { path: join(bare.folder, 'register.db') } : { url };
  const { accounts, orders, close } = await openStore(place);
  await accounts.addAccount(account({ customer: 'C-1001' }), BY);
  await accounts.saveCredentials('A-1', { password: 'hash', totp: 'sealed', totpStep: 3 });
  await accounts.saveSession(session());
  await orders.addOrder(order({ license: id, customer: 'C-1001' }), BY);
  await orders.addAsk({ id: 'Q-1', at: 1, email: 'x@y.z', text: 'ü\n"', state: 'open' }, BY);
  await close();
  return { ...bare, run, env: own };
}

const facts = async (folder: string, own: Record<string, string>): Promise<unknown[]> => {
  const run = async (...args: string[]): Promise<unknown> => {
    const answer = await runCommand([...args, '--json', '--dir', folder], { env: own });
    return JSON.parse(answer.out);
  };
  return [await run('audit'), await run('list'), await run('audit', 'verify')];
};

describe('backup and restore', () => {
  it.each([
    ['SQLite', 'SQLite'],
    ['SQLite', 'PostgreSQL'],
    ['PostgreSQL', 'SQLite'],
    ['PostgreSQL', 'PostgreSQL'],
  ])('carry everything from %s to %s', async (from, to) => {
    const desk = await stockedDesk(from === 'SQLite' ? undefined : await makeDatabase());
    const file = desk.path('backup.jsonl');
    expect((await desk.run(['backup', '--out', file])).exit).toBe(0);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await desk.run(['backup', '--out', file])).err).toContain('code: output-exists');
    const target = to === 'SQLite' ? env : { ...env, DATABASE_URL: await makeDatabase() };
    const folder = desk.path('elsewhere');
    const restored = await runCommand(['restore', '--from', file, '--dir', folder], { env: target });
    expect(restored).toMatchObject({ exit: 0 });
    expect(await facts(folder, target)).toEqual(await facts(desk.folder, desk.env));
    // and the keys from their own copy
    await cp(join(desk.folder, 'keys'), join(folder, 'keys'), { recursive: true });
    const again = desk.path('again.jsonl');
    await runCommand(['backup', '--out', again, '--dir', folder], { env: target });
    expect(await readFile(again, 'utf8')).toBe(await readFile(file, 'utf8'));
    expect(await readFile(file, 'utf8')).not.toContain('"table":"sessions"');
    const issue = ['issue', catalogPath('orders/mailbox-backup.yaml'), '--product-file', PRODUCT];
    const next = await runCommand([...issue, '--out', desk.path('x.lic'), '--dir', folder], {
      env: target,
      now: () => NOW + 120,
    });
    expect(next.exit).toBe(0);
    const second = await runCommand(['restore', '--from', file, '--dir', folder], { env: target });
    expect(second.err).toContain('code: register-not-empty');
  });

  it('read one instant while others write', async () => {
    const desk = await stockedDesk();
    const store = await openStore({ path: join(desk.folder, 'register.db') });
    let written = 0;
    let isOver = false as boolean;
    const writing = (async () => {
      while (!isOver) {
        await store.register.recordAudit({
          at: NOW,
          actor: 'load',
          action: 'kit-signed',
          object: String(written++),
          detail: {},
        });
        // SQLite answers without a pause, and the others want their turn
        await new Promise(setImmediate);
      }
    })();
    for (const name of ['1', '2', '3']) {
      expect((await desk.run(['backup', '--out', desk.path(name)])).exit).toBe(0);
      const folder = desk.path(`of-${name}`);
      const restored = await runCommand(['restore', '--from', desk.path(name), '--dir', folder], { env });
      expect(restored.exit).toBe(0);
    }
    isOver = true;
    await writing;
    await store.close();
    expect(written).toBeGreaterThan(0);
    expect((await desk.run(['audit', 'verify'])).exit).toBe(0);
  });
});

describe('restore', () => {
  let desk: Desk;
  let lines: readonly string[];
  beforeAll(async () => {
    desk = await stockedDesk();
    await desk.run(['backup', '--out', desk.path('whole')]);
    lines = (await readFile(desk.path('whole'), 'utf8')).trimEnd().split('\n');
  });
  const tryRestore = async (text: string): Promise<string> => {
    const home = await makeScratch();
    await writeFile(join(home, 'backup'), text);
    const answer = await runCommand(['restore', '--from', join(home, 'backup'), '--dir', join(home, 'new')]);
    expect(answer.exit).toBe(2);
    expect(await readdir(home)).not.toContain('vendor.json');
    return answer.err;
  };

  it.each<[string, (whole: readonly string[]) => readonly string[]]>([
    ['cut', (whole) => whole.slice(0, -1)],
    ['without a row', (whole) => whole.toSpliced(3, 1)],
    ['with a changed row', (whole) => whole.map((line) => line.replace('Harbour', 'Arbour'))],
    ['with more at its end', (whole) => [...whole, '{"table":"roots","row":{}}']],
    ['with an unknown table', (whole) => whole.toSpliced(1, 0, '{"table":"sqlite_master","row":{"a":1}}')],
    ['of another kind', () => ['{"some":"json"}']],
    ['that is no JSON', () => ['-----BEGIN']],
    ['that is empty', () => []],
  ])('refuses a backup %s, and keeps nothing of it', async (_, change) => {
    expect(await tryRestore(change(lines).join('\n'))).toContain('code: backup-broken');
  });

  it('refuses the folder of another vendor, and one that holds something else', async () => {
    const other = await openDesk();
    await rm(join(other.folder, 'register.db'));
    const text = await readFile(join(other.folder, 'vendor.json'), 'utf8');
    await writeFile(join(other.folder, 'vendor.json'), text.replace('acme.example', 'other.example'));
    const from = ['restore', '--from', desk.path('whole')];
    expect((await other.run(from)).err).toContain('code: backup-foreign');
    const home = await makeScratch();
    await writeFile(join(home, 'letter.txt'), '');
    expect((await runCommand([...from, '--dir', home])).err).toContain('code: vendor-exists');
  });

  it('wants one source', async () => {
    expect((await desk.run(['restore'])).err).toContain('code: option-missing');
    expect((await desk.run(['restore', '--from', 'a', '--from-files', 'b'])).err).toContain(
      'code: option-conflict',
    );
    expect((await desk.run(['restore', '--from', desk.path('nothing')])).err).toContain(
      'code: file-unreadable',
    );
  });

  it('rebuilds the register from copies of license files, and says what it cannot', async () => {
    const own = await stockedDesk();
    const copies = own.path('copies');
    await mkdir(join(copies, 'deeper'), { recursive: true });
    await cp(own.path('one.lic'), join(copies, 'one.lic'));
    await cp(own.path('two.lic'), join(copies, 'deeper', 'two.lic'));
    await cp(own.path('two.lic'), join(copies, 'two again.LIC'));
    const text = await readFile(own.path('one.lic'), 'utf8');
    await writeFile(
      join(copies, 'wrong.lic'),
      text.replace(/(BEGIN COUNTERFOIL LICENSE-----\n.{30})./, '$1#'),
    );
    await writeFile(join(copies, 'notes.txt'), 'no license');
    const [before] = (await own.ask(['list'])).data;
    for (const name of await readdir(own.folder))
      if (name.startsWith('register.db')) await rm(join(own.folder, name));
    const from = ['restore', '--from-files', copies];
    const { exit, data } = await own.ask([...from, '--product-file', PRODUCT]);
    expect({ exit, data }).toMatchObject({
      exit: 1,
      data: {
        files: 2,
        customers: 1,
        problems: [{ where: 'wrong.lic', problem: expect.stringMatching(/^not genuine: /) }],
      },
    });
    expect((await own.ask(['list'])).data).toEqual([before]);
    expect((await own.run(['audit', 'verify'])).exit).toBe(0);
    const extended = ['extend', before.id, '--pool', 'mailboxes=+5', '--out', own.path('three.lic')];
    expect((await own.run(extended, { now: () => NOW + 120 })).exit).toBe(0);
    expect((await own.run([...from, '--product-file', PRODUCT])).err).toContain('code: register-not-empty');
  });

  it('says which revisions have no copy, and which products no document', async () => {
    const own = await stockedDesk();
    const copies = own.path('copies');
    await mkdir(copies);
    await cp(own.path('two.lic'), join(copies, 'two.lic'));
    for (const name of await readdir(own.folder))
      if (name.startsWith('register.db')) await rm(join(own.folder, name));
    const from = ['restore', '--from-files', copies];
    expect((await own.ask(from)).data.problems).toEqual([
      { where: 'two.lic', problem: 'no document of the product mailbox-backup' },
    ]);
    const { data } = await own.ask([...from, '--product-file', PRODUCT]);
    expect(data.problems).toMatchObject([{ problem: 'no copy of revision 1' }]);
    expect((await own.run(['audit', 'verify'])).exit).toBe(0);
    expect((await own.run(['restore', '--from-files', own.path('nothing')])).err).toContain(
      'code: file-unreadable',
    );
  });
});

describe('audit verify', () => {
  const spoil = async (texts: readonly string[]): Promise<Desk> => {
    const desk = await stockedDesk();
    const database = new Database(join(desk.folder, 'register.db'));
    for (const text of texts) database.exec(text);
    database.close();
    return desk;
  };
  const free = (table: string): string[] =>
    ['update', 'delete'].map((verb) => `drop trigger ${table}_no_${verb}`);

  it('is content with what was written', async () => {
    const desk = await stockedDesk();
    const { exit, data } = await desk.ask(['audit', 'verify']);
    expect({ exit, data }).toMatchObject({ exit: 0, data: { valid: true, files: 2, findings: [] } });
    expect(data.hash).toBe((await desk.ask(['audit'])).data.at(-1).hash);
  });

  it.each<[string, readonly string[], object]>([
    ['an actor', ["update audit set actor = 'nobody' where seq = 3"], { type: 'chain-broken', seq: 3 }],
    ['a detail', ["update audit set detail = '{}' where seq = 4"], { type: 'chain-broken', seq: 4 }],
    ['an entry that is gone', ['delete from audit where seq = 2'], { type: 'chain-broken', seq: 2 }],
    ['two entries in turn', ['update audit set seq = 99 where seq = 4'], { type: 'chain-broken', seq: 4 }],
  ])('finds %s', async (_, texts, finding) => {
    const desk = await spoil([...free('audit'), ...texts]);
    const { exit, data } = await desk.ask(['audit', 'verify']);
    expect(exit).toBe(1);
    expect(data.findings[0]).toEqual(finding);
    expect((await desk.run(['audit', 'verify'])).out).toContain('audit trail is not what was written');
  });

  it.each<[string, readonly string[], object]>([
    [
      'a text',
      ["update files set text = text || ' ' where revision = 1"],
      { type: 'file-changed', revision: 1 },
    ],
    ['a digest', ["update files set digest = 'x' where revision = 2"], { type: 'file-changed', revision: 2 }],
    ['a file that is gone', ['delete from files where revision = 2'], { type: 'file-missing', revision: 2 }],
  ])('finds %s', async (_, texts, finding) => {
    const desk = await spoil([...free('files'), ...texts]);
    const { exit, data } = await desk.ask(['audit', 'verify']);
    expect({ exit, findings: data.findings }).toMatchObject({ exit: 1, findings: [finding] });
  });

  it('finds a trail that was cut at its end', async () => {
    const desk = await spoil([...free('audit'), 'delete from audit where seq > 2']);
    const { exit, data } = await desk.ask(['audit', 'verify']);
    expect({ exit, findings: data.findings }).toMatchObject({
      exit: 1,
      findings: [{ type: 'file-unaudited', revision: 2 }],
    });
  });

  it('finds the same in PostgreSQL', async () => {
    const url = await makeDatabase();
    const desk = await stockedDesk(url);
    await runSql(url, 'drop trigger audit_no_change on audit');
    await runSql(url, "update audit set actor = 'nobody' where seq = 3");
    const { exit, data } = await desk.ask(['audit', 'verify'], { env: { ...env, DATABASE_URL: url } });
    expect({ exit, findings: data.findings }).toMatchObject({
      exit: 1,
      findings: [{ type: 'chain-broken', seq: 3 }],
    });
  });
});

describe('init', () => {
  it('takes an empty database only', async () => {
    const url = await makeDatabase();
    await stockedDesk(url);
    const other = await openDesk({ bare: true });
    const { err } = await other.run(['init', '--vendor', 'b.example', '--database', url]);
    expect(err).toContain('code: register-not-empty');
    expect(err).not.toContain('secret-of-tests');
  });
});
