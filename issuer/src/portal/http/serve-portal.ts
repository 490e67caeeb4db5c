import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { issuerFault } from '../../codes.js';

/** Milliseconds: for the headers, for a whole request, between two requests, and to finish at the end. */
const TIMES = { headers: 10_000, request: 60_000, idle: 5_000, finish: 10_000 } as const;
const MOST_HEADER_BYTES = 16_384;

/** A portal that listens. */
export interface ServedPortal {
  readonly port: number;
  /** Takes no more requests, finishes those that are under way, and cuts those that do not end. */
  readonly close: () => Promise<void>;
}

/** Listens, and answers by what `build` makes of the port; throws `address-taken`. */
export async function servePortal(
  { host, port }: { readonly host: string; readonly port: number },
  build: (port: number) => RequestListener,
): Promise<ServedPortal> {
  const server = createServer({
    headersTimeout: TIMES.headers,
    requestTimeout: TIMES.request,
    keepAliveTimeout: TIMES.idle,
    maxHeaderSize: MOST_HEADER_BYTES,
  });
  await new Promise<void>((done, fail) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const where = `${host}:${port}`;
      fail(issuerFault('address-taken', { where, actual: String(cause.code), cause }));
    });
    server.listen(port, host, done);
  });
  const { port: taken } = server.address() as AddressInfo;
  server.on('request', build(taken));
  return {
    port: taken,
    close: () =>
      new Promise((done) => {
        const cut = setTimeout(() => {
          server.closeAllConnections();
        }, TIMES.finish);
        server.close(() => {
          clearTimeout(cut);
          done();
        });
        server.closeIdleConnections();
      }),
  };
}
