import { issuerFault } from '../../codes.js';

/** Characters of an address (RFC 5321, 4.5.3.1.3). */
export const LONGEST_EMAIL = 254;

/** An address as it is stored and compared: no case, no outer spaces. */
export const canonicalEmail = (typed: string): string => typed.normalize('NFC').trim().toLowerCase();

/** Whether a canonical address is one address on one line: whether it is the right one shows when its link is used. */
export const isEmail = (email: string): boolean =>
  email.length <= LONGEST_EMAIL && /^[^\s@\p{C}<>"(),:;\\]{1,64}@[\p{L}\p{N}.-]+$/u.test(email);

/** The canonical form of an address that an account is to have; throws `account-invalid`. */
export function requireEmail(typed: string): string {
  const email = canonicalEmail(typed);
  if (isEmail(email)) return email;
  throw issuerFault('account-invalid', { where: 'email', expected: 'an address such as ann@example.com' });
}
