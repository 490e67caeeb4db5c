import {
  decide,
  standingOf,
  type Instant,
  type ProductContent,
  type Standing,
  type Verdict,
} from '../../../core/index.js';
import { nodeEngine } from '../../engine.js';

/** An operation of the product, and whether it is allowed as things stand. */
export interface OperationView {
  readonly id: string;
  readonly label: string;
  /** For everyone. */
  readonly allowed: boolean;
  /** Labels of the roles for which it is allowed, where it is not for everyone. */
  readonly roles?: readonly string[];
}

/** A link of the vendor's catalog. */
interface LinkView {
  /** `buy`, `help` or another name. */
  readonly name: string;
  readonly url: string;
}

/** What may be done, and where more is to be had. */
export interface RightsView {
  readonly mode: 'enforce' | 'advisory';
  readonly operations: readonly OperationView[];
  readonly links: readonly LinkView[];
}

function operationsOf(standing: Standing): readonly OperationView[] {
  const { license, product } = standing;
  const grant = license?.claims.license;
  const roles = Object.entries({ ...product?.product.roles, ...grant?.roles });
  const known = { ...product?.product.operations, ...grant?.operations };
  // In the order of the license, which is that of the catalog; what only a newer kit knows comes after it.
  const ids = new Set([...Object.keys(grant?.operations ?? {}), ...Object.keys(known)]);
  return [...ids].map((id) => {
    const { allowed } = decide(standing, { operation: id, subject: {} });
    const open = allowed
      ? []
      : roles.filter(([role]) => decide(standing, { operation: id, subject: { role } }).allowed);
    return {
      id,
      label: known[id]?.label ?? id,
      allowed,
      ...(open.length === 0 ? {} : { roles: open.map(([role, named]) => named.label ?? role) }),
    };
  });
}

/** What a host may do by its license and kit, and the vendor's links: those of the license before those of the kit. */
export function rightsView(
  verdict: Verdict | undefined,
  product: ProductContent | undefined,
  at: Instant,
): RightsView {
  const standing = standingOf(verdict, {
    engine: nodeEngine,
    at,
    ...(product === undefined ? {} : { product }),
  });
  const links = { ...product?.product.links, ...standing.license?.claims.license.links };
  return {
    mode: standing.mode,
    operations: operationsOf(standing),
    links: Object.entries(links).map(([name, url]) => ({ name, url })),
  };
}
