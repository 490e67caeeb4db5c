import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { inviteAccount } from '../../issuer/src/domain/accounts/invite-account.js';
import { PASSWORD } from '../support/portal-member.js';
import { totpCode } from '../support/portal.js';
import { NOW } from '../support/vendor.js';
import type { DemoPortal } from './demo-portal.js';
import { at, type Shown } from './shown-page.js';

const LONG = `${'long-name-'.repeat(5)}@${'department.'.repeat(4)}example.com`;

async function openLink(page: Page, { store, url }: DemoPortal, email: string): Promise<void> {
  const random = (length: number): Buffer => randomBytes(length);
  const { token } = await inviteAccount(
    { accounts: store.accounts, now: NOW, random, actor: 'demo' },
    { email, name: 'Dora <Staff>', role: 'staff' },
  );
  await page.goto(`${url}/link/${token}`);
}

async function enterPassword(
  page: Page,
  { url }: DemoPortal,
  email: string,
  password: string,
): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.fill('[name=email]', email);
  await page.fill('[name=password]', password);
  await page.click('text=Continue');
}

/** The pages of signing in and of accounts. */
export const ACCOUNT_PAGES: readonly Shown[] = [
  { name: 'sign-in', who: 'nobody', open: at('/sign-in') },
  {
    name: 'sign-in-wrong',
    who: 'nobody',
    open: async (page, portal) => {
      await enterPassword(page, portal, LONG, 'not this one at all');
      await page.waitForSelector('[role=alert]');
    },
  },
  {
    name: 'sign-in-code',
    who: 'nobody',
    open: async (page, portal) => {
      await openLink(page, portal, 'dora@example.com');
      const secret = await page.locator('main code').innerText();
      await page.fill('[name=password]', PASSWORD);
      await page.fill('[name=code]', totpCode(secret, NOW));
      await page.click('main button[type=submit]');
      await page.waitForSelector('button:text("Sign out")');
      await page.context().clearCookies();
      await enterPassword(page, portal, 'dora@example.com', PASSWORD);
      await page.waitForSelector('h1:text("Code of your authenticator")');
    },
  },
  { name: 'link', who: 'nobody', open: (page, portal) => openLink(page, portal, LONG) },
  { name: 'link-invalid', who: 'nobody', open: at(`/link/${'A'.repeat(43)}`) },
  { name: 'account', who: 'owner', open: at('/account') },
  { name: 'account-admin', who: 'admin', open: at('/account') },
  { name: 'staff-accounts', who: 'admin', open: at('/staff/accounts') },
  {
    name: 'staff-accounts-invited',
    who: 'admin',
    open: async (page, portal) => {
      await page.goto(`${portal.url}/staff/accounts`);
      await page.fill('[name=email]', 'eve@example.com');
      await page.fill('[name=name]', 'Eve');
      await page.check('[value=staff]');
      await page.click('button:text("Invite")');
      await page.waitForSelector('.notice.good');
    },
  },
  { name: 'staff-accounts-denied', who: 'staff', open: at('/staff/accounts') },
  {
    name: 'upload-too-large',
    who: 'nobody',
    open: async (page, portal) => {
      await page.goto(`${portal.url}/`);
      const buffer = Buffer.alloc(3_000_000);
      await page.setInputFiles('#field-file', { name: 'big.lic', mimeType: 'text/plain', buffer });
      await page.click('button:text("Check the file")');
      await page.waitForSelector('text=upload-too-large');
    },
  },
];
