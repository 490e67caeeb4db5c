import { readFile } from 'node:fs/promises';
import { nodeEngine, readKit } from '@counterfoil/verifier/node';
import { describe, expect, it } from 'vitest';
import { catalogPath, openDesk, runCommand } from '../support/vendor.js';

const EXAMPLES = [
  'mailbox-backup',
  'mailbox-migration',
  'managed-backup',
  'managed-backup-prepaid',
  'endpoint-backup',
] as const;
const readExample = (name: string): Promise<string> => readFile(catalogPath(`${name}.yaml`), 'utf8');

describe('catalog check', () => {
  it.each(EXAMPLES)('%s has no errors', async (name) => {
    const file = catalogPath(`${name}.yaml`);
    const { exit, out, err } = await runCommand(['catalog', 'check', file]);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toMatch(/: no errors, [1-9][0-9]* warnings?\n$/);
    expect(out).toContain('counting is compiled and signed, not yet enforced');
    const json = await runCommand(['catalog', 'check', file, '--against', file, '--json']);
    expect(json.exit).toBe(0);
    expect(JSON.parse(json.out)).toMatchObject({
      file,
      against: file,
      product: name,
      catalog: 1,
      errors: [],
    });
  });

  it('lists errors and warnings, for people and in JSON, and ends with 1', async () => {
    const desk = await openDesk({ bare: true });
    const text = (await readExample('mailbox-backup')).replace('kind: mailbox', 'kind: malibox');
    const file = await desk.write('p.yaml', text.replace('expired: [restore]', 'expired: []'));
    const { exit, out, err } = await runCommand(['catalog', 'check', file]);
    expect({ exit, err }).toEqual({ exit: 1, err: '' });
    expect(out.split('\n')).toEqual([
      `error: ${file}:40:11 meters.mailboxes.kind: expected a kind: mailbox (did you mean that?), got malibox`,
      expect.stringMatching(/^warning: .*p\.yaml:27:3 states\.expired: .*; .* \(read-forbidden\)$/),
      expect.stringMatching(/^warning: .*p\.yaml:29:3 states\.trial-expired: .* \(read-forbidden\)$/),
      expect.stringMatching(/^warning: .*p\.yaml:36:1 meters: .* \(not-counted\)$/),
      `${file}: 1 error, 3 warnings`,
      '',
    ]);
    const json = await desk.ask(['catalog', 'check', file]);
    expect(json).toMatchObject({
      exit: 1,
      data: {
        errors: [{ file, line: 40, column: 11, path: 'meters.mailboxes.kind', actual: 'malibox' }],
        warnings: [{ code: 'read-forbidden', line: 27 }, { code: 'read-forbidden' }, { code: 'not-counted' }],
      },
    });
    expect(json.data).not.toHaveProperty('product');
  });

  it('guards the ids of the last catalog, naming both files', async () => {
    const desk = await openDesk({ bare: true });
    const last = catalogPath('mailbox-backup.yaml');
    const text = (await readExample('mailbox-backup')).replace('kind: mailbox', 'kind: public-folder');
    const file = await desk.write('p.yaml', text);
    const { exit, out } = await runCommand(['catalog', 'check', file, '--against', last]);
    expect(exit).toBe(1);
    expect(out).toContain(`${file}:5:10 catalog: expected 2 or more`);
    expect(out).toContain(
      `${file}:40:11 meters.mailboxes.kind: expected "mailbox" as in ${last}:40:11 meters.mailboxes.kind`,
    );
  });

  it('ends with 2 where it cannot decide', async () => {
    const desk = await openDesk({ bare: true });
    const good = catalogPath('mailbox-backup.yaml');
    const bad = await desk.write('bad.yaml', 'schema: 1\n');
    for (const args of [
      ['no-such.yaml'],
      [good, '--against', 'no-such.yaml'],
      [good, '--against', bad],
      [],
    ]) {
      expect(await runCommand(['catalog', 'check', ...args])).toMatchObject({ exit: 2, out: '' });
    }
    expect((await runCommand(['catalog', 'check', good, '--against', bad])).err).toContain(
      `${bad}:1:1 catalog`,
    );
  });
});

describe('catalog show', () => {
  it('is words for people, or the rules and the words in JSON', async () => {
    const file = catalogPath('mailbox-backup.yaml');
    const { exit, out, err } = await runCommand(['catalog', 'show', file]);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    const { out: json } = await runCommand(['catalog', 'show', file, '--json']);
    const { product, lines } = JSON.parse(json) as { product: { id: string }; lines: string[] };
    expect(product.id).toBe('mailbox-backup');
    expect(out).toBe(`${lines.join('\n')}\n`);
  });

  it('needs a document without errors', async () => {
    const desk = await openDesk({ bare: true });
    const file = await desk.write('p.yaml', 'schema: 1\n');
    const { exit, out, err } = await runCommand(['catalog', 'show', file]);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain('code: document-invalid');
  });
});

describe('issue and export kit', () => {
  const kit = (file: string, out: string): string[] => [
    'export',
    'kit',
    '--product-file',
    file,
    '--out',
    out,
  ];
  const issue = (file: string, out: string): string[] => [
    'issue',
    catalogPath('orders/mailbox-backup.yaml'),
    '--product-file',
    file,
    '--out',
    out,
  ];

  it.each([
    ['export kit', kit],
    ['issue', issue],
  ])('%s stops at what the check calls an error, and prints its warnings', async (_, argsFor) => {
    const desk = await openDesk();
    const good = catalogPath('mailbox-backup.yaml');
    const answer = await desk.run(argsFor(good, desk.path('good')));
    expect(answer.exit).toBe(0);
    const check = await runCommand(['catalog', 'check', good]);
    const warnings = check.out.split('\n').filter((line) => line.startsWith('warning: '));
    expect(warnings).toHaveLength(2);
    for (const warning of warnings) expect(answer.err).toContain(`${warning}\n`);

    const text = (await readExample('mailbox-backup')).replace(
      'label: Mailbox licenses',
      'replaces: [mailboxes]',
    );
    const bad = await desk.write('bad.yaml', text);
    const refused = await desk.run(argsFor(bad, desk.path('bad')));
    expect(refused).toMatchObject({ exit: 2, out: '' });
    expect(refused.err).toContain('pools.mailboxes.replaces[0]: expected the id that mailboxes had before');
    await expect(readFile(desk.path('bad'))).rejects.toThrowCode('ENOENT');
  });

  it('sign what an id replaces, so that a host can carry over', async () => {
    const desk = await openDesk();
    const text = (await readExample('mailbox-backup')).replace(
      'label: Mailbox licenses',
      'replaces: [seats]',
    );
    const file = await desk.write('p.yaml', text);
    expect((await desk.run(kit(file, desk.path('kit')))).exit).toBe(0);
    const { product } = readKit(await readFile(desk.path('kit')), nodeEngine);
    expect(product?.product.pools).toEqual({ mailboxes: { replaces: ['seats'] } });
  });
});
