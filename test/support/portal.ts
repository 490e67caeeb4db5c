import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  IN_MEMORY,
  issueLicense,
  openStore,
  parseProductDocument,
  type Account,
  type IssuedLicense,
  type Store,
  type Vendor,
} from '@counterfoil/issuer';
import { Secret, TOTP } from 'otpauth';
import { onTestFinished } from 'vitest';
import { inviteAccount } from '../../issuer/src/domain/accounts/invite-account.js';
import { openSession } from '../../issuer/src/domain/accounts/session.js';
import { buildPortal } from '../../issuer/src/portal/build-portal.js';
import { servePortal } from '../../issuer/src/portal/http/serve-portal.js';
import type { Portal } from '../../issuer/src/portal/portal.js';
import { catalogPath, memoryVendor, NOW } from './vendor.js';

/** What the portal answered. */
export interface PortalAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON. */
  readonly json: () => any;
}

/** A browser without a screen: keeps cookies, sends an origin, follows nothing. */
export interface PortalBrowser {
  readonly cookies: Map<string, string>;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<PortalAnswer>;
  /** Loads the page with the form, unless the token is given, and posts the fields with its token. */
  readonly post: (
    path: string,
    fields: Record<string, string> | FormData,
    options?: { page?: string; csrf?: string; headers?: Record<string, string> },
  ) => Promise<PortalAnswer>;
  /** Any request as it stands, with the cookies. */
  readonly send: (path: string, init: RequestInit) => Promise<PortalAnswer>;
  /** The token of the forms on a page. */
  readonly csrf: (page?: string) => Promise<string>;
}

/** A portal that listens on a port of its own, with a clock that the test sets. */
export interface TestPortal {
  readonly portal: Portal;
  readonly store: Store;
  readonly url: string;
  readonly clock: { now: number };
  /** What the portal reported of its inside. */
  readonly faults: unknown[];
  readonly browser: () => PortalBrowser;
  /** Issues a license to a customer, so that the register knows it. */
  readonly issue: (customer: string) => Promise<IssuedLicense>;
  /** An account that is active, without password. */
  readonly account: (role: Account['role'], customer?: string) => Promise<Account>;
  /** A browser in which an account is signed in already. */
  readonly signedIn: (role: Account['role'], customer?: string) => Promise<PortalBrowser>;
}

/** The code that an authenticator shows for a secret as pages show it. */
export const totpCode = (secret: string, now: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({ timestamp: now * 1000 });

export interface PortalOptions {
  readonly change?: Partial<Portal>;
  readonly store?: Store;
  /** The vendor behind the desk; one with this store, and keys in memory, unless given. */
  readonly vendor?: Vendor;
}

/** A browser at an address; its forms come from the origin. */
export function makeBrowser(url: string, origin: string): PortalBrowser {
  const cookies = new Map<string, string>();
  const send: PortalBrowser['send'] = async (path, init) => {
    const headers = new Headers(init.headers);
    if (cookies.size > 0 && !headers.has('cookie')) {
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    }
    const response = await fetch(`${url}${path}`, { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const name = pair.slice(0, pair.indexOf('='));
      if (attributes.includes('Max-Age=0')) cookies.delete(name);
      else cookies.set(name, pair.slice(name.length + 1));
    }
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
  };
  const get: PortalBrowser['get'] = (path, headers = {}) =>
    send(path, { headers: { accept: 'text/html', ...headers } });
  const csrf: PortalBrowser['csrf'] = async (page = '/sign-in') => {
    const { text, status } = await get(page);
    const token = /name="csrf" value="([^"]+)"/.exec(text)?.[1];
    if (token === undefined) throw new Error(`no form on ${page}: ${status}`);
    return token;
  };
  return {
    cookies,
    get,
    csrf,
    send,
    post: async (path, fields, { page = path, csrf: given, headers = {} } = {}) => {
      const token = given ?? (await csrf(page));
      const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
      if (!body.has('csrf')) body.set('csrf', token);
      return send(path, {
        method: 'POST',
        body,
        headers: { accept: 'text/html', origin, 'sec-fetch-site': 'same-origin', ...headers },
      });
    },
  };
}

/** Opens a portal on a vendor in memory; it is closed when the test is over. */
export async function openTestPortal({
  change = {},
  store: given,
  vendor,
}: PortalOptions = {}): Promise<TestPortal> {
  const store = given ?? (await openStore({ path: IN_MEMORY }));
  const clock = { now: NOW };
  const faults: unknown[] = [];
  const desk = vendor ?? (await memoryVendor({ register: store.register }));
  let portal: Portal | undefined;
  const served = await servePortal({ host: '127.0.0.1', port: 0 }, (port) => {
    portal = {
      store,
      vendor: { id: desk.id, name: 'Acme', environment: 'production' },
      desk: (actor) => ({ ...desk, now: clock.now, actor }),
      now: () => clock.now,
      random: (length) => randomBytes(length),
      secret: randomBytes(32),
      origin: `http://127.0.0.1:${port}`,
      kitTrust: desk.trust,
      report: (error) => void faults.push(error),
      ...change,
    };
    return buildPortal(portal);
  });
  onTestFinished(async () => {
    await served.close();
    if (given === undefined) await store.close();
  });
  const open = portal!;
  const url = `http://127.0.0.1:${served.port}`;
  let count = 0;
  const issue: TestPortal['issue'] = (id) =>
    issueLicense(open.desk('tester'), {
      order: {
        product: 'mailbox-backup',
        customer: { id, name: `Customer ${id}` },
        term: { duration: 'P1Y' },
        pools: { mailboxes: 100 },
      },
      product: parseProductDocument(
        readFileSync(catalogPath('mailbox-backup.yaml'), 'utf8'),
        'mailbox-backup',
      ),
      sales: { offers: {} },
      identities: new Map(),
    });
  const account: TestPortal['account'] = async (role, customer) => {
    if (customer !== undefined && (await store.register.findCustomer(customer)) === undefined)
      await issue(customer);
    const made = await inviteAccount(
      { accounts: store.accounts, now: clock.now, random: open.random, actor: 'tester' },
      {
        email: `${role}-${++count}@example.com`,
        name: `The ${role}`,
        role,
        ...(customer === undefined ? {} : { customer }),
      },
    );
    await store.accounts.changeAccount(
      made.account.id,
      { state: 'active' },
      { at: clock.now, actor: 'tester' },
    );
    return { ...made.account, state: 'active' };
  };
  return {
    portal: open,
    store,
    url,
    clock,
    faults,
    issue,
    browser: () => makeBrowser(url, open.origin),
    account,
    signedIn: async (role, customer) => {
      const desk = { accounts: store.accounts, now: clock.now, random: open.random };
      const { token } = await openSession(desk, await account(role, customer), 'full');
      const browser = makeBrowser(url, open.origin);
      browser.cookies.set(open.origin.startsWith('https:') ? '__Host-session' : 'session', token);
      return browser;
    },
  };
}
