// A vendor with keys in memory over a store of its own, and orders of its customers: what the portal's bench measures with.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { issueLicense, openStore, parseCatalogDocument } from '@counterfoil/issuer';
import { createVendorKeys, signerOf } from '@counterfoil/keys';
import { openTrust } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { placeChange } from '../../issuer/dist/domain/orders/place-change.js';

const ID = 'acme.example';
const PRODUCT = 'mailbox-backup';
const catalog = readFileSync(
  fileURLToPath(new URL(`../../issuer/catalogs/${PRODUCT}.yaml`, import.meta.url)),
  'utf8',
);
export const random = (length) => randomBytes(length);
export const NOW = Math.floor(Date.now() / 1000);

/** A desk at which orders are taken, over a new store at a place; signing is Ed25519 with keys that are open. */
export async function openDesk(place) {
  const store = await openStore(place, { create: true });
  const keys = await createVendorKeys({ vendor: ID, environment: 'production', now: NOW - 100_000 });
  const signers = { issuing: await signerOf(keys.issuing.jwk), status: await signerOf(keys.status.jwk) };
  const vendor = {
    id: ID,
    trust: openTrust(nodeEngine, [keys.trustRoot]),
    roots: [keys.trustRoot],
    register: store.register,
    signer: (role) => Promise.resolve(signers[role]),
    now: NOW,
    random,
    actor: 'bench',
  };
  const by = { at: NOW, actor: 'bench' };
  await store.register.saveCatalog({ id: PRODUCT, version: 1, text: catalog, at: NOW }, by);
  const { product, sales } = parseCatalogDocument(catalog, PRODUCT);
  const customer = { id: 'C-1', name: 'Contoso' };
  const issue = async () => {
    const order = { product: PRODUCT, customer, offer: 'annual', quantity: 10 };
    return (await issueLicense(vendor, { order, product, sales, identities: new Map() })).file;
  };
  const first = await issue();
  const role = { kind: 'contact', role: 'owner', customer: customer.id };
  const person = { email: 'ann@contoso.example', name: 'Ann', state: 'active', createdAt: NOW };
  await store.accounts.addAccount({ id: 'buyer', ...role, ...person }, by);
  const desk = { vendor, orders: store.orders };
  /** Orders ten mailboxes more of a license that nothing was changed of; the order waits for its payment. */
  const order = (license) => {
    const wanted = { type: 'extend', pack: { offer: 'extension', quantity: 1 } };
    return placeChange(desk, { license, wanted, seenRevision: 1, account: 'buyer' });
  };
  return { store, vendor, signers, desk, first, issue, order, by };
}
