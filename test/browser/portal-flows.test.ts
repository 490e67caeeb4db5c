import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from './chromium.js';
import { openDemoPortal, type DemoPortal } from './demo-portal.js';

describe.each([true, false])('the flows of a customer, with JavaScript: %s', (javaScriptEnabled) => {
  let browser: Browser | undefined;
  let page: Page;
  let portal: DemoPortal;

  beforeAll(async () => {
    portal = await openDemoPortal();
    browser = await startChromium();
    page = await (await browser.newContext({ javaScriptEnabled })).newPage();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await (portal as DemoPortal | undefined)?.close();
  });

  const signIn = async (): Promise<void> => {
    await page.context().addCookies([{ name: 'session', value: portal.session('owner'), url: portal.url }]);
  };

  it('lead from a pasted file to an ask, without an account', async () => {
    await page.goto(portal.url);
    await page.fill('#field-text', await portal.file('grace'));
    await page.click('text=Check the file');
    await page.waitForSelector('text=This is the newest file of a genuine license');
    expect(await page.locator('a:text("Download")').count()).toBe(0);
    await page.fill('#field-email', 'clerk@example.com');
    await page.fill('#field-text', 'Please renew <b>it</b>');
    await page.click('button:text("Send")');
    await page.waitForSelector('h1:text("Your message was sent")');
    const asks = await portal.store.orders.listAsks({ state: 'open' });
    expect(asks.find(({ email }) => email === 'clerk@example.com')).toMatchObject({
      text: 'Please renew <b>it</b>',
      license: portal.licenses.get('grace'),
      revision: 1,
    });
  });

  it('lead from an older file to a smaller license in hand', async () => {
    await signIn();
    await page.goto(portal.url);
    const buffer = Buffer.from(await portal.file('active', 1));
    await page.setInputFiles('#field-file', { name: 'old.lic', mimeType: 'text/plain', buffer });
    await page.click('text=Check the file');
    await page.waitForSelector('text=There is a newer file than yours');
    await page.click('.choices >> text=Reduce');
    await page.fill('[name="pool.mailboxes"]', '42');
    await page.click('text=Show what would change');
    await page.waitForSelector('text=Mailbox licenses: 60 before, 42 after');
    await page.click('text=Order, and get the file');
    await page.waitForSelector('.notice >> text=Done');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click('a[role=button]:text("Download")'),
    ]);
    const id = portal.licenses.get('active')!;
    expect(download.suggestedFilename()).toBe(`${id}-5.lic`);
    expect(await readFile(await download.path(), 'utf8')).toBe(await portal.file('active', 5));
  });

  it.runIf(javaScriptEnabled)('take a file that is dropped on the page', async () => {
    await page.context().clearCookies();
    await page.goto(portal.url);
    await page.evaluate(
      `((text) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text], 'dropped.lic'));
        document.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      })(${JSON.stringify(await portal.file('trial'))})`,
    );
    await page.waitForSelector('text=This is the newest file of a genuine license');
  });

  it('go by keyboard: the first stop skips to the content', async () => {
    await page.context().clearCookies();
    await page.goto(portal.url);
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(page.url()).toBe(`${portal.url}/#content`);
  });
});
