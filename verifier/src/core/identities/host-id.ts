import { decodeBase64url, encodeBase64url, encodeUtf8, HASH_PREFIX } from '@counterfoil/schemas';
import type { Engine } from '../engine.js';
import { prefixedSha256 } from './pages.js';

/** The digest by which a license names a host's identity (license-file.md, clause 6.6): salted, so that the file does not tell it. */
export function hostIdDigest(engine: Engine, salt: string, id: string): string {
  return encodeBase64url(
    prefixedSha256(engine, HASH_PREFIX.host, decodeBase64url(salt, 'salt'), encodeUtf8(id.normalize('NFC'))),
  );
}
