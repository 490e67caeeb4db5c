import type { Page } from 'playwright-core';
import type { DemoPortal } from './demo-portal.js';

/** Who opens a page. */
export type Who = 'nobody' | Parameters<DemoPortal['session']>[0];

/** A page of the portal: who opens it, and how it is reached. */
export interface Shown {
  readonly name: string;
  readonly who: Who;
  readonly open: (page: Page, portal: DemoPortal) => Promise<void>;
}

/** Opens what has an address. */
export const at =
  (path: string | ((portal: DemoPortal) => string)): Shown['open'] =>
  async (page, portal) => {
    await page.goto(`${portal.url}${typeof path === 'string' ? path : path(portal)}`);
  };
