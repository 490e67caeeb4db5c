import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  extendLicense,
  issueLicense,
  openStore,
  parseCatalogDocument,
  renewLicense,
  IN_MEMORY,
  type Account,
  type Store,
  type Vendor,
} from '@counterfoil/issuer';
import { createVendorKeys, signerOf } from '@counterfoil/keys';
import type { Order } from '@counterfoil/schemas';
import { openTrust } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { openSession } from '../../issuer/src/domain/accounts/session.js';
import { advanceOrder, cancelOrder, refuseOrder } from '../../issuer/src/domain/orders/decide-order.js';
import { placeChange } from '../../issuer/src/domain/orders/place-change.js';
import { buildPortal } from '../../issuer/src/portal/build-portal.js';
import { servePortal } from '../../issuer/src/portal/http/serve-portal.js';
import type { WantedChange } from '../../issuer/src/register/order-store.js';
import { catalogPath, NOW } from '../support/vendor.js';

const DAY = 86_400;
/** Whose licenses are all hidden: a customer becomes known by the first license. */
const NEWCOMER = { id: 'C-9', name: 'Newcomer Ltd' };
/** Markup in the name of a customer must come out as what was typed. */
const CUSTOMER = { id: 'C-1001', name: 'Müller & Söhne <b>GmbH</b>' };

/** A portal on a vendor whose licenses were all really issued, in many states. */
export interface DemoPortal {
  readonly url: string;
  readonly store: Store;
  readonly faults: unknown[];
  /** License ids by what is shown with them. */
  readonly licenses: ReadonlyMap<string, string>;
  readonly orders: ReadonlyMap<string, string>;
  /** The text of a file. */
  readonly file: (name: string, revision?: number) => Promise<string>;
  /** The session cookie of somebody who is signed in. */
  readonly session: (who: 'owner' | 'viewer' | 'newcomer' | 'staff' | 'admin') => string;
  readonly close: () => Promise<void>;
}

async function makeDesk(store: Store): Promise<(now: number) => Vendor> {
  const keys = await createVendorKeys({
    vendor: 'acme.example',
    environment: 'production',
    now: NOW - 800 * DAY,
  });
  const [issuing, status] = await Promise.all([signerOf(keys.issuing.jwk), signerOf(keys.status.jwk)]);
  const trust = openTrust(nodeEngine, [keys.trustRoot]);
  return (now) => ({
    id: 'acme.example',
    trust,
    roots: [keys.trustRoot],
    register: store.register,
    signer: (role) => Promise.resolve(role === 'issuing' ? issuing : status),
    now,
    random: (length) => randomBytes(length),
    actor: 'demo',
  });
}

const catalog = parseCatalogDocument(readFileSync(catalogPath('mailbox-backup.yaml'), 'utf8'), 'demo.yaml');

async function issueAll(desk: (now: number) => Vendor): Promise<Map<string, string>> {
  const licenses = new Map<string, string>();
  const issue = async (name: string, days: number, order: Partial<Order>): Promise<void> => {
    const { file } = await issueLicense(desk(NOW + days * DAY), {
      order: { product: 'mailbox-backup', customer: CUSTOMER, zone: 'Europe/Vienna', ...order },
      ...catalog,
      identities: new Map(),
    });
    licenses.set(name, file.license);
  };
  const annual = { offer: 'annual', quantity: 5 };
  const pools = new Map<string, number>();
  await issue('expired', -700, annual);
  await issue('perpetual', -600, {
    kind: 'commercial',
    term: { perpetual: true },
    pools: { mailboxes: 1500 },
    features: {},
  });
  await issue('grace', -370, annual);
  await issue('active', -300, annual);
  await issue('trial-over', -100, { offer: 'trial' });
  await extendLicense(
    desk(NOW - 90 * DAY),
    { license: licenses.get('active')!, ...catalog },
    { pack: { offer: 'extension', quantity: 3 }, pools: new Map(), features: new Map() },
  );
  await issue('preloaded', -80, annual);
  await renewLicense(
    desk(NOW - 40 * DAY),
    { license: licenses.get('active')!, ...catalog },
    { length: { duration: 'P12M' }, preload: false, pools },
  );
  await renewLicense(
    desk(NOW - 30 * DAY),
    { license: licenses.get('preloaded')!, ...catalog },
    { length: { duration: 'P12M' }, preload: true, pools },
  );
  await issue('trial', -10, { offer: 'trial' });
  await issue('pending', -1, {
    kind: 'commercial',
    term: { activateBy: '2026-08-31', activated: 'P1Y' },
    pools: { mailboxes: 20 },
  });
  await issue('elsewhere', 0, { ...annual, customer: NEWCOMER });
  return licenses;
}

async function orderAll(
  store: Store,
  vendor: Vendor,
  licenses: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const desk = { vendor, orders: store.orders };
  const orders = new Map<string, string>();
  const place = async (name: string, license: string, wanted: WantedChange): Promise<string> => {
    const id = licenses.get(license)!;
    const { revision } = (await store.register.findFile(id))!;
    const order = await placeChange(desk, {
      license: id,
      wanted,
      seenRevision: revision,
      account: 'owner',
      reference: 'PO 4711 <i>',
    });
    orders.set(name, order.id);
    return order.id;
  };
  await place('awaiting-payment', 'grace', { type: 'renew', duration: 'P12M' });
  await place('awaiting-staff', 'perpetual', { type: 'extend', add: { mailboxes: 7 } });
  await cancelOrder(desk, await place('cancelled', 'expired', { type: 'renew', duration: 'P12M' }));
  await refuseOrder(
    desk,
    await place('refused', 'expired', { type: 'renew', duration: 'P24M' }),
    'Please renew for one year <script>',
  );
  const reduce = await place('done', 'active', { type: 'reduce', pools: { mailboxes: 60 } });
  await advanceOrder(desk, reduce);
  await store.orders.addAsk(
    {
      id: randomBytes(16).toString('base64url'),
      at: NOW,
      email: 'somebody@example.com',
      text: 'We move to another host.\nDoes our <b>license</b> go with us?',
      license: licenses.get('active')!,
      revision: 1,
      state: 'open',
    },
    { at: NOW, actor: 'visitor' },
  );
  return orders;
}

async function signInAll(store: Store): Promise<Map<string, string>> {
  const people = [
    ['owner', CUSTOMER.id],
    ['viewer', CUSTOMER.id],
    ['newcomer', NEWCOMER.id],
    ['staff', undefined],
    ['admin', undefined],
  ] as const;
  const tokens = new Map<string, string>();
  for (const [who, customer] of people) {
    const account: Account = {
      id: who,
      kind: customer === undefined ? 'staff' : 'contact',
      role: who === 'newcomer' ? 'owner' : who,
      ...(customer === undefined ? {} : { customer }),
      email: `${who}@example.com`,
      name: who === 'owner' ? 'Ann <Owner>' : 'Ben',
      state: 'active',
      createdAt: NOW,
    };
    await store.accounts.addAccount(account, { at: NOW, actor: 'demo' });
    const desk = { accounts: store.accounts, now: NOW, random: (length: number) => randomBytes(length) };
    tokens.set(who, (await openSession(desk, account, 'full')).token);
  }
  return tokens;
}

/** Opens the portal on a port of its own. */
export async function openDemoPortal(): Promise<DemoPortal> {
  const store = await openStore({ path: IN_MEMORY });
  const desk = await makeDesk(store);
  const text = readFileSync(catalogPath('mailbox-backup.yaml'), 'utf8');
  await store.register.saveCatalog(
    { id: 'mailbox-backup', version: catalog.product.catalog, text, at: NOW - 800 * DAY },
    { at: NOW - 800 * DAY, actor: 'demo' },
  );
  const licenses = await issueAll(desk);
  const sessions = await signInAll(store);
  const orders = await orderAll(store, desk(NOW), licenses);
  const faults: unknown[] = [];
  const served = await servePortal({ host: '127.0.0.1', port: 0 }, (port) =>
    buildPortal({
      store: {
        ...store,
        register: {
          ...store.register,
          listFiles: (filter) =>
            filter.customer === NEWCOMER.id ? Promise.resolve([]) : store.register.listFiles(filter),
        },
      },
      vendor: { id: 'acme.example', name: 'Acme Software', environment: 'production' },
      desk: (actor) => ({ ...desk(NOW), actor }),
      now: () => NOW,
      random: (length) => randomBytes(length),
      secret: randomBytes(32),
      origin: `http://127.0.0.1:${port}`,
      kitTrust: desk(NOW).trust,
      rates: { any: 100_000, upload: 100_000 },
      report: (error) => void faults.push(error),
    }),
  );
  return {
    url: `http://127.0.0.1:${served.port}`,
    store,
    faults,
    licenses,
    orders,
    file: async (name, revision) => (await store.register.findFile(licenses.get(name)!, revision))!.text,
    session: (who) => sessions.get(who)!,
    close: async () => {
      await served.close();
      await store.close();
    },
  };
}
