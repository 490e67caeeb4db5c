import type { VNode } from 'preact';
import { staffTexts as texts } from '../../texts/staff-texts.js';
import type { Paged } from './paging.js';

interface PagerProps {
  readonly path: string;
  /** What narrows the list, which every page keeps. */
  readonly query: ReadonlyMap<string, string>;
  readonly paged: Pick<Paged<unknown>, 'page' | 'pages'>;
}

/** The address of a list, narrowed as it is now but for what changes; what is empty is left out. */
export function listPath(
  path: string,
  query: ReadonlyMap<string, string>,
  change: Readonly<Record<string, string>> = {},
): string {
  const fields = new Map([...query, ...Object.entries(change)]);
  const text = new URLSearchParams([...fields].filter(([, value]) => value !== '')).toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Leads to the pages before and after; nothing where all is on one. */
export function Pager({ path, query, paged: { page, pages } }: PagerProps): VNode | null {
  if (pages === 1) return null;
  const to = (number: number): string => listPath(path, query, { page: String(number) });
  return (
    <nav aria-label={texts.pages}>
      <p class="actions">
        {page > 1 && (
          <a href={to(page - 1)} rel="prev">
            {texts.before}
          </a>
        )}
        <span>{texts.page(page, pages)}</span>
        {page < pages && (
          <a href={to(page + 1)} rel="next">
            {texts.next}
          </a>
        )}
      </p>
    </nav>
  );
}
