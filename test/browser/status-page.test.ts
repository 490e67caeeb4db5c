import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  DAY,
  goodFile,
  kitFile,
  makeVendor,
  NOW,
  productOf,
  signCompact,
  type Loose,
} from '../support/signing.js';
import { makeFolder, run } from '../unit/verifier-cli/host.js';
import { startChromium } from './chromium.js';

const vendor = makeVendor();
const files = makeFolder();
const links = { buy: 'https://acme.example/buy', help: 'https://acme.example/help' };
const kit = files.put(
  'acme.kit',
  kitFile([vendor.root], signCompact(vendor.issuing, 'product', productOf({}, { links }))),
);
const grant: Loose = {
  operations: {
    'create-job': { label: 'Create a backup job' },
    backup: { label: 'Back up a mailbox' },
    restore: { label: 'Restore' },
  },
  states: { active: ['create-job', 'backup', 'restore'], grace: ['backup', 'restore'], expired: ['restore'] },
  pools: {
    mailboxes: { label: 'Mailbox licenses', lots: [{ id: 'a', quantity: 1500 }] },
    long: {
      label: `A pool with a name that is long and has ${'averyveryverylongword'.repeat(3)}`,
      lots: [{ id: 'a', quantity: 20 }],
    },
  },
  features: { archive: {} },
};

/** What each page is about, and the instant of it. */
const PAGES: readonly (readonly [name: string, installed: boolean, now: number])[] = [
  ['active', true, NOW],
  ['grace', true, NOW + 105 * DAY],
  ['expired', true, NOW + 200 * DAY],
  ['none', false, NOW],
];

describe('the licensing window in a browser', () => {
  let browser: Browser | undefined;
  let page: Page;
  const asked: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    const lic = files.put('1.lic', goodFile(vendor, {}, grant));
    const next = files.put(
      '2.lic',
      goodFile(
        vendor,
        { nbf: NOW + 100 * DAY, exp: NOW + 610 * DAY },
        { ...grant, revision: 2, term: { type: 'fixed', until: NOW + 600 * DAY } },
      ),
    );
    for (const [name, installed, now] of PAGES) {
      const host = ['--kit', kit, '--data', join(files.path, name)];
      if (installed) await run(['install', lic, ...host]);
      else mkdirSync(join(files.path, name));
      if (name === 'active') await run(['install', next, ...host]);
      await run(['status', ...host, '--html', join(files.path, `${name}.html`)], now);
    }
    browser = await startChromium();
    // One page for all: a browser of one process ends with its first context.
    page = await (await browser.newContext()).newPage();
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    files.remove();
  });

  const cases = PAGES.flatMap(([name]) =>
    (['light', 'dark'] as const).flatMap((colorScheme) =>
      [390, 1280].map((width) => [name, colorScheme, width] as const),
    ),
  );
  it.each(cases)(
    '%s, %s, %i px wide: nothing for axe, nothing beside the screen, nothing loaded',
    async (name, colorScheme, width) => {
      asked.length = 0;
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      const url = pathToFileURL(join(files.path, `${name}.html`)).href;
      await page.goto(url);
      const shots = process.env['COUNTERFOIL_SCREENSHOTS'];
      if (shots !== undefined)
        await page.screenshot({ path: join(shots, `${name}-${colorScheme}-${width}.png`), fullPage: true });
      expect(asked).toEqual([url]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      // the style holds: were its hash wrong, the page would be bare
      expect(await page.evaluate('getComputedStyle(document.querySelector("h1")).fontSize')).toBe('28px');
      expect(complaints).toEqual([]);
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    },
  );

  it('goes on one sheet of paper, or two', async () => {
    await page.goto(pathToFileURL(join(files.path, 'active.html')).href);
    const pdf = await page.pdf({ format: 'A4' });
    const sheets = pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length;
    expect([1, 2]).toContain(sheets);
  });
});
