import type { Request, RequestHandler } from 'express';
import { issuerFault } from '../../codes.js';
import { readBody, type BodyLimit } from './read-body.js';

const LIMIT: BodyLimit = { bytes: 64 * 1024, code: 'body-too-large' };

const bodies = new WeakMap<Request, Buffer>();

/** The body as it was sent: what a signature is over. */
export const rawBodyOf = (request: Request): Buffer => bodies.get(request) ?? Buffer.alloc(0);

/** Reads a JSON body without parsing it; throws `body-type`, `body-too-large`. */
export const readRawJson: RequestHandler = async (request, _response, next) => {
  const [kind = ''] = (request.get('content-type') ?? '').toLowerCase().split(';');
  if (kind.trim() !== 'application/json') {
    throw issuerFault('body-type', { expected: 'application/json', actual: kind });
  }
  bodies.set(request, await readBody(request, LIMIT));
  next();
};
