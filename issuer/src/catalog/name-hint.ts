import { nearName } from '@counterfoil/schemas';

/** The known names for a message, with the one first that was probably meant. */
export function nameHint(typed: string, known: readonly string[]): string {
  const near = nearName(typed, known);
  if (near !== undefined) return `${near} (did you mean that?)`;
  if (known.length === 0) return 'none';
  return known.length > 12 ? `one of ${String(known.length)} others` : known.join(', ');
}
