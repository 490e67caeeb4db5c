import type { Account } from '@counterfoil/issuer';
import { describe, expect, it } from 'vitest';
import { requireAccess, type Wish } from '../../../issuer/src/portal/access.js';
import { NOBODY, type Visitor } from '../../../issuer/src/portal/http/visitor.js';
import { NOW } from '../../support/vendor.js';

const visitor = (role: Account['role'], customer?: string): Visitor => {
  const kind = customer === undefined ? 'staff' : 'contact';
  const account: Account = {
    id: role,
    kind,
    role,
    ...(customer === undefined ? {} : { customer }),
    email: `${role}@example.com`,
    name: role,
    state: 'active',
    createdAt: NOW,
  };
  const session = {
    digest: 'd',
    account: role,
    stage: 'full',
    createdAt: NOW,
    seenAt: NOW,
    expiresAt: NOW + 1,
  } as const;
  return { kind, account, session };
};

const PEOPLE: Readonly<Record<string, Visitor>> = {
  nobody: NOBODY,
  viewer: visitor('viewer', 'C-1'),
  owner: visitor('owner', 'C-1'),
  stranger: visitor('owner', 'C-2'),
  staff: visitor('staff'),
  admin: visitor('admin'),
};

const outcome = (who: Visitor, wish: Wish): string => {
  try {
    return requireAccess(who, wish) === who ? 'yes' : 'somebody else';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('access', () => {
  const [no, unknown, denied] = ['session-missing', 'page-unknown', 'access-denied'];
  // Columns: nobody, viewer, owner, stranger, staff, admin.
  it.each<[Wish, string[]]>([
    [{ type: 'self' }, [no, 'yes', 'yes', 'yes', 'yes', 'yes']],
    [{ type: 'license', customer: 'C-1' }, [no, 'yes', 'yes', unknown, 'yes', 'yes']],
    [{ type: 'order', customer: 'C-1' }, [no, 'yes', 'yes', unknown, 'yes', 'yes']],
    [{ type: 'place-order', customer: 'C-1' }, [no, denied, 'yes', unknown, 'yes', 'yes']],
    [{ type: 'license', customer: undefined }, [no, unknown, unknown, unknown, unknown, unknown]],
    [{ type: 'order', customer: undefined }, [no, unknown, unknown, unknown, unknown, unknown]],
    [{ type: 'place-order', customer: undefined }, [no, unknown, unknown, unknown, unknown, unknown]],
    [{ type: 'staff' }, [no, unknown, unknown, unknown, 'yes', 'yes']],
    [{ type: 'admin' }, [no, unknown, unknown, unknown, denied, 'yes']],
  ])('to %j', (wish, expected) => {
    expect(Object.values(PEOPLE).map((who) => outcome(who, wish))).toEqual(expected);
  });

  it('is not had by a contact without a customer', () => {
    const broken = { ...visitor('owner', 'C-1'), account: { ...visitor('admin') } } as unknown as Visitor;
    expect(outcome(broken, { type: 'license', customer: 'C-1' })).toBe('page-unknown');
    expect(outcome(broken, { type: 'license', customer: undefined })).toBe('page-unknown');
  });
});
