import { createHash } from 'node:crypto';
import type { AuditEntry } from './register.js';

/** What stands before the first entry. */
export const CHAIN_START = '';

type Detail = AuditEntry['detail'];

/** The text of a detail: names in order, so that one detail has one text. */
export function detailText(detail: Detail): string {
  const names = Object.keys(detail).sort();
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, detail[name]])));
}

/** The hash of an audit entry: SHA-256 of the hash before it and of the entry as JSON with its members in this order, base64url. */
export function chainHash(
  before: string,
  { seq, at, actor, action, object, detail }: Omit<AuditEntry, 'hash' | 'action'> & { action: string },
): string {
  const facts = JSON.stringify({ seq, at, actor, action, object });
  const entry = `${facts.slice(0, -1)},"detail":${detailText(detail)}}`;
  return createHash('sha256')
    .update(before + entry)
    .digest('base64url');
}

/** The first entry that does not follow from the ones before it; undefined when the chain is whole. */
export function firstBroken(entries: readonly AuditEntry[]): number | undefined {
  let before = CHAIN_START;
  for (const [index, entry] of entries.entries()) {
    if (entry.seq !== index + 1 || entry.hash !== chainHash(before, entry)) return index + 1;
    before = entry.hash;
  }
  return undefined;
}
