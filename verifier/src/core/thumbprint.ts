import { encodeBase64url, encodeUtf8 } from '@counterfoil/schemas';
import type { Engine } from './engine.js';

/** The RFC 7638 thumbprint of an Ed25519 key given by its JWK's `x` (RFC 8037, A.3): the key's `kid`. */
export function thumbprint(engine: Engine, x: string): string {
  return encodeBase64url(engine.sha256(encodeUtf8(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`)));
}
