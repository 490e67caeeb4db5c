import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CommandIo } from '@counterfoil/issuer';
import { openLicense, type OpenedLicense } from '@counterfoil/verifier/node';
import { signWebhook } from '../../issuer/src/domain/payments/read-webhook.js';
import { makeDatabase } from '../support/database.js';
import { catalogPath, LOW_COST, NOW, openDesk, PASSPHRASE, type Desk } from '../support/vendor.js';
import { run, type Ran } from '../unit/verifier-cli/host.js';

const SHOP_SECRET = 'the secret of the shop, 32 bytes';
/** Here staff look at renewals and reductions, so that every way to a file is gone. */
const AT_ONCE = /^ {2}(renew|reduce): at-once$/gm;

/** A host of the customer, with a data folder of its own. */
export interface JourneyHost {
  readonly run: (...args: readonly string[]) => Promise<Ran>;
  /** Installs a file without acknowledging anything, and lets the product see it. */
  readonly install: (file: string) => Promise<void>;
  /** The license files that lie in the data folder. */
  readonly files: () => Promise<readonly string[]>;
  readonly clock: { now: number };
  readonly license: OpenedLicense;
}

/** A vendor whose portal runs by its command, on a clock that the test sets. */
export interface JourneySite {
  readonly url: string;
  readonly clock: { now: number };
  /** Where the first administrator begins. */
  readonly link: string;
  readonly path: (name: string) => string;
  /** Issues a license by the vendor's command; gives the path of its file. */
  readonly issue: (...args: readonly string[]) => Promise<string>;
  readonly openHost: () => JourneyHost;
  /** How many licenses there are, and the newest revision of this one, by the vendor's own list. */
  readonly count: (license: string) => Promise<{ licenses: number; revision: number }>;
  /** What the portal answers to a payment that the shop signs. */
  readonly pay: (order: string, amount: number) => Promise<{ status: number; data: any }>;
  /** What the portal told its operator. */
  readonly said: () => string;
  readonly close: () => Promise<void>;
}

/** Starts the portal by its command, and waits until it says where it is. */
async function startPortal(
  desk: Desk,
  args: readonly string[],
  io: Partial<CommandIo>,
): Promise<Pick<JourneySite, 'said' | 'close'>> {
  const controller = new AbortController();
  let said = '';
  let ended: Promise<unknown> | undefined;
  await new Promise<void>((done, fail) => {
    const err = (text: string): void => {
      said += text;
      if (said.includes('portal of')) done();
    };
    ended = desk.run(['portal', '--port', '0', ...args], { ...io, stopped: controller.signal, err });
    ended.then(() => fail(new Error(said)), fail);
  });
  const close = async (): Promise<void> => {
    controller.abort();
    await ended;
  };
  return { said: () => said, close };
}

/** Makes vendor, catalog and kit, and starts the portal on a SQLite file or a PostgreSQL database. */
export async function openJourneySite(storage: 'SQLite' | 'PostgreSQL'): Promise<JourneySite> {
  const desk = await openDesk({ bare: true });
  const clock = { now: NOW };
  const database = storage === 'SQLite' ? {} : { DATABASE_URL: await makeDatabase() };
  const io = {
    now: () => clock.now,
    random: (length: number) => randomBytes(length),
    scryptCost: LOW_COST,
    env: { COUNTERFOIL_PASSPHRASE: PASSPHRASE, ...database },
    hostBundle: await desk.write('host.cjs', 'exports.run = () => 0;\n'),
  };
  const vendor = async (...args: readonly string[]): Promise<void> => {
    const { exit, err } = await desk.run(args, io);
    if (exit !== 0) throw new Error(err);
  };
  const text = await readFile(catalogPath('mailbox-backup.yaml'), 'utf8');
  const document = await desk.write('mailbox-backup.yaml', text.replace(AT_ONCE, '  $1: ask'));
  await vendor('init', '--vendor', 'acme.example', '--name', 'Acme Software');
  await vendor('catalog', 'publish', document);
  await vendor('catalog', 'kit', document, '--out', desk.path('kit'));
  const { kit } = (await import(pathToFileURL(desk.path('kit/index.js')).href)) as { kit: string };
  const secret = desk.path('shop.secret');
  await writeFile(secret, `${SHOP_SECRET}\n`, { mode: 0o600 });
  const { said, close } = await startPortal(desk, ['--webhook-secret', secret], io);
  const url = /portal of .+ at (\S+)/.exec(said())![1]!;
  const opened: OpenedLicense[] = [];
  let count = 0;
  return {
    url,
    clock,
    said,
    link: /administrator \(.+\): (\S+)/.exec(said())![1]!,
    path: desk.path,
    issue: async (...args) => {
      const file = desk.path(`${String((count += 1))}.lic`);
      const customer = ['--customer', 'C-1', '--customer-name', 'Harbour & Sons', '--zone', 'Europe/Vienna'];
      await vendor('issue', '--product-file', document, ...customer, ...args, '--out', file);
      return file;
    },
    openHost: () => {
      const dataDir = desk.path(`data-${String((count += 1))}`);
      const own = { now: clock.now };
      const license = openLicense({ kit, dataDir, env: {}, now: () => own.now, lookEvery: 0 });
      opened.push(license);
      const folder = join(dataDir, 'licenses');
      const host: JourneyHost['run'] = (...args) =>
        run([...args, '--data', dataDir], own.now, { name: 'acme-license', builtKit: kit });
      return {
        license,
        clock: own,
        run: host,
        install: async (file) => {
          const { exit, err } = await host('install', file);
          if (exit !== 0) throw new Error(err);
          license.refresh();
        },
        files: async () => (await readdir(folder)).map((name) => join(folder, name)),
      };
    },
    count: async (id) => {
      const { data } = await desk.ask(['list'], io);
      const rows = data as readonly { id: string; revision: number }[];
      return { licenses: rows.length, revision: rows.find((row) => row.id === id)!.revision };
    },
    pay: async (order, amount) => {
      const body = Buffer.from(JSON.stringify({ id: `pay-${order}`, order, amount, currency: 'EUR' }));
      const signature = signWebhook(Buffer.from(SHOP_SECRET), clock.now, body);
      const answer = await fetch(`${url}/payments/webhook`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', 'counterfoil-signature': signature },
      });
      return { status: answer.status, data: await answer.json() };
    },
    close: async () => {
      for (const license of opened) license.close();
      await close();
    },
  };
}
