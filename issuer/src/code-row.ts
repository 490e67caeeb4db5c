import type { CodeEntry, Fixer } from '@counterfoil/schemas';

/** One row of the issuer's table of codes; unless said otherwise the vendor mends it and nothing could be decided. */
export const codeRow = (
  message: string,
  hint: string,
  exit: 1 | 2 = 2,
  http = 400,
  who: Fixer = 'vendor',
): CodeEntry => ({ message, hint, who, exit, http });
