import { hash, verify } from '@node-rs/argon2';
import type { RandomBytes } from '../random.js';
import { issuerFault } from '../../codes.js';
import { COMMON_PASSWORDS } from './common-passwords.js';

/** Argon2id as OWASP's cheat sheet advises: 19 MiB, two passes, one lane; about 25 ms. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const SHORTEST = 12;
const LONGEST = 256;
/** Fewer different characters than this make a long password a short one. */
const FEWEST_DIFFERENT = 5;

/** Has the form and the cost of every hash, and fits no password. */
const DECOY = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** The same characters are the same password, however a keyboard composes them. */
const composed = (password: string): string => password.normalize('NFKC');

/** Throws `password-weak`, with the reason, unless the password may be taken for that address. */
export function requirePassword(password: string, email: string): void {
  const characters = Array.from(composed(password));
  const typed = composed(password).toLowerCase();
  const [name = ''] = email.split('@');
  const weak = (expected: string): Error => issuerFault('password-weak', { where: 'password', expected });
  if (characters.length < SHORTEST || characters.length > LONGEST) {
    throw weak(`${SHORTEST} to ${LONGEST} characters`);
  }
  if (new Set(typed).size < FEWEST_DIFFERENT) throw weak(`${FEWEST_DIFFERENT} different characters or more`);
  if (COMMON_PASSWORDS.has(typed.replace(/[^\p{L}\p{N}]/gu, '')))
    throw weak('none of the commonest passwords');
  const rest = typed.replaceAll(email, '').replaceAll(name, '');
  // What is left beside the own name has to do on its own.
  if (rest.length < typed.length && Array.from(rest).length < SHORTEST / 2) {
    throw weak('something other than the address');
  }
}

/** The hash of a password, in argon2's own notation. */
export function hashPassword(password: string, random: RandomBytes): Promise<string> {
  return hash(composed(password), { ...COST, salt: random(16) });
}

/** Whether a password fits a hash; takes as long where there is none. */
export async function fitsPassword(password: string, stored: string | undefined): Promise<boolean> {
  // Nobody has a longer one, and hashing it would be work for nothing.
  const tried = password.length > 4 * LONGEST ? '' : composed(password);
  const fits = await verify(stored ?? DECOY, tried);
  return fits && stored !== undefined;
}
