import { CounterfoilError } from '@counterfoil/schemas';
import { issuerFault } from '../codes.js';
import type { SignedIn, Visitor } from './http/visitor.js';

/** What somebody wants to do; an object is named by the customer that it belongs to, none where it does not exist. */
export type Wish =
  | { readonly type: 'license' | 'order' | 'place-order'; readonly customer: string | undefined }
  | { readonly type: 'self' | 'staff' | 'admin' };

/**
 * Gives the visitor back where the wish is granted: the one place that decides it.
 *
 * Throws `session-missing`; `page-unknown` for what belongs to somebody else, just as for what does not exist;
 * `access-denied` where the object is one's own and the role is too small.
 */
export function requireAccess(visitor: Visitor, wish: Wish): SignedIn {
  if (visitor.kind === 'nobody') throw issuerFault('session-missing');
  const isStaff = visitor.kind === 'staff';
  const { customer, role } = visitor.account;
  switch (wish.type) {
    case 'self':
      return visitor;
    case 'staff':
      if (!isStaff) throw issuerFault('page-unknown');
      return visitor;
    case 'admin':
      if (!isStaff) throw issuerFault('page-unknown');
      if (role !== 'admin') throw issuerFault('access-denied', { expected: 'an administrator' });
      return visitor;
    case 'license':
    case 'order':
    case 'place-order':
      // An undefined customer must never equal an undefined customer.
      if (wish.customer === undefined) throw issuerFault('page-unknown');
      if (!isStaff && customer !== wish.customer) throw issuerFault('page-unknown');
      if (wish.type === 'place-order' && !isStaff && role !== 'owner') {
        throw issuerFault('access-denied', { expected: 'an owner' });
      }
      return visitor;
  }
}

/** Whether a wish is granted: for pages, which offer nothing that would be refused. */
export function isGranted(visitor: Visitor, wish: Wish): boolean {
  try {
    requireAccess(visitor, wish);
    return true;
  } catch (error) {
    if (error instanceof CounterfoilError) return false;
    throw error;
  }
}
