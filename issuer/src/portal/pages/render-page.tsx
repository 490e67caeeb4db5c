import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { Layout } from './layout.js';
import { CurrentPage, type PageContext } from './page-context.js';

/** The HTML of a page in the layout; every text in it is escaped. */
export function renderPage(page: PageContext, title: string, body: VNode): string {
  const html = renderToString(
    <CurrentPage.Provider value={page}>
      <Layout title={title} page={page}>
        {body}
      </Layout>
    </CurrentPage.Provider>,
  );
  return `<!doctype html>\n${html}\n`;
}
