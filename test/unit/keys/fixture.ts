import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createVendorKeys,
  encryptKey,
  generateKeyPair,
  keyLimits,
  signerOf,
  type KeyFile,
  type KeyPair,
  type KeyRole,
  type Signer,
  type VendorKeys,
} from '@counterfoil/keys';
import { afterAll } from 'vitest';

/** 2026-01-01T00:00:00Z */
export const NOW = 1_767_225_600;
export const DAY = 86_400;
export const PASSPHRASE = 'correct horse battery staple';
/** The cheapest cost that is accepted. */
export const CHEAP = { n: keyLimits.scryptLeastN, r: 8, p: 1 };

/** Makes folders that vanish after the tests of the file. */
export function temporaryFolders(): () => Promise<string> {
  const made: string[] = [];
  afterAll(async () => {
    for (const folder of made) await rm(folder, { recursive: true, force: true });
  });
  return async () => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'counterfoil-keys-')));
    made.push(folder);
    return folder;
  };
}

export const sealed = (pair: KeyPair, role: KeyRole = 'issuing'): Promise<KeyFile> =>
  encryptKey(pair, { role, created: NOW, passphrase: PASSPHRASE, scryptCost: CHEAP });

export const makeVendor = (): Promise<VendorKeys> =>
  createVendorKeys({ vendor: 'acme.example', environment: 'production', now: NOW });

export const signersOf = (pairs: readonly KeyPair[]): Promise<Signer[]> =>
  Promise.all(pairs.map(({ jwk }) => signerOf(jwk)));

export const makePairs = (count: number): Promise<KeyPair[]> =>
  Promise.all(Array.from({ length: count }, () => generateKeyPair()));
