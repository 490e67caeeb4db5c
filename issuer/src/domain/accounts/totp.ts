import { Secret, TOTP } from 'otpauth';
import type { Instant } from '@counterfoil/verifier';

/** Seconds of a step, and the steps before and after that count too: RFC 6238's own advice. */
const STEP = 30;
const WINDOW = 1;

/** What a person needs to set up an authenticator. */
export interface TotpSetup {
  /** The secret in base32, in groups of four, to be typed. */
  readonly text: string;
  /** The same as an `otpauth:` address, to be scanned. */
  readonly uri: string;
}

const totpOf = (secret: Uint8Array, names: { issuer?: string; label?: string } = {}): TOTP =>
  new TOTP({
    ...names,
    secret: new Secret({ buffer: Uint8Array.from(secret).buffer }),
    period: STEP,
    digits: 6,
  });

/** What to show of a TOTP secret at the one time that it is shown. */
export function totpSetup(secret: Uint8Array, issuer: string, email: string): TotpSetup {
  const totp = totpOf(secret, { issuer, label: email });
  return { text: totp.secret.base32.replace(/(.{4})(?=.)/g, '$1 '), uri: totp.toString() };
}

/** The time step that a code belongs to, within one of now; undefined where it is no code of the secret. */
export function totpStep(secret: Uint8Array, code: string, now: Instant): number | undefined {
  const digits = code.replace(/\s/g, '');
  if (!/^[0-9]{6}$/.test(digits)) return undefined;
  const delta = totpOf(secret).validate({ token: digits, timestamp: now * 1000, window: WINDOW });
  return delta === null ? undefined : Math.floor(now / STEP) + delta;
}
