import type { Request, RequestHandler, Response } from 'express';
import type { VNode } from 'preact';
import type { PortalAssets } from '../assets/portal-assets.js';
import type { PageContext, PagePerson } from './page-context.js';
import { renderPage } from './render-page.js';

/** What the layout learns of each request. */
export interface PageFacts {
  readonly vendor: PageContext['vendor'];
  readonly assets: PortalAssets;
  readonly personOf: (request: Request) => PagePerson | undefined;
  readonly csrfOf: (request: Request) => string;
}

const factsOf = new WeakMap<Request, PageFacts>();

/** Lets `sendPage` answer the requests that pass here. */
export function usePages(facts: PageFacts): RequestHandler {
  return (request, _response, next) => {
    factsOf.set(request, facts);
    next();
  };
}

/** One answer, for people and for programs. */
export interface Page {
  readonly title: string;
  readonly body: VNode;
  /** 200 unless given. */
  readonly status?: number;
  /** The same for a program, as JSON. */
  readonly data: unknown;
}

/** Whether the request prefers JSON to HTML. */
export const prefersJson = (request: Request): boolean => request.accepts(['html', 'json']) === 'json';

/** Answers with a page in the layout, or with its data where the request prefers JSON. */
export function sendPage(
  request: Request,
  response: Response,
  { title, body, status = 200, data }: Page,
): void {
  response.status(status).set({ vary: 'accept, cookie', 'cache-control': 'no-store' });
  if (prefersJson(request)) {
    response.json(data);
    return;
  }
  const facts = factsOf.get(request);
  if (facts === undefined) throw new TypeError('expected a request that passed usePages');
  const { vendor, assets, personOf, csrfOf } = facts;
  const person = personOf(request);
  const context: PageContext = {
    vendor,
    assets,
    ...(person === undefined ? {} : { person }),
    csrf: csrfOf(request),
    path: request.path,
  };
  response.type('html').send(renderPage(context, title, body));
}
