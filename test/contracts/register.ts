import { openStore, type Register, type Store, type StorePlace } from '@counterfoil/issuer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { audit, BY, file, filing, LICENSE, order, shard, stock } from './samples.js';
import { openNew, type StoreVariant } from './variants.js';

/** What every register does, however it stores. */
export function describeRegister({ name, newPlace, isShared }: StoreVariant): void {
  describe(`the register in ${name}`, () => {
    let place: StorePlace;
    let store: Store;
    let register: Register;
    beforeEach(async () => {
      place = await newPlace();
      store = await openNew(place);
      ({ register } = store);
    });
    afterEach(async () => {
      await store.close();
    });

    it('is empty at first', async () => {
      expect(await register.newestSignature()).toBeUndefined();
      expect(await register.newestShard()).toBeUndefined();
      expect(await register.findShard(1)).toBeUndefined();
      expect(await register.findCustomer('C-1')).toBeUndefined();
      expect(await register.hasLicense('CF-0000-0000-0')).toBe(false);
      expect(await register.findFile('CF-0000-0000-0')).toBeUndefined();
      expect(await register.listFiles({})).toEqual([]);
      expect(await register.listAudit()).toEqual([]);
      expect(await register.usedIndices(1)).toEqual(new Set());
    });

    it('gives back what was filed, with its audit entry', async () => {
      const filed = filing({ exp: 5000 }, { shard: shard() });
      await register.fileLicense(filed);
      expect(await register.findFile('CF-0000-0000-0')).toEqual(filed.file);
      expect(await register.findFile('CF-0000-0000-0', 1)).toEqual(filed.file);
      expect(await register.findFile('CF-0000-0000-0', 2)).toBeUndefined();
      expect(await register.hasLicense('CF-0000-0000-0')).toBe(true);
      expect(await register.findCustomer('C-1')).toEqual({ id: 'C-1', name: 'One' });
      expect(await register.newestShard()).toEqual(shard());
      expect(await register.findShard(1)).toEqual(shard());
      expect(await register.usedIndices(1)).toEqual(new Set([7]));
      expect(await register.listAudit()).toEqual([
        { seq: 1, ...filed.audit, hash: expect.stringMatching(/^[\w-]{43}$/) },
      ]);
      const { text, ...rest } = filed.file;
      expect(text).toContain('ü');
      expect(await register.listFiles({})).toEqual([rest]);
      expect(await register.newestSignature()).toBe(1000);
    });

    it('leaves a perpetual license without end', async () => {
      await register.fileLicense(filing({}, { shard: shard() }));
      expect(await register.findFile('CF-0000-0000-0')).not.toHaveProperty('exp');
    });

    it('lists the newest revision of each license, filtered', async () => {
      await register.fileLicense(filing({}, { shard: shard() }));
      await register.fileLicense(filing({ revision: 2, index: 8, iat: 2000 }));
      const other = {
        license: 'CF-1111-1111-1',
        index: 9,
        product: 'q',
        customer: { id: 'C-2', name: 'Two' },
      };
      await register.fileLicense(filing(other));
      const ids = async (filter: object): Promise<string[]> =>
        (await register.listFiles(filter)).map(({ license, revision }) => `${license} ${revision}`);
      expect(await ids({})).toEqual(['CF-0000-0000-0 2', 'CF-1111-1111-1 1']);
      expect(await ids({ customer: 'C-2' })).toEqual(['CF-1111-1111-1 1']);
      expect(await ids({ product: 'p' })).toEqual(['CF-0000-0000-0 2']);
      expect(await ids({ product: 'p', customer: 'C-2' })).toEqual([]);
      expect((await register.findFile('CF-0000-0000-0'))?.revision).toBe(2);
      expect(await register.newestSignature()).toBe(2000);
    });

    it.each([
      ['a license twice', {}],
      ['an index twice', { license: 'CF-1111-1111-1' }],
      ['a file twice', { revision: 2, index: 8, jti: 'jti of CF-0000-0000-0 1' }],
    ])('refuses %s as a conflict, and keeps nothing of it', async (_, change) => {
      await register.fileLicense(filing({}, { shard: shard() }));
      await expect(register.fileLicense(filing(change))).rejects.toThrowCode('register-conflict');
      expect(await register.listFiles({})).toHaveLength(1);
      expect(await register.listAudit()).toHaveLength(1);
      expect(await register.hasLicense('CF-1111-1111-1')).toBe(false);
      await register.fileLicense(filing({ license: 'CF-2222-2222-2', index: 20 }));
      expect(await register.listFiles({})).toHaveLength(2);
    });

    it('takes the next revision of a license and no other', async () => {
      await register.fileLicense(filing({}, { shard: shard() }));
      const next = (revision: number, license = 'CF-0000-0000-0'): Promise<void> =>
        register.fileLicense(filing({ license, revision, index: 100 + revision }));
      await expect(next(3)).rejects.toThrowCode('register-conflict');
      await expect(next(2, 'CF-1111-1111-1')).rejects.toThrowCode('register-conflict');
      await next(2);
      await expect(next(2)).rejects.toThrowCode('register-conflict');
      expect((await register.findFile('CF-0000-0000-0'))?.revision).toBe(2);
      expect(await register.listAudit()).toHaveLength(2);
    });

    it('takes the next version of a shard and no other', async () => {
      await register.fileLicense(filing({}, { shard: shard() }));
      const next = (version: number, index: number): Promise<void> =>
        register.fileLicense(
          filing({ revision: index, index }, { shard: shard({ version, token: `v${version}` }) }),
        );
      await expect(next(1, 2)).rejects.toThrowCode('register-conflict');
      await expect(next(3, 2)).rejects.toThrowCode('register-conflict');
      await next(2, 2);
      expect(await register.newestShard()).toMatchObject({ version: 2, token: 'v2' });
      await register.fileLicense(
        filing(
          { revision: 3, index: 7, shard: 2 },
          { shard: shard({ number: 2, uri: 'counterfoil:v:status:2' }) },
        ),
      );
      expect(await register.newestShard()).toMatchObject({ number: 2 });
      expect(await register.usedIndices(2)).toEqual(new Set([7]));
    });

    it('renames a customer only on demand', async () => {
      await register.fileLicense(filing({}, { shard: shard() }));
      const change = { revision: 2, index: 8, customer: { id: 'C-1', name: 'Other' } };
      await expect(register.fileLicense(filing(change))).rejects.toThrowCode('customer-differs');
      await register.fileLicense(filing(change, { rename: true }));
      expect(await register.findCustomer('C-1')).toEqual({ id: 'C-1', name: 'Other' });
      expect((await register.listAudit()).map(({ seq, action }) => [seq, action])).toEqual([
        [1, 'license-issued'],
        [2, 'customer-renamed'],
        [3, 'license-issued'],
      ]);
    });

    it('remembers roots, products and what was done', async () => {
      await register.saveRoot(1, 'root');
      await register.saveRoot(1, 'root');
      const product = { digest: 'd', id: 'p', catalog: 1, json: '{}' };
      expect(await register.findProduct('d')).toBeUndefined();
      await register.saveProduct(product, { ...audit('p', 3000), action: 'kit-signed' });
      expect(await register.findProduct('d')).toEqual(product);
      await register.saveProduct(product, { ...audit('p', 3001), action: 'kit-signed' });
      await register.recordAudit(audit('x', 10));
      expect((await register.listAudit()).map(({ at }) => at)).toEqual([3000, 3001, 10]);
      expect(await register.newestSignature()).toBe(3001);
    });

    it('gives an order its result once, with the license', async () => {
      await stock(store);
      await store.orders.addOrder(order(), BY);
      const next = filing({ revision: 2, index: 8 }, { order: 'O-1' });
      await expect(register.fileLicense(next)).rejects.toThrowCode('order-state');
      await expect(register.fileLicense({ ...next, order: 'O-2' })).rejects.toThrowCode('order-state');
      expect((await register.findFile(LICENSE))?.revision).toBe(1);
      await store.orders.moveOrder('O-1', ['awaiting-staff'], 'ready', {}, BY);
      await register.fileLicense(next);
      expect(await store.orders.findOrder('O-1')).toMatchObject({
        state: 'done',
        result: { license: LICENSE, revision: 2 },
      });
      expect((await register.listAudit()).at(-1)).toMatchObject({ action: 'order-done', object: 'O-1' });
      // whoever comes second hears of the result, not of a revision that is taken
      await expect(register.fileLicense(next)).rejects.toThrowCode('order-done');
      const later = filing({ revision: 3, index: 9 }, { order: 'O-1' });
      await expect(register.fileLicense(later)).rejects.toThrowCode('order-done');
      expect((await register.findFile(LICENSE))?.revision).toBe(2);
    });

    it('leaves an order as it is when its license cannot be filed', async () => {
      await stock(store);
      await store.orders.addOrder(order({ state: 'ready' }), BY);
      const again = filing({}, { order: 'O-1' });
      await expect(register.fileLicense(again)).rejects.toThrowCode('register-conflict');
      expect(await store.orders.findOrder('O-1')).toEqual(order({ state: 'ready' }));
    });

    it('publishes catalogs, each newer than the last', async () => {
      const first = { id: 'p', version: 2, text: 'a: 1\n', at: 1000 };
      expect(await register.findCatalog('p')).toBeUndefined();
      expect(await register.listCatalogs()).toEqual([]);
      await register.saveCatalog(first, BY);
      await register.saveCatalog(first, BY);
      expect(await register.findCatalog('p')).toEqual(first);
      for (const change of [{ text: 'a: 2\n' }, { version: 1 }])
        await expect(register.saveCatalog({ ...first, ...change }, BY)).rejects.toThrowCode(
          'register-conflict',
        );
      const second = { ...first, version: 3, text: 'a: 3\n' };
      const other = { ...first, id: 'o' };
      await register.saveCatalog(second, BY);
      await register.saveCatalog(other, BY);
      expect(await register.findCatalog('p')).toEqual(second);
      expect(await register.listCatalogs()).toEqual([other, second]);
      expect((await register.listAudit()).map(({ action, object }) => [action, object])).toEqual([
        ['catalog-published', 'p'],
        ['catalog-published', 'p'],
        ['catalog-published', 'o'],
      ]);
    });

    it.runIf(isShared)('is the same for the next program', async () => {
      await register.fileLicense(filing({}, { shard: shard() }));
      const again = await openStore(place);
      expect(await again.register.findFile(LICENSE)).toEqual(file());
      await again.close();
    });

    it.runIf(isShared)('is not made where it is missing', async () => {
      await expect(openStore(await newPlace())).rejects.toThrowCode('register-broken');
    });
  });
}
