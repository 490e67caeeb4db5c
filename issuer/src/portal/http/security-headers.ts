import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Portal } from '../portal.js';

/** The headers of every answer: nothing runs, frames, posts or is fetched but what the portal itself sends. */
export function securityHeaders({ origin }: Pick<Portal, 'origin'>): RequestHandler {
  const isHttps = origin.startsWith('https:');
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
    // Links carry tokens, so their address goes nowhere else; `no-referrer` would take the origin off our own forms.
    referrerPolicy: { policy: 'same-origin' },
  });
  return (request, response, next) => {
    response.set({
      'Cache-Control': 'no-store',
      'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=()',
    });
    headers(request, response, next);
  };
}
