import type { Request, Response } from 'express';
import { issuerFault, type IssuerCode } from '../../codes.js';

/** How much of a refused body is still taken in, so that a browser gets to read why. */
const OVERRUN = 1024 * 1024;

/** A limit of a body, and what passing it is called. */
export interface BodyLimit {
  readonly bytes: number;
  readonly code: Extract<IssuerCode, 'body-too-large' | 'upload-too-large'>;
}

/** Milliseconds and bytes that a connection is listened to after a refusal. */
const LINGER = 5_000;
const MOST_LINGERED = 32 * 1024 * 1024;

const cutOff = new WeakSet<Request>();

/** Drops what still comes, for a while. */
function discard(request: Request): Promise<void> {
  return new Promise((done) => {
    let size = 0;
    const timer = setTimeout(done, LINGER);
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_LINGERED) done();
    });
    request.once('close', () => {
      clearTimeout(timer);
      done();
    });
    request.resume();
  });
}

/**
 * Makes the answer to a body that was cut off the last of its connection, and lets it arrive: who hangs up on somebody
 * who still sends resets the connection, and the answer is lost on the way.
 */
export function answerCutOff(request: Request, response: Response): void {
  if (!cutOff.has(request)) return;
  response.set('Connection', 'close');
  const end = response.end.bind(response) as (chunk?: unknown) => Response;
  response.end = (chunk?: unknown): Response => {
    if (chunk !== undefined && typeof chunk !== 'function') response.write(chunk);
    void discard(request).then(() => end());
    return response;
  };
}

/**
 * Reads the body of a request, and never keeps more than the limit: throws its code, or `body-type` for a body that is
 * compressed, `request-invalid` for one that breaks off.
 */
export async function readBody(request: Request, { bytes, code }: BodyLimit): Promise<Buffer> {
  const encoding = request.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity') throw issuerFault('body-type', { expected: 'no encoding', actual: encoding });
  const tooLarge = (): Error => issuerFault(code, { expected: `${bytes} bytes or fewer` });
  if (Number(request.get('content-length') ?? 0) > bytes + OVERRUN) {
    cutOff.add(request);
    throw tooLarge();
  }
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // The stream stays open at a break, so that an answer can still be sent.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      size += (chunk as Buffer).length;
      if (size > bytes) chunks.length = 0;
      else chunks.push(chunk as Buffer);
      if (size > bytes + OVERRUN) {
        cutOff.add(request);
        break;
      }
    }
  } catch (cause) {
    throw issuerFault('request-invalid', { expected: 'the whole body', cause });
  }
  if (size > bytes) throw tooLarge();
  return Buffer.concat(chunks);
}
