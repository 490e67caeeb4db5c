import type { Tables } from '../sql/tables.js';

/** A table in a backup, and the columns that its rows are told apart and ordered by. */
export interface StoredTable {
  readonly name: keyof Tables;
  readonly key: readonly string[];
}

/**
 * What a backup holds, each table after those that it points to.
 *
 * Sessions and links are left out: who stole an old backup is to sign in nowhere, and no link is to work a second time.
 */
export const STORED_TABLES: readonly StoredTable[] = [
  { name: 'customers', key: ['id'] },
  { name: 'products', key: ['digest'] },
  { name: 'licenses', key: ['id'] },
  { name: 'shards', key: ['number'] },
  { name: 'files', key: ['license', 'revision'] },
  { name: 'roots', key: ['version'] },
  { name: 'audit', key: ['seq'] },
  { name: 'accounts', key: ['id'] },
  { name: 'credentials', key: ['account'] },
  { name: 'catalogs', key: ['id', 'version'] },
  { name: 'orders', key: ['id'] },
  { name: 'payments', key: ['id'] },
  { name: 'asks', key: ['id'] },
];

/** A row as a backup has it: bytes in base64. */
export type StoredRow = Readonly<Record<string, string | number | null | { readonly base64: string }>>;

/** The first line of a backup. */
export interface BackupHeader {
  readonly counterfoil: 'backup';
  readonly version: 1;
  /** When it was made, such as 2026-06-01T00:00:00Z. */
  readonly at: string;
  readonly vendor: { readonly id: string; readonly name: string; readonly environment: string };
  /** General JSON JWS of the trust roots from version 1 on. */
  readonly roots: readonly string[];
}
