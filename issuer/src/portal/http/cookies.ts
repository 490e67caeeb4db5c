import type { Request, Response } from 'express';
import type { Portal } from '../portal.js';

/** The cookies of the portal: who is signed in, and which browser it is where nobody is. */
export type CookieUse = 'session' | 'visitor';

const isHttps = ({ origin }: Pick<Portal, 'origin'>): boolean => origin.startsWith('https:');

/** A name that no other host, port or path can plant, where the portal is reached by https (RFC 6265bis, 4.1.3). */
const nameOf = (portal: Pick<Portal, 'origin'>, use: CookieUse): string =>
  isHttps(portal) ? `__Host-${use}` : use;

/** The value of a cookie; undefined where it is missing, or there twice so that nobody can say whose it is. */
export function readCookie(
  portal: Pick<Portal, 'origin'>,
  request: Request,
  use: CookieUse,
): string | undefined {
  const start = `${nameOf(portal, use)}=`;
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const [value, second] = pairs.filter((pair) => pair.startsWith(start));
  return second === undefined ? value?.slice(start.length) : undefined;
}

/** Sets a cookie that ends with the browser, or takes it away where there is no value; the store says how long it counts. */
export function setCookie(
  portal: Pick<Portal, 'origin'>,
  response: Response,
  use: CookieUse,
  value: string | undefined,
): void {
  const end = value === undefined ? '; Max-Age=0' : '';
  const secure = isHttps(portal) ? '; Secure' : '';
  response.append(
    'Set-Cookie',
    `${nameOf(portal, use)}=${value ?? ''}; Path=/; HttpOnly; SameSite=Lax${secure}${end}`,
  );
}
