import { createContext, type Context } from 'preact';
import type { PortalAssets } from '../assets/portal-assets.js';

/** Who looks at a page, as far as the layout needs it. */
export interface PagePerson {
  readonly kind: 'staff' | 'contact';
  readonly name: string;
}

/** What every page has beside its own content. */
export interface PageContext {
  readonly vendor: { readonly name: string; readonly environment: 'production' | 'test' };
  readonly assets: PortalAssets;
  /** Absent where nobody is signed in. */
  readonly person?: PagePerson;
  /** Goes into every form. */
  readonly csrf: string;
  /** The path of the page, by which the navigation marks its place. */
  readonly path: string;
}

/** Gives components the context without passing it through every page. */
export const CurrentPage: Context<PageContext | undefined> = createContext<PageContext | undefined>(
  undefined,
);
