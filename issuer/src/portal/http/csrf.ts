import { timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { encodeBase64url } from '@counterfoil/schemas';
import { macFor } from '../../domain/accounts/sealed-secret.js';
import { issuerFault } from '../../codes.js';
import type { Portal } from '../portal.js';
import { readCookie, setCookie } from './cookies.js';
import { formOf } from './form.js';
import { sessionOf } from './visit.js';

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

const mac = ({ secret }: Portal, use: 'csrf' | 'visitor', text: string): string =>
  encodeBase64url(macFor(secret, use, text));

const isSame = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** The browser of somebody without a session, by a cookie that only the portal can have made. */
function knownBrowser(portal: Portal, request: Request): string | undefined {
  const [id = '', proof = ''] = (readCookie(portal, request, 'visitor') ?? '').split('.');
  return id !== '' && isSame(proof, mac(portal, 'visitor', id)) ? id : undefined;
}

/** Gives the token that forms of a page carry: bound to the session, else to the browser, which gets a cookie for it. */
export function csrfReader(portal: Portal): (request: Request) => string {
  const made = new WeakMap<Request, string>();
  return (request) => {
    const session = sessionOf(request);
    if (session !== undefined) return mac(portal, 'csrf', `session ${session.digest}`);
    let browser = knownBrowser(portal, request) ?? made.get(request);
    if (browser === undefined) {
      browser = encodeBase64url(portal.random(16));
      made.set(request, browser);
      const response = request.res as Response;
      setCookie(portal, response, 'visitor', `${browser}.${mac(portal, 'visitor', browser)}`);
    }
    return mac(portal, 'csrf', `browser ${browser}`);
  };
}

/**
 * Throws `origin-foreign` unless an unsafe request says that it comes from a page of the portal, before its body is read.
 *
 * Every browser says so by `Origin`, new ones by `Sec-Fetch-Site` too; who says neither is no browser of today.
 */
export function requireOwnOrigin({ origin }: Portal): RequestHandler {
  return (request, _response, next) => {
    if (SAFE.has(request.method)) {
      next();
      return;
    }
    if (request.method !== 'POST') throw issuerFault('method-unknown', { actual: request.method });
    const site = request.get('sec-fetch-site');
    const from = request.get('origin');
    if (from !== undefined && from !== origin) {
      throw issuerFault('origin-foreign', { expected: origin, actual: from });
    }
    if (site !== undefined && site !== 'same-origin') {
      throw issuerFault('origin-foreign', { expected: 'same-origin', actual: site });
    }
    if (from === undefined && site === undefined) {
      throw issuerFault('origin-foreign', { expected: origin, actual: 'no origin' });
    }
    next();
  };
}

/** Throws `csrf-missing` unless an unsafe request carries the token of its session. */
export function requireCsrf(portal: Portal, csrfOf: (request: Request) => string): RequestHandler {
  return (request, _response, next) => {
    if (!SAFE.has(request.method)) {
      const isKnown = sessionOf(request) !== undefined || knownBrowser(portal, request) !== undefined;
      const token = formOf(request).fields.get('csrf') ?? '';
      if (!isKnown || !isSame(token, csrfOf(request))) throw issuerFault('csrf-missing');
    }
    next();
  };
}
