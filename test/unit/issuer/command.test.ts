import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IN_MEMORY, openRegister } from '@counterfoil/issuer';
import { parseFile } from '@counterfoil/schemas';
import { openTrust } from '@counterfoil/verifier';
import { nodeEngine, readKit } from '@counterfoil/verifier/node';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { catalogPath, NOW, openDesk, runCommand, type Desk } from '../../support/vendor.js';

const PRODUCT = ['--product-file', catalogPath('mailbox-backup.yaml')];
const CUSTOMER = ['--customer', 'C-1', '--customer-name', 'One'];
const OPTIONS = [...PRODUCT, ...CUSTOMER, '--duration', 'P12M'];
const ORDER = catalogPath('orders/mailbox-backup.yaml');

const issued = async (desk: Desk, out = 'one.lic', args: readonly string[] = OPTIONS): Promise<string> => {
  const { exit, out: id, err } = await desk.run(['issue', ...args, '--out', desk.path(out)]);
  expect(err).not.toContain('code:');
  expect(exit).toBe(0);
  return id.trim();
};

describe('init', () => {
  it('says what was made, the threshold, the fingerprint, and what to do with the spare key', async () => {
    const desk = await openDesk({ bare: true });
    const { exit, out, err } = await desk.run(['init', '--vendor', 'acme.example', '--name', 'Acme Ltd']);
    expect({ exit, out }).toEqual({ exit: 0, out: '' });
    expect(err).toMatch(/2 of 3 root keys/);
    expect(err).toMatch(/fingerprint of the root: [A-Za-z0-9_-]{43}\n/);
    expect(err).toMatch(
      /keys\/root-3\.key\.json is the spare: [^]* delete it here\. You need it only if another root key is lost\./,
    );
    expect(JSON.parse(await readFile(join(desk.folder, 'vendor.json'), 'utf8'))).toMatchObject({
      name: 'Acme Ltd',
      environment: 'production',
    });
    expect((await desk.run(['init', '--vendor', 'acme.example'])).err).toContain('code: vendor-exists');
  });

  it('makes a test vendor without a spare, in JSON', async () => {
    const desk = await openDesk({ bare: true });
    const args = [
      'init',
      '--vendor',
      'acme.example',
      '--environment',
      'test',
      '--threshold',
      '1',
      '--root-keys',
      '1',
    ];
    const { exit, data } = await desk.ask(args);
    expect(exit).toBe(0);
    expect(data).toMatchObject({
      id: 'acme.example',
      environment: 'test',
      threshold: 1,
      keys: expect.any(Array),
    });
    expect(data).not.toHaveProperty('spare');
  });

  it.each([
    ['option-invalid', ['--vendor', 'Acme']],
    ['option-invalid', ['--vendor', 'a', '--environment', 'staging']],
    ['option-invalid', ['--vendor', 'a', '--threshold', '0']],
    ['root-keys', ['--vendor', 'a', '--threshold', '4']],
    ['option-missing', []],
  ])('refuses as %s: %j', async (code, args) => {
    const desk = await openDesk({ bare: true });
    expect((await desk.run(['init', ...args])).err).toContain(`code: ${code}\n`);
    await expect(readdir(desk.folder)).rejects.toThrowCode('ENOENT');
  });

  it.each([
    ['passphrase-weak', { COUNTERFOIL_PASSPHRASE: 'short' }],
    ['passphrase-missing', {}],
  ])('wants a passphrase: %s', async (code, env) => {
    const desk = await openDesk({ bare: true });
    expect((await desk.run(['init', '--vendor', 'a'], { env })).err).toContain(`code: ${code}\n`);
  });
});

describe('issue', () => {
  it('takes an order file, and lists what was filed', async () => {
    const desk = await openDesk();
    const id = await issued(desk, 'one.lic', [ORDER, ...PRODUCT]);
    const text = await readFile(desk.path('one.lic'), 'utf8');
    expect(text).toMatch(new RegExp(`^License: +${id}, revision 1, commercial\n`));
    expect(parseFile(text).blocks.map(({ document }) => document)).toEqual([
      'license',
      'trust-root',
      'status-list',
    ]);
    expect((await readdir(desk.path('.'))).sort()).toEqual(['one.lic', 'vendor']);
    const { data } = await desk.ask(['list']);
    expect(data).toEqual([
      {
        id,
        revision: 1,
        customer: { id: 'C-1001', name: 'Harbour Trading' },
        product: 'mailbox-backup',
        kind: 'commercial',
        issued: NOW,
        lastDay: '2027-05-31',
        zone: 'Europe/Vienna',
        term: 'from 2026-06-01 to the end of 2027-05-31 (Europe/Vienna), grace to 2027-06-14',
        state: 'active',
      },
    ]);
    expect((await desk.run(['list', '--customer', 'C-9'])).err).toBe('no licenses\n');
    expect((await desk.run(['list', '--product', 'mailbox-backup'])).out).toContain(id);
  });

  it('takes every option of an order', async () => {
    const desk = await openDesk();
    const users = await desk.write('users.txt', 'a@acme.example\n');
    const { exit, data } = await desk.ask([
      ...[
        'issue',
        '--product-file',
        catalogPath('endpoint-backup.yaml'),
        ...CUSTOMER,
        '--product',
        'endpoint-backup',
      ],
      ...[
        '--kind',
        'evaluation',
        '--offer',
        'annual',
        '--zone',
        'Europe/Vienna',
        '--from',
        '2026-06-01',
        '--last-day',
        '2027-05-31',
      ],
      ...[
        '--grace',
        'P14D',
        '--pool',
        'users=5',
        '--feature',
        'legal-hold=2026-12-31',
        '--allow',
        `user=${users}`,
      ],
      ...['--host-key', 'QxvTZfpRoI_gCo6RiDoLpHXAiCSALKzcReLZu9cHVeI', '--out', '-'],
    ]);
    expect(exit).toBe(0);
    await desk.write('out.lic', data.text);
    const inspected = await desk.ask(['inspect', desk.path('out.lic')]);
    // bound to a host that the vendor is not
    expect(inspected).toMatchObject({ exit: 2, data: { outcome: 'undecided', register: { type: 'same' } } });
    expect(inspected.data.claims.license).toMatchObject({
      kind: 'evaluation',
      offer: 'annual',
      features: { 'legal-hold': { until: 1_798_758_000 } },
      allowed: { user: { list: ['a@acme.example'] } },
      binding: { type: 'host-key' },
    });
  });

  it('writes the file itself on standard output', async () => {
    const desk = await openDesk();
    const { out } = await desk.run(['issue', ...OPTIONS, '--out', '-']);
    expect(parseFile(out).blocks).toHaveLength(3);
  });

  it('reads lists of identities beside the order', async () => {
    const desk = await openDesk();
    await desk.write('users.txt', 'b@acme.example\na@acme.example\n');
    const order =
      'product: endpoint-backup\ncustomer: { id: C-1, name: One }\nterm: { perpetual: true }\nallowed: { user: { file: users.txt } }\n';
    await issued(desk, 'one.lic', [
      await desk.write('order.yaml', order),
      '--product-file',
      catalogPath('endpoint-backup.yaml'),
    ]);
    const { data } = await desk.ask(['inspect', desk.path('one.lic')]);
    expect(data.claims.license.allowed).toEqual({ user: { list: ['a@acme.example', 'b@acme.example'] } });
  });

  it.each([
    ['option-missing', PRODUCT],
    ['option-missing', [...PRODUCT, ...CUSTOMER]],
    ['option-missing', [...PRODUCT, ...CUSTOMER, '--activate-by', '2026-12-31']],
    ['option-conflict', [...OPTIONS, '--perpetual']],
    ['option-conflict', [ORDER, ...PRODUCT, '--grace', 'P1D']],
    ['option-invalid', [...OPTIONS, '--pool', 'mailboxes']],
    ['option-invalid', [...OPTIONS, '--pool', 'mailboxes=many']],
    ['option-invalid', [...OPTIONS, '--pool', 'mailboxes=1', '--pool', 'mailboxes=2']],
    ['option-invalid', [...OPTIONS, '--feature', 'x=']],
    ['document-invalid', [...OPTIONS, '--kind', 'free']],
    ['order-product', [...OPTIONS, '--product', 'other']],
    ['order-name-unknown', [...OPTIONS, '--pool', 'mailbox=1']],
    ['order-term', [...OPTIONS, '--from', '2020-01-01']],
    ['file-missing', [catalogPath('nothing.yaml'), ...PRODUCT]],
    ['file-is-folder', [catalogPath('orders'), ...PRODUCT]],
    ['file-missing', [...OPTIONS, '--allow', 'mailbox=nowhere.txt']],
    ['document-invalid', [catalogPath('mailbox-backup.yaml'), ...PRODUCT]],
  ])('refuses as %s, files and writes nothing: %j', async (code, args) => {
    const desk = await openDesk();
    const { exit, err } = await desk.run(['issue', ...args, '--out', desk.path('x.lic')]);
    expect(err).toContain(`code: ${code}\n`);
    expect(err).not.toContain('    at ');
    expect(exit).toBe(2);
    expect(await readdir(desk.path('.'))).toEqual(['vendor']);
    expect((await desk.ask(['list'])).data).toEqual([]);
  });

  it('asks for a passphrase only when the order is good, and says which key it did not open', async () => {
    const desk = await openDesk();
    const wrong = { env: { COUNTERFOIL_PASSPHRASE: 'another one entirely' } };
    expect((await desk.run(['issue', ...OPTIONS, '--out', desk.path('x')], wrong)).err).toContain(
      'code: passphrase-wrong',
    );
    expect(
      (await desk.run(['issue', ...OPTIONS, '--from', '2020-01-01', '--out', desk.path('x')], { env: {} }))
        .err,
    ).toContain('code: order-term');
    let asked = 0;
    const prompt = (questions: readonly string[]): Promise<readonly string[]> => {
      asked++;
      return Promise.resolve(questions.map(() => 'four words and then some'));
    };
    expect((await desk.run(['issue', ...OPTIONS, '--out', desk.path('x')], { env: {}, prompt })).exit).toBe(
      0,
    );
    expect(asked).toBe(1);
  });
});

describe('a fault at the file', () => {
  it('refuses to overwrite, before anything is signed, unless told to', async () => {
    const desk = await openDesk();
    const path = await desk.write('one.lic', 'precious');
    expect((await desk.run(['issue', ...OPTIONS, '--out', path])).err).toContain('code: output-exists');
    expect(await readFile(path, 'utf8')).toBe('precious');
    expect((await desk.ask(['list'])).data).toEqual([]);
    await issued(desk, 'one.lic', [...OPTIONS, '--force']);
    expect(await readFile(path, 'utf8')).toContain('BEGIN COUNTERFOIL LICENSE');
  });

  it.each(['nowhere/one.lic', 'vendor/vendor.json/one.lic'])(
    'refuses a place that cannot be written, before anything is signed: %s',
    async (name) => {
      const desk = await openDesk();
      const { exit, err } = await desk.run(['issue', ...OPTIONS, '--out', desk.path(name)]);
      expect(err).toContain('code: output-unwritable');
      expect(exit).toBe(2);
      expect((await desk.ask(['list'])).data).toEqual([]);
    },
  );

  it('refuses to replace a folder', async () => {
    const desk = await openDesk();
    const { err } = await desk.run(['issue', ...OPTIONS, '--force', '--out', desk.folder]);
    expect(err).toContain('code: output-unwritable');
  });

  it('that comes after filing names the license and how to get its file', async () => {
    const desk = await openDesk();
    await mkdir(desk.path('out'));
    const out = desk.path('out/one.lic');
    // the folder goes away between the look and the writing, while the passphrase is asked for
    const prompt = async (questions: readonly string[]): Promise<readonly string[]> => {
      await rename(desk.path('out'), desk.path('gone'));
      return questions.map(() => 'four words and then some');
    };
    const { exit, err } = await desk.run(['issue', ...OPTIONS, '--out', out], { env: {}, prompt });
    expect(exit).toBe(2);
    expect(err).toContain('code: filed-not-written');
    const [, id] = /\((CF-[^,]*), revision 1\)/.exec(err)!;
    expect(err).toContain('counterfoil export license ID --out FILE');
    await desk.run(['export', 'license', id!, '--out', desk.path('again.lic')]);
    expect((await desk.ask(['inspect', desk.path('again.lic')])).data.register).toEqual({
      type: 'same',
      newest: 1,
    });
  });
});

describe('a fault at the register', () => {
  it('that is locked files nothing and writes nothing', async () => {
    const desk = await openDesk();
    const other = new Database(join(desk.folder, 'register.db'));
    // taken while the passphrase is asked for, as another program might
    const prompt = (questions: readonly string[]): Promise<readonly string[]> => {
      other.exec('begin immediate');
      return Promise.resolve(questions.map(() => 'four words and then some'));
    };
    const { exit, err } = await desk.run(['issue', ...OPTIONS, '--out', desk.path('x.lic')], {
      env: {},
      prompt,
      busyTimeout: 20,
    });
    expect(err).toContain('code: register-busy');
    expect(exit).toBe(2);
    other.exec('rollback');
    other.close();
    expect(await readdir(desk.path('.'))).toEqual(['vendor']);
    expect((await desk.ask(['list'])).data).toEqual([]);
  });

  it('that is no database is told', async () => {
    const desk = await openDesk();
    await writeFile(join(desk.folder, 'register.db'), 'not a database at all, really'.repeat(50));
    expect((await desk.run(['list'])).err).toContain('code: register-broken');
  });

  it('of a closed register is told', async () => {
    const register = await openRegister(IN_MEMORY);
    await register.close();
    await expect(register.listAudit()).rejects.toThrowCode('register-broken');
  });
});

describe('inspect', () => {
  it('lists every rule and knows the counterfoil', async () => {
    const desk = await openDesk();
    await issued(desk);
    const { exit, out } = await desk.run(['inspect', desk.path('one.lic'), '--product', 'mailbox-backup']);
    expect(exit).toBe(0);
    expect(out).toContain('Register: known, byte for byte; this revision is the newest\n');
    expect(out).toMatch(/^ok {3}signature {6}the signature holds/m);
    expect(out).toMatch(/\nvalid\n$/);
  });

  it('tells a changed file from a genuine one', async () => {
    const desk = await openDesk();
    await issued(desk);
    const text = await readFile(desk.path('one.lic'), 'utf8');
    const at = text.indexOf('-----BEGIN') + 300;
    await desk.write('bad.lic', `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`);
    const bad = await desk.run(['inspect', desk.path('bad.lic')]);
    expect(bad).toMatchObject({ exit: 1 });
    expect(bad.out).toMatch(/FAIL signature[^]*signature-invalid/);
    expect(bad.out).toContain('Register: not asked');
    await desk.write('other-text.lic', text.replace('Licensee: One', 'Licensee: Two'));
    const other = await desk.ask(['inspect', desk.path('other-text.lic')]);
    expect(other).toMatchObject({ exit: 0, data: { register: { type: 'same-license', newest: 1 } } });
    await desk.write('bare.lic', parseFile(text).blocks[0]!.body);
    expect((await desk.ask(['inspect', desk.path('bare.lic')])).data.register).toEqual({
      type: 'same-license',
      newest: 1,
    });
    expect((await desk.run(['inspect', desk.path('one.lic'), '--product', 'other'])).exit).toBe(1);
  });

  it('raises the alarm over a genuine license that is not filed', async () => {
    const desk = await openDesk();
    await cp(desk.folder, desk.path('backup'), { recursive: true });
    await issued(desk);
    const { exit, out } = await runCommand(['inspect', desk.path('one.lic'), '--dir', desk.path('backup')]);
    expect(exit).toBe(1);
    expect(out).toContain('Register: UNKNOWN');
  });
});

describe('export', () => {
  it('gives the very file that was handed out', async () => {
    const desk = await openDesk();
    const id = await issued(desk);
    const text = await readFile(desk.path('one.lic'), 'utf8');
    expect(
      (await desk.run(['export', 'license', id.toLowerCase().replaceAll('-', ''), '--out', '-'])).out,
    ).toBe(text);
    expect((await desk.ask(['export', 'license', id, '--revision', '1', '--out', '-'])).data).toMatchObject({
      license: id,
      revision: 1,
      text,
    });
    expect((await desk.run(['export', 'license', id, '--out', desk.path('one.lic')])).err).toContain(
      'code: output-exists',
    );
  });

  it.each([
    ['license-id', ['CF-0000-0000-1']],
    ['license-unknown', ['CF-0000-0000-0']],
    ['option-invalid', ['CF-0000-0000-0', '--revision', '0']],
    ['option-missing', []],
  ])('refuses as %s: %j', async (code, args) => {
    const desk = await openDesk();
    expect((await desk.run(['export', 'license', ...args, '--out', '-'])).err).toContain(`code: ${code}\n`);
  });

  it('refuses a revision that there is not', async () => {
    const desk = await openDesk();
    const id = await issued(desk);
    const { err } = await desk.run(['export', 'license', id, '--revision', '2', '--out', '-']);
    expect(err).toContain('expected 1 to 1, got 2');
    expect(err).toContain('code: revision-unknown');
  });

  it('gives trust roots and kits that a host reads, the test root beside', async () => {
    const desk = await openDesk();
    const test = await openDesk({ bare: true });
    await test.run(['init', '--vendor', 'acme.example', '--environment', 'test']);
    await test.run(['export', 'trust', '--out', desk.path('test.trust')]);
    const trust = readKit((await desk.run(['export', 'trust', '--out', '-'])).out, nodeEngine).trust;
    expect(trust.root).toMatchObject({ iss: 'acme.example', version: 1, environment: 'production' });
    const args = [
      'export',
      'kit',
      ...PRODUCT,
      '--test-trust',
      desk.path('test.trust'),
      '--out',
      desk.path('kit'),
    ];
    expect((await desk.run(args)).exit).toBe(0);
    const kit = readKit(await readFile(desk.path('kit')), nodeEngine);
    expect(kit.product?.product.id).toBe('mailbox-backup');
    expect(kit.trust.test?.root.environment).toBe('test');
    expect(openTrust(nodeEngine, [...kit.trust.texts.values()]).root).toEqual(trust.root);
    expect((await desk.run([...args, '--force'])).exit).toBe(0);
    expect((await desk.run(args)).err).toContain('code: output-exists');
    const wrong = ['export', 'kit', ...PRODUCT, '--test-trust', desk.path('kit'), '--out', desk.path('kit2')];
    expect((await desk.run(wrong)).err).toContain('code: file-blocks');
    await desk.run(['export', 'trust', '--out', desk.path('own.trust')]);
    const own = [
      'export',
      'kit',
      ...PRODUCT,
      '--test-trust',
      desk.path('own.trust'),
      '--out',
      desk.path('kit2'),
    ];
    expect((await desk.run(own)).err).toContain('code: root-environment');
  });
});

describe('audit', () => {
  it('tells who did what and when', async () => {
    const desk = await openDesk();
    const id = await issued(desk);
    await desk.run([
      'issue',
      ...PRODUCT,
      '--customer',
      'C-1',
      '--customer-name',
      'New',
      '--perpetual',
      '--out',
      '-',
    ]);
    await desk.run(
      [
        'issue',
        ...PRODUCT,
        '--customer',
        'C-1',
        '--customer-name',
        'New',
        '--perpetual',
        '--rename-customer',
        '--out',
        '-',
      ],
      { actor: 'else' },
    );
    await desk.run(['export', 'kit', ...PRODUCT, '--out', '-']);
    const { data } = await desk.ask(['audit']);
    expect(data.map(({ seq, actor, action, object }: any) => [seq, actor, action, object])).toEqual([
      [1, 'tester', 'vendor-made', 'acme.example'],
      [2, 'tester', 'license-issued', id],
      [3, 'else', 'customer-renamed', 'C-1'],
      [4, 'else', 'license-issued', expect.any(String)],
      [5, 'tester', 'kit-signed', 'mailbox-backup'],
    ]);
    expect((await desk.run(['audit'])).out).toContain('2026-06-01T00:00:00Z');
  });
});

describe('the clock', () => {
  it('an hour behind the register stops issue and kit, until acknowledged', async () => {
    const desk = await openDesk();
    const late = { now: () => NOW + 90_000 };
    expect((await desk.run(['issue', ...OPTIONS, '--out', '-'], late)).exit).toBe(0);
    expect((await desk.run(['issue', ...OPTIONS, '--out', '-'])).err).toContain(
      'code: clock-behind-register',
    );
    expect((await desk.run(['export', 'kit', ...PRODUCT, '--out', '-'])).err).toContain(
      'code: clock-behind-register',
    );
    expect((await desk.run(['issue', ...OPTIONS, '--acknowledge-clock', '--out', '-'])).exit).toBe(0);
    expect((await desk.run(['export', 'kit', ...PRODUCT, '--acknowledge-clock', '--out', '-'])).exit).toBe(0);
  });

  it('cannot be set from the command line', async () => {
    expect((await runCommand(['list', '--now', '2030-01-01'])).err).toContain('code: option-unknown');
  });
});

describe('a wrong call', () => {
  it.each([
    ['command-unknown', ['isue'], 'expected issue (did you mean that?)'],
    ['command-unknown', ['export', 'licens', 'x'], 'expected license (did you mean that?)'],
    ['option-unknown', ['list', '--custmer', 'x'], 'expected --customer (did you mean that?)'],
    ['option-invalid', ['list', 'x'], 'too many arguments'],
    ['option-missing', ['inspect'], 'FILE'],
    ['option-missing', ['list', '--customer'], '--customer'],
    ['command-missing', [], 'Usage: counterfoil'],
    ['command-missing', ['export'], 'Usage: counterfoil export'],
  ])('is %s: %j', async (code, args, part) => {
    const { exit, out, err } = await runCommand(args);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain(part);
    expect(err).toMatch(new RegExp(`counterfoil: .*\nhint: .*\ncode: ${code}\n$`));
  });

  it('answers in JSON when asked to', async () => {
    const { exit, out } = await runCommand(['list', '--json', '--dir', '/nowhere']);
    expect(exit).toBe(2);
    expect(JSON.parse(out)).toEqual({
      code: 'vendor-missing',
      message: 'this is not a vendor folder',
      where: '/nowhere',
      expected: 'vendor.json',
      actual: 'none',
      hint: expect.any(String),
      who: 'vendor',
    });
  });

  it('shows every issue of a document, in JSON too', async () => {
    const desk = await openDesk();
    const order = await desk.write('o.yaml', 'product: A\nkind: b\n');
    const args = ['issue', order, ...PRODUCT, '--out', '-'];
    expect((await desk.run(args)).err.split('\n').filter((line) => line.startsWith('  '))).toHaveLength(4);
    expect((await desk.ask(args)).data.issues).toHaveLength(4);
  });

  it('makes what others wrote harmless for the terminal', async () => {
    const { err } = await runCommand(['inspect', '/no\u001b[31mwhere\u202e.lic']);
    expect(err).not.toMatch(/[\u001b\u202e]/);
    const { out } = await runCommand(['inspect', '/no\u001bwhere', '--json']);
    expect(JSON.parse(out).code).toBe('file-missing');
    expect(out).not.toMatch(/\u001b/);
  });

  it('shows help and version on standard output', async () => {
    expect(await runCommand(['--version'])).toEqual({ exit: 0, out: '0.1.0\n', err: '' });
    const { exit, out } = await runCommand(['issue', '--help']);
    expect(exit).toBe(0);
    expect(out).toContain('--activate-by <DATE>');
    expect(out).toContain('--passphrase-file <FILE>');
  });

  it('takes the folder from the environment', async () => {
    const desk = await openDesk();
    const { exit } = await runCommand(['list'], { env: { COUNTERFOIL_DIR: desk.folder } });
    expect(exit).toBe(0);
  });

  it('never shows a stack trace, whatever breaks', async () => {
    const desk = await openDesk();
    const broken = (): never => {
      throw new TypeError('something is undefined');
    };
    const { exit, err } = await desk.run(['list'], { now: broken });
    expect(exit).toBe(2);
    expect(err).toBe(
      'counterfoil: the program has an error: got something is undefined\nhint: report it with the command and the version\ncode: internal\n',
    );
  });
});
