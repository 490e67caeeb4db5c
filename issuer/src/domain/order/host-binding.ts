import type { Grant, LicenseClaims, Order } from '@counterfoil/schemas';
import { hostIdDigest, type HostFacts } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';

/** How a license is bound to the host that an order names, and what that host knows of itself. */
export interface HostBinding {
  readonly binding?: NonNullable<Grant['binding']>;
  readonly cnf?: NonNullable<LicenseClaims['cnf']>;
  readonly host: HostFacts;
}

/** The binding of an order (license-file.md, clause 6.6); `salt` is 16 bytes in base64url. */
export function buildBinding({ host }: Pick<Order, 'host'>, salt: () => string): HostBinding {
  if (host === undefined) return { host: {} };
  if ('key' in host) {
    return { binding: { type: 'host-key' }, cnf: { jkt: host.key }, host: { key: host.key } };
  }
  const { source, id } = host;
  const chosen = salt();
  const digest = hostIdDigest(nodeEngine, chosen, id);
  return {
    binding: { type: 'host-id', source, salt: chosen, digest },
    host: { ids: new Map([[source, id]]) },
  };
}
