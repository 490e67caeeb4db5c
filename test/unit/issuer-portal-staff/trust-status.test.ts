import { readFileSync } from 'node:fs';
import { issueLicense, parseCatalogDocument } from '@counterfoil/issuer';
import {
  createVendorKeys,
  generateKeyPair,
  nextTrustRoot,
  signerOf,
  signTrustRoot,
  type VendorKeys,
} from '@counterfoil/keys';
import { openTrust, type Trust } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { describe, expect, it } from 'vitest';
import { trustStatus } from '../../../issuer/src/domain/trust-status.js';
import { catalogPath, memoryVendor, NOW } from '../../support/vendor.js';
import { openStaffDesk } from './staff-desk.js';

const DAY = 86_400;
const CATALOG = parseCatalogDocument(
  readFileSync(catalogPath('mailbox-backup.yaml'), 'utf8'),
  'mailbox-backup.yaml',
);

/** The trust after a ceremony that changed about everything. */
async function rotated(keys: VendorKeys): Promise<Trust> {
  const [second, third, status] = await Promise.all([
    generateKeyPair(),
    generateKeyPair(),
    generateKeyPair(),
  ]);
  const limits = { products: ['mailbox-backup'], kinds: ['trial'] as const, longest: 30 };
  const claims = nextTrustRoot(
    keys.claims,
    [
      { type: 'retire', kid: keys.issuing.kid },
      {
        type: 'add-issuing',
        key: { ...second, until: NOW + 60 * DAY, limits: { ...limits, kinds: ['trial'] } },
      },
      { type: 'add-issuing', key: { ...third, from: NOW + 70 * DAY } },
      { type: 'revoke', kid: keys.status.kid },
      { type: 'add-status', key: { ...status, until: NOW + 10 * DAY } },
    ],
    { now: NOW },
  );
  const signers = await Promise.all(keys.rootKeys.map(({ jwk }) => signerOf(jwk)));
  return openTrust(nodeEngine, [keys.trustRoot, await signTrustRoot(claims, signers, keys.trustRoot)]);
}

describe('the status of a trust', () => {
  it('tells keys that may sign from those that may not, and what is to be done', async () => {
    const keys = await createVendorKeys({
      vendor: 'acme.example',
      environment: 'production',
      now: NOW - DAY,
    });
    const [issuing, status] = await Promise.all([signerOf(keys.issuing.jwk), signerOf(keys.status.jwk)]);
    const before = await memoryVendor({
      trust: openTrust(nodeEngine, [keys.trustRoot]),
      roots: [keys.trustRoot],
      signer: (role) => Promise.resolve(role === 'issuing' ? issuing : status),
    });
    expect((await trustStatus(before)).lists).toEqual([]);
    await issueLicense(before, {
      order: { product: 'mailbox-backup', customer: { id: 'C-1', name: 'One' }, offer: 'annual' },
      ...CATALOG,
      identities: new Map(),
    });
    expect((await trustStatus(before)).concerns).toEqual([]);

    const vendor = { ...before, trust: await rotated(keys), now: NOW + 1 };
    const now = await trustStatus(vendor);
    expect(now.root.version).toBe(2);
    expect(now.keys.map(({ role, standing }) => `${role} ${standing}`)).toEqual([
      'issuing retired',
      'issuing current',
      'issuing future',
      'status revoked',
      'status current',
    ]);
    expect(now.keys[1]?.limits).toEqual({ products: ['mailbox-backup'], kinds: ['trial'], longest: 30 });
    expect(now.lists).toEqual([{ number: 1, version: 1, used: 1, entries: 16_384 }]);
    expect(now.concerns).toEqual([
      { type: 'issuing', ends: NOW + 60 * DAY },
      { type: 'status', ends: NOW + 10 * DAY },
      { type: 'list', number: 1 },
    ]);

    const later = await trustStatus({ ...vendor, now: NOW + 71 * DAY });
    expect(later.keys.map(({ standing }) => standing)).toEqual([
      'retired',
      'over',
      'current',
      'revoked',
      'over',
    ]);
    expect(later.concerns).toEqual([{ type: 'status' }, { type: 'list', number: 1 }]);
  });

  it('is shown in words', async () => {
    const keys = await createVendorKeys({
      vendor: 'acme.example',
      environment: 'production',
      now: NOW - DAY,
    });
    const open = await openStaffDesk({ trust: await rotated(keys) });
    const { text } = await open.staff.get('/staff/trust');
    for (const part of ['Retired', 'Later', 'Revoked', 'only mailbox-backup; only trial; at most 30 days']) {
      expect(text).toContain(part);
    }
    open.clock.now += 20 * 60;
    expect((await open.staff.get('/staff')).text).toContain('Trust: 2 things to look after');
  });
});
