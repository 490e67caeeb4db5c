import { readFileSync } from 'node:fs';
import {
  IN_MEMORY,
  issueLicense,
  openStore,
  parseCatalogDocument,
  type PlacedChange,
  type Store,
  type Vendor,
  type WantedChange,
} from '@counterfoil/issuer';
import { createVendorKeys, signerOf } from '@counterfoil/keys';
import type { Order } from '@counterfoil/schemas';
import { openTrust, type Trust } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { onTestFinished } from 'vitest';
import { placeChange } from '../../../issuer/src/domain/orders/place-change.js';
import {
  openTestPortal,
  type PortalBrowser,
  type PortalOptions,
  type TestPortal,
} from '../../support/portal.js';
import { catalogPath, memoryVendor, NOW } from '../../support/vendor.js';

export const JSON_WANTED = { accept: 'application/json' };
const TEXT = readFileSync(catalogPath('mailbox-backup.yaml'), 'utf8');
const CATALOG = parseCatalogDocument(TEXT, 'mailbox-backup.yaml');

/** A portal whose catalog is published, with a member of staff at the browser. */
export interface StaffDesk extends TestPortal {
  readonly staff: PortalBrowser;
  /** Issues by an offer, five annual subscriptions unless said otherwise; gives the license id. */
  readonly sell: (order?: Partial<Order>, at?: number) => Promise<string>;
  /** Orders as a customer does. */
  readonly order: (license: string, wanted: WantedChange) => Promise<PlacedChange>;
  /** The answer of a page as JSON. */
  readonly ask: (path: string) => Promise<any>;
  /** Posts as a program does; gives the status, and the code or the data. */
  readonly tell: (path: string, fields: Record<string, string>) => Promise<{ status: number; data: any }>;
}

export const RENEWAL: WantedChange = { type: 'renew', duration: 'P12M' };

/** A vendor who has issued for years, so that licenses of all ages are really issued. */
async function oldVendor(store: Store): Promise<Vendor> {
  const now = NOW - 800 * 86_400;
  const keys = await createVendorKeys({ vendor: 'acme.example', environment: 'production', now });
  const [issuing, status] = await Promise.all([signerOf(keys.issuing.jwk), signerOf(keys.status.jwk)]);
  return memoryVendor({
    trust: openTrust(nodeEngine, [keys.trustRoot]),
    roots: [keys.trustRoot],
    register: store.register,
    signer: (role) => Promise.resolve(role === 'issuing' ? issuing : status),
  });
}

/** What is other than usual: the store, or what the vendor trusts. */
interface StaffDeskOptions {
  readonly store?: Store;
  readonly trust?: Trust;
  readonly change?: PortalOptions['change'];
}

export async function openStaffDesk({
  store: given,
  trust,
  change,
}: StaffDeskOptions = {}): Promise<StaffDesk> {
  const store = given ?? (await openStore({ path: IN_MEMORY }));
  if (given === undefined) onTestFinished(() => store.close());
  const vendor = await oldVendor(store);
  const open = await openTestPortal({
    store,
    vendor: trust === undefined ? vendor : { ...vendor, trust },
    ...(change === undefined ? {} : { change }),
  });
  const { portal } = open;
  await store.register.saveCatalog(
    { id: 'mailbox-backup', version: 1, text: TEXT, at: NOW },
    { at: NOW, actor: 'tester' },
  );
  const staff = await open.signedIn('staff');
  return {
    ...open,
    staff,
    sell: async (order = {}, at = open.clock.now) => {
      const { file } = await issueLicense(
        { ...portal.desk('tester'), now: at },
        {
          order: {
            product: 'mailbox-backup',
            customer: { id: 'C-1', name: 'One' },
            offer: 'annual',
            quantity: 5,
            ...order,
          },
          ...CATALOG,
          identities: new Map(),
          acknowledgeClock: true,
        },
      );
      return file.license;
    },
    order: async (license, wanted) => {
      const { revision, customer } = (await store.register.findFile(license))!;
      const known = (await store.accounts.listAccounts({ customer: customer.id })).find(
        ({ role }) => role === 'owner',
      );
      const { id: account } = known ?? (await open.account('owner', customer.id));
      return placeChange(
        { vendor: portal.desk('tester'), orders: store.orders },
        { license, wanted, seenRevision: revision, account },
      );
    },
    ask: async (path) => (await staff.get(path, JSON_WANTED)).json(),
    tell: async (path, fields) => {
      const csrf = await staff.csrf('/account');
      const answer = await staff.post(path, fields, { csrf, headers: JSON_WANTED });
      return { status: answer.status, data: answer.json() };
    },
  };
}
