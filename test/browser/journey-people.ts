import type { Page } from 'playwright-core';
import { PASSWORD } from '../support/portal-member.js';
import { totpCode } from '../support/portal.js';
import type { JourneySite } from './journey-site.js';

/** Somebody who can sign in, in a window that nobody else uses. */
export interface Person {
  readonly email: string;
  readonly secret: string;
  readonly page: Page;
}

/** The code of the moment; each works once, so that time goes on. */
function codeOf({ clock }: JourneySite, secret: string): string {
  clock.now += 30;
  return totpCode(secret, clock.now);
}

/** Sets password and authenticator by a link, in the browser. */
export async function followLink(site: JourneySite, email: string, page: Page): Promise<Person> {
  const secret = await page.locator('main code').innerText();
  await page.fill('[name=password]', PASSWORD);
  await page.fill('[name=code]', codeOf(site, secret));
  await page.click('main button[type=submit]');
  await page.waitForSelector('button:text("Sign out")');
  return { email, secret, page };
}

/** Invites an owner of a customer, as an administrator does; gives the link. */
export async function inviteOwner({ page }: Person, email: string, customer: string): Promise<string> {
  await page.goto(new URL('/staff/accounts', page.url()).href);
  await page.fill('[name=email]', email);
  await page.fill('[name=name]', 'Ann');
  await page.check('[value=owner]');
  await page.fill('[name=customer]', customer);
  await page.click('button:text("Invite")');
  return page.locator('[role=status] code').innerText();
}

/** Goes through both steps of the sign-in that the page shows. */
export async function signIn(site: JourneySite, { email, secret, page }: Person): Promise<void> {
  await page.fill('[name=email]', email);
  await page.fill('[name=password]', PASSWORD);
  await page.click('text=Continue');
  await page.waitForSelector('h1:text("Code of your authenticator")');
  await page.fill('[name=code]', codeOf(site, secret));
  await page.click('main button:text("Sign in")');
}

/** Approves an order that staff find in their list. */
export async function approve({ page }: Person, order: string): Promise<void> {
  await page.goto(new URL('/staff/orders', page.url()).href);
  await page.click(`a[href="/staff/orders/${order}"]`);
  await page.click('button:text("Approve")');
  await page.waitForSelector('.notice >> text=/^(Done|Waits for payment)$/');
}
