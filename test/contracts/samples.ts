import type {
  Account,
  Filing,
  IssuedFile,
  NewAuditEntry,
  PlacedChange,
  Session,
  Store,
  StoredShard,
} from '@counterfoil/issuer';
import type { LicenseClaims } from '@counterfoil/schemas';

export const LICENSE = 'CF-0000-0000-0';
export const BY = { at: 1000, actor: 'tester' };

export const audit = (object: string, at = 1000): NewAuditEntry => ({
  at,
  actor: 'tester',
  action: 'license-issued',
  object,
  detail: { revision: 1, product: 'p' },
});

export const shard = (change: Partial<StoredShard> = {}): StoredShard => ({
  number: 1,
  uri: 'counterfoil:v:status:1',
  version: 1,
  bits: Uint8Array.from([0, 1, 2, 255]),
  token: 'a.b.c',
  ...change,
});

export const file = (change: Partial<IssuedFile> = {}): IssuedFile => {
  const license = change.license ?? LICENSE;
  return {
    license,
    revision: 1,
    customer: { id: 'C-1', name: 'One' },
    product: 'p',
    productDigest: 'digest-of-p',
    jti: `jti of ${license} ${String(change.revision ?? 1)}`,
    iat: 1000,
    shard: 1,
    index: 7,
    digest: 'digest',
    text: 'the text\nof the file, ü\n',
    claims: { iss: 'v', license: { id: license } } as LicenseClaims,
    ...change,
  };
};

export const filing = (change: Partial<IssuedFile> = {}, rest: Partial<Filing> = {}): Filing => {
  const issued = file(change);
  return {
    file: issued,
    product: { digest: 'digest-of-p', id: 'p', catalog: 1, json: '{}' },
    audit: audit(issued.license, issued.iat),
    ...rest,
  };
};

export const account = (change: Partial<Account> = {}): Account => ({
  id: 'A-1',
  kind: 'contact',
  role: 'owner',
  customer: 'C-1',
  email: 'one@example.com',
  name: 'One, ü',
  state: 'invited',
  createdAt: 1000,
  ...change,
});

export const staff = (change: Partial<Account> = {}): Account => {
  const { id, email, name, state, createdAt } = account(change);
  return { id, kind: 'staff', role: change.role ?? 'admin', email, name, state, createdAt };
};

export const session = (change: Partial<Session> = {}): Session => ({
  digest: 'S-1',
  account: 'A-1',
  stage: 'password',
  createdAt: 1000,
  seenAt: 1000,
  expiresAt: 2000,
  ...change,
});

export const order = (change: Partial<PlacedChange> = {}): PlacedChange => ({
  id: 'O-1',
  license: LICENSE,
  customer: 'C-1',
  seenRevision: 1,
  wanted: { type: 'renew', duration: 'P12M', pools: { mailboxes: 12 } },
  state: 'awaiting-staff',
  createdAt: 1000,
  createdBy: 'A-1',
  ...change,
});

/** A store with a license, its customer and a contact. */
export async function stock(store: Store): Promise<void> {
  await store.register.fileLicense(filing({}, { shard: shard() }));
  await store.accounts.addAccount(account(), BY);
}
