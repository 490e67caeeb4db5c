import { openTrust, summaryText, verifyLicense, type Usable } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { afterAll, describe, expect, it } from 'vitest';
import {
  DAY,
  goodFile,
  kitFile,
  licenseFile,
  licenseOf,
  makeVendor,
  NOW,
  pagesOf,
  productOf,
  shardOf,
  signCompact,
  tamper,
} from '../../support/signing.js';
import { makeFolder, run } from './host.js';

const folder = makeFolder();
afterAll(folder.remove);
const vendor = makeVendor();
const other = makeVendor();
const tester = makeVendor({ environment: 'test' });
const product = signCompact(vendor.issuing, 'product', productOf());
const kit = folder.put('acme.kit', kitFile([vendor.root, tester.root], product));
const bareKit = folder.put('bare.kit', kitFile([vendor.root]));
let number = 0;
const put = (text: string | Uint8Array): string => folder.put(`${++number}.lic`, text);
const good = put(goodFile(vendor));
const inspect = (...argv: readonly string[]): ReturnType<typeof run> =>
  run(['inspect', '--kit', kit, ...argv]);

describe('inspect', () => {
  it('says what a good license grants', async () => {
    const { exit, out, err } = await inspect(good);
    expect([exit, err]).toEqual([0, '']);
    expect(out).toMatch(/^valid: in force, state active\n/);
    expect(out).toContain('License:   CF-7K2M-94QX-3, revision 1, commercial\n');
    expect(out).toContain('Licensee:  Müller & Söhne (C-1001)\n');
    expect(out).toContain('Left:      100 days after today, last day 2026-09-09 (Europe/Vienna)\n');
    expect(out).toMatch(/^Trust: +root 1 of acme.example \(production\), fingerprint [\w-]{43}$/m);
    expect(out).not.toContain('what-if');
  });

  it('says the same as data', async () => {
    const { exit, out } = await inspect('--json', good);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      outcome: 'valid',
      whatIf: false,
      asOf: '2026-06-01T00:00:00Z',
      kit: { vendor: 'acme.example', root: 1, product: 'backup' },
      product: 'backup',
      verdict: { arm: 'usable', state: 'active', license: { claims: { sub: 'C-1001' } } },
      daysLeft: 100,
      lastDay: '2026-09-09',
      warnings: [],
    });
  });

  it('writes nothing when quiet', async () => {
    expect(await inspect('--quiet', '--json', good)).toEqual({ exit: 0, out: '', err: '' });
    expect(await inspect('--quiet', put(tamper(goodFile(vendor))))).toEqual({ exit: 1, out: '', err: '' });
  });

  it.each([
    [
      '2026-09-10',
      0,
      'valid: in force, state grace',
      '13 days after today, last day 2026-09-23',
      'license-grace',
    ],
    ['2026-09-08T21:59:59Z', 0, 'valid: in force, state active', '1 day after today', undefined],
    [
      '2026-09-08T22:00:00Z',
      0,
      'valid: in force, state active',
      'today only, last day 2026-09-09',
      undefined,
    ],
    ['2026-09-24', 1, 'not valid: license-expired', 'none, last day 2026-09-23', undefined],
    ['2026-05-20', 1, 'not valid: license-pending', undefined, 'clock-before-issue'],
  ])('judges as of %s and says so', async (at, status, answer, left, warning) => {
    const { exit, out } = await inspect('--at', at, good);
    expect(exit).toBe(status);
    expect(out).toMatch(
      /^what-if: as of 2026-[-0-9]{5}T[:0-9]{8}Z, because of --at; this says nothing of today\n/,
    );
    expect(out).toContain(`\n${answer}`);
    if (left !== undefined) expect(out).toContain(left);
    expect(/^warning: ([\w-]+):/m.exec(out)?.[1]).toBe(warning);
  });

  it.each([
    ['signature-invalid', tamper(goodFile(vendor)), 'rejected'],
    ['root-vendor', goodFile(makeVendor({ iss: 'other.example' })), 'rejected'],
    ['root-threshold', goodFile(other), 'rejected'],
    ['key-unknown', licenseFile(signCompact(other.issuing, 'license', licenseOf())), 'rejected'],
    ['test-license', goodFile({ ...vendor, issuing: tester.issuing }), 'rejected'],
    ['product-mismatch', goodFile(vendor, { aud: 'archive' }), 'refused'],
    ['status-needed', licenseFile(signCompact(vendor.issuing, 'license', licenseOf())), 'refused'],
    [
      'license-revoked',
      licenseFile(signCompact(vendor.issuing, 'license', licenseOf()), { shard: shardOf(vendor, { 7: 1 }) }),
      'usable',
    ],
    [
      'license-suspended',
      licenseFile(signCompact(vendor.issuing, 'license', licenseOf()), { shard: shardOf(vendor, { 7: 2 }) }),
      'usable',
    ],
    ['file-line-ends', goodFile(vendor).replaceAll('\n', '\r\n'), 'rejected'],
    ['file-text', `\ufeff${goodFile(vendor)}`, 'rejected'],
    ['utf8', Buffer.from(`\ufeff${goodFile(vendor)}`, 'utf16le'), 'rejected'],
    ['armor-body', goodFile(vendor).replace(/(?<=\n[\w.-]{64})\n(?=[\w.-]{64}\n)/g, ' '), 'rejected'],
    ['file-empty', '', 'rejected'],
    ['armor-truncated', goodFile(vendor).slice(0, 200), 'rejected'],
  ])('says %s', async (code, text, arm) => {
    const path = put(text);
    const { exit, out } = await inspect(path);
    expect(exit).toBe(1);
    expect(out).toMatch(/^not valid: /);
    expect(out.split('\n')[0]).toContain(`${code}: `);
    expect(out).toMatch(/^ {2}who can help: the (administrator|vendor)\n {2}how: /m);
    // nothing of a license that is not genuine is shown
    expect(out.includes('Müller')).toBe(arm !== 'rejected');
    const data = JSON.parse((await inspect('--json', path)).out);
    expect(data).toMatchObject({ outcome: 'not-valid', verdict: { arm } });
    expect('license' in data.verdict).toBe(arm !== 'rejected');
    expect(JSON.stringify(data).includes('Müller')).toBe(arm !== 'rejected');
  });

  it.each([
    ['a ZIP archive', Buffer.from('PK\u0003\u0004rest')],
    ['a kit', kitFile([vendor.root], product)],
    ['a file of trust roots', kitFile([vendor.root])],
    ['a bare trust root', vendor.root],
    ['a PEM private key', '-----BEGIN PRIVATE KEY-----\nMC4CAQAw\n-----END PRIVATE KEY-----\n'],
    ['a saved e-mail', `From: a\nMIME-Version: 1.0\n\n${goodFile(vendor)}`.replaceAll('\n', '\r\n')],
  ])('calls %s by its name', async (name, content) => {
    const { exit, out } = await inspect(put(content));
    expect(exit).toBe(1);
    expect(out).toContain(`the file looks like ${name}, not like a license`);
  });

  it('does not decide without a kit, unless the form is broken', async () => {
    const { exit, out } = await run(['inspect', good]);
    expect(exit).toBe(2);
    expect(out).toMatch(/^undecided: no kit was given.*\n {2}how: pass --kit FILE /);
    expect(out).not.toContain('Müller');
    const data = JSON.parse((await run(['inspect', '--json', good])).out);
    expect(data).toMatchObject({ outcome: 'undecided', kit: null, fault: { code: 'kit-missing' } });
    expect((await run(['inspect', put(goodFile(vendor).slice(5))])).exit).toBe(1);
  });

  it.each([
    ['a license', goodFile(vendor)],
    ['a PDF document', '%PDF-1.4\n'],
    ['a trust root lacks signatures', kitFile([vendor.root.replace(/"signature":"./, '"signature":"')])],
  ])('does not take %s for a kit', async (said, content) => {
    const { exit, out, err } = await run(['inspect', '--kit', put(content), good]);
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain('code: kit-unusable\n');
    if (!said.startsWith('a trust')) expect(err).toContain(said);
  });

  it('asks for the product that the kit or the option names', async () => {
    const { exit, out } = await run(['inspect', '--kit', bareKit, good]);
    expect(exit).toBe(0);
    expect(out).toContain('note: it was not said which product asks');
    expect((await run(['inspect', '--kit', bareKit, '--product', 'backup', good])).out).not.toContain(
      'note:',
    );
    expect((await run(['inspect', '--kit', bareKit, '--product', 'archive', good])).out).toContain(
      'product-mismatch',
    );
    expect((await inspect('--product', 'backup', good)).exit).toBe(0);
    const wrong = await inspect('--product', 'archive', good);
    expect([wrong.exit, wrong.err.includes('for which the kit is made')]).toEqual([2, true]);
  });

  it('says when a kit trusts test keys only', async () => {
    const testKit = folder.put('test.kit', kitFile([tester.root]));
    const { exit, out } = await run(['inspect', '--kit', testKit, put(goodFile(tester))]);
    expect(exit).toBe(0);
    expect(out).toContain('note: the kit trusts the vendor’s test keys only');
  });

  it('does not decide for whom a bound license is until the host is said', async () => {
    const jkt = 'A'.repeat(43);
    const file = put(goodFile(vendor, { cnf: { jkt } }, { binding: { type: 'host-key' } }));
    const { exit, out } = await inspect(file);
    expect(exit).toBe(2);
    expect(out).toMatch(/^undecided: the license is bound to a host.*\n {2}how: pass --host-key/);
    expect((await inspect('--host-key', jkt, file)).exit).toBe(0);
    expect((await inspect('--host-key', `${'A'.repeat(42)}E`, file)).out).toContain('host-mismatch');
    expect((await inspect('--host-id', 'serial=1', file)).exit).toBe(1);
  });

  it('warns of a summary that says something else', async () => {
    const text = goodFile(vendor);
    const verdict = verifyLicense(text, {
      engine: nodeEngine,
      trust: openTrust(nodeEngine, [vendor.root]),
      product: 'backup',
      host: {},
      now: NOW,
    }) as Usable;
    const summary = summaryText(verdict.license.claims);
    expect((await inspect(put(`${summary}\n\n${text}`))).out).not.toContain('warning');
    const { exit, out } = await inspect(put(`${summary.replace('50', '5000')}\n\n${text}`));
    expect(exit).toBe(0);
    expect(out).toContain('warning: summary-differs: ');
    expect(out).not.toContain('5000');
  });

  it('lets no text of a license turn the terminal round', async () => {
    const turned = put(goodFile(vendor, {}, { licensee: { name: 'safe\u202etxt.exe\u2066' } }));
    const { exit, out } = await inspect(turned);
    expect(exit).toBe(1);
    expect(out).toContain('claims-invalid');
    expect(out).toContain('"safe?txt.exe?"');
  });

  it('counts no days where there is no end', async () => {
    const perpetual = licenseOf({ exp: undefined }, { term: { type: 'perpetual' } });
    const text = licenseFile(signCompact(vendor.issuing, 'license', perpetual), { shard: shardOf(vendor) });
    const { exit, out } = await inspect(put(text));
    expect(exit).toBe(0);
    expect(out).not.toContain('Left:');
    const term = { type: 'activation', by: NOW + 5 * DAY, duration: 'P1M' };
    const activation = await inspect(put(goodFile(vendor, { exp: NOW + 60 * DAY }, { term })));
    expect(activation.exit).toBe(1);
    expect(activation.out).toContain('4 days after today, last day 2026-06-05 (UTC)');
  });
});

describe('inspect --identity', () => {
  const allowed = { mailbox: { list: ['ann@example.com'], domains: ['*.example.org'] } };
  const listed = put(goodFile(vendor, {}, { allowed }));
  const { claim, bytes } = pagesOf(['ann@example.com', 'bob@example.com']);
  const paged = signCompact(
    vendor.issuing,
    'license',
    licenseOf({}, { allowed: { mailbox: { pages: claim } } }),
  );
  const withPages = put(licenseFile(paged, { shard: shardOf(vendor), pages: [bytes] }));
  const withoutPages = put(licenseFile(paged, { shard: shardOf(vendor) }));

  it.each([
    [listed, 'mailbox=ANN@Example.com', 0, 'allowed: mailbox ann@example.com, listed by its list'],
    [listed, 'mailbox=x@mail.example.org', 0, 'listed by its domains'],
    [listed, 'mailbox=bob@example.com', 1, 'not listed: mailbox bob@example.com; what is signed'],
    [listed, 'tenant=00000000-0000-0000-0000-000000000001', 0, 'does not restrict this kind'],
    [withPages, 'mailbox=bob@example.com', 0, 'listed by its pages'],
    [withPages, 'mailbox=eve@example.com', 1, 'not listed: '],
    [
      withoutPages,
      'mailbox=bob@example.com',
      2,
      'cannot tell whether mailbox bob@example.com is allowed: the identity pages are not here',
    ],
  ])('%s %s: %i', async (file, question, status, said) => {
    const { exit, out } = await inspect('--identity', question, file);
    expect(out).toContain(said);
    expect(exit).toBe(status);
  });

  it('answers as data', async () => {
    const { out } = await inspect('--json', '--identity', 'mailbox=eve@example.com', withPages);
    expect(JSON.parse(out).identity).toEqual({
      kind: 'mailbox',
      answer: 'not-listed',
      identity: 'eve@example.com',
      code: 'identity-not-listed',
    });
  });

  it('cannot tell from a license that is not proved', async () => {
    const question = ['--identity', 'mailbox=ann@example.com'];
    const { exit, out } = await inspect(...question, put(tamper(goodFile(vendor, {}, { allowed }))));
    expect(exit).toBe(1);
    expect(out).toContain(
      'cannot tell whether mailbox ann@example.com is allowed: the license is not proved',
    );
    expect((await run(['inspect', ...question, listed])).exit).toBe(2);
  });

  it('lets what the license is outweigh what it allows', async () => {
    const { exit, out } = await inspect(
      '--at',
      '2027-01-01',
      '--identity',
      'mailbox=ann@example.com',
      listed,
    );
    expect(out).toContain('allowed: mailbox');
    expect(exit).toBe(1);
  });

  it.each([
    ['identity-kind', 'server=x'],
    ['identity-form', 'mailbox=nobody'],
  ])('throws %s for a question that is wrong', async (code, question) => {
    const { exit, err } = await inspect('--identity', question, listed);
    expect(exit).toBe(2);
    expect(err).toContain(`code: ${code}\n`);
  });
});
