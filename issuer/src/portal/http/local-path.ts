/**
 * A path on this portal, or the empty text for anything else: an address that a form or link brings must not lead
 * away. Browsers take `//host` and `/\host` for other hosts.
 */
export function localPath(typed: unknown): string {
  const isLocal =
    typeof typed === 'string' && typed.length <= 500 && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(typed);
  return isLocal ? typed : '';
}
