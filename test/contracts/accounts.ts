import type { AccountStore, Store } from '@counterfoil/issuer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { account, BY, filing, session, shard, staff } from './samples.js';
import { openNew, type StoreVariant } from './variants.js';

/** What accounts do, however they are stored. */
export function describeAccounts({ name, newPlace }: StoreVariant): void {
  describe(`the accounts in ${name}`, () => {
    let store: Store;
    let accounts: AccountStore;
    beforeEach(async () => {
      store = await openNew(await newPlace());
      ({ accounts } = store);
      await store.register.fileLicense(filing({}, { shard: shard() }));
    });
    afterEach(async () => {
      await store.close();
    });
    const actions = async (): Promise<unknown[]> =>
      (await store.register.listAudit())
        .slice(1)
        .map(({ action, object, detail }) => [action, object, detail]);

    it('are found by id and by address, and listed', async () => {
      expect(await accounts.countStaff()).toBe(0);
      expect(await accounts.findAccount({ id: 'A-1' })).toBeUndefined();
      await accounts.addAccount(account(), BY);
      const other = staff({ id: 'A-2', email: 'a@example.com', state: 'active' });
      await accounts.addAccount(other, BY);
      expect(await accounts.findAccount({ id: 'A-1' })).toEqual(account());
      expect(await accounts.findAccount({ email: 'a@example.com' })).toEqual(other);
      expect(await accounts.findAccount({ email: 'b@example.com' })).toBeUndefined();
      expect(await accounts.listAccounts({})).toEqual([other, account()]);
      expect(await accounts.listAccounts({ kind: 'staff' })).toEqual([other]);
      expect(await accounts.listAccounts({ customer: 'C-1' })).toEqual([account()]);
      expect(await accounts.listAccounts({ customer: 'C-1', kind: 'staff' })).toEqual([]);
      expect(await accounts.countStaff()).toBe(1);
      expect(await actions()).toEqual([
        [
          'account-added',
          'A-1',
          { kind: 'contact', role: 'owner', email: 'one@example.com', customer: 'C-1' },
        ],
        ['account-added', 'A-2', { kind: 'staff', role: 'admin', email: 'a@example.com' }],
      ]);
    });

    it('have an address once, and a customer that is known', async () => {
      await accounts.addAccount(account(), BY);
      await expect(accounts.addAccount(account({ id: 'A-2' }), BY)).rejects.toThrowCode('account-taken');
      await expect(accounts.addAccount(account({ email: 'x@y.z' }), BY)).rejects.toThrowCode(
        'register-conflict',
      );
      const stray = account({ id: 'A-3', email: 'x@y.z', customer: 'C-9' });
      await expect(accounts.addAccount(stray, BY)).rejects.toThrowCode('register-conflict');
      expect(await accounts.listAccounts({})).toHaveLength(1);
      expect(await actions()).toHaveLength(1);
    });

    it('change, and say so', async () => {
      await accounts.addAccount(account(), BY);
      await accounts.changeAccount('A-1', { state: 'disabled', role: 'viewer' }, BY);
      await accounts.changeAccount('A-1', { name: 'Other' }, BY);
      await accounts.changeAccount('A-1', {}, BY);
      const changed = account({ state: 'disabled', role: 'viewer', name: 'Other' });
      expect(await accounts.findAccount({ id: 'A-1' })).toEqual(changed);
      await expect(accounts.changeAccount('A-9', { name: 'x' }, BY)).rejects.toThrowCode('account-unknown');
      expect((await actions()).slice(1)).toEqual([
        ['account-changed', 'A-1', { state: 'disabled', role: 'viewer' }],
        ['account-changed', 'A-1', { name: 'Other' }],
      ]);
    });

    it('keep credentials apart; what a change does not name stays', async () => {
      await accounts.addAccount(account(), BY);
      expect(await accounts.findCredentials('A-1')).toBeUndefined();
      await accounts.saveCredentials('A-1', {});
      expect(await accounts.findCredentials('A-1')).toEqual({ failures: 0 });
      await accounts.saveCredentials('A-1', { password: 'hash', totp: 'sealed', lockedUntil: 9 });
      await accounts.saveCredentials('A-1', { password: 'other', totpStep: 5 });
      await accounts.saveCredentials('A-1', {});
      const kept = { password: 'other', totp: 'sealed', totpStep: 5, failures: 0, lockedUntil: 9 };
      expect(await accounts.findCredentials('A-1')).toEqual(kept);
      await accounts.saveCredentials('A-1', { lockedUntil: undefined, totp: undefined });
      expect(await accounts.findCredentials('A-1')).toEqual({ password: 'other', totpStep: 5, failures: 0 });
    });

    it('count wrong tries, also those at once', async () => {
      await accounts.addAccount(account(), BY);
      expect(await accounts.countFailure('A-1')).toBe(0);
      await accounts.saveCredentials('A-1', { password: 'hash' });
      const counts = await Promise.all(Array.from({ length: 8 }, () => accounts.countFailure('A-1')));
      expect(counts.sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      await accounts.saveCredentials('A-1', { failures: 0 });
      expect(await accounts.countFailure('A-1')).toBe(1);
    });

    it('use a time step once, and none before it', async () => {
      await accounts.addAccount(account(), BY);
      expect(await accounts.useTotpStep('A-1', 7)).toBe(false);
      await accounts.saveCredentials('A-1', { totp: 'sealed' });
      expect(await accounts.useTotpStep('A-1', 7)).toBe(true);
      expect(await accounts.useTotpStep('A-1', 7)).toBe(false);
      expect(await accounts.useTotpStep('A-1', 6)).toBe(false);
      expect(await accounts.useTotpStep('A-1', 8)).toBe(true);
    });

    it('use a link once, and not when it has passed', async () => {
      await accounts.addAccount(account(), BY);
      const token = { digest: 'T-1', purpose: 'invite', account: 'A-1', expiresAt: 2000 } as const;
      await accounts.saveToken(token);
      expect(await accounts.findToken('T-1', 1999)).toEqual(token);
      expect(await accounts.findToken('T-1', 2000)).toBeUndefined();
      expect(await accounts.findToken('T-2', 1999)).toBeUndefined();
      expect(await accounts.useToken('T-1', 2000)).toBe(false);
      expect(await accounts.useToken('T-1', 1999)).toBe(true);
      expect(await accounts.useToken('T-1', 1999)).toBe(false);
      expect(await accounts.findToken('T-1', 1999)).toBeUndefined();
    });

    it('lose all their links at once, and nobody else’s', async () => {
      await accounts.addAccount(account(), BY);
      await accounts.addAccount(staff({ id: 'A-2', email: 'a@example.com' }), BY);
      const token = { purpose: 'reset', expiresAt: 2000 } as const;
      for (const digest of ['T-1', 'T-2']) await accounts.saveToken({ ...token, digest, account: 'A-1' });
      await accounts.saveToken({ ...token, digest: 'T-3', account: 'A-2' });
      await accounts.endTokens('A-1');
      await accounts.endTokens('A-9');
      for (const digest of ['T-1', 'T-2']) expect(await accounts.findToken(digest, 1000)).toBeUndefined();
      expect(await accounts.findToken('T-3', 1000)).toBeDefined();
    });

    it('have sessions that pass, are seen and are ended', async () => {
      await accounts.addAccount(account(), BY);
      await accounts.saveSession(session());
      expect(await accounts.findSession('S-1', 1999)).toEqual(session());
      expect(await accounts.findSession('S-1', 2000)).toBeUndefined();
      await accounts.touchSession('S-1', 1500);
      expect(await accounts.findSession('S-1', 1500)).toEqual(session({ seenAt: 1500 }));
      await accounts.saveSession(session({ stage: 'full', expiresAt: 3000 }));
      expect(await accounts.findSession('S-1', 2500)).toEqual(session({ stage: 'full', expiresAt: 3000 }));
      for (const digest of ['S-2', 'S-3']) await accounts.saveSession(session({ digest }));
      await accounts.endSession('S-1');
      expect(await accounts.findSession('S-1', 1500)).toBeUndefined();
      await accounts.endSessions('A-1', 'S-3');
      expect(await accounts.findSession('S-2', 1500)).toBeUndefined();
      expect(await accounts.findSession('S-3', 1500)).toBeDefined();
      await accounts.endSessions('A-1');
      expect(await accounts.findSession('S-3', 1500)).toBeUndefined();
    });

    it.each([
      `'; drop table accounts; --`,
      `"x" or 1=1`,
      '<b>&amp;',
      '../../etc/passwd',
      '\r\nSet-Cookie: a=b',
      '𝕏 ü \u202e',
    ])('take %j as it is', async (text) => {
      await accounts.addAccount(account({ email: text, name: text }), BY);
      expect(await accounts.findAccount({ email: text })).toEqual(account({ email: text, name: text }));
      expect(await accounts.findAccount({ id: text })).toBeUndefined();
    });
  });
}
