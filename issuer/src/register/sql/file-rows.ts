import type { LicenseClaims } from '@counterfoil/schemas';
import type { Kysely, Selectable } from 'kysely';
import type { IssuedFile, StoredShard } from '../register.js';
import type { Tables } from './tables.js';

/** Everything of a file but its text, which may be large. */
export const selectFiles = (database: Kysely<Tables>) =>
  database
    .selectFrom('files')
    .innerJoin('licenses', 'licenses.id', 'files.license')
    .innerJoin('customers', 'customers.id', 'licenses.customer')
    .select([
      'files.license',
      'files.revision',
      'files.jti',
      'files.iat',
      'files.exp',
      'files.shard',
      'files.status_index',
      'files.product_digest',
      'files.digest',
      'files.claims',
      'licenses.product',
      'customers.id as customer_id',
      'customers.name as customer_name',
    ]);

type FileRow = Omit<Selectable<Tables['files']>, 'text'> & {
  product: string;
  customer_id: string;
  customer_name: string;
};

export function toFile(row: FileRow): Omit<IssuedFile, 'text'> {
  const { license, revision, product, jti, iat, exp, shard, digest } = row;
  return {
    license,
    revision,
    customer: { id: row.customer_id, name: row.customer_name },
    product,
    productDigest: row.product_digest,
    jti,
    iat,
    ...(exp === null ? {} : { exp }),
    shard,
    index: row.status_index,
    digest,
    claims: JSON.parse(row.claims) as LicenseClaims,
  };
}

export function toShard(row: Selectable<Tables['shards']> | undefined): StoredShard | undefined {
  // libsql gives blobs as ArrayBuffer, others as Uint8Array.
  return row === undefined ? undefined : { ...row, bits: new Uint8Array(row.bits) };
}
