import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDate, startInUtc } from '@counterfoil/verifier';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from './chromium.js';
import { approve, followLink, inviteOwner, signIn, type Person } from './journey-people.js';
import { openJourneySite, type JourneyHost, type JourneySite } from './journey-site.js';

/** Midnight in Vienna, where the customer is: all days here are in summer. */
const inVienna = (date: string): number => startInUtc(parseDate(date)) - 2 * 3600;
const shots = process.env['COUNTERFOIL_SCREENSHOTS'];

/** A change as the customer asks for it, and what the preview is to say. */
interface Journey {
  readonly type: 'renew' | 'extend' | 'reduce' | 'convert';
  readonly fill: (page: Page) => Promise<unknown>;
  /** The order, its price and what it changes, one a line. */
  readonly preview: readonly string[];
  /** Whether staff look at it first. */
  readonly isAsked?: true;
  /** What the shop gets for it. */
  readonly cents?: number;
}

const VARIANTS = (['SQLite', 'PostgreSQL'] as const).flatMap((storage) =>
  [true, false].map((javaScriptEnabled) => ({ storage, javaScriptEnabled })),
);
const DAYS = '31 May 2027 (Europe/Vienna), grace to 14 June 2027';
const RENEWED = '31 May 2028 (Europe/Vienna), grace to 14 June 2028';

describe.each(VARIANTS)(
  'from a host by the portal on $storage, with JavaScript: $javaScriptEnabled',
  (variant) => {
    const { storage, javaScriptEnabled } = variant;
    let site: JourneySite;
    let browser: Browser | undefined;
    let admin: Person;
    let owner: Person;

    beforeAll(async () => {
      if (shots !== undefined) mkdirSync(shots, { recursive: true });
      site = await openJourneySite(storage);
      browser = await startChromium();
      const open = async (url: string): Promise<Page> => {
        const page = await (await browser!.newContext({ javaScriptEnabled })).newPage();
        await page.goto(url);
        return page;
      };
      admin = await followLink(site, 'admin@acme.example', await open(site.link));
      // A customer becomes known by its first license.
      await site.issue('--offer', 'trial');
      const email = 'ann@harbour.example';
      owner = await followLink(site, email, await open(await inviteOwner(admin, email, 'C-1')));
    }, 60_000);

    afterAll(async () => {
      await browser?.close();
      await (site as JourneySite | undefined)?.close();
    });

    /** What a person sees, for whoever asks for pictures. */
    async function picture(page: Page, name: string): Promise<void> {
      if (shots === undefined) return;
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        await page.screenshot({ path: join(shots, `journey-${name}-${String(width)}.png`), fullPage: true });
      }
    }

    /** From the file that lies on the host to the page of its license, by the sign-in. */
    async function bringFile(host: JourneyHost): Promise<void> {
      const { page } = owner;
      await page.context().clearCookies();
      await page.goto(site.url);
      const [installed, ...others] = await host.files();
      expect(others).toEqual([]);
      await page.setInputFiles('#field-file', installed!);
      await page.click('text=Check the file');
      await page.waitForSelector('text=This is the newest file of a genuine license');
      await picture(page, 'result');
      await page.click('main a[role=button]:text("Sign in")');
      await signIn(site, owner);
      const id = /CF-[0-9A-Z-]{11}/.exec(await readFile(installed!, 'utf8'))![0];
      await page.waitForURL(`${site.url}/licenses/${id}`);
    }

    /** Orders a change in the pages, and gets it approved and paid; gives the path of the file. */
    async function order({ type, fill, preview, isAsked, cents }: Journey): Promise<string> {
      const { page } = owner;
      await picture(page, `${type}-license`);
      await page.click(`.choices a[href$="/change/${type}"]`);
      await fill(page);
      await picture(page, `${type}-form`);
      await page.click('text=Show what would change');
      const shown = await page.locator('main .columns section').allInnerTexts();
      for (const line of preview) expect(shown.join('\n').split('\n')).toContain(line);
      await picture(page, `${type}-preview`);
      const late = await page.context().newPage();
      await late.goto(page.url());
      const button = 'form.card button[type=submit]';
      await page.dblclick(button);
      await page.waitForURL('**/orders/*');
      await page.reload();
      await picture(page, `${type}-order`);
      const id = await page.locator('main dd code').innerText();
      if (isAsked) {
        await approve(admin, id);
        await picture(admin.page, 'staff-order');
      }
      if (cents !== undefined) {
        const told = await Promise.all([site.pay(id, cents), site.pay(id, cents)]);
        expect(told).toMatchObject([{ status: 200 }, { status: 200 }]);
        expect(told.filter(({ data }) => data.new)).toHaveLength(1);
      }
      // The same preview once more, in a window that was left open.
      await late.click(button);
      await late.waitForURL(`${site.url}/orders/${id}`);
      await late.close();
      await page.reload();
      await page.waitForSelector('.notice >> text=Done');
      await picture(page, `${type}-done`);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.click('a[role=button]:text("Download")'),
      ]);
      const file = site.path(download.suggestedFilename());
      await download.saveAs(file);
      return file;
    }

    /** The whole way; gives the new file, and the id of the license that had the old one. */
    async function change(host: JourneyHost, journey: Journey): Promise<{ file: string; id: string }> {
      await bringFile(host);
      const id = owner.page.url().split('/').at(-1)!;
      const { licenses } = await site.count(id);
      const file = await order(journey);
      // However often it was confirmed and paid, there is one file more.
      const isNew = journey.type === 'convert';
      expect(await site.count(id)).toEqual({
        licenses: isNew ? licenses + 1 : licenses,
        revision: isNew ? 1 : 2,
      });
      // Nothing but its address and the first link: no fault.
      expect(site.said()).not.toContain('portal: ');
      return { file, id };
    }

    const annual = async (): Promise<JourneyHost> => {
      const host = site.openHost();
      await host.install(await site.issue('--offer', 'annual', '--quantity', '3'));
      expect(host.license.check('backup')).toMatchObject({ allowed: true, pools: [{ limit: 30 }] });
      return host;
    };

    it('B07: a renewal, approved and paid, lets jobs run on where they had stopped', async () => {
      const host = await annual();
      const { file, id } = await change(host, {
        type: 'renew',
        fill: (page) => page.selectOption('[name=duration]', 'P12M'),
        preview: [
          'Renew for 12 months',
          '297.00 EUR',
          `Term before: from 1 June 2026 to the end of ${DAYS}`,
          `Term after: from 1 June 2026 to the end of ${RENEWED}`,
        ],
        isAsked: true,
        cents: 29_700,
      });
      host.clock.now = inVienna('2027-06-15');
      expect(host.license.check('backup')).toMatchObject({ code: 'license-expired' });
      const term = 'from 2026-06-01 to the end of 2028-05-31 (Europe/Vienna), grace to 2028-06-14';
      expect((await host.run('preview', file)).out).toContain(` → ${term}\n`);
      await host.install(file);
      expect(host.license.check('backup')).toMatchObject({
        allowed: true,
        state: 'active',
        until: inVienna('2028-06-01'),
        pools: [{ limit: 30 }],
      });
      expect(host.license.statusView().license).toMatchObject({
        id,
        revision: 2,
        left: { lastDay: '2028-05-31' },
      });
    });

    it('B08: an extension, paid, counts at once and ends with the rest', async () => {
      const host = await annual();
      const { file, id } = await change(host, {
        type: 'extend',
        fill: (page) => page.fill('[name=quantity]', '2'),
        preview: ['2 × Extension pack', '198.00 EUR', 'Mailbox licenses: 30 before, 50 after'],
        cents: 19_800,
      });
      const { out } = await host.run('preview', file);
      expect(out).toContain('  pool Mailbox licenses (mailboxes): 30 → 50 (+20)\n');
      expect(out).not.toContain('term:');
      await host.install(file);
      expect(host.license.check('backup')).toMatchObject({
        until: inVienna('2027-06-01'),
        pools: [{ limit: 50 }],
      });
      expect(host.license.statusView().license).toMatchObject({ id, revision: 2 });
    });

    it('B09: a reduction, approved, holds less from its installation on', async () => {
      const host = await annual();
      const { file, id } = await change(host, {
        type: 'reduce',
        fill: (page) => page.fill('[name="pool.mailboxes"]', '12'),
        preview: ['Mailbox licenses: 12', 'Nothing to pay', 'Mailbox licenses: 30 before, 12 after'],
        isAsked: true,
      });
      expect((await host.run('preview', file)).out).toContain('(mailboxes): 30 → 12 (-18)\n');
      expect(host.license.check('backup').pools).toMatchObject([{ limit: 30 }]);
      await host.install(file);
      expect(host.license.check('backup')).toMatchObject({ state: 'active', pools: [{ limit: 12 }] });
      expect(host.license.statusView().license).toMatchObject({ id, revision: 2 });
    });

    it('B16: a conversion, paid, takes the place of the trial without a word', async () => {
      const host = site.openHost();
      await host.install(await site.issue('--offer', 'trial'));
      const { file, id } = await change(host, {
        type: 'convert',
        fill: (page) => page.fill('[name=quantity]', '4'),
        preview: [
          '4 × Annual subscription',
          '396.00 EUR',
          'Term before: from 1 June 2026 to the end of 30 June 2026 (Europe/Vienna)',
          `Term after: from 1 June 2026 to the end of ${DAYS}`,
          'Mailbox licenses: 100 before, 40 after',
        ],
        cents: 39_600,
      });
      host.clock.now = inVienna('2026-07-01');
      expect(host.license.check('restore')).toMatchObject({ code: 'trial-expired' });
      expect((await host.run('preview', file)).out).toContain('(mailboxes): 100 → 40 (-60)\n');
      await host.install(file);
      expect(host.license.check('restore')).toMatchObject({ allowed: true, state: 'active' });
      expect(host.license.check('backup').pools).toMatchObject([{ limit: 40 }]);
      const { license } = host.license.statusView();
      expect(license).toMatchObject({ kind: 'commercial', revision: 1, left: { lastDay: '2027-05-31' } });
      expect(license?.id).not.toBe(id);
    });
  },
);
