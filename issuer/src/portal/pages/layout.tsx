import type { ComponentChildren, VNode } from 'preact';
import { layoutTexts as texts, navigation } from '../texts/layout-texts.js';
import { Csrf } from './components/csrf.js';
import type { PageContext } from './page-context.js';

interface LayoutProps {
  readonly title: string;
  readonly page: PageContext;
  readonly children: ComponentChildren;
}

/** The frame of every page: head, navigation, content, foot. */
export function Layout({ title, page, children }: LayoutProps): VNode {
  const { vendor, assets } = page;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="same-origin" />
        <title>{`${title} – ${texts.name(vendor.name)}`}</title>
        <link rel="icon" href={assets.icon.path} type="image/svg+xml" />
        <link rel="stylesheet" href={assets.pico.path} />
        <link rel="stylesheet" href={assets.style.path} />
        <script type="module" src={assets.script.path} />
      </head>
      <body>
        <a class="skip" href="#content">
          {texts.skip}
        </a>
        {vendor.environment === 'test' && <p class="test-banner">{texts.test}</p>}
        <Header page={page} />
        <main id="content" class="container" tabIndex={-1}>
          {children}
        </main>
        <footer class="container page-foot">
          <p>{texts.footer(vendor.name)}</p>
        </footer>
      </body>
    </html>
  );
}

function Header({ page: { vendor, person, path } }: Pick<LayoutProps, 'page'>): VNode {
  const places = navigation[person?.kind ?? 'nobody'];
  // The longest place that the path lies under, so that a license's page marks the list of licenses.
  const here = places
    .map(([place]) => place)
    .filter((place) => path === place || (place !== '/' && path.startsWith(`${place}/`)))
    .at(-1);
  return (
    <header class="page-head">
      <div class="container">
        <a class="brand" href="/">
          {texts.name(vendor.name)}
        </a>
        <nav aria-label={texts.navigation}>
          <ul>
            {places.map(([place, label]) => (
              <li key={place}>
                <a href={place} {...(place === here ? { 'aria-current': 'page' as const } : {})}>
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {person === undefined ? (
          <a href="/sign-in" {...(path === '/sign-in' ? { 'aria-current': 'page' as const } : {})}>
            {texts.signIn}
          </a>
        ) : (
          <form method="post" action="/sign-out" class="sign-out">
            <Csrf />
            <span class="person">{person.name}</span>
            <button type="submit" class="plain">
              {texts.signOut}
            </button>
          </form>
        )}
      </div>
    </header>
  );
}
