import { Router } from 'express';
import type { PortalAssets } from './portal-assets.js';

/** Sends the files that pages load, each under its own address alone. */
export function assetsRouter(assets: PortalAssets): Router {
  const router = Router();
  for (const { path, type, bytes, gzipped } of Object.values(assets)) {
    router.get(path, (request, response) => {
      const isZipped = request.acceptsEncodings('gzip') === 'gzip';
      response.set({
        'content-type': `${type}; charset=utf-8`,
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'accept-encoding',
      });
      if (isZipped) response.set('content-encoding', 'gzip');
      response.end(isZipped ? gzipped : bytes);
    });
  }
  return router;
}
