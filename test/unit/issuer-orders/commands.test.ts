import { readFile, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { encodeUtf8 } from '@counterfoil/schemas';
import { listKeys, listRoots } from '@counterfoil/keys';
import { openTrust } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { describe, expect, it } from 'vitest';
import { spoolSigners } from '../../../issuer/src/domain/signing/spool-signer.js';
import { catalogPath, NOW, openDesk, PASSPHRASE } from '../../support/vendor.js';

const MAILBOX = readFileSync(catalogPath('mailbox-backup.yaml'), 'utf8');

describe('catalog publish', () => {
  it('publishes a document, and again only what goes on from it', async () => {
    const desk = await openDesk();
    const first = await desk.write('first.yaml', MAILBOX);
    expect(await desk.ask(['catalog', 'publish', first])).toEqual({
      exit: 0,
      data: { product: 'mailbox-backup', catalog: 1, published: true },
    });
    expect((await desk.ask(['catalog', 'publish', first])).data.published).toBe(false);
    const remark = await desk.write('remark.yaml', `# a remark\n${MAILBOX}`);
    expect((await desk.ask(['catalog', 'publish', remark])).data.published).toBe(false);
    const same = await desk.write('same.yaml', MAILBOX.replace('amount: 9900', 'amount: 9800'));
    expect((await desk.ask(['catalog', 'publish', same])).data).toMatchObject({ code: 'document-invalid' });
    const gone = await desk.write(
      'gone.yaml',
      MAILBOX.replace('catalog: 1', 'catalog: 2')
        .replace('  annual:', '  yearly:')
        .replaceAll('[annual]', '[yearly]'),
    );
    const { data } = await desk.ask(['catalog', 'publish', gone]);
    expect(data).toMatchObject({ code: 'document-invalid', where: expect.stringContaining('offers') });
    expect(data.expected).toContain('annual as in mailbox-backup 1 as published');
    const next = await desk.write(
      'next.yaml',
      MAILBOX.replace('catalog: 1', 'catalog: 2').replace('amount: 9900', 'amount: 9800'),
    );
    const { out, err } = await desk.run(['catalog', 'publish', next]);
    expect(out).toBe('mailbox-backup 2\n');
    expect(err).toContain('the portal sells by');
    const trail = (await desk.run(['audit'])).out;
    expect(trail.match(/catalog-published/g)).toHaveLength(2);
  });

  it('refuses a document with errors', async () => {
    const desk = await openDesk();
    const wrong = await desk.write('wrong.yaml', MAILBOX.replace('renew: at-once', 'renew: later'));
    const { exit, data } = await desk.ask(['catalog', 'publish', wrong]);
    expect({ exit, code: data.code }).toEqual({ exit: 2, code: 'document-invalid' });
  });
});

describe('self-service in a product document', () => {
  it('is shown to people who sell it, and what no offer is for is warned of', async () => {
    const desk = await openDesk();
    const { out } = await desk.run(['catalog', 'show', catalogPath('endpoint-backup.yaml')]);
    expect(out).toContain(
      [
        'What customers may do in the portal',
        '  Renew: at once, when it is paid or costs nothing.',
        '  Extend: at once, when it is paid or costs nothing.',
        '  Reduce: once staff approve it.',
        '  Convert a trial: at once, when it is paid or costs nothing.',
      ].join('\n'),
    );
    const silent = await desk.write('silent.yaml', MAILBOX.replace(/\n# In the portal[^]*$/, ''));
    expect((await desk.run(['catalog', 'show', silent])).out).toContain(
      'Each change that customers want is asked of staff.',
    );
    const none = await desk.write('none.yaml', MAILBOX.replace(/offers:[^]*?\n\n/, '\n'));
    const { data } = await desk.ask(['catalog', 'check', none]);
    const found = data.warnings.filter(({ code }: { code: string }) => code === 'never-offered');
    expect(found.map(({ path }: { path: string }) => path)).toEqual([
      'selfService.renew',
      'selfService.convert',
    ]);
  });

  it('never goes into what is signed', async () => {
    const desk = await openDesk();
    await desk.run([
      'export',
      'kit',
      '--product-file',
      catalogPath('mailbox-backup.yaml'),
      '--out',
      desk.path('kit'),
    ]);
    const payload = /BEGIN COUNTERFOIL PRODUCT-----\n([^-]+)/.exec(
      await readFile(desk.path('kit'), 'utf8'),
    )![1]!;
    const text = Buffer.from(payload.replaceAll('\n', '').split('.')[1]!, 'base64url').toString();
    expect(text).toContain('mailbox-backup');
    expect(text).not.toContain('selfService');
  });
});

describe('convert', () => {
  const document = ['--product-file', catalogPath('mailbox-backup.yaml')];

  it('needs an offer and the document that has it', async () => {
    const desk = await openDesk();
    const out = ['--out', desk.path('x.lic')];
    expect((await desk.ask(['convert', 'CF-0', ...document, ...out])).data.code).toBe('option-missing');
    expect((await desk.ask(['convert', 'CF-0', '--offer', 'annual', ...out])).data.code).toBe(
      'option-missing',
    );
  });

  it('follows no license but a trial, and none that is withdrawn from sale', async () => {
    const desk = await openDesk();
    const customer = ['--customer', 'C-1', '--customer-name', 'One'];
    const sell = async (offer: string) =>
      (
        await desk.ask([
          'issue',
          ...document,
          ...customer,
          '--offer',
          offer,
          '--out',
          desk.path(`${offer}.lic`),
        ])
      ).data;
    const convert = async (id: string, offer: string) =>
      (
        await desk.ask([
          'convert',
          id,
          ...document,
          '--offer',
          offer,
          '--quantity',
          '2',
          '--out',
          desk.path('c.lic'),
        ])
      ).data;
    const { license: full } = await sell('annual');
    const { license: trial } = await sell('trial');
    expect((await convert(full, 'annual')).code).toBe('trial-only');
    expect((await convert(trial, 'extension')).code).toBe('order-offer');
    expect((await convert(trial, 'yearly')).code).toBe('order-name-unknown');
    expect(await convert(trial, 'annual')).toMatchObject({
      revision: 1,
      follows: { license: trial, revision: 1 },
      state: 'active',
    });
    expect((await desk.run(['audit'])).out).toContain(`trial=${trial}`);
  });
});

describe('sign-worker', () => {
  const ask = async (folder: string, spool: string, work: () => Promise<unknown>) => {
    const trust = openTrust(nodeEngine, await listRoots(folder));
    let count = 0;
    const random = (length: number): Uint8Array => Buffer.alloc(length, (count += 1));
    const signer = spoolSigners(
      {
        folder: spool,
        now: () => NOW,
        random,
        pause: async () => {
          await work();
        },
      },
      trust,
    );
    return (await signer('issuing')).signJws('license', encodeUtf8('{}'));
  };

  it('answers what lies in the folder, and says what it refused', async () => {
    const desk = await openDesk();
    const spool = desk.path('spool');
    const answers: { exit: number; out: string; err: string }[] = [];
    const work = async () =>
      void answers.push(await desk.run(['sign-worker', '--spool', spool, '--once', '--json']));
    await expect(ask(desk.folder, spool, work)).rejects.toThrowCode('signing-refused');
    expect(answers.map(({ exit }) => exit)).toEqual([0, 1]);
    expect(JSON.parse(answers[1]!.out)).toEqual([{ id: '01'.repeat(16), code: 'claims-invalid' }]);
    expect(answers[1]!.err).toContain('claims-invalid');
    expect(await listKeys(desk.folder)).not.toEqual([]);
  });

  it('runs until it is stopped', async () => {
    const desk = await openDesk();
    const spool = desk.path('spool');
    const stop = new AbortController();
    const running = desk.run(['sign-worker', '--spool', spool], { stopped: stop.signal });
    await expect(
      ask(desk.folder, spool, () => new Promise((done) => setTimeout(done, 5))),
    ).rejects.toThrowCode('signing-refused');
    stop.abort();
    expect((await running).exit).toBe(0);
  });

  it('refuses limits that it does not understand, and a wrong passphrase', async () => {
    const desk = await openDesk();
    const spool = ['--spool', desk.path('spool'), '--once'];
    for (const wrong of [
      ['--kind', 'big'],
      ['--longest', '0'],
      ['--longest', 'P1Y'],
    ])
      expect((await desk.ask(['sign-worker', ...spool, ...wrong])).data.code).toBe('option-invalid');
    const good = ['--kind', 'commercial', '--product', 'mailbox-backup', '--longest', '400'];
    expect(await desk.ask(['sign-worker', ...spool, ...good])).toEqual({ exit: 0, data: [] });
    const env = { COUNTERFOIL_PASSPHRASE: `${PASSPHRASE}!` };
    expect((await desk.ask(['sign-worker', ...spool], { env })).data.code).toBe('passphrase-wrong');
    await writeFile(desk.path('file'), '');
    expect((await desk.ask(['sign-worker', '--spool', desk.path('file'), '--once'])).data.code).toBe(
      'spool-unusable',
    );
  });
});
