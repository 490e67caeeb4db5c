import { createHash } from 'node:crypto';
import { encodeBase64url } from '@counterfoil/schemas';
import type { RandomBytes } from '../random.js';

/** A new token: 32 random bytes, base64url. It leaves for a browser and is never stored. */
export const newToken = (random: RandomBytes): string => encodeBase64url(random(32));

/** Whether a text has the form of a token; others are not looked up. */
export const isToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

/** What is stored of a token: SHA-256, base64url. A copy of the store signs nobody in. */
export const tokenDigest = (token: string): string =>
  createHash('sha256').update(token, 'utf8').digest('base64url');
