import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNT_PAGES } from './account-pages.js';
import { startChromium } from './chromium.js';
import { openDemoPortal, type DemoPortal } from './demo-portal.js';
import { at, type Shown, type Who } from './shown-page.js';

const uploadOf =
  (text: (portal: DemoPortal) => Promise<string>): Shown['open'] =>
  async (page, portal) => {
    await page.goto(`${portal.url}/`);
    const buffer = Buffer.from(await text(portal));
    await page.setInputFiles('#field-file', { name: 'some.lic', mimeType: 'text/plain', buffer });
    await page.click('button:text("Check the file")');
    await page.waitForLoadState();
  };

const license = (name: string, rest = '') => at((portal) => `/licenses/${portal.licenses.get(name)!}${rest}`);
const staffLicense = (name: string) => at((portal) => `/staff/licenses/${portal.licenses.get(name)!}`);
const order = (name: string) => at((portal) => `/orders/${portal.orders.get(name)!}`);

const PAGES: readonly Shown[] = [
  { name: 'upload', who: 'nobody', open: at('/') },
  {
    name: 'upload-empty',
    who: 'nobody',
    open: async (page, portal) => {
      await page.goto(`${portal.url}/`);
      await page.click('button:text("Check the file")');
      await page.waitForSelector('[role=alert]');
    },
  },
  { name: 'result-current', who: 'nobody', open: uploadOf((portal) => portal.file('active')) },
  { name: 'result-older', who: 'nobody', open: uploadOf((portal) => portal.file('active', 1)) },
  {
    name: 'result-mended',
    who: 'nobody',
    open: uploadOf(async (portal) => (await portal.file('grace')).replaceAll('\n', '\r\n> ')),
  },
  {
    name: 'result-cut',
    who: 'nobody',
    open: uploadOf(async (portal) => (await portal.file('grace')).slice(0, 900)),
  },
  { name: 'result-strange', who: 'nobody', open: uploadOf(async () => '%PDF-1.7 <script>alert(1)</script>') },
  { name: 'ask', who: 'nobody', open: at('/asks') },
  { name: 'ask-sent', who: 'nobody', open: at('/asks?sent=1') },
  { name: 'not-found', who: 'nobody', open: at('/nowhere') },
  { name: 'licenses', who: 'owner', open: at('/licenses') },
  { name: 'licenses-empty', who: 'newcomer', open: at('/licenses') },
  ...['active', 'grace', 'expired', 'perpetual', 'preloaded', 'trial', 'trial-over', 'pending'].map(
    (name): Shown => ({ name: `license-${name}`, who: 'owner', open: license(name) }),
  ),
  { name: 'license-viewer', who: 'viewer', open: license('active') },
  { name: 'license-uploaded', who: 'owner', open: uploadOf((portal) => portal.file('active', 1)) },
  { name: 'renew-not-offered', who: 'owner', open: license('trial-over', '/change/renew') },
  {
    name: 'renew-not-possible',
    who: 'owner',
    open: license('pending', '/change/renew?step=preview&duration=P12M'),
  },
  { name: 'renew', who: 'owner', open: license('preloaded', '/change/renew') },
  {
    name: 'renew-fewer-preview',
    who: 'owner',
    open: license('active', '/change/renew?step=preview&duration=P12M&pool.mailboxes=30'),
  },
  { name: 'extend', who: 'owner', open: license('active', '/change/extend') },
  {
    name: 'extend-preview',
    who: 'owner',
    open: license('active', '/change/extend?step=preview&pack=extension&quantity=2'),
  },
  { name: 'reduce', who: 'owner', open: license('active', '/change/reduce') },
  {
    name: 'reduce-preview',
    who: 'owner',
    open: license('active', '/change/reduce?step=preview&pool.mailboxes=10'),
  },
  {
    name: 'reduce-refused',
    who: 'owner',
    open: license('active', '/change/reduce?step=preview&pool.mailboxes=4711'),
  },
  { name: 'convert', who: 'owner', open: license('trial', '/change/convert') },
  {
    name: 'convert-preview',
    who: 'owner',
    open: license('trial-over', '/change/convert?step=preview&offer=annual&quantity=4'),
  },
  { name: 'orders', who: 'owner', open: at('/orders') },
  { name: 'orders-empty', who: 'newcomer', open: at('/orders') },
  ...['awaiting-payment', 'awaiting-staff', 'done', 'refused', 'cancelled'].map((name): Shown => ({
    name: `order-${name}`,
    who: 'owner',
    open: order(name),
  })),
  { name: 'staff-home', who: 'staff', open: at('/staff') },
  { name: 'staff-licenses', who: 'staff', open: at('/staff/licenses') },
  {
    name: 'staff-licenses-found',
    who: 'staff',
    open: at('/staff/licenses?text=%3Cb%3E&kind=trial&ends=soon'),
  },
  { name: 'staff-licenses-none', who: 'staff', open: at('/staff/licenses?text=%3Cscript%3E') },
  { name: 'staff-license', who: 'staff', open: staffLicense('active') },
  { name: 'staff-license-preloaded', who: 'staff', open: staffLicense('preloaded') },
  { name: 'staff-orders', who: 'staff', open: at('/staff/orders?which=all') },
  ...['awaiting-payment', 'awaiting-staff', 'done', 'refused'].map((name): Shown => ({
    name: `staff-order-${name}`,
    who: 'staff',
    open: at((portal) => `/staff/orders/${portal.orders.get(name)!}`),
  })),
  {
    name: 'staff-order-not-refused',
    who: 'staff',
    open: async (page, portal) => {
      await page.goto(`${portal.url}/staff/orders/${portal.orders.get('awaiting-staff')!}`);
      await page.fill('#field-reason', ' ');
      await page.click('button:text("Refuse")');
      await page.waitForSelector('[role=alert]');
    },
  },
  { name: 'staff-asks', who: 'staff', open: at('/staff/asks') },
  { name: 'staff-customers', who: 'staff', open: at('/staff/customers') },
  { name: 'staff-customer', who: 'staff', open: at('/staff/customers/C-1001') },
  { name: 'staff-customer-admin', who: 'admin', open: at('/staff/customers/C-1001') },
  {
    name: 'staff-customer-invited',
    who: 'admin',
    open: async (page, portal) => {
      await page.goto(`${portal.url}/staff/customers/C-1001`);
      await page.fill('#field-email', 'new@example.com');
      await page.fill('#field-name', 'New <Contact>');
      await page.click('button:text("Invite")');
      await page.waitForSelector('.notice.good');
    },
  },
  { name: 'staff-issue', who: 'staff', open: at('/staff/issue?customer=C-1001') },
  {
    name: 'staff-issue-wrong',
    who: 'staff',
    open: at('/staff/issue?step=preview&offer=mailbox-backup/annual&customer=&quantity=0'),
  },
  {
    name: 'staff-issue-preview',
    who: 'staff',
    open: at(
      '/staff/issue?step=preview&offer=mailbox-backup/annual&customer=C-1001&quantity=3&zone=Europe/Vienna&note=%3Ci%3E',
    ),
  },
  { name: 'staff-trust', who: 'staff', open: at('/staff/trust') },
  { name: 'staff-audit', who: 'staff', open: at('/staff/audit') },
  ...ACCOUNT_PAGES,
];

const VIEWS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [360, 1280].map((width) => ({ colorScheme, width })),
);

const shots = process.env['COUNTERFOIL_SCREENSHOTS'];

async function become(page: Page, portal: DemoPortal, who: Who): Promise<void> {
  await page.context().clearCookies();
  if (who === 'nobody') return;
  await page.context().addCookies([{ name: 'session', value: portal.session(who), url: portal.url }]);
}

describe('the pages of the portal in a browser', () => {
  let browser: Browser | undefined;
  let page: Page;
  let portal: DemoPortal;
  const asked: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    portal = await openDemoPortal();
    browser = await startChromium();
    // One page for all: a browser of one process ends with its first context.
    page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => void dialog.accept());
    if (shots !== undefined) mkdirSync(shots, { recursive: true });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await (portal as DemoPortal | undefined)?.close();
  });

  it.each(PAGES)(
    '$name: nothing for axe, nothing beside the screen, nothing from elsewhere',
    async ({ name, who, open }) => {
      asked.length = 0;
      complaints.length = 0;
      await become(page, portal, who);
      await open(page, portal);
      expect(await page.title()).toContain('Acme Software licenses');
      for (const { colorScheme, width } of VIEWS) {
        // colours that fade would be judged half-way
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 800 });
        if (shots !== undefined) {
          await page.screenshot({ path: join(shots, `${name}-${colorScheme}-${width}.png`), fullPage: true });
        }
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
        expect(
          violations.map(({ id, nodes }) => `${colorScheme} ${width} ${id}: ${nodes[0]?.html ?? ''}`),
        ).toEqual([]);
      }
      expect(new Set(asked.map((url) => new URL(url).origin))).toEqual(new Set([portal.url]));
      // a page that says that there is no such page is one that the browser notes
      expect(complaints.filter((text) => !text.includes('the server responded with a status of 4'))).toEqual(
        [],
      );
      expect(portal.faults).toEqual([]);
    },
    60_000,
  );
});
