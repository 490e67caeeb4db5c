import { keysFault } from '../codes.js';
import { keyLimits } from '../limits.js';

/** Throws `passphrase-weak` unless a new passphrase has 12 to 1000 characters. */
export function requireStrength(passphrase: string): void {
  const { passphraseShortest, passphraseLongest } = keyLimits;
  const length = Array.from(passphrase.normalize('NFC')).length;
  if (length < passphraseShortest || length > passphraseLongest) {
    const expected = `${String(passphraseShortest)} to ${String(passphraseLongest)} characters`;
    throw keysFault('passphrase-weak', { expected, actual: String(length) });
  }
}
