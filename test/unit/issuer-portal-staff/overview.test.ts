import { describe, expect, it } from 'vitest';
import type { AuditEntry, Store } from '@counterfoil/issuer';
import { NOW } from '../../support/vendor.js';
import { openTestPortal } from '../../support/portal.js';
import { JSON_WANTED, openStaffDesk, RENEWAL } from './staff-desk.js';

const DAY = 86_400;
const YEAR = 365 * DAY;

describe('the overview', () => {
  it('says that nothing waits', async () => {
    const open = await openStaffDesk();
    const { text } = await open.staff.get('/staff');
    expect(text).toContain('No order waits for a decision');
    expect(text).toContain('No ask is open');
    expect(text).toContain('No license in force ends');
  });

  it('leads to all that waits', async () => {
    const open = await openStaffDesk();
    const ending = await open.sell({}, NOW - 350 * DAY);
    const paid = await open.order(ending, RENEWAL);
    const ids: string[] = [];
    for (let count = 0; count < 6; count++) {
      const license = await open.sell({
        offer: undefined as never,
        quantity: undefined as never,
        term: { duration: 'P1Y' },
        pools: { mailboxes: 7 },
      });
      ids.push((await open.order(license, RENEWAL)).id);
    }
    const waiting = await open.ask('/staff');
    expect(waiting.awaitingStaff).toHaveLength(6);
    expect(waiting.awaitingPayment).toMatchObject([{ id: paid.id }]);
    expect(waiting.ending).toMatchObject([{ id: ending }]);
    const { text } = await open.staff.get('/staff');
    expect(text).toContain('6 orders wait for your decision');
    expect(text).toContain('and 1 more');
    expect(text).toContain(`/staff/orders/${paid.id}`);
    expect(text).toContain(`/staff/licenses/${ending}`);
  });
});

describe('the trust status', () => {
  it('says what ends when, and what ends soon', async () => {
    const open = await openStaffDesk();
    await open.sell();
    const now = await open.ask('/staff/trust');
    const { root, keys, lists } = now;
    expect(root).toMatchObject({ version: 1 });
    expect(keys.map(({ role, standing }: { role: string; standing: string }) => [role, standing])).toEqual([
      ['issuing', 'current'],
      ['status', 'current'],
    ]);
    expect(lists).toMatchObject([{ number: 1, version: 1, signedAt: NOW, used: 1 }]);
    const first = Math.min(root.expires, ...keys.map(({ until = Infinity }: { until?: number }) => until));
    const staff = await open.signedIn('staff');
    open.clock.now = first - 91 * DAY;
    const { token } = await sessionAt(open);
    staff.cookies.set('session', token);
    expect((await staff.get('/staff/trust', JSON_WANTED)).json().concerns).toEqual([]);
    open.clock.now = first - 90 * DAY;
    const later = await sessionAt(open);
    staff.cookies.set('session', later.token);
    const soon = (await staff.get('/staff/trust', JSON_WANTED)).json();
    expect(soon.concerns).not.toEqual([]);
    expect((await staff.get('/staff')).text).toContain('to look after');
    open.clock.now = first + 10 * YEAR;
    staff.cookies.set('session', (await sessionAt(open)).token);
    const over = (await staff.get('/staff/trust', JSON_WANTED)).json();
    expect(over.concerns.map(({ type }: { type: string }) => type)).toContain('root');
  });
});

async function sessionAt(open: Awaited<ReturnType<typeof openStaffDesk>>): Promise<{ token: string }> {
  const { openSession } = await import('../../../issuer/src/domain/accounts/session.js');
  const [account] = await open.store.accounts.listAccounts({ kind: 'staff' });
  const { store, clock, portal } = open;
  return openSession({ accounts: store.accounts, now: clock.now, random: portal.random }, account!, 'full');
}

describe('the audit trail', () => {
  it('has the newest first, by object, and says that its chain holds', async () => {
    const open = await openStaffDesk();
    const license = await open.sell();
    await open.sell();
    const { entries, isWhole, total } = await open.ask('/staff/audit');
    expect(isWhole).toBe(true);
    expect(entries.map(({ seq }: { seq: number }) => seq)).toEqual(
      Array.from({ length: total }, (_, index) => total - index),
    );
    const one = await open.ask(`/staff/audit?object=${license}`);
    expect(one.entries).toMatchObject([{ object: license, action: 'license-issued' }]);
    expect((await open.ask('/staff/audit?object=nothing')).entries).toEqual([]);
    const { text } = await open.staff.get('/staff/audit');
    expect(text).toContain(`The chain of all ${total} entries holds.`);
    expect((await open.staff.get('/staff/audit?object=nothing')).text).toContain('No entries');
  });

  it('names people of the portal', async () => {
    const open = await openStaffDesk();
    const { id } = await open.order(await open.sell(), RENEWAL);
    await open.tell(`/staff/orders/${id}`, { action: 'refuse', reason: 'no' });
    const [account] = await open.store.accounts.listAccounts({ kind: 'staff' });
    const { text } = await open.staff.get(`/staff/audit?object=${id}`);
    expect(text).toContain(account!.email);
  });

  it('says where its chain is broken', async () => {
    const first = await openTestPortal();
    const { store } = first;
    const changed = async (): Promise<readonly AuditEntry[]> =>
      (await store.register.listAudit()).map((entry) =>
        entry.seq === 2 ? { ...entry, actor: 'somebody else' } : entry,
      );
    const forged: Store = { ...store, register: { ...store.register, listAudit: changed } };
    const open = await openStaffDesk({ store: forged });
    expect(await open.ask('/staff/audit')).toMatchObject({ isWhole: false, broken: 2 });
    expect((await open.staff.get('/staff/audit')).text).toContain('The chain is broken at entry 2');
  });
});
