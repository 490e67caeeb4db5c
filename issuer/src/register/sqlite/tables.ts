import type { Generated } from 'kysely';

/** The tables of the register in SQLite; instants are UTC seconds. */
export interface Tables {
  customers: { id: string; name: string };
  products: { digest: string; id: string; catalog: number; json: string };
  licenses: { id: string; customer: string; product: string };
  files: {
    license: string;
    revision: number;
    jti: string;
    iat: number;
    exp: number | null;
    shard: number;
    status_index: number;
    product_digest: string;
    digest: string;
    text: string;
    claims: string;
  };
  shards: { number: number; uri: string; version: number; bits: Uint8Array | ArrayBuffer; token: string };
  roots: { version: number; text: string };
  audit: {
    seq: Generated<number>;
    at: number;
    actor: string;
    action: string;
    object: string;
    detail: string;
  };
}
