import type { Selectable } from 'kysely';
import type { Account, Credentials, CredentialsChange, LinkToken, Session } from '../account-store.js';
import type { Tables } from './tables.js';

export function toAccount({ customer, created_at, ...row }: Selectable<Tables['accounts']>): Account {
  return { ...row, createdAt: created_at, ...(customer === null ? {} : { customer }) };
}

export function toCredentials(row: Selectable<Tables['credentials']>): Credentials {
  const { password, totp, failures } = row;
  return {
    failures,
    ...(password === null ? {} : { password }),
    ...(totp === null ? {} : { totp }),
    ...(row.totp_step === null ? {} : { totpStep: row.totp_step }),
    ...(row.locked_until === null ? {} : { lockedUntil: row.locked_until }),
  };
}

/** The columns that a change names; those that it takes away become null. */
export function fromChange(change: CredentialsChange): Partial<Selectable<Tables['credentials']>> {
  return {
    ...('password' in change ? { password: change.password ?? null } : {}),
    ...('totp' in change ? { totp: change.totp ?? null } : {}),
    ...('totpStep' in change ? { totp_step: change.totpStep ?? null } : {}),
    ...('failures' in change ? { failures: change.failures ?? 0 } : {}),
    ...('lockedUntil' in change ? { locked_until: change.lockedUntil ?? null } : {}),
  };
}

export const toToken = ({ expires_at, ...row }: Selectable<Tables['tokens']>): LinkToken => ({
  ...row,
  expiresAt: expires_at,
});

export function toSession(row: Selectable<Tables['sessions']>): Session {
  const { digest, account, stage } = row;
  return {
    digest,
    account,
    stage,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
  };
}
