import {
  explainLicense,
  notAsked,
  openShard,
  type Explanation,
  type VerifyContext,
} from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import type { IssuedFile, Register } from '../register/register.js';
import { textDigest } from './product-snapshot.js';
import type { Vendor } from './vendor.js';

/** Whether the register has the other half of a license file. */
export type Counterpart =
  /** The very file, byte for byte. */
  | { readonly type: 'same'; readonly newest: number }
  /** The license is filed, but the file around it was another. */
  | { readonly type: 'same-license'; readonly newest: number }
  /** Genuine by its signature, and yet not filed: the register is older, or somebody else has the key. */
  | { readonly type: 'unknown' }
  /** Not genuine, so that its id proves nothing. */
  | { readonly type: 'not-asked' };

/** What the vendor can say of a license file. */
export interface Inspection {
  readonly explanation: Explanation;
  readonly counterpart: Counterpart;
}

/** Explains a license file by the vendor's own trust and newest status lists, and looks for its counterfoil. */
export async function inspectLicense(
  vendor: Vendor,
  text: Uint8Array,
  product?: string,
): Promise<Inspection> {
  const { trust, register, now } = vendor;
  const context: VerifyContext = {
    engine: nodeEngine,
    trust,
    product: product ?? notAsked,
    host: notAsked,
    now,
  };
  const first = explainLicense(text, context);
  if (first.verdict.arm === 'rejected') return { explanation: first, counterpart: { type: 'not-asked' } };
  const { claims } = first.verdict.license;
  const filed = await register.findFile(claims.license.id, claims.license.revision);
  const counterpart = await counterpartOf(register, filed, text, claims.jti);
  const shard = filed === undefined ? undefined : await register.findShard(filed.shard);
  if (shard === undefined) return { explanation: first, counterpart };
  const shards = [openShard(nodeEngine, trust, shard.token)];
  return { explanation: explainLicense(text, { ...context, shards }), counterpart };
}

async function counterpartOf(
  register: Register,
  filed: IssuedFile | undefined,
  text: Uint8Array,
  jti: string,
): Promise<Counterpart> {
  if (filed?.jti !== jti) return { type: 'unknown' };
  const newest = (await register.findFile(filed.license))?.revision ?? filed.revision;
  return { type: filed.digest === textDigest(text) ? 'same' : 'same-license', newest };
}
