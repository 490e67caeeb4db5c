import { deflateSync } from 'node:zlib';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { issueLicense, parseProductDocument, type Vendor } from '@counterfoil/issuer';
import { readFileSync } from 'node:fs';
import { createVendorKeys, signerOf } from '@counterfoil/keys';
import { encodeUtf8, limits } from '@counterfoil/schemas';
import { openTrust } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { describe, expect, it } from 'vitest';
import { buildRequest, type SpoolRole } from '../../../issuer/src/domain/signing/signing-request.js';
import { licenseOf } from '../../support/signing.js';
import { openSpoolPair } from '../../support/spool.js';
import { catalogPath, makeScratch, memoryVendor, NOW } from '../../support/vendor.js';

const ID = 'ab'.repeat(16);
const MAILBOX = parseProductDocument(readFileSync(catalogPath('mailbox-backup.yaml'), 'utf8'), 'mailbox');
const issue = (vendor: Vendor) =>
  issueLicense(vendor, {
    order: {
      product: 'mailbox-backup',
      customer: { id: 'C-1', name: 'One' },
      term: { duration: 'P12M' },
      pools: { mailboxes: 10 },
    },
    product: MAILBOX,
    identities: new Map(),
  });

/** The claims of a license that the worker signs. */
const license = (change: object = {}, grant: object = {}) => ({
  ...licenseOf({ iat: NOW, ...change }, grant),
});
const emptyList = (size = (limits.shardEntries * limits.shardBits) / 8): string =>
  deflateSync(Buffer.alloc(size)).toString('base64url');
const list = (change: object = {}, lst = emptyList()) => ({
  iss: 'acme.example',
  sub: 'counterfoil:acme.example:status:1',
  iat: NOW,
  version: 1,
  status_list: { bits: 2, lst },
  ...change,
});

describe('a portal without keys', () => {
  it('issues through the spool, and leaves nothing in it', async () => {
    const vendor = await memoryVendor();
    const { portal, done, names } = await openSpoolPair(vendor);
    const { verdict, file } = await issue(portal);
    expect(verdict.state).toBe('active');
    expect((await vendor.register.findFile(file.license))?.digest).toBe(file.digest);
    expect(done.map(({ refused }) => refused)).toEqual([undefined, undefined]);
    for (const part of ['requests', 'answers'] as const) expect(await names(part)).toEqual([]);
    expect(await names('keys')).toHaveLength(2);
  });

  it('gives up when nobody answers, and takes its request back', async () => {
    const vendor = await memoryVendor();
    const { portal, work, names } = await openSpoolPair(vendor, { isDown: true, spool: { timeout: 200 } });
    await expect(issue(portal)).rejects.toThrowCode('signing-timeout');
    await work();
    await expect(issue(portal)).rejects.toThrowCode('signing-timeout');
    expect(await names('requests')).toEqual([]);
    expect(await vendor.register.listFiles({})).toEqual([]);
  });

  it('takes no answer that is not a signature of the key', async () => {
    const vendor = await memoryVendor();
    const { signer } = await memoryVendor();
    const strange = await openSpoolPair(vendor, { change: { signer } });
    await expect(issue(strange.portal)).rejects.toThrowCode('signing-answer');
    const real = await vendor.signer('status');
    const wrong = {
      ...real,
      signJws: (...args: Parameters<typeof real.signJws>) =>
        signer('status')
          .then((other) => other.signJws(...args))
          .then((jws) => ({
            ...jws,
            protected: Buffer.from(
              JSON.stringify({ alg: 'EdDSA', kid: real.kid, typ: 'statuslist+jwt' }),
            ).toString('base64url'),
          })),
    };
    const forged = await openSpoolPair(vendor, {
      change: { signer: (role) => (role === 'status' ? Promise.resolve(wrong) : vendor.signer(role)) },
    });
    await expect(issue(forged.portal)).rejects.toThrowCode('signing-answer');
  });

  it.each(['x', '{}', '{"counterfoil":"signing-answer","version":1,"id":"other","at":1,"code":"x"}'])(
    'takes no answer %j',
    async (text) => {
      const vendor = await memoryVendor();
      let written = 0;
      const folder = join(await makeScratch(), 'spool');
      const pair = await openSpoolPair(vendor, {
        change: { folder },
        spool: {
          folder,
          pause: async () => {
            await pair.work();
            if ((written += 1) < 2) return;
            const [name = ''] = await readAnswers(folder);
            await writeFile(join(folder, 'answers', name), text);
          },
        },
      });
      await expect(issue(pair.portal)).rejects.toThrowCode(text === 'x' ? 'spool-request' : 'signing-answer');
    },
  );

  it('signs licenses and status lists alone', async () => {
    const vendor = await memoryVendor();
    const { portal, work } = await openSpoolPair(vendor);
    await work();
    const signer = await portal.signer('issuing');
    await expect(signer.signJws('product', encodeUtf8('{}'))).rejects.toThrowCode('signing-refused');
    expect(signer.kid).toBe((await vendor.signer('issuing')).kid);
  });

  it('says when the folder cannot be used', async () => {
    const vendor = await memoryVendor();
    const { portal, folder } = await openSpoolPair(vendor);
    await writeFile(folder, 'a file in its place');
    await expect(issue(portal)).rejects.toThrowCode('spool-unusable');
  });
});

async function readAnswers(folder: string): Promise<readonly string[]> {
  const { readdir } = await import('node:fs/promises');
  return readdir(join(folder, 'answers'));
}

describe('a worker', () => {
  const ask = async (
    role: SpoolRole,
    claims: unknown,
    { change = {}, request = {} }: { change?: object; request?: object } = {},
  ) => {
    const vendor = await memoryVendor();
    const pair = await openSpoolPair(vendor, { change });
    const { kid } = await vendor.signer(role);
    const text = typeof claims === 'string' ? claims : JSON.stringify(claims);
    await pair.lay(ID, { ...buildRequest({ id: ID, at: NOW, role }, kid, encodeUtf8(text)), ...request });
    const [answered] = await pair.work();
    expect(await pair.names('requests')).toEqual([]);
    const answer = await pair.read('answers', ID);
    expect(answer.code).toBe(answered!.refused?.code);
    return answer.code ?? 'signed';
  };

  it('signs a license and a new status list', async () => {
    expect(await ask('issuing', license())).toBe('signed');
    expect(await ask('status', list())).toBe('signed');
  });

  it.each([
    ['another vendor', license({ iss: 'evil.example' }), 'spool-vendor'],
    ['an instant before now', license({ iat: NOW - 301 }), 'spool-time'],
    ['an instant after now', license({ iat: NOW + 301 }), 'spool-time'],
    ['no license', { iss: 'acme.example' }, 'claims-invalid'],
    ['a member twice', '{"iss":"acme.example","iss":"acme.example"}', 'json-duplicate-key'],
    ['no JSON', 'license', 'json-syntax'],
  ])('refuses a license of %s', async (_, claims, code) => {
    expect(await ask('issuing', claims)).toBe(code);
  });

  it.each([
    ['a later version', list({ version: 2 }), 'spool-limits'],
    ['another vendor', list({ iss: 'evil.example' }), 'spool-vendor'],
    ['a list of another vendor', list({ sub: 'counterfoil:evil.example:status:1' }), 'spool-limits'],
    [
      'an entry',
      list(
        {},
        deflateSync(Buffer.concat([Buffer.from([1]), Buffer.alloc(limits.shardEntries / 4 - 1)])).toString(
          'base64url',
        ),
      ),
      'spool-limits',
    ],
    ['another size', list({}, emptyList(10)), 'spool-limits'],
    ['a bomb', list({}, emptyList(50_000_000)), 'claims-invalid'],
    ['no list at all', list({}, 'AAAA'), 'spool-limits'],
    ['a license', license(), 'claims-invalid'],
  ])('refuses a status list with %s', async (_, claims, code) => {
    const said = await ask('status', claims);
    expect(code === 'claims-invalid' ? ['claims-invalid', 'spool-limits'] : [code]).toContain(said);
  });

  it.each([
    ['another product', { products: ['other'] }, 'key-products'],
    ['another kind', { kinds: ['trial' as const] }, 'key-kinds'],
    ['a longer term', { longest: 90 }, 'key-longest'],
  ])('refuses %s than the operator lets it sign', async (_, given, code) => {
    expect(await ask('issuing', license(), { change: { limits: given } })).toBe(code);
  });

  it('holds to the limits that the trust root gives the key', async () => {
    const keys = await createVendorKeys({
      vendor: 'acme.example',
      environment: 'production',
      now: NOW - 100_000,
      limits: { products: ['backup'], kinds: ['commercial'], longest: 90 },
    });
    const issuing = await signerOf(keys.issuing.jwk);
    const status = await signerOf(keys.status.jwk);
    const vendor = await memoryVendor({
      trust: openTrust(nodeEngine, [keys.trustRoot]),
      roots: [keys.trustRoot],
      signer: (role) => Promise.resolve(role === 'issuing' ? issuing : status),
    });
    const pair = await openSpoolPair(vendor);
    const codes: (string | undefined)[] = [];
    for (const claims of [
      license({ aud: 'other' }),
      license({}, { kind: 'trial' }),
      license(),
      license({}, { term: { type: 'fixed', until: NOW + 86_400 * 90 } }),
    ]) {
      await pair.lay(
        ID,
        buildRequest({ id: ID, at: NOW, role: 'issuing' }, issuing.kid, encodeUtf8(JSON.stringify(claims))),
      );
      codes.push((await pair.work())[0]!.refused?.code);
      await rm(join(pair.folder, 'answers', `${ID}.json`));
    }
    expect(codes).toEqual(['key-products', 'key-kinds', 'key-longest', undefined]);
  });

  it.each([
    ['another digest', { digest: 'A'.repeat(43) }],
    ['another header', { header: Buffer.from('{"alg":"none"}').toString('base64url') }],
    ['the id of another', { id: 'cd'.repeat(16) }],
    ['another document', { document: 'trust-root' }],
    ['the root’s role', { role: 'root' }],
    ['the role of another document', { role: 'status' }],
    ['a member more', { extra: 1 }],
    ['another version', { version: 2 }],
    ['a number for the payload', { payload: 7 }],
    ['a time that is none', { at: 'now' }],
  ])('refuses a request with %s', async (_, request) => {
    expect(await ask('issuing', license(), { request })).toBe('spool-request');
  });

  it('refuses a payload that is no base64url', async () => {
    expect(await ask('issuing', license(), { request: { payload: 'AA==' } })).toBe('base64url');
  });

  it('refuses what is no file, follows no link, and goes on with the rest', async () => {
    const vendor = await memoryVendor();
    const pair = await openSpoolPair(vendor);
    await pair.work();
    const at = (name: string): string => join(pair.folder, 'requests', name);
    const [a, b, c, d] = ['aa', 'bb', 'cc', 'dd'].map((two) => two.repeat(16));
    const secret = join(pair.folder, 'secret');
    const { kid } = await vendor.signer('issuing');
    const good = buildRequest(
      { id: d!, at: NOW, role: 'issuing' },
      kid,
      encodeUtf8(JSON.stringify(license())),
    );
    await writeFile(secret, JSON.stringify({ ...good, id: a }));
    await symlink(secret, at(`${a}.json`));
    await mkdir(at(`${b}.json`));
    await writeFile(at(`${c}.json`), 'x'.repeat(600_000));
    await pair.lay(d!, good);
    await writeFile(at('README'), 'not a request');
    const answered = await pair.work();
    expect(answered.map(({ id, refused }) => [id, refused?.code])).toEqual([
      [a, 'spool-request'],
      [b, 'spool-request'],
      [c, 'spool-request'],
      [d, undefined],
    ]);
    expect(await pair.names('requests')).toEqual(['README']);
    expect(readFileSync(secret, 'utf8')).toContain('signing-request');
  });

  it('answers once, and clears away what killed processes left', async () => {
    const vendor = await memoryVendor();
    const clock = { now: NOW };
    const pair = await openSpoolPair(vendor, { change: { now: () => clock.now } });
    const { kid } = await vendor.signer('issuing');
    const request = buildRequest(
      { id: ID, at: NOW, role: 'issuing' },
      kid,
      encodeUtf8(JSON.stringify(license())),
    );
    await pair.lay(ID, request);
    expect(await pair.work()).toHaveLength(1);
    // killed between its answer and the end: the request lies there still
    const first = await pair.read('answers', ID);
    await pair.lay(ID, request);
    clock.now += 10;
    expect(await pair.work()).toEqual([]);
    expect(await pair.names('requests')).toEqual([]);
    expect(await pair.read('answers', ID)).toEqual(first);
    const draft = `.${NOW}-${ID}.tmp`;
    await writeFile(join(pair.folder, 'requests', draft), '{');
    await writeFile(join(pair.folder, 'answers', 'ef'.repeat(16) + '.json'), '{');
    await pair.work();
    expect(await pair.names('requests')).toEqual([draft]);
    expect(await pair.names('answers')).toEqual([`${ID}.json`]);
    clock.now += 3601;
    await pair.work();
    expect(await pair.names('requests')).toEqual([]);
    expect(await pair.names('answers')).toEqual([]);
  });

  it('does not tell a portal what is wrong with its own keys', async () => {
    const vendor = await memoryVendor();
    const { issuerFault } = await import('@counterfoil/issuer');
    const broken = () => Promise.reject(issuerFault('vendor-broken'));
    const pair = await openSpoolPair(vendor, { change: { signer: broken } });
    await pair.lay(ID, {});
    await expect(pair.work()).rejects.toThrowCode('vendor-broken');
  });
});
