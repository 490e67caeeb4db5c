/** The tables of a store; instants are UTC seconds, lists and objects JSON text. */
export interface Tables {
  customers: { id: string; name: string };
  products: { digest: string; id: string; catalog: number; json: string };
  licenses: { id: string; customer: string; product: string };
  files: {
    license: string;
    revision: number;
    jti: string;
    iat: number;
    exp: number | null;
    shard: number;
    status_index: number;
    product_digest: string;
    digest: string;
    text: string;
    claims: string;
  };
  shards: { number: number; uri: string; version: number; bits: Uint8Array | ArrayBuffer; token: string };
  roots: { version: number; text: string };
  audit: {
    seq: number;
    at: number;
    actor: string;
    action: string;
    object: string;
    detail: string;
    hash: string;
  };
  accounts: {
    id: string;
    kind: 'staff' | 'contact';
    role: 'admin' | 'staff' | 'owner' | 'viewer';
    customer: string | null;
    email: string;
    name: string;
    state: 'invited' | 'active' | 'disabled';
    created_at: number;
  };
  credentials: {
    account: string;
    password: string | null;
    totp: string | null;
    totp_step: number | null;
    failures: number;
    locked_until: number | null;
  };
  tokens: { digest: string; purpose: 'invite' | 'reset'; account: string; expires_at: number };
  sessions: {
    digest: string;
    account: string;
    stage: 'password' | 'full';
    created_at: number;
    seen_at: number;
    expires_at: number;
  };
  orders: {
    id: string;
    license: string;
    customer: string;
    seen_revision: number;
    wanted: string;
    amount: number | null;
    currency: string | null;
    state: 'awaiting-staff' | 'awaiting-payment' | 'ready' | 'done' | 'refused' | 'cancelled';
    reason: string | null;
    reference: string | null;
    paid_at: number | null;
    created_at: number;
    created_by: string;
    result_license: string | null;
    result_revision: number | null;
  };
  payments: { id: string; order_id: string; amount: number; currency: string; at: number };
  asks: {
    id: string;
    at: number;
    email: string;
    text: string;
    license: string | null;
    revision: number | null;
    state: 'open' | 'closed';
  };
  catalogs: { id: string; version: number; text: string; at: number };
}
