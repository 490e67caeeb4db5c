import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { StatusView } from '../../../verifier/src/node/host/status-view.js';
import { statusPage } from '../../../verifier/src/node/host/view/status-page.js';
import {
  DAY,
  goodFile,
  kitFile,
  makeVendor,
  NOW,
  productOf,
  signCompact,
  type Loose,
} from '../../support/signing.js';
import { makeFolder, run } from '../verifier-cli/host.js';

const vendor = makeVendor();
const files = makeFolder();
afterAll(files.remove);
const links = { buy: 'https://acme.example/buy?a=1&b=2', help: 'mailto:help@acme.example' };
const kit = files.put(
  'acme.kit',
  kitFile(
    [vendor.root],
    signCompact(
      vendor.issuing,
      'product',
      productOf({}, { links, roles: { administrator: { label: 'Administrator' } } }),
    ),
  ),
);
let data = '';
let count = 0;
beforeEach(() => {
  data = join(files.path, `data-${(count += 1)}`);
});
const lic = (grant: Loose = {}, change: Loose = {}): string =>
  files.put(`${(count += 1)}.lic`, goodFile(vendor, change, grant));
const host = (argv: readonly string[], now = NOW): ReturnType<typeof run> =>
  run([argv[0]!, '--kit', kit, '--data', data, ...argv.slice(1)], now);

/** A view in which every text is outside text. */
const viewOf = (text: string): StatusView => ({
  product: text,
  productName: text,
  folder: text,
  asOf: NOW,
  state: 'grace',
  inForce: true,
  finding: {
    rule: text,
    clause: 'LF-9.2',
    code: text,
    message: text,
    where: text,
    expected: text,
    actual: text,
    hint: text,
    who: 'vendor',
  },
  license: {
    id: text,
    revision: 1,
    kind: text,
    licensee: text,
    product: text,
    term: text,
    installedAt: NOW,
    activated: NOW,
    left: { lastDay: text, zone: text, daysLeft: 1 },
    pools: [{ id: text, label: text, limit: 5 }],
    features: [text],
  },
  conditions: [{ rule: text, clause: 'LF-9.3', code: text, message: text, hint: text, who: 'administrator' }],
  preloaded: {
    id: text,
    revision: 2,
    firstDay: text,
    from: NOW,
    zone: text,
    pools: [{ id: text, label: text, limit: 6 }],
  },
  endsSoon: true,
  undoUntil: NOW,
  mode: 'advisory',
  operations: [
    { id: text, label: text, allowed: false, roles: [text] },
    { id: text, label: text, allowed: false },
  ],
  links: [{ name: text, url: text }],
  root: { version: 1, environment: text, fingerprint: text },
  journal: { lines: 1, root: text, broken: 0, gaps: 1 },
});
const tagsOf = (page: string): string[] => page.match(/<[^>]*>/g) ?? [];

describe('the status page', () => {
  it('lets no text of a license become markup', () => {
    const plain = tagsOf(statusPage(viewOf('x')));
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc
        .array(
          fc.constantFrom('<', '>', '"', "'", '&', '</style>', '<script>', '-->', 'javascript:', 'https://'),
          { minLength: 1 },
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const tags = tagsOf(statusPage(viewOf(text)));
        // a link is a tag of its own; its address is quoted, and only https and mailto are one
        const links = tags.filter((tag) => tag.startsWith('<a '));
        for (const tag of links)
          expect(tag).toMatch(/^<a href="(https:\/\/|mailto:)[^"<>]*" rel="noreferrer">$/);
        expect(tags.filter((tag) => !/^<\/?a\b/.test(tag))).toEqual(plain);
      }),
    );
  });

  it('allows itself one style and nothing else', () => {
    const page = statusPage(viewOf('x'));
    expect(page).toMatch(
      /content="default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; form-action 'none'"/,
    );
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(| on[a-z]+=| style=/i);
  });

  it.each(['javascript:alert(1)', 'http://acme.example', 'data:text/html,x'])(
    'makes no link of %s',
    (url) => {
      expect(statusPage({ ...viewOf('x'), links: [{ name: 'buy', url }] })).not.toContain('<a ');
    },
  );
});

describe('status --html', () => {
  it('M10, B17: writes the licensing window, and exits as status does', async () => {
    await host([
      'install',
      lic({
        features: { archive: {} },
        states: { active: ['backup', 'restore', 'sign-in@administrator'] },
        operations: { backup: { label: 'Back up' }, restore: {}, 'sign-in': { label: 'Sign in' } },
        roles: { administrator: { label: 'Administrator' } },
      }),
    ]);
    await host([
      'install',
      lic(
        { revision: 2, pools: { mailboxes: { label: 'Mailboxes', lots: [{ id: 'a', quantity: 80 }] } } },
        { nbf: NOW + 50 * DAY },
      ),
    ]);
    const path = join(files.path, 'window.html');
    const { exit, out } = await host(['status', '--html', path]);
    expect(exit).toBe(0);
    expect(out).toContain(`written: ${path}\n`);
    expect(out).toContain('Link:      buy: https://acme.example/buy?a=1&b=2\n');
    const page = readFileSync(path, 'utf8');
    for (const said of [
      '<title>License of Acme Backup</title>',
      '<strong>In force</strong> (state active)',
      '<dd>Müller &amp; Söhne</dd>',
      '<dd>CF-7K2M-94QX-3</dd>',
      '<dd>commercial</dd>',
      'last day 2026-09-09 (Europe/Vienna)',
      '<th scope="row">Mailboxes</th><td class="number">50</td>',
      '<th scope="row">Back up</th><td>allowed</td>',
      '<th scope="row">Sign in</th><td>allowed for Administrator</td>',
      '<dd>CF-7K2M-94QX-3, revision 2</dd>',
      '<a href="https://acme.example/buy?a=1&amp;b=2" rel="noreferrer">',
      'As of 2026-06-01T00:00:00Z.',
    ])
      expect(page).toContain(said);
    const late = await host(['status', '--html', path, '--log-line'], NOW + 400 * DAY);
    expect([late.exit, late.out.split('\n').length]).toEqual([1, 2]);
    expect(readFileSync(path, 'utf8')).toContain('The term is over');
    const { out: json } = await host(['status', '--json', '--html', path]);
    expect(JSON.parse(json)).toMatchObject({
      written: path,
      links: [{ name: 'buy' }, { name: 'help' }],
      operations: [
        { id: 'backup', allowed: true },
        { id: 'restore' },
        { id: 'sign-in', roles: ['Administrator'] },
      ],
    });
    expect(readdirSync(files.path).filter((name) => name.includes('window'))).toEqual(['window.html']);
  });

  it('says that nothing is installed, by the name that the kit has, and where to buy', async () => {
    mkdirSync(data);
    const path = join(data, 'window.html');
    expect((await host(['status', '--html', path])).exit).toBe(1);
    const page = readFileSync(path, 'utf8');
    for (const said of [
      '<h1>Acme Backup</h1>',
      'No license is installed',
      'Buy: <a href',
      '<th scope="row">restore</th><td>allowed</td>',
    ])
      expect(page).toContain(said);
  });

  it('is no folder and goes nowhere that cannot be written', async () => {
    mkdirSync(data);
    expect((await host(['status', '--html', data])).err).toContain('code: file-is-folder');
    expect((await host(['status', '--html', join(data, 'no', 'window.html')])).err).toContain(
      'code: file-unwritable',
    );
    expect(existsSync(join(data, 'no'))).toBe(false);
    expect(
      (await run(['status', '--kit', kit, '--data', `${data}-none`, '--html', join(data, 'a.html')])).exit,
    ).toBe(2);
    expect(readdirSync(data)).toEqual([]);
  });
});
