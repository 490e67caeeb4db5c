import type { Request } from 'express';
import type { Account, Session } from '../../register/account-store.js';

/** Who asks: nobody until both steps of a sign-in are done. */
export type Visitor = { readonly kind: 'nobody' } | SignedIn;

/** Somebody who has signed in by password and code. */
export interface SignedIn {
  readonly kind: 'staff' | 'contact';
  readonly account: Account;
  readonly session: Session;
}

export const NOBODY: Visitor = Object.freeze({ kind: 'nobody' });

const visitors = new WeakMap<Request, Visitor>();

/** Remembers who asks, for the length of the request. */
export function setVisitor(request: Request, visitor: Visitor): void {
  visitors.set(request, visitor);
}

/** Who asks. */
export function visitorOf(request: Request): Visitor {
  return visitors.get(request) ?? NOBODY;
}
