import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import {
  issueLicense,
  openStore,
  parseCatalogDocument,
  type CommandIo,
  type PlacedChange,
  type Store,
  type StorePlace,
  type Vendor,
} from '@counterfoil/issuer';
import { verifyLicense } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { expect } from 'vitest';
import { openVendorKeys } from '../../issuer/src/cli/session.js';
import { verifyAudit } from '../../issuer/src/domain/audit/verify-audit.js';
import { placeChange } from '../../issuer/src/domain/orders/place-change.js';
import { SIGNATURE_HEADER, signWebhook } from '../../issuer/src/domain/payments/read-webhook.js';
import { REGISTER_FILE } from '../../issuer/src/register/vendor-folder.js';
import { BUYER } from './orders.js';
import { startPortal, type PortalProcess } from './portal-process.js';
import { catalogPath, LOW_COST, openDesk, PASSPHRASE } from './vendor.js';

const PRODUCT = 'mailbox-backup';
const CATALOG = catalogPath(`${PRODUCT}.yaml`);
const SECRET = 'what the shop and the portal agreed on';

const { product, sales } = parseCatalogDocument(readFileSync(CATALOG, 'utf8'), PRODUCT);
/** The product that is sold. */
export { product };

/** The machine's clock, which the processes read too. */
export const clock = (): number => Math.floor(Date.now() / 1000);

/** A vendor with customers, and the shop that tells its portals of payments; nothing stays open in between. */
export interface PaidOrders {
  readonly folder: string;
  /** A path outside the vendor folder. */
  readonly path: (name: string) => string;
  /** The file with the secret of the shop. */
  readonly secretFile: string;
  readonly withStore: <T>(work: (store: Store, vendor: Vendor) => Promise<T>) => Promise<T>;
  /** Issues so many licenses to a customer and gives their ids. */
  readonly issue: (count: number) => Promise<readonly string[]>;
  /** Orders a pack for each license: these orders wait for their payment. */
  readonly orderAll: (licenses: readonly string[]) => Promise<readonly PlacedChange[]>;
  /** A portal of this vendor, with its keys. */
  readonly portal: () => Promise<PortalProcess>;
  /** Tells a portal that an order is paid, as often as it is called; throws where nobody answers. */
  readonly pay: (
    portal: PortalProcess,
    order: Pick<PlacedChange, 'id' | 'price'>,
  ) => Promise<{ status: number; data: any }>;
  /**
   * Holds register, orders, audit trail and files against each other; gives the orders by id.
   *
   * Every revision but the first is the result of exactly one order, none is left out, and every file verifies.
   */
  readonly check: () => Promise<ReadonlyMap<string, PlacedChange>>;
}

export async function openPaidOrders(database?: string): Promise<PaidOrders> {
  const desk = await openDesk({ bare: true });
  const at = database === undefined ? [] : ['--database', database];
  const place: StorePlace =
    database === undefined ? { path: join(desk.folder, REGISTER_FILE) } : { url: database };
  const env = { COUNTERFOIL_PASSPHRASE: PASSPHRASE };
  for (const args of [
    ['init', '--vendor', 'acme.example'],
    ['catalog', 'publish', CATALOG],
  ]) {
    const { exit, err } = await desk.run([...args, ...at], { now: clock, env, scryptCost: LOW_COST });
    if (exit !== 0) throw new Error(err);
  }
  const secretFile = await desk.write('shop.secret', `${SECRET}\n`);
  await chmod(secretFile, 0o600);
  const io: CommandIo = {
    out: () => undefined,
    err: () => undefined,
    now: clock,
    random: (length) => randomBytes(length),
    env,
    actor: 'tester',
  };
  const { facts, trust, roots, signer } = await openVendorKeys({ dir: desk.folder }, io);
  const withStore: PaidOrders['withStore'] = async (work) => {
    const store = await openStore(place);
    const { register } = store;
    const vendor = { id: facts.id, trust, roots, register, signer, now: clock(), random: io.random };
    try {
      return await work(store, { ...vendor, actor: 'tester' });
    } finally {
      await store.close();
    }
  };
  const customer = { id: 'C-1', name: 'One' };
  return {
    folder: desk.folder,
    path: desk.path,
    secretFile,
    withStore,
    issue: (count) =>
      withStore(async ({ accounts }, vendor) => {
        const licenses: string[] = [];
        for (let i = 0; i < count; i++) {
          const order = { product: PRODUCT, customer, offer: 'annual', quantity: 1 };
          const { file } = await issueLicense(vendor, { order, product, sales, identities: new Map() });
          licenses.push(file.license);
        }
        await accounts.addAccount(
          {
            id: BUYER,
            kind: 'contact',
            role: 'owner',
            customer: customer.id,
            email: 'buyer@example.com',
            name: 'The buyer',
            state: 'active',
            createdAt: vendor.now,
          },
          { at: vendor.now, actor: 'tester' },
        );
        return licenses;
      }),
    orderAll: (licenses) =>
      withStore(async ({ orders, register }, vendor) => {
        const placed: PlacedChange[] = [];
        for (const license of licenses) {
          const seenRevision = (await register.findFile(license))!.revision;
          const wanted = { type: 'extend', pack: { offer: 'extension', quantity: 1 } } as const;
          const wish = { license, wanted, seenRevision, account: BUYER };
          placed.push(await placeChange({ orders, vendor }, wish));
        }
        expect(new Set(placed.map(({ state }) => state))).toEqual(new Set(['awaiting-payment']));
        return placed;
      }),
    portal: () => startPortal(['--dir', desk.folder, '--webhook-secret', secretFile, ...at], env),
    pay: async ({ url }, { id, price }) => {
      const body = Buffer.from(JSON.stringify({ id: `pay-${id}`, order: id, ...price }));
      const response = await fetch(`${url}/payments/webhook`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          [SIGNATURE_HEADER]: signWebhook(Buffer.from(SECRET), clock(), body),
        },
      });
      return { status: response.status, data: await response.json() };
    },
    check: () => withStore(checkStore),
  };
}

async function checkStore(
  { orders, register }: Store,
  { trust, now }: Vendor,
): Promise<ReadonlyMap<string, PlacedChange>> {
  expect((await verifyAudit(register)).findings).toEqual([]);
  const placed = await orders.listOrders({});
  const trail = await register.listAudit();
  const fulfilled = trail.filter(({ action }) => action === 'order-done').map(({ object }) => object);
  const done = placed.filter(({ state }) => state === 'done');
  expect(fulfilled.sort()).toEqual(done.map(({ id }) => id).sort());
  for (const { license, revision: newest } of await register.listFiles({})) {
    const results = done.filter((order) => order.license === license).map(({ result }) => result!.revision);
    const revisions = Array.from({ length: newest }, (_, i) => i + 1);
    expect(results.sort((a, b) => a - b)).toEqual(revisions.slice(1));
    const jtis = new Set<string>();
    for (const revision of revisions) {
      const { text, claims } = (await register.findFile(license, revision))!;
      const context = { engine: nodeEngine, trust, product: PRODUCT, host: {}, now };
      const verdict = verifyLicense(text, context);
      expect([license, revision, verdict.arm]).toEqual([license, revision, 'usable']);
      expect(claims.license).toMatchObject({ id: license, revision });
      jtis.add(claims.jti);
    }
    expect(jtis.size).toBe(newest);
  }
  return new Map(placed.map((order) => [order.id, order]));
}
