import { nearName } from '@counterfoil/schemas';

/** As many names as a message lists. */
const MOST = 20;

/** The known names for a message, with the one first that was probably meant. */
export function nameHint(typed: string, known: readonly string[]): string {
  const near = nearName(typed, known);
  if (near !== undefined) return `${near} (did you mean that?)`;
  if (known.length === 0) return 'none';
  if (known.length === 1) return known.join('');
  const rest = known.length > MOST ? ` and ${String(known.length - MOST)} more` : '';
  return `one of ${known.slice(0, MOST).join(', ')}${rest}`;
}
