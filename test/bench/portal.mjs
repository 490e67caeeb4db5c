// The portal: uploads against a bare handler which verifies the same, reissues against signing and one insert.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { signCompact } from '@counterfoil/keys';
import { build } from 'esbuild';
import Database from 'libsql';
import pg from 'pg';
import { fulfilOrder } from '../../issuer/dist/domain/orders/fulfil-order.js';
import { settlePayment } from '../../issuer/dist/domain/payments/settle-payment.js';
import { inTurns, table } from './harness.mjs';
import { NOW, openDesk } from './portal-fixture.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'counterfoil-bench-'));

/** Requests at a time. */
const WIDTH = 8;
const agent = new Agent({ keepAlive: true, maxSockets: WIDTH });
const ask = (url, { method = 'POST', headers = {}, body }) =>
  new Promise((done, fail) => {
    const sent = request(url, { method, agent, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        done({
          status: response.statusCode,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on('error', fail).end(body);
  });

/** Sends one request again and again, some at a time; each answer must hold what is expected. */
const asking = (url, sent, expected) => async (times) => {
  let left = times;
  const worker = async () => {
    while (left-- > 0) {
      const { status, text } = await ask(url, sent);
      if (status !== 200 || !text.includes(expected)) throw new Error(`${status}: ${text.slice(0, 400)}`);
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, worker));
};

async function measureUploads() {
  const child = fork(here('portal-child.mjs'), [join(folder, 'uploads.db')]);
  const [{ portal, reading, verifying, text }] = await once(child, 'message');
  const { headers, text: page } = await ask(portal, { method: 'GET', headers: { accept: 'text/html' } });
  const token = /name="csrf" value="([^"]+)"/.exec(page)[1];
  const part = (name, value) => `--cut\r\nContent-Disposition: form-data; name=${name}\r\n\r\n${value}\r\n`;
  const body = `${part('"csrf"', token)}${part('"file"; filename="customer.lic"', text)}--cut--\r\n`;
  const upload = (accept) => ({
    body,
    headers: {
      accept,
      origin: new URL(portal).origin,
      cookie: headers['set-cookie'].map((line) => line.split(';')[0]).join('; '),
      'content-type': 'multipart/form-data; boundary=cut',
    },
  });
  const bare = { body: text };
  const rows = await inTurns(
    [
      {
        name: '`node:http`, the same verification and look into the register',
        times: 100,
        run: asking(reading, bare, '"current"'),
      },
      { name: '`node:http`, `verifyLicense` alone', times: 100, run: asking(verifying, bare, '"active"') },
      { name: 'portal, JSON', times: 100, run: asking(portal, upload('application/json'), '"current"') },
      { name: 'portal, page', times: 100, run: asking(portal, upload('text/html'), '<main') },
    ],
    15,
  );
  child.disconnect();
  await once(child, 'exit');
  const size = (Buffer.byteLength(text) / 1000).toFixed(1);
  return table(
    `Uploads of a license of ${size} kB, ${WIDTH} at a time`,
    ['handler', 'uploads a second', 'rate, bare handler = 1'],
    rows.map(({ name, seconds, rate }) => [name, (1 / seconds).toFixed(0), rate.toFixed(2)]),
  );
}

const TIMES = 10;
const ROUNDS = 10;

/** Reissues over a store, against signing the same claims and inserting the same text into the same database. */
async function measureReissues(name, place, insert) {
  const { store, signers, desk, first, issue, order, by } = await openDesk(place);
  // Each is changed once, and the first round is for warming up.
  const count = TIMES * (ROUNDS + 1);
  const [ready, fresh] = [[], []];
  for (let i = 0; i < count; i++) {
    const { id } = await order((await issue()).license);
    await store.orders.moveOrder(id, ['awaiting-payment'], 'ready', { paidAt: NOW }, by);
    ready.push(id);
    fresh.push((await issue()).license);
  }
  const rows = await inTurns(
    [
      {
        name: `${name}: signing, one insert`,
        times: TIMES,
        run: async (times) => {
          for (let i = 0; i < times; i++) {
            // as long as a file, whatever stands in it
            const license = await signCompact(signers.issuing, 'license', first.claims);
            await insert(`${license}${first.text.slice(license.length)}`);
          }
        },
      },
      {
        name: `${name}: reissue of an order that is ready`,
        times: TIMES,
        run: async (times) => {
          for (let i = 0; i < times; i++) {
            const { file } = await fulfilOrder(desk, ready.pop());
            if (file.revision !== 2) throw new Error(`revision ${file.revision}`);
          }
        },
      },
      {
        name: `${name}: order, payment, reissue`,
        times: TIMES,
        run: async (times) => {
          for (let i = 0; i < times; i++) {
            const { id, price: money } = await order(fresh.pop());
            const { order: done } = await settlePayment(desk, { id: `pay-${id}`, order: id, money, at: NOW });
            if (done.state !== 'done') throw new Error(done.state);
          }
        },
      },
    ],
    ROUNDS,
  );
  await store.close();
  return rows;
}

async function measureSqlite() {
  const path = join(folder, 'reissues.db');
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('create table bare (text text not null)');
  const statement = database.prepare('insert into bare values (?)');
  const rows = await measureReissues('SQLite', { path }, (text) => statement.run(text));
  database.close();
  return rows;
}

/** The PostgreSQL server of the tests, whose source is TypeScript. */
async function startPostgres() {
  const outfile = here('../../node_modules/.cache/bench/postgres-server.mjs');
  await build({
    entryPoints: [here('../support/postgres-server.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const { setup } = await import(outfile);
  let url;
  const stop = await setup({ provide: (_name, value) => (url = value) });
  return { url, stop };
}

async function measurePostgres() {
  const { url, stop } = await startPostgres();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('create table bare (text text not null)');
  const query = { name: 'bare', text: 'insert into bare values ($1)' };
  const rows = await measureReissues('PostgreSQL', { url }, (text) =>
    client.query({ ...query, values: [text] }),
  );
  await client.end();
  await stop();
  return rows;
}

const uploads = await measureUploads();
const reissues = [...(await measureSqlite()), ...(await measurePostgres())];
agent.destroy();
rmSync(folder, { recursive: true });
export const section = [
  uploads,
  table(
    'Reissues, one after the other',
    ['work', 'a second', 'rate, signing and one insert = 1'],
    reissues.map(({ name, seconds, rate }) => [name, (1 / seconds).toFixed(0), rate.toFixed(2)]),
  ),
].join('\n\n');
if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${section}\n`);
